/** Where the Marketing page's figures come from: files of single deals, or of a large firm what the build answered. */
import {
  type CampaignEffects,
  type MarketingFigures,
  type MarketingFrame,
  marketingFrame
} from "../figures/marketing.js";
import type {Answers} from "../figures/pageFigures.js";
import type {FactTable} from "../slices/facts.js";
import {partReader} from "../slices/partReader.js";
import type {Filters} from "../slices/select.js";
import type {SiteData} from "../slices/site.js";
import {answeredSource} from "./answeredSource.js";
import type {PageContext} from "./pageContext.js";
import type {Loaded, PageFiles} from "./source.js";

export interface MarketingSource extends PageContext {
  /** What no filter changes. */
  frame: MarketingFrame;
  /** What the figures of a selection are worked out of, or the figures. */
  at(filters: Filters): Promise<Loaded>;
  /** Fetches what these filters would ask for. */
  ahead(filters: Filters): void;
}

/** What the views draw from. */
export interface ShownMarketing {
  frame: MarketingFrame;
  figures: MarketingFigures;
  /** Worked out when asked for. */
  effects: () => CampaignEffects;
}

/** Opens the page. Its dimensions are its own, so `site` has them in place of the workspace's. */
export async function openMarketing(siteFile: PageFiles[string], files: PageFiles): Promise<MarketingSource> {
  const site = await siteFile.json<SiteData>();
  if (!site.parts) {
    const [deals, marketing] = await Promise.all([
      files["deals"]!.json<FactTable>(),
      files["marketing"]!.json()
    ]);
    const loaded: Loaded = {context: {site, facts: {deals}}, files: {deals, marketing}};
    const frame = marketingFrame(site, loaded.files["marketing"]);
    return {
      site: {...site, dimensions: frame.dimensions},
      facts: {},
      frame,
      at: () => Promise.resolve(loaded),
      ahead() {}
    };
  }
  const read = partReader(site.parts.version);
  const whole = (await read("answers/marketing/all")) as Answers & {still: MarketingFigures};
  const frame = whole.still.frame!;
  return {...answeredSource(site, "marketing", frame.dimensions, read), facts: {}, frame};
}
