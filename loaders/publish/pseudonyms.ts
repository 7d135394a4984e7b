/**
 * Ids that no site may hold as they are: e-mail addresses, as some CRMs have them of people and partners, and ids that are a hidden name
 * (exports that know a customer by its name alone). In the site's database each is a pseudonym, the same wherever the id stands and at each
 * publication, another in every site.
 */
import {createHash} from "node:crypto";
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {Allowed} from "./allowedColumns.ts";

/** As DuckDB and JavaScript both read it. */
const ADDRESS = "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}";
const WHOLE = new RegExp(`^${ADDRESS}$`);

type Kind = "person" | "partner" | "account" | "product" | "campaign";

/** What an id of each kind refers to: its key, and the columns that say its name. */
const NAMED: Record<Kind, {key: string; names: readonly [CanonicalTableName, string][]}> = {
  person: {key: "person_id", names: [["person", "name"]]},
  partner: {
    key: "partner_id",
    names: [
      ["partner", "name"],
      ["registration", "partner_name"]
    ]
  },
  account: {key: "account_id", names: [["account", "name"]]},
  product: {key: "product_id", names: [["product", "name"]]},
  campaign: {key: "campaign_id", names: [["campaign", "name"]]}
};
const KINDS = Object.keys(NAMED) as Kind[];

const IDS: Partial<Record<CanonicalTableName, Readonly<Record<string, Kind>>>> = {
  account: {account_id: "account", parent_account_id: "account"},
  person: {person_id: "person", user_id: "person", manager_id: "person"},
  quota: {person_id: "person"},
  deal: {owner_id: "person", account_id: "account", campaign_id: "campaign"},
  deal_event: {actor_id: "person"},
  deal_account: {account_id: "account"},
  deal_line: {product_id: "product"},
  product: {product_id: "product"},
  lead: {campaign_id: "campaign"},
  campaign: {campaign_id: "campaign"},
  campaign_cost: {campaign_id: "campaign"},
  touch: {campaign_id: "campaign", account_id: "account"},
  partner: {partner_id: "partner", manager_id: "person"},
  partner_event: {partner_id: "partner"},
  registration: {partner_id: "partner"},
  deal_partner: {partner_id: "partner"},
  subscription: {account_id: "account", product_id: "product"},
  order: {account_id: "account"},
  order_line: {product_id: "product"},
  bill_of_materials: {product_id: "product"}
};

/** Of a log of changes: the fields whose values are such ids, and where these stand. */
const LOGGED = {fields: {owner_id: "person", account_id: "account", campaign_id: "campaign"} as const};
const VALUES = ["old_value", "new_value"];

/** By which a site's pseudonyms are made. */
export interface Pseudonyms {
  /** Of the site, secret: from an address that is guessed nobody can tell its pseudonym without it. */
  key: string;
  /** Kinds of which an id is a hidden name, or the only name there is: which ids say the tables `name_as_id_<kind>`. */
  hidden: ReadonlySet<Kind>;
  /** Those of partners. */
  partners: ReadonlySet<string>;
}

/** Finds the ids that stand for hidden names; looked up once for the firm, whose exports are the same for every site. */
export async function findPseudonyms(engine: Engine, allowed: Allowed, key: string): Promise<Pseudonyms> {
  const hidden = new Set<Kind>();
  const ids = (kind: Kind, most = "") =>
    engine.rows<{id: string}>(`select id from name_as_id_${kind} ${most}`);
  for (const kind of KINDS) {
    const has = ([table, column]: readonly [CanonicalTableName, string]) => allowed.get(table)!.has(column);
    if (NAMED[kind].names.some(has) || !idsOf(kind).some(has)) continue;
    await engine.run(`create temp table if not exists name_as_id_${kind} as ${namesAsIds(kind)}`);
    if ((await ids(kind, "limit 1")).length > 0) hidden.add(kind);
  }
  const partners = hidden.has("partner") ? await ids("partner") : [];
  return {key, hidden, partners: new Set(partners.map(({id}) => id))};
}

/** Where ids of a kind stand. */
function idsOf(kind: Kind): [CanonicalTableName, string][] {
  return Object.entries(IDS).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([, of]) => of === kind)
      .map(([column]): [CanonicalTableName, string] => [table as CanonicalTableName, column])
  );
}

/** SQL of the ids of a kind that are a name, or of a record that has no other: what pages would call it by. */
function namesAsIds(kind: Kind): string {
  const {key, names} = NAMED[kind];
  const cells = idsOf(kind).map(
    ([table, column]) => `select trim(${identifier(column)}) from source.${identifier(table)}`
  );
  const logged = Object.entries(LOGGED.fields)
    .filter(([, of]) => of === kind)
    .map(
      ([field]) =>
        `select trim(unnest([old_value, new_value])) from source.deal_event where field = ${literal(field)}`
    );
  const said = (cell: (name: string) => string) =>
    names
      .map(
        ([table, name]) =>
          `select ${cell(name)} from source.${identifier(table)} where ${identifier(name)} is not null`
      )
      .join(" union ");
  // "acme-robotics" says "Acme Robotics"; what has neither letter nor digit says nothing in another spelling.
  return `select id from (${[...cells, ...logged].join(" union ")}) as named(id)
    where id is not null and (
      id in (${said((name) => `trim(${identifier(name)})`)})
      or ${spelling("id")} in (${said((name) => spelling(identifier(name)))})
      or id not in (${said(() => `trim(${identifier(key)})`)}))`;
}

/** Of each kind, as table and column, where its names and where its ids stand. */
export function namesAndIds(): {names: readonly [string, string][]; ids: readonly [string, string][]}[] {
  return KINDS.map((kind) => ({names: NAMED[kind].names, ids: idsOf(kind)}));
}

/** SQL of a text's letters and digits alone, in one case; null where it has none. */
export function spelling(text: string): string {
  return `nullif(regexp_replace(lower(nfc_normalize(${text})), '[^\\p{L}\\p{N}]+', '', 'g'), '')`;
}

/** SQL of whether a column of a record (alias told) holds an id that is replaced; null of a column that holds none. */
export function isReplacedId(
  table: CanonicalTableName,
  column: string,
  cell: string,
  {hidden}: Pick<Pseudonyms, "hidden">
): string | null {
  const tests = (kind: Kind): string[] => [
    // Accounts' ids that are addresses the gate refuses.
    ...(kind === "person" || kind === "partner" ? [`regexp_full_match(trim(${cell}), '${ADDRESS}')`] : []),
    ...(hidden.has(kind) ? [`trim(${cell}) in (from name_as_id_${kind})`] : [])
  ];
  const any = (all: readonly string[]) => (all.length === 0 ? null : `(${all.join(" or ")})`);
  const kind = IDS[table]?.[column];
  if (kind !== undefined) return any(tests(kind));
  if (table !== "deal_event" || !VALUES.includes(column)) return null;
  return any(
    Object.entries(LOGGED.fields).flatMap(([field, of]) => {
      const is = any(tests(of));
      return is === null ? [] : [`told.field = ${literal(field)} and ${is}`];
    })
  );
}

/** SQL of a cell with its id replaced where it has to be. */
export function withPseudonym(
  table: CanonicalTableName,
  column: string,
  cell: string,
  pseudonyms: Pseudonyms
): string {
  const isReplaced = isReplacedId(table, column, cell, pseudonyms);
  return isReplaced === null
    ? cell
    : `case when ${isReplaced} then ${pseudonymSql(`trim(${cell})`, pseudonyms.key)} else ${cell} end`;
}

/** SQL of the pseudonym of a text: 64 of the bits of its hash. */
function pseudonymSql(text: string, key: string): string {
  return `'id-' || left(sha256(${literal(key)} || ${text}), 16)`;
}

export function isAddress(text: string): boolean {
  return WHOLE.test(text.trim());
}

/** A partner's id as the site has it in its records: the same pseudonym as SQL makes of one that is replaced, any other as it is. */
export function partnerIdOf(id: string, {key, partners}: Pseudonyms): string {
  if (!isAddress(id) && !partners.has(id.trim())) return id;
  return `id-${createHash("sha256").update(`${key}${id.trim()}`).digest("hex").slice(0, 16)}`;
}
