/** The menu of a packed page: links to files; what is not packed is left out. */
import {fileAddress} from "./inPage/fileAddress.ts";

const MENU = /(<nav id="observablehq-sidebar">)([\s\S]*?)(<\/nav>)/;
const ITEM = /[ \t]*<li class="observablehq-link[^"]*"><a href="([^"]*)"([^>]*)>[\s\S]*?<\/a><\/li>\n?/g;
const EMPTY_LIST = /[ \t]*<ol>\s*<\/ol>\n?/g;
const EMPTY_GROUP = /[ \t]*<details[^>]*>\s*<summary>[^<]*<\/summary>\s*<\/details>\n?/g;
const COMPANIES = /<section class="weir-workspaces">[\s\S]*?<\/section>/;

/** @param page the file that has the menu, below the site's folder; @param files of all packed pages, in the order of the menu */
export function withPackedMenu(html: string, page: string, files: readonly string[]): string {
  return html.replace(MENU, (_, open: string, menu: string, close: string) => {
    const items = menu.replace(ITEM, (item, href: string, attributes: string, at: number) => {
      // The company's name, first of all, and those of others lead to whatever there is of them; the others to a page.
      const isCompany = at === menu.search(ITEM) || attributes.includes("data-plain");
      const address = fileAddress(href, page, files);
      const isThere =
        address !== null && (isCompany || !href.endsWith("/") || address === `${href}index.html`);
      return isThere ? item.replace(`href="${href}"`, () => `href="${address}"`) : "";
    });
    const whole = items
      .replace(EMPTY_LIST, "")
      .replace(EMPTY_GROUP, "")
      .replace(COMPANIES, (list) => ((list.match(/<li/g)?.length ?? 0) > 1 ? list : ""));
    return open + whole + close;
  });
}
