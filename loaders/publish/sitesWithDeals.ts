import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import {keptSql, type LeftOut, ownPartners, type PublishedSite} from "./publishedSites.ts";

/** Pages that say something to a partner that has registered and has no deal yet; the others are of deals. */
const WITHOUT_DEALS = ["partners", "compare"];

/**
 * Of the sites those that hold a deal, by the built warehouse: each value of `rows` has deals, and none may have them together. A partner
 * outside that has registrations and no deal gets the pages that show them, where nothing but the partner chooses the rows, for registrations
 * have no value of another filter; another value of `each` without a deal is left out.
 * @throws {WeirError} exit 2 for an audience without `each` that would hold none
 */
export async function sitesWithDeals(
  engine: Engine,
  sites: readonly PublishedSite[],
  file: string
): Promise<{sites: PublishedSite[]; leftOut: LeftOut[]}> {
  const kept: PublishedSite[] = [];
  const leftOut: LeftOut[] = [];
  const problems: Problem[] = [];
  for (const site of sites) {
    const {key, value, title, filters, rowsWords} = site;
    const has = async (rows: string) => (await engine.rows(`select 1 ${rows} limit 1`)).length > 0;
    if (filters.length === 0 || (await has(`from marts.deals as deal where ${keptSql(site, "")}`))) {
      kept.push(site);
      continue;
    }
    const own = isOutside(site.audience) ? ownPartners(site).map(literal).join(", ") : "";
    const isRegistering = own !== "" && (await has(`from marts.registrations where partner_id in (${own})`));
    const isByPartner = filters.every(({slice}) => slice === "partner");
    const isShown = site.audience.pages.includes("partners");
    const nor = !isRegistering
      ? ""
      : isByPartner
        ? ", and no page shows its registrations (partners)"
        : ", and registrations are told by partner alone";
    if (isRegistering && isByPartner && isShown) kept.push(registrationsOf(site));
    else if (value !== null) leftOut.push({key, value: title, why: `there are no ${rowsWords}${nor}`});
    else
      problems.push({
        what: "no deal has these values together",
        file,
        field: `audiences.${key}.rows`,
        value: rowsWords ?? "",
        expected: "rows that at least one deal of the exports has",
        fix: "take one of them away, or give it values that go with the others"
      });
  }
  if (problems.length > 0)
    throw new WeirError("audiences do not fit the exports", {exitCode: EXIT.config, problems});
  return {sites: kept, leftOut};
}

function registrationsOf(site: PublishedSite): PublishedSite {
  const {audience, rowsWords} = site;
  const [pages, withoutPages] = [true, false].map((isTold) =>
    audience.pages.filter((page) => WITHOUT_DEALS.includes(page) === isTold)
  );
  return {
    ...site,
    audience: {...audience, pages: pages!},
    withoutPages: withoutPages!,
    rowsWords: rowsWords?.replace(/^deals\b/, "registrations") ?? null
  };
}

/** What a partner that has only registered does not get yet, for who publishes; null where that is nothing. */
export function withoutPagesWords({key, title, withoutPages = []}: PublishedSite): string | null {
  if (withoutPages.length === 0) return null;
  return `${key}: ${title} has registrations alone: not ${withoutPages.join(", ")} before its first deal`;
}
