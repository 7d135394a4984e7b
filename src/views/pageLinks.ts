/** Links from one page to another: the only place that knows their addresses, and that a site may not have them all. */
import {safeLink} from "../components/safeLink.js";
import type {SiteData} from "../slices/site.js";
import {pagePath} from "../slices/sitePages.js";

type Pages = Pick<SiteData, "pages">;

export function hasPage({pages}: Pages, key: string): boolean {
  return pages.includes(key);
}

/**
 * The address of a page, for a table's links.
 * @param query with its "?"
 * @returns null where the site does not have it
 */
export function pageHref(site: Pages, key: string, query = ""): string | null {
  return hasPage(site, key) ? `.${pagePath(key, site.pages)}${query}` : null;
}

/** A link to a page; its words alone where the site does not have it. */
export function pageLink(site: Pages, key: string, words: string, query = ""): HTMLAnchorElement | Text {
  const link = safeLink(pageHref(site, key, query), words);
  if (link instanceof HTMLAnchorElement) link.className = "weir-textlink";
  return link;
}

/** A sentence that ends with a link: ["At every horizon: ", link, "."]; nothing where the site does not have the page. */
export function pointer(site: Pages, before: string, key: string, words: string): (string | Node)[] {
  return hasPage(site, key) ? [before, pageLink(site, key, words), "."] : [];
}
