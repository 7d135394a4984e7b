/** People and partners whose ids are e-mail addresses, in a site's database: the real narrowing of a firm whose CRM has such ids. */
import {afterAll, beforeAll, expect, test} from "vitest";
import {partnerIdOf} from "../../loaders/publish/pseudonyms.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {narrowedFor, smallFirm} from "./smallFirm.ts";

let small: SmallWorkspace;
const texts: Record<string, string> = {};
const told: Record<
  string,
  {
    owners: string[];
    logged: string[];
    people: string[];
    partners: string[];
    compared: string[];
    audience: {title: string; rows_words: string | null};
    pseudonyms: string[];
  }
> = {};

beforeAll(async () => {
  small = smallFirm();
  for (const file of ["deals.csv", "people.csv", "changes.csv"])
    small.change(file, /\bP([123])\b/g, "ann$1@firm.example");
  // Partners that no list names: known by what the CRM and the portal call them.
  small.change(
    "workspace.yaml",
    /- table: partner\n.*\n\s*columns: \{partner_id: Partner, name: Partner\}\n\s*/,
    ""
  );
  small.change("workspace.yaml", "pages: [deals, partners], each", "pages: [deals, partners, compare], each");
  for (const file of ["partners.csv", "registrations.csv", "programme.csv"])
    small.change(file, /\bZeno\b/g, "zeno@firm.example");
  const titles = {
    board: "The board",
    acme: "Partner: Acme Partners",
    zeno: "Partner: zeno@firm.example"
  };
  await narrowedFor(small, titles, [], async (folder, {paths, pseudonyms}) => {
    await withWarehouse(async (engine) => {
      const set = async (sql: string) =>
        (await engine.rows<{id: string}>(sql)).map(({id}) => id).filter((id) => id !== null);
      told[folder] = {
        pseudonyms,
        owners: await set("select distinct owner_id as id from source.deal order by 1"),
        logged: await set(
          "select distinct trim(unnest([old_value, new_value])) as id from source.deal_event where field = 'owner_id' order by 1"
        ),
        people: await set("select distinct person_id as id from source.person order by 1"),
        partners: await set("select distinct partner_id as id from marts.deal_partners order by 1"),
        compared: await set("select distinct partner_id as id from workspace.peer_comparison"),
        audience: (
          await engine.rows<{title: string; rows_words: string | null}>(
            "select title, rows_words from workspace.audience"
          )
        )[0]!
      };
      const columns = await engine.rows<{relation: string; name: string}>(
        `select schema_name || '."' || table_name || '"' as relation, column_name as name from duckdb_columns()
         where not internal and data_type = 'VARCHAR'`
      );
      for (const {relation, name} of columns) {
        const found = await set(
          `select "${name}" as id from ${relation} where contains("${name}", '@firm.example')`
        );
        if (found.length > 0) texts[`${folder} ${relation}.${name}`] = found[0]!;
      }
    }, paths.warehouse);
  });
});
afterAll(() => small.remove());

test("no address is in a site's database, and the record says where pseudonyms stand", () => {
  expect(texts).toEqual({});
  expect(told["board"]!.pseudonyms).toEqual(
    expect.arrayContaining(["person.person_id", "deal.owner_id", "deal_event.old_value"])
  );
});

test("a person has one pseudonym wherever the id stands, and another one in another site", () => {
  const {owners, logged, people} = told["board"]!;
  expect(people.length).toBeGreaterThan(1);
  for (const id of [...owners, ...logged, ...people]) expect(id).toMatch(/^id-[0-9a-f]{16}$/);
  expect(people).toEqual(expect.arrayContaining(owners));
  expect(people).toEqual(expect.arrayContaining(logged));
  expect(told["acme"]!.people.length).toBeGreaterThan(0);
  expect(told["acme"]!.people.filter((id) => people.includes(id))).toEqual([]);
});

test("a partner known by an address is that pseudonym in its own site: its title, its rows and what it is compared by", () => {
  const {partners, compared, audience, pseudonyms} = told["zeno"]!;
  const [id] = partners;
  expect(id).toMatch(/^id-[0-9a-f]{16}$/);
  expect(partners).toEqual([id]);
  expect(compared).toEqual([id]);
  expect(audience).toEqual({title: `Partner: ${id}`, rows_words: `deals of partner ${id}`});
  expect(pseudonyms).toContain("deal_partner.partner_id");
  // The same hash in SQL and here.
  expect(id).toBe(
    partnerIdOf(" zeno@firm.example ", {
      key: "key zeno ",
      hidden: new Set<never>(),
      partners: new Set<never>()
    })
  );
});

test("a partner that no list names goes by its id, where that is no address, also where it is compared", () => {
  const {partners, compared, audience} = told["acme"]!;
  expect(partners).toEqual(["Acme Partners"]);
  expect(compared).toEqual(["Acme Partners"]);
  expect(audience.title).toBe("Partner: Acme Partners");
});
