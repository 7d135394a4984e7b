/** What is asked of every page of a built site: no error, nothing cut, nothing in a screen reader's way. */
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Browser, Page} from "playwright-core";
import {expect, test} from "vitest";
import {PAGES} from "./site.ts";
import {visit} from "./visit.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A worker answers when it can; the machine may be busy. */
export const SLOW = {timeout: 15_000};

export interface EveryPageOptions {
  /** Names of the pages that the site has, "" for the index; default all of the project. */
  pages?: readonly string[];
  /** Those that the phone sees too; default all of them. */
  narrow?: readonly string[];
  /** What is asked besides of each page as the desk sees it: what is wrong, nothing if nothing is. */
  also?: (tab: Page, page: string) => Promise<string[]>;
}

/** Visits each page of a site, or of a firm's folder in it, as the desk and the phone see it. */
export function everyPage(
  browser: () => Browser,
  site: () => {dist: string; url: string},
  {pages = PAGES, narrow = pages, also}: EveryPageOptions = {}
): void {
  test("has the pages this test visits, and no other", () => {
    const built = readdirSync(site().dist).filter((file) => file.endsWith(".html") && file !== "404.html");
    expect(built.map((file) => file.replace(/(index)?\.html$/, "")).sort()).toEqual([...pages].sort());
  });

  for (const page of pages)
    test.concurrent(`${page || "index"}, light at 1280 px: no error, nothing from elsewhere, nothing cut, what it is and of which day, nothing in a screen reader's way`, async ({
      expect
    }) => {
      const {page: tab, problems} = await visit(browser(), site().url + page);
      expect(problems).toEqual([]);
      await expect(tab.locator("h1").count()).resolves.toBe(1);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      const text = () => tab.locator("main").innerText();
      await expect.poll(text, SLOW).toMatch(/as of|As of/);
      expect(await text()).toContain("Synthetic data");
      expect(await inTheWay(tab)).toEqual([]);
      if (also) expect(await also(tab, page)).toEqual([]);
      await tab.context().close();
    });

  for (const page of narrow)
    test.concurrent(`${page || "index"}, dark at 390 px: no error, nothing cut`, async () => {
      const {page: tab, problems} = await visit(browser(), site().url + page, {width: 390, dark: true});
      expect(problems).toEqual([]);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      await tab.context().close();
    });
}

/** Pixels by which a page is wider than its window. */
export function cutOff(tab: Page): Promise<number> {
  return tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** What axe finds serious or critical, as "rule: element". */
export async function inTheWay(tab: Page): Promise<string[]> {
  // Playwright's evaluate is exempt from the page's policy.
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async () => {
    const {axe} = globalThis as unknown as {
      axe: {run(): Promise<{violations: {id: string; impact: string; nodes: {html: string}[]}[]}>};
    };
    return (await axe.run()).violations.filter(({impact}) => ["serious", "critical"].includes(impact));
  });
  return violations.map(({id, nodes}) => `${id}: ${nodes[0]!.html.slice(0, 160)}`);
}
