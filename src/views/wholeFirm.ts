/** Figures that hold what is shown against the whole firm, such as a quota: a site of some of its deals has none, and does not speak of it. */
import {evaluate} from "../slices/evaluate.js";
import type {SiteData} from "../slices/site.js";
import type {Chosen, PageContext} from "./pageContext.js";

/** Whether the site has some of the firm's deals alone. */
export function isPartOfFirm({audience}: Pick<SiteData, "audience">): boolean {
  return audience?.isRestricted ?? false;
}

/** "The exports hold no orders."; of a narrowed site "This site holds no orders.", for what is left out may be there. */
export function holdsNo({audience}: Pick<SiteData, "audience">, what: string): string {
  return `${audience ? "This site holds" : "The exports hold"} no ${what}.`;
}

/** Whether such a metric is shown: always of the whole firm, whose page says why there is none, and of a part where there is one. */
export function hasFirmFigure({site, facts}: PageContext, key: string, chosen: Chosen): boolean {
  return !isPartOfFirm(site) || evaluate(key, site.catalogue, facts, chosen).value !== null;
}
