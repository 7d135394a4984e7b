import {describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {programmeData} from "../../loaders/pages/programmeData.ts";
import {RESOURCE_SQL} from "../../loaders/scenario/resourceSql.ts";
import {cell, dayNumber, type FactTable} from "../../src/slices/facts.ts";
import {wordAt} from "../../src/slices/partners/columns.ts";
import {funds} from "../../src/slices/partners/funds.ts";
import {smallWorkspace} from "../support/buildSmall.ts";
import {builtFor} from "./timeCase.ts";

const {withBuilt} = builtFor("deals", "edit_days");

test("two people of one name stay two: told apart by region, or by id where that is the same or not known", async () => {
  const people = [
    {id: "1", name: "Harper Ash", region: "EMEA"},
    {id: "2", name: "Harper Ash", region: "APAC"},
    {id: "3", name: "Rowan Ash", region: "EMEA"},
    {id: "4", name: "Rowan Ash", region: "EMEA"},
    {id: "5", name: "Maeve Ash"},
    {id: "6", name: "Maeve Ash", region: "EMEA"},
    {id: "7", name: "Sadie Ash"}
  ];
  const deals = people.map(({id}) => ({
    id,
    stage: "New",
    amount: "10",
    currency: "USD",
    owner: id,
    created_at: "2024-01-02T12:00:00Z"
  }));
  await withBuilt({deals, people, asOf: "2024-02-01"}, async ({engine}) => {
    const owners = await engine.rows<{owner: string}>("select owner from marts.deals order by deal_id");
    expect(owners.map(({owner}) => owner)).toEqual([
      "Harper Ash (EMEA)",
      "Harper Ash (APAC)",
      "Rowan Ash (3)",
      "Rowan Ash (4)",
      "Maeve Ash (5)",
      "Maeve Ash (EMEA)",
      "Sadie Ash"
    ]);
  });
});

test("whoever edits a deal is called by the person of that ID before one whose user has the same", async () => {
  const people = [
    {id: "1", name: "Sadie Ash"},
    {id: "2", user: "1", name: "Harper Ash"},
    {id: "3", user: "7", name: "Rowan Ash"}
  ];
  const deals = [{id: "d", stage: "Demo", amount: "10", created_at: "2024-01-02T12:00:00Z"}];
  const log = [
    {id: "d", at: "2024-01-03T12:00:00Z", field: "amount", old: "5", new: "8", by: "1"},
    {id: "d", at: "2024-01-04T12:00:00Z", field: "amount", old: "8", new: "10", by: "userId:7"}
  ];
  await withBuilt({deals, people, log, asOf: "2024-02-01"}, async ({engine}) => {
    const edits = await engine.rows<{actor: string}>("select actor from marts.edit_days order by edited_on");
    expect(edits.map(({actor}) => actor)).toEqual(["Sadie Ash", "Rowan Ash"]);
  });
});

test("two partners of one name stay two, and neither has the other's deals", async () => {
  const small = smallWorkspace();
  try {
    small.change(
      "workspace.yaml",
      / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/,
      `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name, region: Region}`
    );
    const rows = async (regions: readonly [string, string]) => {
      small.write("list.csv", `Id,Name,Region\nAcme Partners,Twin,${regions[0]}\nZeno,Twin,${regions[1]}\n`);
      await small.build({relations: ["partners", "deal_partners", "deals"]});
      const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
      try {
        const said = await engine.rows<{said: string}>(
          `select partner || ': ' || string_agg(deal_id, ', ' order by deal_id) as said from marts.deal_partners
           group by partner order by partner`
        );
        return said.map((row) => row.said);
      } finally {
        engine.close();
      }
    };
    const apart = await rows(["North", "South"]);
    expect(apart.map((line) => line.split(":")[0])).toEqual(["Twin (North)", "Twin (South)"]);
    const byId = await rows(["North", "North"]);
    expect(byId.map((line) => line.split(":")[0])).toEqual(["Twin (Acme Partners)", "Twin (Zeno)"]);
    expect(byId.map((line) => line.split(":")[1])).toEqual(apart.map((line) => line.split(":")[1]));
  } finally {
    small.remove();
  }
});

describe("one name in the list and in a portal, each with an id of its own", () => {
  const RELATIONS = [
    ...["partners", "deal_partners", "deal_origins", "deals", "registrations", "partner_events"],
    ...["partner_payouts", "partner_doubts", "account_market", "partner_ledger"]
  ];
  /** A firm's partners and what their portal knows of them, built; D2 was made on January 10 and won. */
  const withPortal = async (
    list: string,
    portal: string,
    use: (engine: Engine, said: (sql: string) => Promise<string[]>) => Promise<void>
  ) => {
    const small = smallWorkspace();
    try {
      small.change(
        "workspace.yaml",
        / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/,
        `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name, tier: Tier, region: Region}
  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, partner_name: Name, partner_tier: Tier, end_customer_name: Customer, submitted_at: Submitted, decided_at: Submitted, status: Status, deal_id: Deal}
  - path: funds.csv
    maps:
      - table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, amount: Amount, n_people: People, status: Status, deal_id: Deal}`
      );
      small.change(
        "workspace.yaml",
        "base_currency: USD",
        `base_currency: USD
partner_program:
  tiers: [Silver, Gold]
  payout_due_days: 30
  payout_rules:
    - {part: registered, tiers: [Gold], rate: 0.1}
    - {part: any, rate: 0.05}`
      );
      small.write("list.csv", `Id,Name,Tier,Region\n${list}`);
      small.write("portal.csv", `Id,Partner,Name,Customer,Submitted,Status,Deal,Tier\n${portal}`);
      small.write(
        "funds.csv",
        `Partner,At,Kind,Amount,People,Status,Deal
pk_17,2026-01-02,mdf claim,100.00,,paid,
Acme Partners,2026-01-03,mdf claim,50.00,,paid,
pk_17,2026-04-01,training,,4,completed,
pk_17,2026-04-10,payout,140.03,,paid,D2
Acme Partners,2026-04-12,payout,100.00,,paid,D2
`
      );
      await small.build({relations: RELATIONS});
      const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
      try {
        await use(engine, (sql) =>
          engine.rows<{said: string}>(sql).then((rows) => rows.map((row) => row.said))
        );
      } finally {
        engine.close();
      }
    } finally {
      small.remove();
    }
  };
  const NAMES = "select partner_id || ': ' || partner as said from marts.partners order by partner_id";
  const DOUBTS =
    "select record || ', ' || partner as said from marts.partner_doubts where doubt = 'one name under two ids' order by said";
  const REGISTERED = "Customer,2026-01-05,converted,D2,Silver\n";
  const PAYOUTS =
    "select concat_ws(' | ', entry_id, partner, tier, rate, owed_amount, paid_amount, n_payouts, class) as said from marts.partner_payouts order by said";

  test("are one firm's: figures by name hold it together, and the doubt is told", async () => {
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}`,
      async (engine, said) => {
        expect(await said(NAMES)).toEqual(["Acme Partners: Acme", "Zeno: Zeno", "pk_17: Acme"]);
        expect(await said(DOUBTS)).toEqual(["pk_17, Acme"]);
        // On the life cycle page it is one partner, listed and registering, whose part in D2 is one, whose funds are one sum, and which brought D5 too.
        const data = await programmeData(engine);
        expect(data.partners.n).toBe(2);
        expect(data.parts.n).toBe(3);
        const dealNth = {
          n: 9,
          columns: {created_on: {kind: "day", values: Array(9).fill(dayNumber("2026-01-10"))}}
        } as FactTable;
        const [row, ...others] = funds(data, dealNth).rows;
        expect(others).toEqual([]);
        expect([row!.partner, row!.tier, row!.claimedCents, row!.deals]).toEqual([
          "Acme",
          "Gold",
          15_000,
          [1, 4]
        ]);
      }
    );
  });

  test("are owed once by the list's tier, and what either id was paid is paid to it", async () => {
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}`,
      async (engine, said) => {
        // The portal has the registration, the list has the tier: the first rule is the firm's, a tenth of 2,400.30.
        expect(await said(PAYOUTS)).toEqual([
          "D2:Acme Partners | Acme | Gold | 0.1 | 240.03 | 240.03 | 2 | as ruled"
        ]);
        expect((await programmeData(engine)).payouts.n).toBe(1);
      }
    );
  });

  test("have one tier, the list's, in their parts and where training seats are given out", async () => {
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}`,
      async (engine) => {
        const {partners, parts} = await programmeData(engine);
        expect(wordAt(partners, "tier", 0)).toBe("Gold");
        expect([wordAt(parts, "partner", 0), wordAt(parts, "tier", 0)]).toEqual(["Acme", "Gold"]);
        const {options} = RESOURCE_SQL.find(({key}) => key === "training")!;
        const seats = await engine.rows<{name: string; today: number; value: number}>(options);
        expect(seats.map(({name, today, value}) => [name, today, value])).toEqual([["Gold", 4, 2400.3]]);
      }
    );
  });

  test("have the portal's tier where the list says none", async () => {
    await withPortal(
      "Acme Partners,Acme,,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}`,
      async (engine, said) => {
        expect(await said(PAYOUTS)).toEqual([
          "D2:Acme Partners | Acme | Silver | 0.05 | 120.02 | 240.03 | 2 | paid too much"
        ]);
        expect(wordAt((await programmeData(engine)).partners, "tier", 0)).toBe("Silver");
      }
    );
  });

  test("are no rivals of each other, claim a deal twice when they do, and are the partner that the CRM has on it", async () => {
    const LEDGER =
      "select concat_ws(' | ', entry_id, partner, tier, class) as said from marts.partner_ledger where deal_id = 'D2' order by said";
    const ORIGIN =
      "select concat_ws(' | ', origin, origin_partner, tier, registration_id, failed_tests) as said from marts.deal_origins where deal_id = 'D2'";
    const N_PARTNERS =
      "select concat_ws(' | ', partner_id, tier, n_partners) as said from marts.deal_partners where deal_id = 'D2' order by said";
    const rivals = async (engine: Engine) => {
      const {registrations} = await partnersData(engine);
      return Array.from({length: registrations.n}, (_, row) => cell(registrations, "has_rival", row));
    };
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}R2,Acme Partners,Acme,Customer,2026-01-08,converted,D2,Gold\n`,
      async (engine, said) => {
        expect(await rivals(engine)).toEqual([0, 0]);
        expect(await said(LEDGER)).toEqual([
          "R R1 | Acme | Gold | agrees",
          "R R2 | Acme | Gold | double claim"
        ]);
        expect(await said(ORIGIN)).toEqual(["sourced | Acme | Gold | R1"]);
        expect(await said(N_PARTNERS)).toEqual(["Acme Partners | Gold | 1", "pk_17 | Gold | 1"]);
      }
    );
    // Another firm's registration of the same deal is one.
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}R2,Zeno,Zeno,Customer,2026-01-08,converted,D2,\n`,
      async (engine, said) => {
        expect(await rivals(engine)).toEqual([1, 1]);
        expect((await said(LEDGER)).map((line) => line.split(" | ").at(-1))).toEqual([
          "two partners",
          "two partners"
        ]);
      }
    );
    // Registered after the deal had begun, too late to have sourced it: not "no registration".
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      "R1,pk_17,Acme,Customer,2026-03-10,converted,D2,Silver\n",
      async (_, said) => {
        expect(await said(LEDGER)).toEqual(["R R1 | Acme | Gold | agrees"]);
        expect(await said(ORIGIN)).toEqual(["influenced | Acme | Gold | R1 | registered after the CRM deal"]);
      }
    );
  });

  test("share their manager's days as one", async () => {
    const small = smallWorkspace();
    try {
      small.change(
        "workspace.yaml",
        / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/,
        `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name, manager_id: Manager}
  - {path: portal-list.csv, source: partners, object: partners}`
      );
      small.write("list.csv", "Id,Name,Manager\nAcme Partners,Acme,P1\nZeno,Zeno,P1\n");
      small.write("portal-list.csv", "partner_id,partner_name,partner_tier,manager_id\npk_17,Acme,,P1\n");
      await small.build({relations: ["partners", "deal_partners", "deals"]});
      const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
      try {
        const {options} = RESOURCE_SQL.find(({key}) => key === "partner_manager_days")!;
        const days = await engine.rows<{name: string; today: number}>(options);
        expect(Object.fromEntries(days.map(({name, today}) => [name, today]))).toMatchObject({Acme: 10});
      } finally {
        engine.close();
      }
    } finally {
      small.remove();
    }
  });

  test("are two where the list, or the portal, has the name twice: whose id it is cannot be told", async () => {
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Acme,,South\n",
      `R1,pk_17,Acme,${REGISTERED}`,
      async (_, said) => {
        expect(await said(PAYOUTS)).toEqual([
          "D2:Acme Partners | Acme (North) | Gold | 0.05 | 120.02 | 100.00 | 1 | paid too little",
          "D2:pk_17 | Acme (pk_17) | Silver | 0.05 | 120.02 | 140.03 | 1 | paid too much"
        ]);
        expect(await said(NAMES)).toEqual([
          "Acme Partners: Acme (North)",
          "Zeno: Acme (South)",
          "pk_17: Acme (pk_17)"
        ]);
        expect(await said(DOUBTS)).toEqual([]);
      }
    );
    await withPortal(
      "Acme Partners,Acme,Gold,North\nZeno,Zeno,,South\n",
      `R1,pk_17,Acme,${REGISTERED}R2,pk_18,Acme,Other,2026-01-06,rejected,,Silver\n`,
      async (_, said) => {
        expect(await said(NAMES)).toEqual([
          "Acme Partners: Acme (North)",
          "Zeno: Zeno",
          "pk_17: Acme (pk_17)",
          "pk_18: Acme (pk_18)"
        ]);
        expect(await said(DOUBTS)).toEqual([]);
      }
    );
  });
});
