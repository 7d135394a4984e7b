/** Every page of both demos in a real Chromium, under the real policy, served from a sub-path. */
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE} from "../../loaders/workspace/statePaths.ts";
import {everyPage} from "./everyPage.ts";
import {launchBrowser} from "./launch.ts";
import {unopened} from "./openFigures.ts";
import {packedTests} from "./packed.ts";
import {type BuiltSite, builtSite} from "./site.ts";
import {visit} from "./visit.ts";
import {scenarioTests} from "./whatIf.ts";

const {config} = loadWorkspace(DEFAULT_WORKSPACE);
const companions = config.companions.map((folder) => join(DEFAULT_WORKSPACE, folder));
const other = loadWorkspace(companions[0]!).config.company;

/** Pages that lay out what the first firm has not: its stages with their long names, orders, material, plants. */
const OF_OTHER = [
  ...["", "pipeline", "conversion", "conformance", "flow", "movement", "velocity", "backlog", "material"],
  ...["resources", "products", "data-sheet"]
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A copy of the second firm with a third of its deals: its pages show the same, and its first forecast takes less than half as long. */
function smaller(companion: string, root: string): string {
  const copy = join(root, basename(companion));
  cpSync(companion, copy, {recursive: true});
  const file = join(copy, "workspace.yaml");
  const text = readFileSync(file, "utf8");
  const less = text.replace(/(generate: \{.*deals: )\d+/, "$1400");
  if (less === text) throw new Error(`${file} does not say how many deals are generated`);
  writeFileSync(file, less);
  return copy;
}

describe("both demos in one site", () => {
  let root: string;
  let site: BuiltSite;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "weir-demos-"));
    const others = companions.map((companion) => smaller(companion, root));
    site = await builtSite(DEFAULT_WORKSPACE, {base: "/some/where/", companions: others});
  });
  afterAll(async () => {
    await site?.close();
    rmSync(root, {recursive: true, force: true});
  });

  describe(config.company, () =>
    everyPage(
      () => browser,
      () => ({dist: site.dist, url: site.server.url}),
      {also: unopened}
    )
  );

  describe(other, () => {
    const folder = basename(companions[0]!);
    everyPage(
      () => browser,
      () => ({dist: join(site.dist, folder), url: `${site.server.url}${folder}/`}),
      {whole: OF_OTHER, also: unopened}
    );
  });

  scenarioTests(
    () => browser,
    () => ({dist: site.dist, url: site.server.url})
  );

  packedTests(
    () => browser,
    () => ({dist: site.dist, url: site.server.url}),
    basename(companions[0]!)
  );

  test("a line of why the forecast moved opens its deals, which sum to it; a deal's score is linked", async () => {
    const {page, problems} = await visit(browser, `${site.server.url}why-it-moved`);
    await page
      .locator("figure:has-text('What moved the forecast') [role=button][aria-label^='Won,']")
      .click();
    const panel = page.getByRole("dialog");
    expect(await panel.innerText()).toMatch(/(they add up|it comes) to .+, the figure shown/);
    await panel.getByRole("button", {name: "Close"}).click();
    await page.getByLabel("From the end of").selectOption({index: 9});
    await expect.poll(() => new URL(page.url()).searchParams.get("from")).toMatch(/^\d{4}-/);
    const scores = await visit(browser, `${site.server.url}deal-scores`);
    const first = scores.page.locator("table.weir-grid tbody button").first();
    const name = await first.innerText();
    await first.click();
    await expect.poll(() => new URL(scores.page.url()).searchParams.get("deal")).toMatch(/\w/);
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
    await expect.poll(words).toMatch(/EMEA gets at least 16 and APAC gets at least 15 cannot hold together/);
    await page.getByLabel("APAC: at least").fill("1");
    await page.getByLabel("APAC: at least").press("Tab");
    await expect.poll(words).toMatch(/best (plan|one)/);
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
