/** Two firms in one site: the menu leads from one to the other and back. */
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE} from "../../loaders/workspace/statePaths.ts";
import {launchBrowser} from "./launch.ts";
import {type BuiltSite, builtSite} from "./site.ts";
import {visit} from "./visit.ts";

const {config} = loadWorkspace(DEFAULT_WORKSPACE);
const companions = config.companions.map((folder) => join(DEFAULT_WORKSPACE, folder));
const other = loadWorkspace(companions[0]!).config.company;

let browser: Browser;
let site: BuiltSite;
beforeAll(async () => {
  browser = await launchBrowser();
  site = await builtSite(DEFAULT_WORKSPACE, {base: "/some/where/", companions});
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
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
  await page.locator("#observablehq-sidebar").getByRole("link", {name: "Pipeline"}).click();
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
