/** Partners of a hand-written workspace: programme, parts in deals, payouts against rules, doubts; worked out by hand. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import type {WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

const PROGRAM = `base_currency: USD
partner_program:
  tiers: [Silver, Gold]
  payout_due_days: 30
  payout_rules:
    - {part: registered, tiers: [Gold], rate: 0.1, at_most: 1000}`;
const MAPS = `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Partner, name: Partner, tier: Tier, region: Region, signed_on: Signed}
  - path: registrations.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, submitted_at: Submitted, decided_at: Decided, status: Status, deal_id: Deal, estimated_amount: Amount}
  - path: programme.csv
    maps:
      - table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, amount: Amount, currency: Currency, n_people: People, status: Status, deal_id: Deal, customer_name: Customer}`;

/** The as-of day is 2026-05-05. */
const FILES = {
  "list.csv": `Partner,Tier,Region,Signed
Acme Partners,Gold,North,2026-01-01
Zeno,Silver,South,2026-03-15
Idle,Bronze,South,2026-04-01
`,
  "registrations.csv": `Id,Partner,Customer,Submitted,Decided,Status,Deal,Amount
R1,Acme Partners,Müller & Söhne,2026-01-05,2026-01-08,converted,D2,2000
R2,Zeno,Nobody,2026-03-10,2026-03-12,rejected,,70
R3,Phantom,Somebody,2026-03-11,2026-03-12,rejected,,30
`,
  "programme.csv": `Partner,At,Kind,Amount,Currency,People,Status,Deal,Customer
Acme Partners,2026-01-02T12:00:00Z,training,,,3,completed,,
Zeno,2026-03-01T12:00:00Z,Training,,,2,completed,,
Acme Partners,2026-02-01T12:00:00Z,MDF request,1000.00,USD,,approved,,
Acme Partners,2026-02-10T12:00:00Z,market_fund_claim,1100.00,USD,,paid,,
Zeno,2026-02-10T12:00:00Z,market_fund_request,500.00,USD,,Rejected,,
Acme Partners,2026-04-10T12:00:00Z,payout,240.03,USD,,paid,D2,
Acme Partners,2026-04-20T12:00:00Z,payout,-40.03,USD,,paid,D2,
Ghost,2026-04-20T12:00:00Z,payout,99.00,,,paid,D2,
Zeno,2026-04-21T12:00:00Z,payout,50.00,USD,,paid,,
Zeno,2026-04-21T12:00:00Z,payout,10.00,USD,,paid,D3,
Acme Partners,2026-02-05T12:00:00Z,co-sell meeting,,,4,held,D3,
Zeno,2026-04-21T12:00:00Z,juggling,8.00,USD,,,,
Acme Partners,2026-12-01T12:00:00Z,training,,,9,completed,,
Zeno,2026-04-21T12:00:00Z,payout,5.00,USD,,paid,DX,
Zeno,2026-04-22T12:00:00Z,payout,7.00,XXX,,paid,,
Idle,2026-04-23T12:00:00Z,co-sell meeting,,,2,held,,
Idle,2026-05-03T12:00:00Z,co-sell meeting,,,2,held,,ÅDAL-maskin
Zeno,2026-03-20T12:00:00Z,co-sell meeting,,,2,held,,東京製作所
Zeno,2026-05-03T12:00:00Z,co-sell meeting,,,2,held,,Addal maskinn
`
};

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change("workspace.yaml", "base_currency: USD", PROGRAM);
  small.change("workspace.yaml", / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/, MAPS);
  for (const [name, text] of Object.entries(FILES)) small.write(name, text);
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

const said = (sql: string) => engine.rows<{said: string}>(sql).then((rows) => rows.map((row) => row.said));

test("parts in deals: registered, on the deal in the CRM, met about it; since the first evidence", async () => {
  expect(
    await said(
      `select concat_ws(' | ', deal_id, partner, part, evidence, coalesce(since_on::varchar, '-'), n_partners) as said
       from marts.deal_partners order by deal_id, partner`
    )
  ).toEqual([
    "D2 | Acme Partners | sourced | registration | 2026-01-05 | 1",
    "D3 | Acme Partners | influenced | co-sell meeting | 2026-02-05 | 1",
    "D5 | Acme Partners | influenced | on the deal in the CRM | - | 2",
    "D5 | Zeno | influenced | on the deal in the CRM | - | 2",
    // The only deal of Ådal open on the day of the meeting; of the three in Tokyo none is guessed.
    "D7 | Idle | influenced | co-sell meeting | 2026-05-03 | 1"
  ]);
});

test("a co-sell meeting about a deal before it closed is influence, with its day; each deal has one origin", async () => {
  expect(
    await said(
      `select concat_ws(' | ', deal_id, origin, coalesce(origin_partner, '-'), coalesce(since_on::varchar, '-')) as said
       from marts.deal_origins where deal_id in ('D1', 'D2', 'D3') order by deal_id`
    )
  ).toEqual([
    "D1 | direct | - | -",
    "D2 | sourced | Acme Partners | 2026-01-05",
    "D3 | influenced | Acme Partners | 2026-02-05"
  ]);
});

test("each partner's programme: what was refused or is yet to come does not count", async () => {
  expect(
    await said(
      `select concat_ws(' | ', partner, is_listed, n_registrations, n_won, is_active, n_trained_people, fund_requested,
         fund_approved, fund_claimed, payout) as said from marts.partners order by partner`
    )
  ).toEqual([
    "Acme Partners | true | 1 | 1 | true | 3 | 1000.00 | 1000.00 | 1100.00 | 200.00",
    "Ghost | false | 0 | 0 | false | 0 | 0.00 | 0.00 | 0.00 | 99.00",
    "Idle | true | 0 | 0 | false | 0 | 0.00 | 0.00 | 0.00 | 0.00",
    "Phantom | false | 1 | 0 | true | 0 | 0.00 | 0.00 | 0.00 | 0.00",
    "Zeno | true | 1 | 0 | true | 2 | 500.00 | 0.00 | 0.00 | 65.00"
  ]);
});

test("payouts against the rules: a tenth of D2 (2,400.30 USD) is owed, 200.00 was paid", async () => {
  expect(
    await said(
      `select concat_ws(' | ', entry_id, class, coalesce(owed_amount::varchar, '-'), paid_amount,
         coalesce(due_on::varchar, '-')) as said from marts.partner_payouts order by entry_id`
    )
  ).toEqual([
    "D2:Acme Partners | paid too little | 240.03 | 200.00 | 2026-04-19",
    "D2:Ghost | paid, no rule for it | - | 99.00 | -",
    "D3:Zeno | paid, deal not won | - | 10.00 | -",
    "programme.csv:14 | paid, no such deal | - | 5.00 | -",
    "programme.csv:15 | paid, no such deal | - | 0.00 | -",
    "programme.csv:9 | paid, no such deal | - | 50.00 | -"
  ]);
});

test("accounts: bought, in play, or room", async () => {
  expect(
    await said(
      "select concat_ws(' ', region, segment, n_accounts, n_customers, n_in_play, n_white) as said from marts.account_market order by said"
    )
  ).toEqual(["North Large 1 1 0 0", "South Large 1 1 0 0", "South Small 1 1 0 0"]);
});

test("dirty records are listed with their money and what was done; none is dropped", async () => {
  expect(
    await said(
      `select concat_ws(' | ', doubt, record, partner, coalesce(amount::varchar, '-')) as said from marts.partner_doubts order by said`
    )
  ).toEqual([
    "event after the as-of day | programme.csv:13 | Acme Partners | -",
    "event before the partner signed | programme.csv:2 | Zeno | -",
    "event of an unknown deal | programme.csv:14 | Zeno | 5.00",
    "event of an unknown kind | programme.csv:12 | Zeno | 8.00",
    "event of an unknown partner | programme.csv:8 | Ghost | 99.00",
    "meeting matched by its customer's name | programme.csv:17 | Idle | 910.00",
    "meeting of a customer without an open deal | programme.csv:19 | Zeno | -",
    "meeting that fits several deals of its customer | programme.csv:18 | Zeno | 4450.40",
    "meeting that names no deal | programme.csv:16 | Idle | -",
    "money without a currency | programme.csv:8 | Ghost | 99.00",
    "more funds claimed than approved | Acme Partners | Acme Partners | 100.00",
    "negative money | programme.csv:7 | Acme Partners | -40.03",
    "no rate for its currency | programme.csv:15 | Zeno | -",
    "payout for a deal that is not won | D3:Zeno | Zeno | 10.00",
    "payout that names no deal | programme.csv:15 | Zeno | -",
    "payout that names no deal | programme.csv:9 | Zeno | 50.00",
    "registration before the partner signed | R2 | Zeno | 70.00",
    "registration of an unknown partner | R3 | Phantom | 30.00",
    "tier that the workspace does not name | Idle | Idle | -"
  ]);
  const [warned] = await engine.rows<{n: number}>(
    "select n_failures::integer as n from weir.check_result where name = 'chk_partner_doubts'"
  );
  expect(warned!.n).toBe(18);
});

describe("what is not decided, held or paid yet", () => {
  let waiting: SmallWorkspace;
  let built: Engine;
  beforeAll(async () => {
    waiting = smallWorkspace();
    waiting.change("workspace.yaml", "base_currency: USD", PROGRAM);
    waiting.change("workspace.yaml", / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/, MAPS);
    for (const [name, text] of Object.entries(FILES)) waiting.write(name, text);
    // D2 was won at 1.20 dollars a euro; the payout of a tenth of its 2,000.25 euros came at 1.30.
    waiting.change("rates.csv", "GBP,", "EUR,2026-04-01,1.30\nEUR,2026-04-20,1.40\nGBP,");
    // D4 was won at 1.30; of its 300.40 euros 30.04 are owed, and 30.84 were paid at 1.40.
    waiting.change("deals.csv", "300.40,USD", "300.40,EUR");
    waiting.change(
      "registrations.csv",
      "R2,",
      "R4,Acme Partners,Somebody,2026-02-14,2026-02-14,converted,D4,300\nR2,"
    );
    waiting.write(
      "programme.csv",
      `Partner,At,Kind,Amount,Currency,People,Status,Deal,Customer
Acme Partners,2026-02-01T12:00:00Z,MDF request,1000.00,USD,,approved,,
Acme Partners,2026-02-02T12:00:00Z,MDF request,300.00,USD,,Pending Approval,,
Acme Partners,2026-02-10T12:00:00Z,market_fund_claim,600.00,USD,,paid,,
Acme Partners,2026-02-11T12:00:00Z,market_fund_claim,250.00,USD,,submitted,,
Acme Partners,2026-04-10T12:00:00Z,payout,200.03,EUR,,paid,D2,
Acme Partners,2026-04-11T12:00:00Z,payout,200.03,EUR,,approved,D2,
Acme Partners,2026-04-21T12:00:00Z,payout,30.84,EUR,,paid,D4,
Zeno,2026-04-12T12:00:00Z,training,,,5,enrolled,,
`
    );
    await waiting.build({relations: ["partners", "partner_payouts", "partner_doubts"]});
    built = await openDuckDb(waiting.paths.warehouse, {readOnly: true});
  });
  afterAll(() => {
    built?.close();
    waiting?.remove();
  });
  const lines = (sql: string) => built.rows<{said: string}>(sql).then((rows) => rows.map((row) => row.said));

  test("a request counts as asked for and not as approved, a claim or payout not as paid, a course not as taken", async () => {
    expect(
      await lines(
        `select concat_ws(' | ', partner, fund_requested, fund_approved, fund_claimed, payout, n_trained_people) as said
         from marts.partners where partner in ('Acme Partners', 'Zeno') order by partner`
      )
    ).toEqual([
      "Acme Partners | 1300.00 | 1000.00 | 600.00 | 303.22 | 0",
      "Zeno | 0.00 | 0.00 | 0.00 | 0.00 | 0"
    ]);
    expect(
      await lines(
        `select concat_ws(' | ', doubt, coalesce(amount::varchar, '-'), treatment) as said from marts.partner_doubts
         where doubt like '%yet' order by said`
      )
    ).toEqual([
      "claim not paid yet | 250.00 | not counted",
      "event that has not been held or passed yet | - | not counted",
      "funds asked for and not decided yet | 300.00 | counted as asked for alone",
      "payout not paid yet | 260.04 | not counted"
    ]);
  });

  test("what the tables say of funds is how they are counted", () => {
    const {columns} = readModels().find(({name}) => name === "partners")!.doc!;
    expect(columns.fund_requested!.meaning).toContain("not decided yet");
    expect(columns.fund_approved!.meaning).toContain("nor still to be decided");
  });

  test("paid in the deal's own currency, to the cent or a unit of it, is as ruled, though the rate has moved since the win", async () => {
    expect(
      await lines(
        "select concat_ws(' | ', entry_id, class, owed_amount, paid_amount) as said from marts.partner_payouts order by entry_id"
      )
    ).toEqual([
      "D2:Acme Partners | as ruled | 240.03 | 260.04",
      "D4:Acme Partners | as ruled | 39.05 | 43.18"
    ]);
  });
});

describe("payout rules that make no sense are refused", () => {
  test.each([
    ["rate: 0.1, at_most", "rate: 10, at_most"],
    ["tiers: [Gold], rate", "tier: Gold, rate"],
    ["tiers: [Silver, Gold]", "tiers: [Gold, Gold]"]
  ])("%s -> %s", (from, to) => {
    small.change("workspace.yaml", from, to);
    try {
      expect(() => loadWorkspace(small.dir)).toThrowError();
      try {
        loadWorkspace(small.dir);
      } catch (error) {
        expect(JSON.stringify((error as WeirError).problems)).toContain("partner_program");
      }
    } finally {
      small.change("workspace.yaml", to, from);
    }
  });
});
