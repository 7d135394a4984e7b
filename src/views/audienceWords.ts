/** For whom a narrowed site is and what it holds, in words. */
import {capitalised, count, date} from "../components/format.js";
import type {SiteData} from "../slices/site.js";

/** "The 42 deals of partner Acme, as of 30 Sep 2026. Not included: next steps."; null of the whole firm's site. */
export function audienceWords({
  audience,
  nDeals,
  asOf
}: Pick<SiteData, "audience" | "nDeals" | "asOf">): {title: string; words: string} | null {
  if (!audience) return null;
  const {title, isRestricted, rowsWords, leftOut} = audience;
  if (nDeals === 0 && rowsWords?.startsWith("registrations "))
    return {title: capitalised(title), words: told(`The ${rowsWords}, which has no deal yet`, asOf, leftOut)};
  const which = (rowsWords ?? "deals").replace(/^deals\b/, nDeals === 1 ? "deal" : "deals");
  const what =
    isRestricted && nDeals === 0
      ? `No ${rowsWords ?? "deals"} so far`
      : `${isRestricted ? "The" : nDeals === 1 ? "The only" : "All"} ${count(nDeals)} ${which}`;
  return {title: capitalised(title), words: told(what, asOf, leftOut)};
}

function told(what: string, asOf: string, leftOut: readonly string[]): string {
  return [`${what}, as of ${date(asOf)}.`, missing(leftOut)].filter(Boolean).join(" ");
}

function missing(leftOut: readonly string[]): string {
  return leftOut.length === 0 ? "" : `Not included: ${new Intl.ListFormat("en-GB").format(leftOut)}.`;
}
