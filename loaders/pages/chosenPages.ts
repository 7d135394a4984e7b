/** Which pages the site that is being built has: an environment variable tells Framework's configuration and page loaders. */
import {inMenuOrder, PAGE_KEYS} from "../../src/slices/sitePages.ts";

/** Keys of the pages, separated by commas; all where it is not set. */
export const PAGES_VARIABLE = "WEIR_PAGES";

/** Pages that tell what is to come: a site without any of them has no forecast made, and its deals have no chances. */
const FORECAST = [
  "overview",
  "forecast",
  "track-record",
  "why-it-moved",
  "deal-scores",
  "bad-data",
  "what-if",
  "resources",
  "material"
];

export function needForecast(pages: readonly string[]): boolean {
  return pages.some((key) => FORECAST.includes(key));
}

/**
 * Keys in the order of the menu.
 * @param isSynthetic of real data there is nothing to state that the Data quality page does not
 */
export function chosenPages(isSynthetic: boolean, chosen = process.env[PAGES_VARIABLE]): string[] {
  return inMenuOrder(chosen?.split(",") ?? PAGE_KEYS).filter((key) => key !== "data-sheet" || isSynthetic);
}
