/** Where the Partner life cycle's figures come from, and its filters: partners by tier, kind and region. */
import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import {type LifeCycleFigures, lifeCyclePage} from "../../figures/lifeCycle.js";
import type {Answers} from "../../figures/pageFigures.js";
import type {FactTable} from "../../slices/facts.js";
import {programmeDimensions} from "../../slices/partners/ofPartners.js";
import type {ProgrammeData} from "../../slices/partners/programmeData.js";
import {answerFile} from "../../slices/parts.js";
import type {Filters} from "../../slices/select.js";
import type {SiteData} from "../../slices/site.js";
import {fitOf, freshness} from "../filters.js";
import {partReader} from "../partReader.js";
import {type Loaded, openSource, type PageFile, type PageFiles} from "../source.js";

/** The page's source; its dimensions are its own, so `site` has them in place of the workspace's. */
export interface ProgrammeSource {
  site: SiteData;
  notice: HTMLElement | null;
  at(filters: Filters): Promise<Loaded>;
  ahead(filters: Filters): void;
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
    if (site.parts) return {site: {...site, dimensions: []}, notice, ahead, at: () => source.at({})};
    const programme = await files["programme"]!.json<ProgrammeData>();
    const dimensions = programmeDimensions(programme);
    return {site: {...site, dimensions}, notice, ahead, at: () => source.at({})};
  }
  const read = partReader(site.parts.version);
  const whole = (await read(`answers/${lifeCyclePage.page}/all`)) as {still: LifeCycleFigures};
  const {dimensions} = whole.still;
  const answersTo = (filters: Filters) =>
    read(`answers/${answerFile(lifeCyclePage.page, dimensions, filters)}`);
  const cuts = [[], ...dimensions.map(({key}) => [key])];
  return {
    site: {...site, dimensions, parts: {...site.parts, rows: [], cuts, isAnswered: true}},
    notice: null,
    async at(filters) {
      const {listed, ...answers} = (await answersTo(filters)) as Answers & {listed: FactTable};
      return {context: {site, facts: {}, listed}, files: {}, answers};
    },
    ahead(filters) {
      // What fails here is asked again when it is wanted.
      answersTo(filters).catch(() => {});
    }
  };
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
