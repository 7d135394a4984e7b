/** Every page of a built site in a real Chromium, under the real policy, served from a sub-path. */
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {DEFAULT_WORKSPACE, PROJECT} from "../../loaders/workspace/statePaths.ts";
import {SMALL} from "../support/buildSmall.ts";
import {sharedData} from "../support/sharedData.ts";
import {launchBrowser} from "./launch.ts";
import {type BuiltSite, builtSite, PAGES} from "./site.ts";
import {visit} from "./visit.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const maven = sharedData("maven-crm");

const WORKSPACES: {name: string; dir: string; files?: string | undefined; absent?: boolean}[] = [
  {name: "the demo", dir: DEFAULT_WORKSPACE},
  {name: "the equipment demo", dir: join(PROJECT, "data", "demo-equipment")},
  {name: "the small workspace", dir: SMALL},
  {name: "Maven Hardware", dir: join(PROJECT, "data", "maven-hardware"), files: maven, absent: !maven}
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

for (const {name, dir, files, absent = false} of WORKSPACES)
  describe.skipIf(absent)(name, () => {
    let site: BuiltSite;
    beforeAll(async () => {
      site = await builtSite(dir, {base: "/some/where/", ...(files ? {files} : {})});
    });
    afterAll(() => site?.close());

    test("has the pages this test visits, and no other", () => {
      const built = readdirSync(site.dist).filter((file) => file.endsWith(".html") && file !== "404.html");
      expect(built.map((file) => file.replace(/(index)?\.html$/, "")).sort()).toEqual([...PAGES].sort());
    });

    for (const page of PAGES)
      test(`${page || "index"}, light at 1280 px: no error, nothing from elsewhere, nothing cut, what it is and of which day, nothing in a screen reader's way`, async () => {
        const {page: tab, problems} = await visit(browser, site.server.url + page);
        expect(problems).toEqual([]);
        await expect(tab.locator("h1").count()).resolves.toBe(1);
        expect(await cutOff(tab)).toBeLessThanOrEqual(0);
        const text = await tab.locator("main").innerText();
        expect(text).toContain("Synthetic data");
        expect(text).toMatch(/as of|As of/);
        expect(await inTheWay(tab)).toEqual([]);
        await tab.context().close();
      });

    for (const page of PAGES)
      test(`${page || "index"}, dark at 390 px: no error, nothing cut`, async () => {
        const {page: tab, problems} = await visit(browser, site.server.url + page, {width: 390, dark: true});
        expect(problems).toEqual([]);
        expect(await cutOff(tab)).toBeLessThanOrEqual(0);
        await tab.context().close();
      });
  });

/** Pixels by which a page is wider than its window. */
function cutOff(tab: Page): Promise<number> {
  return tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** What axe finds serious or critical, as "rule: element". */
async function inTheWay(tab: Page): Promise<string[]> {
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
