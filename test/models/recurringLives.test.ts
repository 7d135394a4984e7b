/** Records of one contract id, worked through by hand: what was added to it, what tells its end, what was agreed, and what renews itself. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** As of 2026-05-05, in USD; the first deal is of 2026-01-05. */
const CONTRACTS = `Id,Account,Start,End,ARR,Currency,Status,Deal,Signed
U1,co-termed,2025-01-01,2025-12-31,1000.00,USD,,,2024-12-15
U1,co-termed,2025-07-01,2025-12-31,300.00,USD,,,2025-06-15
U2,yearly add-on,2023-05-01,2026-04-30,1000.00,USD,,,2023-04-15
U2,yearly add-on,2024-05-01,2025-04-30,200.00,USD,,,2024-04-15
U2,yearly add-on,2025-05-01,2026-04-30,200.00,USD,,,2025-04-15
U2,yearly add-on,2026-05-01,2027-04-30,1100.00,USD,,,2026-04-01
U3,last month,2025-01-01,2025-12-31,500.00,USD,,,2024-12-15
U4,last month,2025-12-10,2025-12-31,40.00,USD,,,2025-12-01
V1,end by the next,2024-01-01,,1000.00,USD,inactive,,
V1,end by the next,2025-01-01,,1200.00,USD,active,,
V2,no end at last,2024-01-01,,1000.00,USD,inactive,,
V2,no end at last,2025-01-01,,1200.00,USD,inactive,,
V3,only a draft,2024-01-01,,1000.00,USD,inactive,,
V3,only a draft,2025-01-01,,1200.00,USD,draft,,
V4,next to come,2024-01-01,,1000.00,USD,inactive,,
V4,next to come,2026-07-01,,1200.00,USD,active,,2026-04-01
W1,renews itself,2026-01-10,2026-02-28,1000.00,USD,,D1,2026-01-05
W1,renews itself,2026-03-01,2026-04-30,1000.00,USD,,,2026-02-20
W1,renews itself,2026-05-01,2027-04-30,1000.00,USD,,,2026-04-20
W2,enlarged,2026-01-10,2026-12-31,1000.00,USD,,D4,2026-01-05
W2,enlarged,2026-03-01,2027-02-28,1800.00,USD,,,2026-02-20
X1,one deal,2024-01-01,2024-12-31,1000.00,USD,,X90,
X1,one deal,2025-01-01,2025-12-31,600.00,USD,,X90,
X2,one signing,2024-01-01,2024-12-31,1000.00,USD,,,2023-12-15
X2,one signing,2025-01-01,2025-12-31,600.00,USD,,,2023-12-15
X3,agreed rise,2024-01-01,2024-12-31,1000.00,USD,,,2023-12-15
X3,agreed rise,2025-01-01,2025-12-31,1100.00,USD,,,2023-12-15
`;
const MAP = `  - path: contracts.csv
    maps:
      - table: subscription
        columns: {subscription_id: Id, account_id: Account, starts_on: Start, ends_on: End, arr: ARR, currency: Currency, status: Status, deal_id: Deal, signed_on: Signed}
  - path: history.csv`;

function firm(contracts: string): SmallWorkspace {
  const made = smallWorkspace();
  made.change("workspace.yaml", "  - path: history.csv", MAP);
  made.write("contracts.csv", contracts);
  return made;
}

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = firm(CONTRACTS);
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

/** "2025-07 expansion 300 = 1300" for each month in which the customer's ARR moved. */
async function movementOf(account: string): Promise<string[]> {
  const rows = await engine.rows<{line: string}>(
    `select strftime(month_on, '%Y-%m') || ' ' || concat_ws(' ', ${"new reactivation expansion step contraction churn"
      .split(" ")
      .map((line) => `case when ${line}_arr <> 0 then '${line} ' || ${line}_arr::integer end`)
      .join(", ")}) || ' = ' || end_arr::integer as line
     from marts.arr_movement where account_id = '${account}' order by month_on`
  );
  return rows.map(({line}) => line);
}

async function endsOf(account: string): Promise<string[]> {
  const rows = await engine.rows<{line: string}>(
    `select starts_on || ' ' || arr::integer || ' ' || end_state as line from marts.arr_contracts where account_id = '${account}' order by starts_on, arr`
  );
  return rows.map(({line}) => line);
}

async function doubtsOf(id: string): Promise<string[]> {
  const rows = await engine.rows<{line: string}>(
    `select doubt || ' ' || amount::integer as line from marts.arr_doubts where record = '${id}' and doubt not like '%unknown account' and doubt <> 'contract without a product' order by 1`
  );
  return rows.map(({line}) => line);
}

describe("what is added to a contract under its id", () => {
  test("and ends with it stands beside it: nothing is replaced, and ARR is the sum", async () => {
    expect(await movementOf("co-termed")).toEqual([
      "2025-01 new 1000 = 1000",
      "2025-07 expansion 300 = 1300",
      "2026-01 churn 1300 = 0"
    ]);
    expect(await doubtsOf("U1")).toEqual(["another contract of the same product at the same time 300"]);
  });

  test("year by year renews itself, and leaves the long contract its own renewal", async () => {
    expect(await movementOf("yearly add-on")).toEqual([
      "2023-05 new 1000 = 1000",
      "2024-05 expansion 200 = 1200",
      "2026-05 contraction 100 = 1100"
    ]);
    expect(await endsOf("yearly add-on")).toEqual([
      "2023-05-01 1000 renewed",
      "2024-05-01 200 renewed",
      "2025-05-01 200 over, within grace",
      "2026-05-01 1100 due, no renewal deal"
    ]);
  });

  test("in its last days does not go on from it, under another id either", async () => {
    expect(await movementOf("last month")).toEqual([
      "2025-01 new 500 = 500",
      "2025-12 expansion 40 = 540",
      "2026-01 churn 540 = 0"
    ]);
    expect(await endsOf("last month")).toEqual([
      "2025-01-01 500 over, customer left",
      "2025-12-10 40 over, customer left"
    ]);
  });
});

describe("a contract that is over by its status and has no last day", () => {
  test("ended the day before the next record of its id, which replaces it", async () => {
    expect(await movementOf("end by the next")).toEqual([
      "2024-01 new 1000 = 1000",
      "2025-01 expansion 200 = 1200"
    ]);
    expect(await endsOf("end by the next")).toEqual(["2024-01-01 1000 replaced", "2025-01-01 1200 no end"]);
  });

  test("counts so far as its end is told, by a record that is signed and has begun", async () => {
    expect(await movementOf("no end at last")).toEqual(["2024-01 new 1000 = 1000", "2025-01 churn 1000 = 0"]);
    expect(await doubtsOf("V2")).toEqual(["over by its status, but no last day 1200"]);
    expect(await movementOf("only a draft")).toEqual([]);
    expect(await movementOf("next to come")).toEqual([]);
    expect(await doubtsOf("V4")).toEqual(["over by its status, but no last day 1000"]);
  });
});

test("years taken as agreed by one deal or signing day are listed where that may hide a cut", async () => {
  const agreed = "goes on under the same deal or signing day 1000";
  expect(await movementOf("one deal")).toEqual([
    "2024-01 new 1000 = 1000",
    "2025-01 step -400 = 600",
    "2026-01 churn 600 = 0"
  ]);
  expect(await doubtsOf("X1")).toEqual([agreed]);
  expect(await doubtsOf("X2")).toEqual([agreed]);
  expect(await doubtsOf("X3")).toEqual([]);
});

/** The ledger's entries of W1 and W2 without a deal. */
const WITHOUT = `select subscription_id || ' ' || starts_on || ' ' || class || ': ' || coalesce(mend, 'settled') as line
  from marts.arr_ledger where deal_id is null and subscription_id like 'W%' order by 1`;

test("a contract that renews itself is sold by the first record's deal, but where a firm has renewal deals", async () => {
  expect((await engine.rows<{line: string}>(WITHOUT)).map(({line}) => line)).toEqual([
    "W1 2026-03-01 renewed without a deal: settled",
    "W1 2026-05-01 renewed without a deal: settled",
    "W2 2026-03-01 contract without a deal: name the deal on the contract, or enter the deal that was won"
  ]);
  const other = firm(`${CONTRACTS.match(/^(Id|W1).*$/gm)!.join("\n")}\n`);
  try {
    other.change(
      "workspace.yaml",
      "          next_step: Next Step\n",
      "          next_step: Next Step\n          deal_type: {column: Next Step, recode: {Wait: Renewal}}\n"
    );
    await other.build();
    const told = await openDuckDb(other.paths.warehouse, {readOnly: true});
    const mend = "name the renewal deal on the contract, or enter the one that was won";
    try {
      expect((await told.rows<{line: string}>(WITHOUT)).map(({line}) => line)).toEqual([
        `W1 2026-03-01 renewed without a deal: ${mend}`,
        `W1 2026-05-01 renewed without a deal: ${mend}`
      ]);
    } finally {
      told.close();
    }
  } finally {
    other.remove();
  }
});

test("a missing rate names what needs it on that day, ended contracts too, and nothing that has its rate or never counts", async () => {
  const other = firm(`Id,Account,Start,End,ARR,Currency,Status,Deal,Signed
C1,A1,2024-01-01,2026-04-30,10.00,CHF,,,
C2,A1,2026-01-01,2026-12-31,10.00,SEK,draft,,
C3,A1,2026-01-01,2025-12-31,10.00,NOK,,,
`);
  try {
    // The first rate of the euro is of 2026: the deal of 2022 has none, the quota of March has.
    other.change(
      "deals.csv",
      "D9,",
      "D0,Old,A1,P1,Lost,5.00,EUR,2022-06-01,2022-07-01,2022-07-01,,Retail,Basic\nD9,"
    );
    other.write("quotas.csv", "Person,From,To,Quota,Currency\nP1,2026-03-01,2026-03-31,3000.00,EUR\n");
    other.change("workspace.yaml", "amount: Quota}", "amount: Quota, currency: Currency}");
    const said = String(
      await other.build().then(
        () => "built",
        (error: {problems?: unknown}) => JSON.stringify(error.problems)
      )
    );
    expect(said).toContain("contract C1");
    expect(said).toContain("deal D0");
    for (const not of ["quota of", "contract C2", "contract C3", "SEK", "NOK"])
      expect(said).not.toContain(not);
  } finally {
    other.remove();
  }
});
