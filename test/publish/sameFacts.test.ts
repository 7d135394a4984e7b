/** Columns that say what another says: none of it is left where one is hidden, in the real database of a site. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {allowedColumns} from "../../loaders/publish/allowedColumns.ts";
import {hideNotes, hideProblems} from "../../loaders/publish/hideProblems.ts";
import {halfHidden, hiddenAlong, SAME_FACTS} from "../../loaders/publish/sameFacts.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {CANONICAL_TABLES} from "../../loaders/workspace/canonicalTables.ts";
import type {Workspace} from "../../loaders/workspace/schema.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {narrowedFor, smallFirm} from "./smallFirm.ts";

const config = {custom_attributes: []} as unknown as Workspace;
const audience = (hide: string[], show: string[] = []) => ({title: "A", pages: ["deals"], show, hide});

let small: SmallWorkspace;
/** Of each site its texts by the column that holds them. */
const texts: Record<string, Map<string, string[]>> = {};

beforeAll(async () => {
  small = smallFirm();
  small.write(
    "portal.csv",
    `Id,Partner,Called,Tier,Kind,Customer,Product,Submitted,Status,Deal
R8,Acme Partners,Acme Partners Limited,Golden,Reselling,Müller & Söhne,Professional Suite,2026-01-05T00:00:00Z,approved,D2
`
  );
  small.change(
    "workspace.yaml",
    "  - path: registrations.csv",
    `  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, partner_name: Called, partner_tier: Tier, partner_kind: Kind, end_customer_name: Customer, product: Product, submitted_at: Submitted, status: Status, deal_id: Deal}
  - path: registrations.csv`
  );
  small.change(
    "workspace.yaml",
    /\naudiences:[\s\S]*$/,
    `
audiences:
  open: {title: Open, pages: [deals], rows: {team: [Red]}}
  closed:
    title: Closed
    pages: [deals]
    rows: {team: [Red]}
    hide: [partner.name, partner.tier, partner.kind, account.name, product.name, person.name]
  own: {title: Own, pages: [deals, partners], each: partner, hide: [partner.name, partner.tier]}
`
  );
  const titles = {open: "Open", closed: "Closed", own: "Own: Acme Partners"};
  await narrowedFor(small, titles, [], async (folder, {paths}) => {
    texts[folder] = await textsOf(paths.warehouse);
  });
});
afterAll(() => small.remove());

describe("a name that is hidden", () => {
  const where = (folder: string, text: string) =>
    [...texts[folder]!]
      .filter(([, all]) => all.some((each) => each.includes(text)))
      .map(([column]) => column);

  test.each([
    ["a partner's", "Acme Partners"],
    ["a customer's", "Müller"],
    ["a product's", "Professional Suite"],
    ["a person's", "Ana"]
  ])("%s is in no column of the site's database, whatever its exports repeat it in", (_, name) => {
    expect(where("open", name).length).toBeGreaterThan(0);
    expect(where("closed", name)).toEqual([]);
  });

  test("is no id either, where the exports know nobody by another: one pseudonym stands for it everywhere", () => {
    const [id] = texts["closed"]!.get("deal_partner.partner_id")!;
    expect(id).toMatch(/^id-[0-9a-f]{16}$/);
    expect(texts["closed"]!.get("registration.partner_id")).toEqual([id]);
    expect(texts["closed"]!.get("deal_line.product_id")![0]).toMatch(/^id-[0-9a-f]{16}$/);
    // Its customer has an id besides, which says nothing.
    expect(texts["closed"]!.get("deal.account_id")).toContain("A2");
  });

  test("is not what the partner's own site is called by", () => {
    expect(where("own", "Acme Partners")).toEqual([]);
    expect(texts["own"]!.get("audience.title")![0]).toMatch(/^Own: id-[0-9a-f]{16}$/);
  });

  test("goes with kind and tier as the portal has them", () => {
    for (const text of ["Golden", "Reselling"]) {
      expect(where("open", text).length, text).toBeGreaterThan(0);
      expect(where("closed", text), text).toEqual([]);
    }
    expect(where("own", "Golden")).toEqual([]);
    expect(where("own", "Reselling").length).toBeGreaterThan(0);
  });
});

describe("the table of what says the same", () => {
  test("names columns that there are, and in one fact each of them once", () => {
    for (const {fact, said, told = []} of SAME_FACTS) {
      const all = [...said, ...told];
      expect(new Set(all).size, fact).toBe(all.length);
      for (const name of all) {
        const [table, column] = name.split(".") as [keyof typeof CANONICAL_TABLES, string];
        expect(Object.keys(CANONICAL_TABLES[table].columns), fact).toContain(column);
      }
    }
  });

  test("takes along what tells what it takes along, and nothing that show names", () => {
    expect(hiddenAlong(audience(["deal.amount"]))).toEqual(
      expect.arrayContaining(["order.amount", "invoice.amount", "subscription.arr", "partner_event.amount"])
    );
    const shown = hiddenAlong(audience(["deal.amount"], ["order.amount"]));
    expect(shown).not.toContain("order.amount");
    expect(shown).not.toContain("invoice.amount");
    // The lines of a deal do not tell what is said of the deal.
    expect(hiddenAlong(audience(["deal_line.amount"]))).toEqual([]);
  });

  test("is asked for every name: of whatever a column called name says there is a fact", () => {
    const named = Object.entries(CANONICAL_TABLES).flatMap(([table, {columns}]) =>
      Object.keys(columns)
        .filter((column) => /(^|_)name$/.test(column))
        .map((column) => `${table}.${column}`)
    );
    const said = SAME_FACTS.flatMap(({said, told = []}) => [...said, ...told]) as string[];
    // Said nowhere else.
    const alone = ["campaign.name", "material.name", "work_centre.name"];
    expect(named.filter((name) => !said.includes(name)).sort()).toEqual(alone);
  });
});

describe("a copy that is hidden alone", () => {
  const problems = (hide: string[], show: string[] = []) =>
    hideProblems("a", audience(hide, show), {config, file: "workspace.yaml"});

  test("is refused, with the column that says it still", () => {
    expect(problems(["deal.name", "registration.partner_name"])).toEqual([
      {
        file: "workspace.yaml",
        field: "audiences.a.hide.1",
        value: "registration.partner_name",
        what: "partner.name says the partner's name too, and is published",
        expected: "the partner's name hidden wherever it stands, or said there on purpose",
        fix: "hide partner.name (what says the same goes with it), or name it under show"
      }
    ]);
  });

  test("is hidden where the other is hidden too, is shown on purpose or is not published anyway", () => {
    expect(problems(["registration.partner_name", "partner.name"])).toEqual([]);
    expect(problems(["registration.partner_name"], ["partner.name"])).toEqual([]);
    expect(problems(["registration.end_customer_domain"])).toEqual([]);
    expect(halfHidden(audience(["registration.end_customer_domain"])).length).toBe(1);
    const columns = allowedColumns(
      {audience: audience(["registration.partner_name"], ["partner.name"])},
      config
    );
    expect(columns.get("registration")).not.toContain("partner_name");
    expect(columns.get("partner")).toContain("name");
  });

  test.each([
    ["deal.outcome", "hiding it hides nothing"],
    ["registration.deal_id", "hiding it hides nothing"],
    ["deal.created_at", "a site cannot be made without it"],
    ["deal.closed_at", "a site cannot be made without it"]
  ])("is refused of %s: %s", (column, what) => {
    expect(problems([column])).toMatchObject([{value: column, what}]);
  });

  test.each([
    ...["order.account_id", "subscription.arr", "lead.source", "touch.channel", "campaign_cost.cost"],
    ...["order_line.quantity", "registration.product", "registration.country", "deal_line.list_price"]
  ])("is %s no copy: what it says of its own record is hidden", (column) => {
    expect(problems([column])).toEqual([]);
    const [table, name] = column.split(".") as [keyof typeof CANONICAL_TABLES, string];
    expect(allowedColumns({audience: audience([column])}, config).get(table)).not.toContain(name);
  });
});

describe("whoever hides something is told", () => {
  const notes = (hide: string[], more = {}) => hideNotes({...audience(hide), ...more}, config);

  test("what goes along, where the audience would have got it", () => {
    expect(notes(["partner.name"])[0]).toContain("registration.partner_name");
    expect(notes(["person.name"], {each: "partner"})).toEqual([]);
    expect(notes([])).toEqual([]);
  });

  test("which records go as a whole", () => {
    expect(notes(["deal_partner.partner_id"])).toContainEqual(
      "no row is left of partner_event, registration, deal_partner, which is nothing without what is hidden"
    );
    expect(notes(["account.name"])[0]).not.toContain("no row");
  });

  test("what tells it still", () => {
    expect(notes(["lead.source"])).toEqual([
      "lead.source is hidden, and published is still where a deal came from (deal.lead_source)"
    ]);
    expect(notes(["subscription.arr"])).toContainEqual(
      "subscription.arr is hidden, and published is still a deal's amount (deal.amount), what a deal brings a year (deal.recurring_amount)"
    );
    expect(notes(["lead.source", "deal.lead_source"])).toEqual([]);
    // Outside nobody gets a list price.
    expect(notes(["deal_line.list_price"], {each: "partner"})).toEqual([]);
  });
});

/** By table and column of the schemas that hold records. */
async function textsOf(path: string): Promise<Map<string, string[]>> {
  return withWarehouse(async (engine) => {
    const columns = await engine.rows<{schema: string; table: string; column: string}>(
      `select schema_name as schema, table_name as "table", column_name as "column" from duckdb_columns()
       where not internal and data_type = 'VARCHAR' and not (table_name = 'manifest')`
    );
    const found = new Map<string, string[]>();
    for (const {schema, table, column} of columns) {
      const rows = await engine.rows<{text: string}>(
        `select distinct "${column}" as text from "${schema}"."${table}" where "${column}" is not null order by 1`
      );
      const name =
        schema === "source" || schema === "workspace" ? `${table}.${column}` : `${schema}.${table}.${column}`;
      found.set(
        name,
        rows.map(({text}) => text)
      );
    }
    return found;
  }, path);
}
