/** Every page of a built site in a real Chromium, under the real policy, served from a sub-path. */
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {basename, join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE, PROJECT} from "../../loaders/workspace/statePaths.ts";
import {SMALL} from "../support/buildSmall.ts";
import {sharedData} from "../support/sharedData.ts";
import {launchBrowser} from "./launch.ts";
import {type BuiltSite, builtSite, PAGES} from "./site.ts";
import {visit} from "./visit.ts";
import {scenarioTests} from "./whatIf.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const maven = sharedData("maven-crm");

const {config} = loadWorkspace(DEFAULT_WORKSPACE);
const companions = config.companions.map((folder) => join(DEFAULT_WORKSPACE, folder));
const other = loadWorkspace(companions[0]!).config.company;

/** States of pages that a link can carry: cut by a dimension of the workspace's own, and a day before which hardly anything happened. */
const ASKED = [
  ...["conversion", "velocity", "movement", "coverage"].map((page) => `${page}?cut=x_vertical`),
  ...["conversion", "velocity"].map((page) => `${page}?on=2026-01-01`)
];

/** A worker answers when it can; the machine may be busy. */
const SLOW = {timeout: 15_000};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe("both demos in one site", () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite(DEFAULT_WORKSPACE, {base: "/some/where/", companions});
  });
  afterAll(() => site?.close());

  describe(config.company, () => everyPage(() => ({dist: site.dist, url: site.server.url})));

  describe(other, () => {
    const folder = basename(companions[0]!);
    everyPage(() => ({dist: join(site.dist, folder), url: `${site.server.url}${folder}/`}));
  });

  scenarioTests(
    () => browser,
    () => ({dist: site.dist, url: site.server.url})
  );

  test("a line of why the forecast moved opens its deals, which sum to it; a deal's score is linked", async () => {
    const {page, problems} = await visit(browser, `${site.server.url}why-it-moved`);
    await page
      .locator("figure:has-text('What moved the forecast') [role=button][aria-label^='Won,']")
      .click();
    const panel = page.getByRole("dialog");
    expect(await panel.innerText()).toMatch(/they add up to .+, the figure shown/);
    await panel.getByRole("button", {name: "Close"}).click();
    await page.getByLabel("From the end of").selectOption({index: 9});
    await expect.poll(() => new URL(page.url()).searchParams.get("from"), SLOW).toMatch(/^\d{4}-/);
    const scores = await visit(browser, `${site.server.url}deal-scores`);
    const first = scores.page.locator("table.weir-grid tbody button").first();
    const name = await first.innerText();
    await first.click();
    await expect.poll(() => new URL(scores.page.url()).searchParams.get("deal"), SLOW).toMatch(/\w/);
    expect(await scores.page.getByRole("region", {name: `Deal ${name}`}).innerText()).toContain(
      "Chance by date"
    );
    expect([...problems, ...scores.problems]).toEqual([]);
    for (const tab of [page, scores.page]) await tab.context().close();
  });

  test("limits that collide are named, and loosening one gives a plan", async () => {
    const {page, problems} = await visit(
      browser,
      `${site.server.url}resources?limit=EMEA~16~30&limit=APAC~15~20`
    );
    const words = () => page.locator(".weir-answer-text").innerText();
    await expect
      .poll(words, SLOW)
      .toMatch(/EMEA gets at least 16 and APAC gets at least 15 cannot hold together/);
    await page.getByLabel("APAC: at least").fill("1");
    await page.getByLabel("APAC: at least").press("Tab");
    await expect.poll(words, SLOW).toMatch(/best (plan|one)/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("the menu switches firms, without this one's filters, and both say they are synthetic", async () => {
    const {page, problems} = await visit(browser, `${site.server.url}pipeline?region=EMEA`);
    const menu = page.locator(".weir-workspaces");
    const current = () => menu.locator("a[aria-current]").innerText();
    expect(await current()).toBe(config.company);
    await page.waitForFunction(() =>
      document.querySelector<HTMLAnchorElement>("#observablehq-sidebar a[href*='region=EMEA']")
    );
    await menu.getByRole("link", {name: other}).click();
    await page.waitForURL(/demo-equipment\/$/);
    expect(await current()).toBe(other);
    await expect.poll(() => page.locator("main").innerText()).toContain(`${other} is not a real company`);
    await page.locator("#observablehq-sidebar").getByRole("link", {name: "Open pipeline"}).click();
    await page.waitForURL(/demo-equipment\/pipeline/);
    await expect.poll(() => page.locator("main").innerText()).toContain("Engineering concept");
    await menu.getByRole("link", {name: config.company}).click();
    await page.waitForURL(/where\/$/);
    await expect
      .poll(() => page.locator("main").innerText())
      .toContain(`${config.company} is not a real company`);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

for (const {name, dir, files, absent = false} of [
  {name: "the small workspace", dir: SMALL, files: undefined},
  {name: "Maven Hardware", dir: join(PROJECT, "data", "maven-hardware"), files: maven, absent: !maven}
])
  describe.skipIf(absent)(name, () => {
    let site: BuiltSite;
    beforeAll(async () => {
      site = await builtSite(dir, {base: "/some/where/", ...(files ? {files} : {})});
    });
    afterAll(() => site?.close());
    everyPage(() => ({dist: site.dist, url: site.server.url}));
    if (dir === SMALL)
      for (const state of ASKED)
        test.concurrent(`${state}: no error, nothing cut, nothing in a screen reader's way`, async ({
          expect
        }) => {
          const {page: tab, problems} = await visit(browser, site.server.url + state);
          expect(problems).toEqual([]);
          expect(await cutOff(tab)).toBeLessThanOrEqual(0);
          // A table that is announced by what it is cut by.
          const text = async () => (await tab.locator("main").innerText()).toLowerCase();
          if (state.includes("cut=")) await expect.poll(text, SLOW).toContain("by vertical");
          expect(await inTheWay(tab)).toEqual([]);
          await tab.context().close();
        });
  });

/** Visits each page of a site, or of a firm's folder in it, as the desk and the phone see it. */
function everyPage(site: () => {dist: string; url: string}): void {
  test("has the pages this test visits, and no other", () => {
    const built = readdirSync(site().dist).filter((file) => file.endsWith(".html") && file !== "404.html");
    expect(built.map((file) => file.replace(/(index)?\.html$/, "")).sort()).toEqual([...PAGES].sort());
  });

  for (const page of PAGES)
    test.concurrent(`${page || "index"}, light at 1280 px: no error, nothing from elsewhere, nothing cut, what it is and of which day, nothing in a screen reader's way`, async ({
      expect
    }) => {
      const {page: tab, problems} = await visit(browser, site().url + page);
      expect(problems).toEqual([]);
      await expect(tab.locator("h1").count()).resolves.toBe(1);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      const text = () => tab.locator("main").innerText();
      await expect.poll(text, SLOW).toMatch(/as of|As of/);
      expect(await text()).toContain("Synthetic data");
      expect(await inTheWay(tab)).toEqual([]);
      await tab.context().close();
    });

  for (const page of PAGES)
    test.concurrent(`${page || "index"}, dark at 390 px: no error, nothing cut`, async () => {
      const {page: tab, problems} = await visit(browser, site().url + page, {width: 390, dark: true});
      expect(problems).toEqual([]);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      await tab.context().close();
    });
}

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
