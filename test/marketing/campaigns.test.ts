/** Costs, touches, leads and credit of a hand-written workspace, worked out by hand; and its dirty records. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import type {WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

const MAPS = `  - path: campaigns.csv
    maps:
      - table: campaign
        columns: {campaign_id: Id, name: Name, channel: Channel, kind: Kind, starts_on: From, ends_on: To, cost: Cost, currency: Currency}
  - path: costs.csv
    maps:
      - table: campaign_cost
        columns: {campaign_id: Id, "on": Day, cost: Cost, currency: Currency}
  - path: leads.csv
    maps:
      - table: lead
        columns: {lead_id: Id, created_at: At, source: Source, converted_at: Converted, deal_id: Deal}
  - path: touches.csv
    maps:
      - table: touch
        columns: {touch_id: Id, at: At, campaign_id: Campaign, lead_id: Lead, account_id: Account, deal_id: Deal}
  - path: history.csv`;

/** The as-of day is 2026-05-05. */
const FILES = {
  "campaigns.csv": `Id,Name,Channel,Kind,From,To,Cost,Currency
C1,Search,search,Ads,2026-01-01,2026-01-31,-999,EUR
C2,Letters,mail,Mail,,,50,USD
C3,Fair,event,Event,2026-04-26,2026-05-15,75,eur
C4,Silent,event,Event,2026-03-01,2026-03-02,,
`,
  "costs.csv": `Id,Day,Cost,Currency
C1,2026-01-02,100.00,USD
C1,2026-01-03,-20.00,USD
C1,2026-12-01,500.00,USD
CZ,2026-02-02,7.00,USD
`,
  "leads.csv": `Id,At,Source,Converted,Deal
L1,2026-01-02T12:00:00Z,Web,2026-01-05T00:00:00Z,D1
L2,2026-01-03T12:00:00Z,Web,,
L3,2026-01-04T12:00:00Z,Web,2026-01-06T00:00:00Z,D1
`,
  "touches.csv": `Id,At,Campaign,Lead,Account,Deal
T1,2026-01-01T10:00:00Z,C1,L1,,
T2,2026-01-04T10:00:00Z,C2,L1,,
T3,2026-01-20T10:00:00Z,C3,L1,,
T4,2026-02-05T10:00:00Z,C1,L1,,
T5,2026-03-15T10:00:00Z,C1,L1,,
T6,2026-02-15T10:00:00Z,C2,,,D2
T7,2026-02-12T10:00:00Z,C3,,A1,
T8,2026-03-01T10:00:00Z,CX,,,D4
T9,2026-01-03T10:00:00Z,C1,L2,,
T10,2026-12-01T10:00:00Z,C1,L2,,
T11,2026-04-10T10:00:00Z,C2,,A1,
`
};

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change("workspace.yaml", "  - path: history.csv", MAPS);
  small.change(
    "workspace.yaml",
    "          vertical: Vertical",
    "          vertical: Vertical\n          campaign_id: Campaign"
  );
  small.change("deals.csv", /^(Deal ID.*)$/m, "$1,Campaign");
  small.change("deals.csv", /^(D5.*)$/m, "$1,C1");
  small.change("deals.csv", /^(D[^5e].*)$/gm, "$1,");
  small.change("deals.csv", "300.40,USD", "300.40,");
  for (const [name, text] of Object.entries(FILES)) small.write(name, text);
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

const thousandths = (model: string, deal: string) =>
  engine
    .rows<{w: number}>(
      `select round(${model} * 1000)::integer as w from marts.touch_credit inner join intermediate.int_touch using (touch_key)
       where touch_credit.deal_id = '${deal}' order by touched_at`
    )
    .then((rows) => rows.map(({w}) => w));

test("each touch finds one deal: its own, its lead's, or the account's that was open or came next", async () => {
  const rows = await engine.rows<{said: string}>(
    `select coalesce(touch_id, 'implied') || ' ' || coalesce(deal_id, '-') || ' ' || standing as said
     from intermediate.int_touch order by touched_at, touch_id`
  );
  expect(rows.map(({said}) => said)).toEqual([
    "T1 D1 counts",
    "T9 - no deal",
    "T2 D1 counts",
    "T3 D1 counts",
    "T4 D1 counts",
    "T7 D3 counts",
    "T6 D2 counts",
    "implied D5 counts",
    "T8 D4 counts",
    "T5 D1 after the deal closed",
    "T11 D7 counts",
    "T10 - after the as-of day"
  ]);
});

describe("the ten models of a deal with four touches", () => {
  // Touches: search (first, up to the lead), mail (up to the deal), event, search (last).
  test.each([
    ["first_touch", [1000, 0, 0, 0]],
    ["last_touch", [0, 0, 0, 1000]],
    ["linear", [250, 250, 250, 250]],
    ["u_shaped", [800, 67, 67, 67]],
    ["w_shaped", [600, 300, 50, 50]],
    ["full_path", [450, 225, 100, 225]],
    ["position_based", [400, 100, 100, 400]],
    ["shapley", [167, 333, 333, 167]]
  ])("%s", async (model, expected) => {
    expect(await thousandths(model, "D1")).toEqual(expected);
  });

  test("time decay has its half-life from the firm's own won journeys", async () => {
    // First touches before the win: D1 39.58 days (to 10 Feb 00:00), D2 32.58, D4 44.58. Half of the median is 19.79.
    const [row] = await engine.rows<{days: number}>(
      "select half_life_days as days from intermediate.int_half_life"
    );
    expect(row!.days).toBeCloseTo(39.583333 / 2, 4);
    const raw = [39.583333, 36.583333, 20.583333, 4.583333].map((days) => 0.5 ** (days / row!.days));
    const total = raw.reduce((sum, each) => sum + each, 0);
    expect(await thousandths("time_decay", "D1")).toEqual(
      raw.map((each) => Math.round((each / total) * 1000))
    );
  });
});

test("the envelope: partner, marketing and sales make each deal, to the cent", async () => {
  const rows = await engine.rows<{said: string}>(
    `select deal_id || ' ' || partner_part || ' ' || marketing_part || ' ' || partner_share || ' ' || marketing_share || ' ' || sales_share as said
     from marts.deal_credit order by deal_id`
  );
  expect(rows.slice(0, 2).map(({said}) => said)).toEqual([
    "D1 direct sourced 0.0000 0.4000 0.6000",
    "D2 influenced influenced 0.2000 0.2000 0.6000"
  ]);
  const [sum] = await engine.rows<{wrong: number}>(
    `select count(*)::integer as wrong from marts.deal_credit
     where partner_amount + marketing_amount + sales_amount <> amount`
  );
  expect(sum!.wrong).toBe(0);
});

test("costs: daily ones to the as-of day with credit notes, else what was stated, spread over the days so far", async () => {
  const rows = await engine.rows<{said: string}>(
    "select campaign_id || ' ' || coalesce(cost::varchar, '-') as said from marts.campaigns order by campaign_id"
  );
  // The fair: 75 euros at 1.20, half of its days over.
  expect(rows.map(({said}) => said)).toEqual(["C1 80.00", "C2 50.00", "C3 45.00", "C4 -", "CX -", "CZ 7.00"]);
});

test("cost a customer rests on what was spent one median journey (40 days) before the as-of day", async () => {
  const rows = await engine.rows<{said: string}>(
    "select campaign_id || ' ' || coalesce(cost_lagged::varchar, '-') as said from marts.campaigns order by campaign_id"
  );
  // The fair began after 26 March.
  expect(rows.map(({said}) => said)).toEqual(["C1 80.00", "C2 50.00", "C3 0.00", "C4 -", "CX -", "CZ 7.00"]);
});

test("a campaign's way from touches to won money", async () => {
  const [search] = await engine.rows(
    `select n_touches, n_touches_counted as counted, n_touches_late as late, n_leads, n_converted, n_sourced, n_won, n_open, n_new_customers, sourced_won::varchar as won
     from marts.campaigns where campaign_id = 'C1'`
  );
  // D1 (won, its account's first) and D5 (open, named by the deal).
  expect(search).toEqual({
    n_touches: 4,
    counted: 2,
    late: 1,
    n_leads: 2,
    n_converted: 1,
    n_sourced: 2,
    n_won: 1,
    n_open: 1,
    n_new_customers: 1,
    won: "1000.10"
  });
  const [mail] = await engine.rows(
    "select n_sourced, n_influenced from marts.campaigns where campaign_id = 'C2'"
  );
  expect(mail).toEqual({n_sourced: 1, n_influenced: 2});
});

test("credit by campaign adds up to the touched deals under every model, to the cent", async () => {
  const rows = await engine.rows<{model: string; won: string; credit: string}>(
    `select model, sum(won_amount)::varchar as won, sum(won_credit)::varchar as credit
     from marts.campaign_credit group by model`
  );
  const [deals] = await engine.rows<{won: string; credit: string}>(
    `select sum(amount)::varchar as won, sum(marketing_amount)::varchar as credit from marts.deal_credit
     where marketing_part <> 'none' and outcome = 'won'`
  );
  expect(rows).toHaveLength(10);
  for (const {model, won, credit} of rows) expect({model, won, credit}).toEqual({model, ...deals});
});

test("dirty records are listed with their money and what was done", async () => {
  const rows = await engine.rows<{said: string}>(
    "select doubt || ' ' || record || ' ' || coalesce(amount::varchar, '-') as said from marts.marketing_doubts order by said"
  );
  expect(rows.map(({said}) => said)).toEqual([
    "campaign without a cost C4 -",
    "campaign without dates C2 50.00",
    "deal without a currency D4 300.40",
    "negative cost campaigns.csv:C1 -1098.90",
    "negative spend costs.csv:2 -20.00",
    "spend after the as-of day costs.csv:3 500.00",
    "spend of an unknown campaign CZ 7.00",
    "touch after the as-of day touches.csv:10 -",
    "touch after the deal closed touches.csv:5 1000.10",
    "touch before its campaign began touches.csv:3 -",
    "touch before its campaign began touches.csv:7 -",
    "touch of an unknown campaign touches.csv:8 300.40"
  ]);
});

test("leads keep the days on which they moved on; the money of a deal that two became is told at the first", async () => {
  const rows = await engine.rows<{said: string}>(
    `select lead_id || ' ' || coalesce(converted_on::varchar, '-') || ' ' || coalesce(qualified_on::varchar, '-')
       || ' ' || coalesce(won_on::varchar, '-') || ' ' || won_amount as said from marts.lead_journeys order by lead_id`
  );
  expect(rows.map(({said}) => said)).toEqual([
    "L1 2026-01-05 2026-01-20 2026-02-10 1000.10",
    "L2 - - - 0.00",
    "L3 2026-01-06 2026-01-20 2026-02-10 0.00"
  ]);
});

test("a campaign in a currency without a rate stops the build, and says which rate is missing", async () => {
  const other = smallWorkspace();
  try {
    other.change("workspace.yaml", "  - path: history.csv", MAPS);
    for (const [name, text] of Object.entries(FILES)) other.write(name, text.replace("eur", "CHF"));
    await expect(other.build()).rejects.toMatchObject({
      problems: [expect.objectContaining({what: expect.stringContaining("CHF to USD")})]
    });
  } finally {
    other.remove();
  }
});

test("shares that would make more than a deal are refused with the reason", () => {
  small.change("workspace.yaml", "base_currency: USD", "base_currency: USD\ncredit: {partner_sourced: 0.7}");
  let said = "";
  try {
    loadWorkspace(small.dir);
  } catch (error) {
    said = JSON.stringify((error as WeirError).problems);
  }
  expect(said).toContain("must not exceed 1: a deal is credited once");
});
