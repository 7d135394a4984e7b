/** For whom a narrowed site is and what it holds, in words. */
import {capitalised, count, date} from "../components/format.js";
import type {SiteData} from "../slices/site.js";

/** What a reader would miss, by the columns that hold it, what is missed most first. */
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

/** "The 42 deals of partner Acme, as of 30 Sep 2026. Not included: next steps."; null of the whole firm's site. */
export function audienceWords({
  audience,
  nDeals,
  asOf
}: Pick<SiteData, "audience" | "nDeals" | "asOf">): {title: string; words: string} | null {
  if (!audience) return null;
  const {title, isRestricted, rowsWords, hidden} = audience;
  const which = (rowsWords ?? "deals").replace(/^deals\b/, nDeals === 1 ? "deal" : "deals");
  const what =
    isRestricted && nDeals === 0
      ? `No ${rowsWords ?? "deals"} so far`
      : `${isRestricted ? "The" : nDeals === 1 ? "The only" : "All"} ${count(nDeals)} ${which}`;
  const words = [`${what}, as of ${date(asOf)}.`, missing(hidden)].filter(Boolean).join(" ");
  return {title: capitalised(title), words};
}

function missing(hidden: readonly string[]): string {
  const found = MISSED.filter(([, columns]) => columns.some((column) => hidden.includes(column)));
  if (found.length === 0) return "";
  const named = found.slice(0, MOST_NAMED).map(([words]) => words);
  const told = new Set(found.slice(0, MOST_NAMED).flatMap(([, columns]) => columns));
  const list = hidden.some((column) => !told.has(column)) ? [...named, "other internal fields"] : named;
  return `Not included: ${new Intl.ListFormat("en-GB").format(list)}.`;
}
