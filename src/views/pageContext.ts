/** What the views of a page draw from: the workspace, its facts and the metric catalogue. */
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
