/**
 * Ids of people and partners that are e-mail addresses, as some CRMs have them: no site may hold an address, so in its database each is a
 * pseudonym, the same wherever the id stands and at each publication, another in every site.
 */
import {createHash} from "node:crypto";
import {literal} from "../engine/sqlText.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";

/** As DuckDB and JavaScript both read it. */
const ADDRESS = "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}";
const WHOLE = new RegExp(`^${ADDRESS}$`);

const IDS: Partial<Record<CanonicalTableName, readonly string[]>> = {
  person: ["person_id", "user_id", "manager_id"],
  quota: ["person_id"],
  deal: ["owner_id"],
  deal_event: ["actor_id"],
  partner: ["partner_id", "manager_id"],
  partner_event: ["partner_id"],
  registration: ["partner_id"],
  deal_partner: ["partner_id"]
};

/** Of a log of changes, where the field that changed is an owner. */
const LOGGED = ["old_value", "new_value"];

/** SQL of whether a column of a record (alias told) holds an id that is an address; null of a column that holds no such ids. */
export function isAddressId(table: CanonicalTableName, column: string, cell: string): string | null {
  const isAddressed = `regexp_full_match(trim(${cell}), '${ADDRESS}')`;
  if (IDS[table]?.includes(column)) return isAddressed;
  return table === "deal_event" && LOGGED.includes(column)
    ? `(told.field = 'owner_id' and ${isAddressed})`
    : null;
}

/**
 * SQL of a cell with its address replaced.
 * @param key of the site, secret: from an address that is guessed nobody can tell its pseudonym without it
 */
export function withPseudonym(table: CanonicalTableName, column: string, cell: string, key: string): string {
  const isAddress = isAddressId(table, column, cell);
  return isAddress === null
    ? cell
    : `case when ${isAddress} then ${pseudonymSql(`trim(${cell})`, key)} else ${cell} end`;
}

/** SQL of the pseudonym of a text: 64 of the bits of its hash. */
function pseudonymSql(text: string, key: string): string {
  return `'id-' || left(sha256(${literal(key)} || ${text}), 16)`;
}

export function isAddress(text: string): boolean {
  return WHOLE.test(text.trim());
}

/** An id as the site of this key has it in its records: the same pseudonym as SQL makes of one that is an address, any other as it is. */
export function withoutAddress(id: string, key: string): string {
  if (!isAddress(id)) return id;
  return `id-${createHash("sha256").update(`${key}${id.trim()}`).digest("hex").slice(0, 16)}`;
}
