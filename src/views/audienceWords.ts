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
  const which = (rowsWords ?? "deals").replace(/^deals\b/, nDeals === 1 ? "deal" : "deals");
  const what =
    isRestricted && nDeals === 0
      ? `No ${rowsWords ?? "deals"} so far`
      : `${isRestricted ? "The" : nDeals === 1 ? "The only" : "All"} ${count(nDeals)} ${which}`;
  const words = [`${what}, as of ${date(asOf)}.`, missing(leftOut)].filter(Boolean).join(" ");
  return {title: capitalised(title), words};
}

function missing(leftOut: readonly string[]): string {
  return leftOut.length === 0 ? "" : `Not included: ${new Intl.ListFormat("en-GB").format(leftOut)}.`;
}
