/** What readers of a narrowed site would miss, in words: a site says this, and never which columns the firm keeps. */

/** By the columns that hold it, what is missed most first. */
const MISSED: readonly (readonly [words: string, columns: readonly string[]])[] = [
  ["amounts", ["deal.amount"]],
  ["names of deals", ["deal.name"]],
  ["names of customers", ["account.name"]],
  ["names of account owners", ["deal.owner_id", "person.name"]],
  ["contacts", ["deal_contact.contact_id"]],
  ["next steps", ["deal.next_step"]],
  ["reasons of losses", ["deal.loss_reason"]],
  ["quotas", ["quota.amount"]],
  ["campaigns", ["campaign.name", "deal.campaign_id"]],
  ["list prices", ["product.list_price", "deal_line.list_price"]],
  ["internet domains", ["account.domain", "registration.end_customer_domain"]]
];

/** Kinds of what is missing that are named; beyond them it is said that there is more. */
const MOST_NAMED = 3;

/** Of columns (`table.column`) that a site does not get: ["amounts", "next steps", "other internal fields"]; none of none. */
export function leftOutKinds(hidden: readonly string[]): string[] {
  const found = MISSED.filter(([, columns]) => columns.some((column) => hidden.includes(column)));
  if (found.length === 0) return [];
  const named = found.slice(0, MOST_NAMED);
  const told = new Set(named.flatMap(([, columns]) => columns));
  const words = named.map(([kind]) => kind);
  return hidden.some((column) => !told.has(column)) ? [...words, "other internal fields"] : words;
}
