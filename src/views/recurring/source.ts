/** Where the Recurring revenue page's figures come from, and its filters: ARR by region, segment, product and who brought it. */
import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import type {Answers} from "../../figures/pageFigures.js";
import {type RecurringFigures, recurringPage} from "../../figures/recurring.js";
import {partReader} from "../../slices/partReader.js";
import {type RecurringData, recurringDimensions} from "../../slices/recurring/recurringData.js";
import type {SiteData} from "../../slices/site.js";
import {type AnsweredSource, answeredSource} from "../answeredSource.js";
import {fitOf, freshness} from "../filters.js";
import type {Loaded, PageFile, PageFiles} from "../source.js";

/** Opens the page; of a large firm the build has answered every value of each filter. Its dimensions are its own, in place of the workspace's. */
export async function openRecurring(siteFile: PageFile, files: PageFiles): Promise<AnsweredSource> {
  const site = await siteFile.json<SiteData>();
  if (!site.parts) {
    const recurring = await files["recurring"]!.json<RecurringData>();
    const own = {...site, dimensions: recurringDimensions(recurring)};
    const loaded: Loaded = {context: {site: own, facts: {}}, files: {recurring}};
    return {site: own, at: () => Promise.resolve(loaded), ahead() {}};
  }
  const read = partReader(site.parts.version);
  const whole = (await read(`answers/${recurringPage.page}/all`)) as Answers & {still: RecurringFigures};
  return answeredSource(site, recurringPage.page, whole.still.dimensions, read);
}

/** The bar; `site` has the page's own dimensions. */
export function RecurringFilters({site, ahead}: Pick<AnsweredSource, "site" | "ahead">): FilterBarElement {
  const newestFirst = [...site.quarters].reverse();
  const current = newestFirst[0];
  return FilterBar({
    dimensions: site.dimensions,
    period: current
      ? {
          values: newestFirst.map(({label}) => ({value: label, label})),
          initial: current.label,
          label: "Quarter",
          phrase: "moved in"
        }
      : null,
    asOf: site.asOf,
    freshness: freshness(site),
    everything: "All contracts",
    onLikely: ahead,
    ...fitOf(site)
  });
}
