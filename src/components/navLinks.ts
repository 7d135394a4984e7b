const CARRYING = "#observablehq-sidebar a[href]:not([data-plain]), a[data-carry][href]";

/**
 * Rewrites the sidebar's links (and any link with data-carry) to carry a query, so that the next page opens with
 * the same filters; not links with data-plain, which lead to another workspace. Call again with another query, or "" to take it off.
 * @param query with its "?"
 */
export function carryFilters(query: string, page: Document = document): void {
  for (const link of page.querySelectorAll<HTMLAnchorElement>(CARRYING)) {
    if (/^[a-z]+:/i.test(link.getAttribute("href")!) || link.target === "_blank") continue;
    link.dataset["bare"] ??= link.getAttribute("href")!;
    const [path, hash] = link.dataset["bare"].split("#");
    link.setAttribute("href", `${path!.split("?")[0]}${query}${hash === undefined ? "" : `#${hash}`}`);
  }
}
