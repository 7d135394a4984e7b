/** What is asked of every page of a built site: no error, nothing cut, nothing in a screen reader's way. */
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Browser, Page} from "playwright-core";
import {expect, test} from "vitest";
import {PAGES} from "./site.ts";
import {NARROW, type Visit, visit} from "./visit.ts";

/** Rules that find nothing serious; the dearest thing done with a page is axe's work, and a fifth of it went into them. */
const MODERATE = [
  ...["aria-allowed-role", "empty-heading", "empty-table-header", "heading-order", "image-redundant-alt"],
  ...["landmark-banner-is-top-level", "landmark-contentinfo-is-top-level", "landmark-main-is-top-level"],
  ...["landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main"],
  ...["landmark-one-main", "landmark-unique", "page-has-heading-one", "presentation-role-conflict", "region"],
  ...["scope-attr-valid", "skip-link"]
];

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface EveryPageOptions {
  /** Names of the pages that the site has, "" for the index; default all of the project. */
  pages?: readonly string[];
  /**
   * Those asked for everything, on the phone too; default all of them. The others are laid out as in another site that was: they are opened
   * and read, for errors, cut words and what they say.
   */
  whole?: readonly string[];
  /** The phone opens them by itself; if absent the desk's window gets narrow, a third of the work. */
  anew?: boolean;
  /** What is asked besides of each page as the desk sees it: what is wrong, nothing if nothing is. */
  also?: (visit: Visit) => Promise<string[]>;
}

/** Visits each page of a site, or of a firm's folder in it, as the desk and the phone see it. */
export function everyPage(
  browser: () => Browser,
  site: () => {dist: string; url: string},
  {pages = PAGES, whole = pages, anew = false, also}: EveryPageOptions = {}
): void {
  test("has the pages this test visits, and no other", () => {
    const built = readdirSync(site().dist).filter((file) => file.endsWith(".html") && file !== "404.html");
    expect(built.map((file) => file.replace(/(index)?\.html$/, "")).sort()).toEqual([...pages].sort());
  });

  for (const page of pages) {
    const isWhole = whole.includes(page);
    const further = isWhole && !anew ? ", nor dark at 390 px" : "";
    test.concurrent(`${page || "index"}: what it is and of which day, nothing from elsewhere${isWhole ? ", nothing in a screen reader's way" : ""}; no error, nothing cut${further}`, async ({
      expect
    }) => {
      const seen = await visit(browser(), site().url + page);
      const {page: tab, problems} = seen;
      expect(problems).toEqual([]);
      await expect(tab.locator("h1").count()).resolves.toBe(1);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      const text = await tab.locator("main").innerText();
      expect(text).toMatch(/as of|As of/);
      expect(text).toContain("Synthetic data");
      if (isWhole) expect(await inTheWay(tab)).toEqual([]);
      if (isWhole && also) expect(await also(seen)).toEqual([]);
      expect(problems).toEqual([]);
      if (further) {
        await seen.toPhone();
        expect(problems, "dark at 390 px").toEqual([]);
        expect(await cutOff(tab), "px cut off, dark at 390 px").toBeLessThanOrEqual(0);
      }
      await tab.context().close();
    });
    if (isWhole && anew)
      test.concurrent(`${page || "index"}, opened dark at 390 px: no error, nothing cut`, async ({
        expect
      }) => {
        const {page: tab, problems} = await visit(browser(), site().url + page, {width: NARROW, dark: true});
        expect(problems).toEqual([]);
        expect(await cutOff(tab)).toBeLessThanOrEqual(0);
        await tab.context().close();
      });
  }
}

/** Pixels by which a page is wider than its window. */
export function cutOff(tab: Page): Promise<number> {
  return tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** What axe finds serious or critical, as "rule: element". */
export async function inTheWay(tab: Page): Promise<string[]> {
  // Playwright's evaluate is exempt from the page's policy.
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async (moderate) => {
    const {axe} = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{violations: {id: string; impact: string; nodes: {html: string}[]}[]}>;
      };
    };
    const rules = Object.fromEntries(moderate.map((rule) => [rule, {enabled: false}]));
    const found = await axe.run({rules, resultTypes: ["violations"]});
    return found.violations.filter(({impact}) => ["serious", "critical"].includes(impact));
  }, MODERATE);
  return violations.map(({id, nodes}) => `${id}: ${nodes[0]!.html.slice(0, 160)}`);
}
