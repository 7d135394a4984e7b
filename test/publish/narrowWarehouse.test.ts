import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readAudience} from "../../loaders/pages/audienceData.ts";
import {healthData} from "../../loaders/pages/healthData.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import type {Narrowed} from "../../loaders/publish/narrowWarehouse.ts";
import {publishedSites} from "../../loaders/publish/publishedSites.ts";
import {type ForbiddenStrings, forbiddenStrings} from "../../loaders/publish/scan/forbiddenStrings.ts";
import {startingAudiences} from "../../loaders/publish/startingAudiences.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {SMALL, type SmallWorkspace} from "../support/buildSmall.ts";
import {narrowedFor, smallFirm} from "./smallFirm.ts";

let small: SmallWorkspace;
const made: Record<string, Narrowed> = {};

let forbidden: ForbiddenStrings;

beforeAll(async () => {
  small = smallFirm();
  const titles = {zeno: "Partner: Zeno", acme: "Partner: Acme Partners", red: "Team Red", board: "The board"};
  // A partner's and a firm's whole ones are made where sites are published (test/browser/canary.test.ts).
  await narrowedFor(small, titles, ["red"], async (folder, narrowed, firm) => {
    made[folder] = narrowed;
    if (folder === "acme")
      forbidden = await forbiddenStrings(firm, narrowed.paths.warehouse, [
        "https://crm.example.com/deal/{id}"
      ]);
  });
});
afterAll(() => small.remove());

describe("a partner's own database", () => {
  test("holds exactly the deals that the firm counts as that partner's, at the same amounts", async () => {
    const sql =
      "select deal_id, outcome, won_amount::varchar as won, open_amount::varchar as open from marts.deals";
    const firm = await rows(
      small.paths.warehouse,
      `${sql} where deal_id in (select deal_id from marts.deal_partners where partner = 'Acme Partners') order by 1`
    );
    expect(firm.map(({deal_id}) => deal_id)).toEqual(["D2", "D5"]);
    expect(await rows(warehouse("acme"), `${sql} order by 1`)).toEqual(firm);
  });

  test("tells of each deal, order and registration what the firm's tells, but for what is left out by rule", async () => {
    const theirs = "deal_id in (select deal_id from marts.deal_partners where partner = 'Acme Partners')";
    for (const [mart, byRule] of Object.entries(BY_RULE)) {
      const own = mart === "registrations" ? " and partner = 'Acme Partners'" : "";
      const all = await rows(warehouse("acme"), `select name from pragma_table_info('marts.${mart}')`);
      const told = all.map(({name}) => String(name)).filter((name) => !byRule.includes(name));
      const sql = `select ${told} from marts.${mart} where ${theirs}${own} order by all`;
      const firm = await rows(small.paths.warehouse, sql);
      expect(firm.length, mart).toBeGreaterThan(0);
      expect(await rows(warehouse("acme"), sql), mart).toEqual(firm);
    }
  });

  test("counts a deal as sourced where the firm does, though the deals and partners that decide it are not there", async () => {
    const sql = (partner: string) =>
      `select deal_id, part, evidence from marts.deal_partners where partner = '${partner}' order by 1`;
    const zeno = await rows(small.paths.warehouse, sql("Zeno"));
    // D4 of the same customer was open when Zeno registered D5, and is not Zeno's.
    expect(zeno).toEqual([{deal_id: "D5", part: "influenced", evidence: "registration"}]);
    expect(await rows(warehouse("zeno"), sql("Zeno"))).toEqual(zeno);
    expect(await rows(warehouse("zeno"), "select deal_id from source.deal")).toEqual([{deal_id: "D5"}]);
    expect(await rows(warehouse("acme"), sql("Acme Partners"))).toEqual(
      await rows(small.paths.warehouse, sql("Acme Partners"))
    );
  });

  test("has of every table what hangs on these deals, and nothing of the others", async () => {
    expect(await keys("acme")).toEqual({
      account: ["A2", "A3"],
      person: ["P1", "P2"],
      deal: ["D2", "D5"],
      deal_event: ["D2", "D5"],
      deal_line: ["D2", "D5"],
      product: ["Pro"],
      activity: ["D2", "D5"],
      partner: ["Acme Partners"],
      partner_event: ["Acme Partners"],
      registration: ["R1", "R2", "R4"],
      deal_partner: ["D2", "D5"],
      subscription: ["V1"],
      order: ["O1"],
      order_line: ["O1"],
      order_milestone: ["O1"],
      shipment: ["S1"],
      invoice: ["I1"],
      fx_rate: ["EUR", "GBP"]
    });
  });

  test("does not name the other partner on a shared deal, nor a deal that is not the partner's", async () => {
    expect(await rows(warehouse("acme"), "select distinct partner_id from source.deal_partner")).toEqual([
      {partner_id: "Acme Partners"}
    ]);
    expect(
      await rows(
        warehouse("acme"),
        `select registration_id, registration.deal_id, match.deal_id as matched, match_status, match_evidence
         from source.registration inner join workspace.registration_match as match using (registration_id) order by 1`
      )
    ).toEqual([
      {registration_id: "R1", deal_id: "D2", matched: "D2", match_status: "matched", match_evidence: ""},
      {registration_id: "R2", deal_id: null, matched: null, match_status: "unmatched", match_evidence: ""},
      {registration_id: "R4", deal_id: null, matched: null, match_status: "unmatched", match_evidence: ""}
    ]);
  });

  test("has no text, person or figure that is not for partners", async () => {
    const [deal] = await rows(
      warehouse("acme"),
      "select count(next_step)::integer as steps, count(loss_reason)::integer as reasons, count(forecast_category)::integer as categories from source.deal"
    );
    expect(deal).toEqual({steps: 0, reasons: 0, categories: 0});
    expect(
      await rows(
        warehouse("acme"),
        "select distinct field from source.deal_event where field not in ('stage_id') order by 1"
      )
    ).toEqual([{field: "account_id"}, {field: "owner_id"}]);
    expect(
      await rows(
        warehouse("acme"),
        "select old_value, new_value, actor_id from source.deal_event where field = 'account_id'"
      )
    ).toEqual([{old_value: null, new_value: "A2", actor_id: null}]);
    expect(
      await rows(
        warehouse("acme"),
        "select count(reject_reason)::integer as n, count(end_customer_domain)::integer as m from source.registration"
      )
    ).toEqual([{n: 0, m: 0}]);
    const columns = await rows(
      warehouse("acme"),
      "select name from pragma_table_info('source.deal') where name like 'x!_%' escape '!'"
    );
    expect(columns).toEqual([]);
  });

  test("does not carry addresses, rules or counts of the whole firm", async () => {
    expect(await rows(warehouse("acme"), "select deal_url, about from workspace.run")).toEqual([
      {deal_url: null, about: null}
    ]);
    expect(await rows(warehouse("acme"), "select * from workspace.criterion")).toEqual([]);
    expect(
      await rows(
        warehouse("acme"),
        "select file, path, sha256, totals, n_loaded::integer as n from weir.file where tables = 'deal'"
      )
    ).toEqual([{file: "deal", path: "", sha256: "", totals: "{}", n: 2}]);
    expect(await rows(warehouse("acme"), "select * from weir.reject")).toEqual([]);
    expect(await rows(warehouse("acme"), "select value from weir.manifest where fact = 'workspace'")).toEqual(
      [{value: "acme"}]
    );
    expect(await rows(warehouse("acme"), "select distinct source_file from source.deal")).toEqual([
      {source_file: expect.stringMatching(/^file \d{3}$/)}
    ]);
  });

  test("does not carry what the firm expects of a stage, nor why another's deal or partner comes before", async () => {
    const stages =
      "select count(probability)::integer as n, count(day_limit)::integer as m, count(forecast_category)::integer as f from workspace.stage where kind = 'open'";
    expect(await rows(warehouse("acme"), stages)).toEqual([{n: 0, m: 0, f: 0}]);
    expect(await rows(warehouse("red"), stages)).toEqual([{n: 2, m: 1, f: 2}]);
    const told = "select failed_tests from intermediate.int_deal_origin where deal_id = 'D5'";
    expect(await rows(warehouse("zeno"), told)).toEqual([{failed_tests: "not sourced"}]);
    expect(await rows(small.paths.warehouse, told)).toEqual([
      {failed_tests: expect.stringContaining("open deal already")}
    ]);
  });

  test("says for whom it is, and of which day", async () => {
    const firm = await rows(
      small.paths.warehouse,
      "select as_of::varchar as as_of, newest_at::varchar as at from workspace.run"
    );
    expect(
      await rows(
        warehouse("acme"),
        "select as_of::varchar as as_of, newest_at::varchar as at from workspace.run"
      )
    ).toEqual(firm);
    const [audience] = await rows(
      warehouse("acme"),
      "select * exclude (hidden_columns), to_json(hidden_columns)::varchar as hidden from workspace.audience"
    );
    expect(audience).toMatchObject({
      title: "Partner: Acme Partners",
      is_restricted: true,
      rows_words: "deals of partner Acme Partners"
    });
    const hidden = JSON.parse(audience!["hidden"] as string) as string[];
    expect(hidden).toEqual(
      expect.arrayContaining(["deal.next_step", "deal_contact.contact_id", "registration.reject_reason"])
    );
    expect(hidden.filter((column) => column.includes(".x_"))).toEqual([]);
    expect(await rows(small.paths.warehouse, "select * from workspace.audience")).toEqual([]);
  });
});

test("no site says what the columns are called that its readers do not get: it says what kind of thing they would miss", async () => {
  for (const [folder, leftOut] of Object.entries({
    board: ["contacts", "next steps", "internet domains", "other internal fields"],
    acme: ["contacts", "next steps", "quotas", "other internal fields"]
  })) {
    const audience = await withWarehouse(readAudience, warehouse(folder));
    expect(audience).toMatchObject({leftOut});
    expect(Object.keys(audience!).sort()).toEqual(["isRestricted", "leftOut", "rowsWords", "title"]);
  }
});

describe("a team's database", () => {
  test("tells what figures mean without the queries and the code that they are made by", async () => {
    const {sql, catalogue} = await withWarehouse(siteData, warehouse("red"));
    expect(sql).toEqual({});
    expect(Object.values(catalogue.metrics).every(({formula}) => formula.length > 10)).toBe(true);
    for (const [key, {computed_by}] of Object.entries(catalogue.definitions))
      expect(computed_by, key).toBe("");
  });

  test("tells the rules of Health without naming workspace.yaml, which its readers have not", async () => {
    const {rules} = await withWarehouse(healthData, warehouse("red"));
    expect(rules.length).toBeGreaterThan(5);
    expect(JSON.stringify(rules)).not.toMatch(/workspace\.yaml|day_limit|exports/);
  });

  test("holds the team's deals with their marketing, at no cost, and every partner on them", async () => {
    const all = await keys("red");
    expect(all).toMatchObject({
      deal: ["D1", "D2", "D6", "D7", "D9"],
      lead: ["L1"],
      campaign: ["C1", "C2"],
      partner: ["Acme Partners"],
      registration: ["R1", "R4"],
      order: ["O1", "O2"]
    });
    for (const table of [
      "quota",
      "campaign_cost",
      "material",
      "bill_of_materials",
      "work_centre",
      "stock",
      "purchase_order",
      "deal_contact"
    ])
      expect(all, table).not.toHaveProperty(table);
    expect(
      await rows(
        warehouse("red"),
        "select count(budget)::integer as n, count(cost)::integer as m from source.campaign"
      )
    ).toEqual([{n: 0, m: 0}]);
  });

  test("shows what is named, and hides what is taken away: the id stands for a name", async () => {
    expect(
      await rows(
        warehouse("red"),
        "select next_step, x_vertical, account_name from marts.deals where deal_id = 'D7'"
      )
    ).toEqual([{next_step: "Call", x_vertical: "Retail", account_name: "A1"}]);
  });
});

describe("the database of an audience without narrowed rows", () => {
  test("has all rows and figures of the firm, and no free text", async () => {
    const sql =
      "select sum(won_amount)::varchar as won, sum(open_amount)::varchar as open, count(*)::integer as n, count(next_step)::integer as steps from marts.deals";
    const [firm] = await rows(small.paths.warehouse, sql);
    expect(await rows(warehouse("board"), sql)).toEqual([{...firm, steps: 0}]);
    expect(firm!["steps"]).toBeGreaterThan(0);
    expect(await keys("board")).toMatchObject({
      quota: ["P1", "P2"],
      material: ["Secret alloy"],
      stock: ["Secret alloy"],
      purchase_order: ["Secret PO"],
      campaign_cost: ["C1", "C2"]
    });
  });

  test("asks of stages only what can be told: a rule on a hidden field would fail for every deal", async () => {
    expect(await rows(warehouse("board"), "select field from workspace.criterion")).toEqual([
      {field: "amount"}
    ]);
    expect(
      (await rows(small.paths.warehouse, "select field from workspace.criterion order by 1")).length
    ).toBe(2);
  });
});

describe("the sites of a workspace", () => {
  test("are one for each value, and a value that no deal has is told with what may be meant", async () => {
    const board = {title: "T", pages: ["deals"], show: [], hide: []};
    const asked = (audience: object) =>
      withWarehouse(
        (engine) => publishedSites(engine, {board: {...board, ...audience}}, "workspace.yaml"),
        small.paths.warehouse
      );
    const {sites} = await asked({each: "team", rows: {partner: ["Acme Partners"]}});
    expect(sites.map(({title, rowsWords}) => [title, rowsWords])).toEqual([
      ["T: Blue", "deals of partner Acme Partners, team Blue"],
      ["T: Red", "deals of partner Acme Partners, team Red"]
    ]);
    await expect(asked({rows: {team: ["Rad"]}})).rejects.toMatchObject({
      exitCode: 2,
      problems: [{what: "unknown value of team", value: "Rad", fix: 'did you mean "Red"?'}]
    });
  });

  test("have a start to copy that is right as it stands", async () => {
    const start = await withWarehouse(startingAudiences, small.paths.warehouse);
    const {audiences} = parseWorkspace(`${readFileSync(join(SMALL, "workspace.yaml"), "utf8")}\n${start}\n`);
    expect(Object.keys(audiences)).toEqual(["executives", "marketing", "planners", "region", "partners"]);
  });
});

describe("what a partner's site is searched for", () => {
  const holds = (text: string) => {
    let isFound = false;
    forbidden.index.search(text, () => {
      isFound = true;
    });
    return isFound;
  };

  test("is every telling text of the firm that the database has not: other rows, hidden columns, workspace.yaml", () => {
    for (const text of [
      ...[
        "hidden.example",
        "Others were first",
        "Send the offer",
        "Wait for the budget",
        "vera@second.example"
      ],
      ...[
        "Some Other Company",
        "Autumn fair",
        "Otto Touched",
        "Secret alloy",
        "Secret shed",
        "Secret PO",
        "https://crm.example.com/deal/{id}",
        "Hidden Customer"
      ]
    ])
      expect(holds(`"${text}"`), text).toBe(true);
  });

  test("is nothing that the partner's own rows say, whole or in part, nor what is too short or too plain", () => {
    for (const text of ["Second Customer", "Nowhere Limited", "Acme Partners", "D3", "2026-02-11", "1000.00"])
      expect(holds(`"${text}"`), text).toBe(false);
    expect(forbidden.nLeftOut).toBe(forbidden.index.size + forbidden.nPlain);
  });
});

/**
 * What a partner's database has otherwise than the firm's, by mart that pages of some deals read: where a record came from, free text, what
 * the firm expects of a stage, and of a shared deal the other partner. Custom attributes are no column there.
 */
const BY_RULE: Record<string, string[]> = {
  deals: ["source_file", "next_step", "partner", "partner_role", "forecast_category", "weighted_amount"],
  deal_lines: ["list_amount"],
  deal_movement: [],
  stage_entries: [],
  orders: ["source_file"],
  registrations: ["source_file", "match_evidence", "reject_reason"]
};

function warehouse(folder: string): string {
  return made[folder]!.paths.warehouse;
}

function rows(path: string, sql: string) {
  return withWarehouse((engine) => engine.rows<Record<string, unknown>>(sql), path);
}

/** The keys of each canonical table that has rows: its own id, else the first column. */
async function keys(folder: string): Promise<Record<string, unknown[]>> {
  return withWarehouse(async (engine) => {
    const found: Record<string, unknown[]> = {};
    for (const [table, n] of Object.entries(made[folder]!.rows)) {
      if (n === 0) continue;
      const [first] = await engine.rows<{name: string}>(
        `select name from pragma_table_info('source."${table}"') where cid = 0`
      );
      const ids = await engine.rows<{id: unknown}>(
        `select distinct "${first!.name}" as id from source."${table}" order by 1`
      );
      found[table] = ids.map(({id}) => id);
    }
    return found;
  }, warehouse(folder));
}
