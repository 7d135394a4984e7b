import type {Engine} from "../engine/engine.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {keptSql, type LeftOut, type PublishedSite} from "./publishedSites.ts";

/**
 * Of the sites those that hold a deal, by the built warehouse: each value of `rows` has deals, and none may have them together. A value of
 * `each` without one is left out.
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
    const deals = `from marts.deals as deal where ${keptSql(site, "")}`;
    if (filters.length === 0 || (await engine.rows(`select 1 ${deals} limit 1`)).length > 0) kept.push(site);
    else if (value !== null) leftOut.push({key, value: title, why: `there are no ${rowsWords}`});
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
