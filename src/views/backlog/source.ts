/** Where the Backlog & delivery page's figures come from: one file of orders, or of a large firm what the build answered. */
import type {BacklogFigures} from "../../figures/backlog.js";
import {backlogPage} from "../../figures/backlog.js";
import type {Answers} from "../../figures/pageFigures.js";
import {partReader} from "../../slices/partReader.js";
import type {Filters} from "../../slices/select.js";
import type {SiteData} from "../../slices/site.js";
import {answeredSource} from "../answeredSource.js";
import type {PageContext} from "../pageContext.js";
import type {Loaded, PageFile} from "../source.js";

export interface BacklogSource extends PageContext {
  /** Quarters that the backlog is known of, the oldest first. */
  quarters: string[];
  at(filters: Filters): Promise<Loaded>;
  ahead(filters: Filters): void;
}

/** Opens the page. Its dimensions are those of orders, so `site` has them in place of the workspace's. */
export async function openBacklog(siteFile: PageFile, file: PageFile): Promise<BacklogSource> {
  const site = await siteFile.json<SiteData>();
  if (!site.parts) {
    const backlog = await file.json();
    const files = {backlog};
    const dimensions = backlogPage.dimensions({site, files});
    const context = {site: {...site, dimensions}, facts: {}};
    const quarters = [
      ...new Set((backlog as {months: {quarter: string}[]}).months.map(({quarter}) => quarter))
    ];
    return {...context, quarters, at: () => Promise.resolve({context, files}), ahead() {}};
  }
  const read = partReader(site.parts.version);
  const whole = (await read("answers/backlog/all")) as Answers & {still: BacklogFigures};
  const {dimensions, quarters} = whole.still;
  return {
    ...answeredSource(site, "backlog", dimensions, read),
    facts: {},
    quarters: quarters.map(({label}) => label)
  };
}
