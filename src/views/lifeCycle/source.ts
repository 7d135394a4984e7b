/** Where the Partner life cycle's figures come from, and its filters: partners by tier, kind and region. */
import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import {type LifeCycleFigures, lifeCyclePage} from "../../figures/lifeCycle.js";
import {programmeDimensions} from "../../slices/partners/ofPartners.js";
import type {ProgrammeData} from "../../slices/partners/programmeData.js";
import {partReader} from "../../slices/partReader.js";
import type {SiteData} from "../../slices/site.js";
import {type AnsweredSource, answeredSource} from "../answeredSource.js";
import {fitOf, freshness} from "../filters.js";
import {openSource, type PageFile, type PageFiles} from "../source.js";

/** The page's source; its dimensions are its own, so `site` has them in place of the workspace's. */
export interface ProgrammeSource extends AnsweredSource {
  notice: HTMLElement | null;
}

/** Opens the page; of a large firm the build has answered every value of each filter. */
export async function openProgramme(
  siteFile: PageFile,
  files: PageFiles,
  question: string
): Promise<ProgrammeSource> {
  const site = await siteFile.json<SiteData>();
  if (!site.parts?.answers) {
    const source = await openSource(siteFile, files, {figures: lifeCyclePage, question, withFilters: false});
    const {notice, ahead} = source;
    const dimensions = site.parts ? [] : programmeDimensions(await files["programme"]!.json<ProgrammeData>());
    // Without filters of the workspace the page is asked once.
    const never = new Promise(() => {});
    return {site: {...site, dimensions}, notice, ahead, at: () => source.at({}, never)};
  }
  const read = partReader(site.parts.version);
  const {still} = (await read(`answers/${lifeCyclePage.page}/all`)) as {still: LifeCycleFigures};
  return {...answeredSource(site, lifeCyclePage.page, still.dimensions, read), notice: null};
}

/** The bar; `site` has the page's own dimensions. */
export function ProgrammeFilters({site, ahead}: Pick<ProgrammeSource, "site" | "ahead">): FilterBarElement {
  return FilterBar({
    dimensions: site.dimensions,
    asOf: site.asOf,
    freshness: freshness(site),
    otherKeys: ["period"],
    ownKeys: site.dimensions.map(({key}) => key),
    everything: "All partners",
    onLikely: ahead,
    ...fitOf(site)
  });
}
