/** What the views of a page draw from: the workspace, its facts and the metric catalogue. */
import {count, date} from "../components/format.js";
import type {Facts, FactTable} from "../slices/facts.js";
import type {SiteData} from "../slices/site.js";

export {type Chosen, choose} from "../figures/chosen.js";

export interface PageContext {
  site: SiteData;
  facts: Facts;
  /** Of a large firm whose facts are cells: the largest deals, and the row of the cells that each is counted in. */
  cells?: {largest: () => Promise<{deals: FactTable; cellOf: number[]}>};
  /** Of a large firm whose figures the build has worked out: the deals that their lists name. */
  listed?: FactTable;
}

/** What has to be said of a figure of new deals up to that day; null when all of them have a day of creation, or the day is another. */
export function undatedNote(
  {nUndated, asOf}: Pick<SiteData, "nUndated" | "asOf">,
  to: string
): string | null {
  if (!nUndated || to !== asOf) return null;
  const [deals, have, counts] = nUndated === 1 ? ["deal", "has", "counts"] : ["deals", "have", "count"];
  return `${count(nUndated)} open ${deals} of the firm ${have} no day of creation and ${counts} as new on ${date(asOf)}.`;
}
