/** Contracts worked through by hand: what renews, what moves ARR and in which class, what is doubted, and both sides of the ledger. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {isLarge} from "../../loaders/pages/parts/partsIndex.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** As of 2026-05-05, in USD; a euro is 1.20 since March and was 1.10 before. */
const CONTRACTS = `Id,Account,Product,Start,End,ARR,Currency,Status,Deal,Signed
S1,gap none,Basic,2024-01-01,2024-12-31,1200.00,USD,ended,,
S2,gap none,Basic,2025-01-01,2025-12-31,1500.00,USD,ended,,
S3,gap none,Basic,2026-01-01,2026-12-31,1500.00,USD,active,,
S4,gap 20,Basic,2024-01-01,2024-12-31,1000.00,USD,ended,,
S5,gap 20,Basic,2025-01-21,2026-01-20,1000.00,USD,ended,,
S6,gap 61,Basic,2024-03-01,2025-02-28,500.00,USD,ended,,
S7,gap 61,Basic,2025-05-01,2026-04-30,600.00,USD,ended,,
S8,steps,Basic,2024-01-01,2024-12-31,1000.00,USD,,,2023-12-15
S8,steps,Basic,2025-01-01,2025-12-31,1050.00,USD,,,2023-12-15
S8,steps,Basic,2026-01-01,2026-12-31,1100.00,USD,,,2023-12-15
S9,three years,Basic,2024-06-01,2027-05-31,900.00,USD,,,
S10,switch,Pro,2024-02-01,2025-01-31,2000.00,USD,,,
S11,switch,Basic,2025-02-01,2027-01-31,1600.00,USD,,,
S12,euro,Basic,2025-01-01,,1000.00,EUR,,,
S13,early,Pro,2025-01-01,2025-12-31,700.00,USD,,,
S14,early,Pro,2025-12-15,2026-12-14,800.00,USD,,,
S15,twins,Pro,2025-01-01,2025-12-31,300.00,USD,,,
S16,twins,Pro,2025-01-01,2025-12-31,100.00,USD,,,
S17,twins,Pro,2026-01-01,2026-12-31,100.00,USD,,,
S18,twins,Pro,2026-01-01,2026-12-31,300.00,USD,,,
S20,bad,Basic,2025-01-01,2024-01-01,10.00,USD,,,
S21,bad,Basic,2025-01-01,2026-12-31,-10.00,USD,,,
S22,bad,Basic,2025-01-01,2026-12-31,0.00,USD,,,
S23,bad,Basic,2025-01-01,2026-12-31,40.00,USD,Draft,,
S24,A1,Basic,2026-02-11,2027-02-10,900.00,USD,,D1,
S24,A1,Basic,2026-02-11,2027-02-10,900.00,USD,,D1,
S25,A2,Pro,2026-03-21,2027-03-20,2000.25,EUR,,D2,
S26,A3,Basic,2025-07-01,2026-06-30,77.00,USD,,X99,
S27,A3,Pro,2026-07-01,2027-06-30,800.00,USD,,D5,
T1,same id,Basic,2024-04-01,2025-03-31,1000.00,USD,,,2024-03-20
T1,same id,Basic,2025-04-01,2026-03-31,700.00,USD,,,2025-03-10
T2,no signing,Basic,2025-01-01,2025-12-31,1000.00,USD,,,
T2,no signing,Basic,2026-01-01,2026-12-31,1500.00,USD,,,
T3,own deals,Basic,2025-01-01,2025-12-31,500.00,USD,,X97,2024-12-01
T3,own deals,Basic,2026-01-01,2026-12-31,550.00,USD,,X98,2024-12-01
T4,amended,Basic,2025-07-01,2026-06-30,1000.00,USD,,,
T4,amended,Basic,2026-01-01,2026-12-31,1800.00,USD,,,
T5,no end,Basic,2025-01-01,,1000.00,USD,,,
T6,no end,Basic,2026-01-01,2026-12-31,1200.00,USD,,,
T7,cancelled,Basic,2025-01-01,,1000.00,USD,Cancelled,,
T8,short,Basic,2025-09-05,2025-09-14,50.00,USD,,,
T9,short,Basic,2026-04-01,2027-03-31,300.00,USD,,,
T10,no product,,2025-01-01,2025-12-31,100.00,USD,,,
T11,no product,,2026-01-01,2026-12-31,900.00,USD,,,
T12,returns,Basic,2024-01-01,2024-12-31,60.00,USD,,,
T13,returns,Basic,2026-07-01,2027-06-30,80.00,USD,,,2026-04-01
`;

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change(
    "workspace.yaml",
    "          amount: Amount\n",
    "          amount: Amount\n          recurring_amount: Amount\n          deal_type: {column: Next Step, recode: {Wait: Renewal}}\n"
  );
  small.change(
    "workspace.yaml",
    "  - path: history.csv",
    `  - path: contracts.csv
    maps:
      - table: subscription
        columns: {subscription_id: Id, account_id: Account, product_id: Product, starts_on: Start, ends_on: End, arr: ARR, currency: Currency, status: Status, deal_id: Deal, signed_on: Signed}
  - path: history.csv`
  );
  small.write("contracts.csv", CONTRACTS);
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

const LINES = "new reactivation expansion step contraction churn".split(" ");

/** "2025-01 1200 +300 expansion = 1500" for each month in which the customer moved. */
async function movementOf(account: string): Promise<string[]> {
  const parts = LINES.map(
    (line) => `case when ${line}_arr <> 0 then ${line}_arr::double::integer::varchar || ' ${line}' end`
  ).join(", ");
  const rows = await engine.rows<{line: string}>(
    `select strftime(month_on, '%Y-%m') || ' ' || begin_arr::integer || ': ' || concat_ws(', ', ${parts}) || ' = ' || end_arr::integer as line
     from marts.arr_movement where account_id = '${account}' order by month_on`
  );
  return rows.map(({line}) => line);
}

async function contracts(where: string, columns: string): Promise<Record<string, unknown>[]> {
  return engine.rows(
    `select subscription_id as id, ${columns} from marts.arr_contracts where ${where} order by all`
  );
}

describe("a renewal", () => {
  test("on the day after the end is no churn, and what it brings more is expansion", async () => {
    expect(await movementOf("gap none")).toEqual([
      "2024-01 0: 1200 new = 1200",
      "2025-01 1200: 300 expansion = 1500"
    ]);
  });

  test("within the grace days bridges the gap; a customer who then leaves churns once", async () => {
    expect(await movementOf("gap 20")).toEqual([
      "2024-01 0: 1000 new = 1000",
      "2026-01 1000: 1000 churn = 0"
    ]);
    expect(await contracts("account_id = 'gap 20'", "gap_days::integer as gap, end_state")).toEqual([
      {id: "S4", gap: 20, end_state: "renewed"},
      {id: "S5", gap: null, end_state: "over, customer left"}
    ]);
  });

  test("after the grace days is churn, and then a reactivation", async () => {
    expect(await movementOf("gap 61")).toEqual([
      "2024-03 0: 500 new = 500",
      "2025-03 500: 500 churn = 0",
      "2025-05 0: 600 reactivation = 600",
      "2026-05 600: 600 churn = 0"
    ]);
    // It may still be renewed: its end is five days ago.
    expect(await contracts("account_id = 'gap 61'", "end_state")).toEqual([
      {id: "S6", end_state: "over, customer left"},
      {id: "S7", end_state: "over, within grace"}
    ]);
  });

  test("before the end takes over on its first day, and nothing counts twice", async () => {
    expect(await movementOf("early")).toEqual([
      "2025-01 0: 700 new = 700",
      "2025-12 700: 100 expansion = 800"
    ]);
  });

  test("of two contracts that end on one day goes on in the order of money", async () => {
    expect(await movementOf("twins")).toEqual(["2025-01 0: 400 new = 400"]);
    expect(
      await contracts("account_id = 'twins' and next_key is not null", "next_arr::integer as next")
    ).toEqual([
      {id: "S15", next: 300},
      {id: "S16", next: 100}
    ]);
  });
});

describe("contracts of several years", () => {
  test("that state a price a year move ARR by steps, which are neither expansion nor renewals", async () => {
    expect(await movementOf("steps")).toEqual([
      "2024-01 0: 1000 new = 1000",
      "2025-01 1000: 50 step = 1050",
      "2026-01 1050: 50 step = 1100"
    ]);
    const ends = await contracts("account_id = 'steps'", "end_state");
    expect(ends.map(({end_state}) => end_state).sort()).toEqual([
      "due, no renewal deal",
      "goes on as agreed",
      "goes on as agreed"
    ]);
  });

  test("are due when their last year ends, not before", async () => {
    expect(await movementOf("three years")).toEqual(["2024-06 0: 900 new = 900"]);
  });
});

describe("a contract that keeps its id", () => {
  test("is renewed where the later record was signed later, names another deal, or no signing day is told", async () => {
    expect(await movementOf("same id")).toEqual([
      "2024-04 0: 1000 new = 1000",
      "2025-04 1000: 300 contraction = 700",
      "2026-04 700: 700 churn = 0"
    ]);
    expect(await movementOf("no signing")).toEqual([
      "2025-01 0: 1000 new = 1000",
      "2026-01 1000: 500 expansion = 1500"
    ]);
    expect(await movementOf("own deals")).toEqual([
      "2025-01 0: 500 new = 500",
      "2026-01 500: 50 expansion = 550"
    ]);
    const ends = await contracts("account_id in ('same id', 'no signing', 'own deals')", "end_state");
    expect(ends.map(({id, end_state}) => `${id} ${end_state}`)).toEqual([
      "T1 over, customer left",
      "T1 renewed",
      "T2 due, no renewal deal",
      "T2 renewed",
      "T3 due, no renewal deal",
      "T3 renewed"
    ]);
  });

  test("and is changed while it runs counts once: the later record replaces the earlier, which is no renewal", async () => {
    expect(await movementOf("amended")).toEqual([
      "2025-07 0: 1000 new = 1000",
      "2026-01 1000: 800 expansion = 1800"
    ]);
    expect(await contracts("account_id = 'amended'", "arr::integer as arr, end_state")).toEqual([
      {id: "T4", arr: 1000, end_state: "replaced"},
      {id: "T4", arr: 1800, end_state: "due, no renewal deal"}
    ]);
  });
});

test("a customer is new in the first month that it ends with ARR", async () => {
  expect(await movementOf("short")).toEqual(["2026-04 0: 300 new = 300"]);
});

test("a customer that left has left on a day, also where a signed contract lies ahead", async () => {
  expect(
    await engine.rows(
      "select standing, left_on::varchar as left_on from marts.arr_accounts where account_id in ('returns', 'same id') order by all"
    )
  ).toEqual([
    {standing: "left", left_on: "2026-03-31"},
    {standing: "returns", left_on: "2024-12-31"}
  ]);
});

test("one product given up for another is net contraction, and both by product", async () => {
  expect(await movementOf("switch")).toEqual([
    "2024-02 0: 2000 new = 2000",
    "2025-02 2000: 400 contraction = 1600"
  ]);
  const [row] = await engine.rows(
    "select expansion_by_product::integer as up, contraction_by_product::integer as down from marts.arr_movement where account_id = 'switch' and state = 'stays'"
  );
  expect(row).toEqual({up: 1600, down: 2000});
  expect(await contracts("subscription_id = 'S10'", "end_state")).toEqual([
    {id: "S10", end_state: "over, customer stays"}
  ]);
});

test("a foreign contract counts at the as-of day's rate on all days", async () => {
  expect(await movementOf("euro")).toEqual(["2025-01 0: 1200 new = 1200"]);
});

test("ARR on the as-of day is the sum of what runs, and its contracts' and customers' sums agree", async () => {
  // gap none 1500, steps 1100, three years 900, switch 1600, euro 1200, early 800, twins 400, A1 900, A2 2400.30, A3 77;
  // no signing 1500, own deals 550, amended 1800, no end 2200, short 300, no product 900.
  const [sums] = await engine.rows(
    `select (select sum(running_arr)::double from marts.arr_contracts) as contracts, (select sum(arr)::double from marts.arr_accounts) as accounts,
       (select sum(change)::double from marts.arr_changes) as changes`
  );
  expect(sums).toEqual({contracts: 18127.3, accounts: 18127.3, changes: 18127.3});
});

test("a firm of few deals and many contracts is large, for its pages would hold a row a contract", async () => {
  const [{n}] = (await engine.rows<{n: number}>(
    "select count(*)::integer as n from marts.arr_contracts"
  )) as [{n: number}];
  const [{deals}] = (await engine.rows<{deals: number}>(
    "select count(*)::integer as deals from marts.deals"
  )) as [{deals: number}];
  expect(deals).toBeLessThan(n);
  expect(await isLarge(engine, n - 1)).toBe(true);
  expect(await isLarge(engine, n)).toBe(false);
});

test("what is wrong with a contract is said, with its money, and what was done", async () => {
  const doubts = await engine.rows<{line: string}>(
    "select doubt || ': ' || record || ' ' || amount::double || ', ' || treatment as line from marts.arr_doubts where doubt not like '%unknown account' order by 1"
  );
  expect(doubts.map(({line}) => line)).toEqual([
    "another contract of the same product at the same time: S16 100.0, both counted: the second adds to the first",
    "another contract of the same product at the same time: S18 300.0, both counted: the second adds to the first",
    "contract ends before it starts: S20 10.0, not counted",
    "contract not signed yet: S23 40.0, not counted before it is signed",
    "contract with negative ARR: S21 -10.0, not counted",
    "contract without a product: T10 100.0, contracts of a customer without a product renew each other",
    "contract without a product: T11 900.0, contracts of a customer without a product renew each other",
    "contract without money: S22 0.0, counted as a contract, worth nothing",
    "goes on under the same contract id, no signing day: T2 1000.0, taken as renewed: no step agreed before",
    "newer contract beside one without an end: T6 1200.0, both counted: where the newer replaces the older, the older needs its last day",
    "over by its status, but no last day: T7 1000.0, not counted: nobody knows until when",
    "renewed after its end: S4 1000.0, counted through the gap: within the grace days",
    "renewed before its end: S13 700.0, counted until the day before the renewal begins",
    "replaced while it ran, by the same contract id: T4 1000.0, counted until the day before the later record begins",
    "the same contract twice: S24 900.0, counted once"
  ]);
});

test("the ledger puts won deals beside contracts, each once", async () => {
  const ledger = await engine.rows<{line: string}>(
    "select coalesce(deal_id, subscription_id) || ' ' || class || ' ' || deal_arr::double || ' ' || contract_arr::double as line from marts.arr_ledger where class <> 'contract without a deal' and class <> 'older than the deals' order by 1"
  );
  expect(ledger.map(({line}) => line)).toEqual([
    "D1 differs 1000.1 900.0",
    "D2 agrees 2400.3 2400.3",
    "D4 won lately, no contract yet 300.4 0.0",
    "D5 contract of a deal not won 0.0 800.0",
    "X97 contract of an unknown deal 0.0 500.0",
    "X98 contract of an unknown deal 0.0 550.0",
    "X99 contract of an unknown deal 0.0 77.0"
  ]);
  const [older] = await engine.rows(
    "select count(*)::integer as n, min(starts_on)::varchar as first from marts.arr_ledger where class = 'older than the deals' and subscription_id = 'S8'"
  );
  // The agreed next years of S8 are the same sale.
  expect(older).toEqual({n: 1, first: "2024-01-01"});
});

test("a contract that is due finds the customer's open renewal deal", async () => {
  expect(await contracts("account_id = 'A3'", "standing, end_state, renewal_deal_id as deal")).toEqual([
    {id: "S26", standing: "running", end_state: "due, renewal deal open", deal: "D9"},
    {id: "S27", standing: "ahead", end_state: "due, no renewal deal", deal: null}
  ]);
});

test("asked of a past day, contracts to come count only if signed by then, and deals of before the contracts need none", async () => {
  const other = smallWorkspace();
  try {
    other.change("workspace.yaml", "base_currency: USD", "base_currency: USD\nas_of: 2026-05-01");
    other.change(
      "workspace.yaml",
      "          amount: Amount\n",
      "          amount: Amount\n          recurring_amount: Amount\n"
    );
    other.change(
      "workspace.yaml",
      "  - path: history.csv",
      `  - path: contracts.csv
    maps:
      - table: subscription
        columns: {subscription_id: Id, account_id: Account, starts_on: Start, ends_on: End, arr: ARR, deal_id: Deal}
  - path: history.csv`
    );
    other.write(
      "contracts.csv",
      `Id,Account,Start,End,ARR,Deal
C1,A1,2026-04-25,2026-06-30,100.00,
C2,A1,2026-07-01,2027-06-30,200.00,
C3,A2,2026-07-01,2027-06-30,300.00,D2
C4,A3,2026-07-01,2027-06-30,400.00,D5
`
    );
    await other.build();
    const past = await openDuckDb(other.paths.warehouse, {readOnly: true});
    try {
      expect(
        await past.rows("select subscription_id as id, end_state from marts.arr_contracts order by 1")
      ).toEqual([
        {id: "C1", end_state: "due, no renewal deal"},
        {id: "C3", end_state: "due, no renewal deal"}
      ]);
      expect(
        await past.rows(
          "select record as id, doubt from marts.arr_doubts where treatment like 'not counted%' order by 1"
        )
      ).toEqual([
        {id: "C2", doubt: "begins after the as-of day, no signing day"},
        {id: "C4", doubt: "begins after the as-of day, no signing day"}
      ]);
      expect(
        await past.rows(
          "select deal_id as id, class, is_settled from marts.arr_ledger where class <> 'contract without a deal' order by 1"
        )
      ).toEqual([
        {id: "D1", class: "before the contracts begin", is_settled: true},
        {id: "D2", class: "differs", is_settled: false},
        {id: "D4", class: "won lately, no contract yet", is_settled: true}
      ]);
    } finally {
      past.close();
    }
  } finally {
    other.remove();
  }
});

test("a currency without a rate stops the build and says what to write", async () => {
  const other = smallWorkspace();
  try {
    other.change(
      "workspace.yaml",
      "  - path: history.csv",
      `  - path: contracts.csv
    maps:
      - table: subscription
        columns: {account_id: Account, starts_on: Start, arr: ARR, currency: Currency}
  - path: history.csv`
    );
    other.write("contracts.csv", "Account,Start,ARR,Currency\nA1,2025-01-01,100.00,SEK\n");
    await expect(other.build()).rejects.toThrow(/check/i);
  } finally {
    other.remove();
  }
});
