/**
 * Marks, in generated exports, every text that one partner must not get: in each text column of every record that is not this partner's, and
 * in the columns of the partner's own records that are never published. Whose a record is, is told here by itself, not by what is tested.
 */
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {resolveFiles} from "../../loaders/sources/resolveFile.ts";
import {sourceColumns} from "../../loaders/sources/sourceTables.ts";
import type {CanonicalTableName} from "../../loaders/workspace/canonicalTables.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import type {Workspace} from "../../loaders/workspace/schema.ts";

export const CANARY = /zqx\d{5}zq/gi;

/** Words that exports must keep for the models to know them. */
const STRUCTURAL = new Set(["currency", "field", "old_value", "new_value", "status", "role"]);
const NEVER_OUTSIDE = new Set([
  "next_step",
  "loss_reason",
  "domain",
  "end_customer_domain",
  "reject_reason",
  "evidence",
  "person"
]);

export interface Owned {
  partner: {id: string; name: string};
  deals: ReadonlySet<string>;
  accounts: ReadonlySet<string>;
  people: ReadonlySet<string>;
  products: ReadonlySet<string>;
}

/** What is a partner's by the firm's own marts: the second largest partner, so that there is a larger and a smaller one. */
export async function ownedByPartner(warehouse: string): Promise<Owned> {
  const engine = await openDuckDb(warehouse, {readOnly: true});
  try {
    const [partner] = await engine.rows<{id: string; name: string}>(
      "select partner_id as id, partner as name from marts.deal_partners group by 1, 2 order by count(distinct deal_id) desc, 1 limit 1 offset 1"
    );
    const set = async (sql: string) =>
      new Set((await engine.rows<{id: string}>(sql)).map(({id}) => key(String(id))));
    const deals = `(select deal_id from marts.deal_partners where partner_id = '${partner!.id}')`;
    return {
      partner: partner!,
      deals: await set(`select distinct deal_id as id from ${deals}`),
      accounts: await set(`select account_id as id from intermediate.int_deal where deal_id in ${deals}`),
      people: await set(`select owner_id as id from intermediate.int_deal where deal_id in ${deals}`),
      products: await set(`select product_id as id from marts.deal_lines where deal_id in ${deals}`)
    };
  } finally {
    engine.close();
  }
}

/** Plants them in place; returns how many. `inNames` is put into the names of deals that are not the partner's. */
export function plantCanaries(dir: string, owned: Owned, inNames: string): number {
  const config = resolveFiles(loadWorkspace(dir).config);
  let n = 0;
  const people = new Set(owned.people);
  for (const file of config.files) {
    const path = join(dir, file.path);
    const [header, ...records] = parseCsv(readFileSync(path, "utf8"));
    const maps = placesIn(file, header!);
    for (const record of records) {
      const isOwn = maps.some(({table, at}) => {
        const cell = (column: string) => key(record[at.get(column) ?? -1] ?? "");
        if (table === "deal_event" && owned.deals.has(cell("deal_id")))
          for (const column of ["old_value", "new_value"]) people.add(cell(column));
        return isOwned(table, cell, {...owned, people});
      });
      for (const {table, at} of maps)
        for (const [column, type] of Object.entries(sourceColumns(table, config))) {
          const place = at.get(column.replace(/^x_/, ""));
          if (place === undefined || type !== "text" || STRUCTURAL.has(column) || !record[place]) continue;
          if (table === "partner_event" && column === "kind") continue;
          const isHidden = NEVER_OUTSIDE.has(column) || column.startsWith("x_");
          if (isOwn && !isHidden) continue;
          if (record[place].includes("zqx")) continue;
          record[place] += ` zqx${String(10_000 + n++)}zq`;
          if (table === "deal" && column === "name") record[place] += ` ${inNames}`;
        }
    }
    writeFileSync(path, csvText([header!, ...records]));
  }
  return n;
}

/** Of each table that a file maps, where its columns stand in a record. */
export function placesIn(
  file: Workspace["files"][number],
  header: readonly string[]
): {table: CanonicalTableName; at: Map<string, number>}[] {
  const places = new Map(header.map((name, index) => [name, index]));
  return file.maps.map(({table, columns}) => ({
    table: table as CanonicalTableName,
    at: new Map(
      Object.entries(columns).flatMap(([column, spec]) => {
        const name = typeof spec === "string" ? spec : spec.column;
        const place = name === undefined ? undefined : places.get(name);
        return place === undefined ? [] : [[column, place] as const];
      })
    )
  }));
}

export function isOwned(table: CanonicalTableName, cell: (column: string) => string, owned: Owned): boolean {
  switch (table) {
    case "account":
      return owned.accounts.has(cell("account_id"));
    case "person":
      return owned.people.has(cell("person_id"));
    case "product":
      return owned.products.has(cell("product_id"));
    case "partner":
    case "partner_event":
    case "registration":
      return cell("partner_id") === key(owned.partner.id);
    case "deal":
    case "deal_event":
    case "deal_line":
    case "activity":
    case "subscription":
      return owned.deals.has(cell("deal_id"));
    default:
      return false;
  }
}

/** Both forms of a Salesforce id. */
export function key(id: string): string {
  return id.slice(0, 15);
}

export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
    if (end === "" && quoted === undefined && plain === "") break;
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

export function csvText(rows: readonly string[][]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}
