/**
 * Ids of people and partners that are e-mail addresses, as some CRMs have them: no site may hold an address, so in its database each is a
 * pseudonym, the same wherever the id stands and at each publication, another in every site.
 */
import {literal} from "../engine/sqlText.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";

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
  const isAddress = `regexp_full_match(trim(${cell}), '[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}')`;
  if (IDS[table]?.includes(column)) return isAddress;
  return table === "deal_event" && LOGGED.includes(column)
    ? `(told.field = 'owner_id' and ${isAddress})`
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
export function pseudonymSql(text: string, key: string): string {
  return `'id-' || left(sha256(${literal(key)} || ${text}), 16)`;
}
