/** A site that `weir publish` made for one partner: its pages alone, no link that leads nowhere, no other partner's name. */
import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {treeHash} from "../../loaders/publish/publishRecord.ts";
import {attachedFiles} from "../../loaders/site/narrowSource.ts";
import {type SiteServer, serveSite} from "../../loaders/site/serveSite.ts";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {smallFirm} from "../publish/smallFirm.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {weirHere} from "../support/weirCli.ts";
import {everyPage} from "./everyPage.ts";
import {launchBrowser} from "./launch.ts";
import {visit} from "./visit.ts";

/** Out of the menu's order; none of them makes a forecast. */
const KEYS = [
  ...["backlog", "pipeline", "deals", "movement", "conversion", "velocity", "partners", "compare"],
  ...["products", "explore", "data-quality", "playbook"]
];
/** The first one of the menu is where the site opens. */
const PAGES = KEYS.map((key) => (key === "pipeline" ? "" : key));

/** Of the other partner and of nobody's deals: names that no page may hold, shown or not. */
const OTHERS = /Zeno|Hidden Customer|Alpha|Gamma|Otto|Secret/;

let browser: Browser;
let small: SmallWorkspace;
let dist: string;
let server: SiteServer;
let publish: () => ReturnType<typeof weirHere>;

beforeAll(async () => {
  browser = await launchBrowser();
  small = smallFirm();
  small.change(
    "workspace.yaml",
    /\naudiences:[\s\S]*$/,
    `\naudiences:\n  acme: {title: Acme Partners, pages: [${KEYS}], rows: {partner: [Acme Partners]}, hide: [person.name]}\n`
  );
  const out = join(small.paths.dir, "published");
  const state = join(small.paths.dir, "..");
  publish = () => weirHere("publish", "--workspace", small.dir, "--state", state, "--out", out);
  const made = await publish();
  if (made.code !== 0) throw new Error(made.said);
  dist = join(out, "acme");
  server = await serveSite({dist, base: "/for/acme/"});
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  small?.remove();
});

everyPage(
  () => browser,
  () => ({dist, url: server.url}),
  {pages: PAGES, also: async ({page: tab}) => [...(await deadLinks(tab)), ...(await wrongWords(tab))]}
);

/** Links of a page, the menu's too, that no file of the site answers. */
async function deadLinks(tab: Page): Promise<string[]> {
  const hrefs = await tab
    .locator("a[href]")
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return hrefs.filter((href) => {
    if (!href.startsWith(server.url)) return /^https?:/.test(href);
    const path = new URL(href).pathname.slice(new URL(server.url).pathname.length);
    return !existsSync(join(dist, path === "" ? "index.html" : `${path}.html`));
  });
}

/** Names of others anywhere in the page, and that it does not say for whom it is. */
async function wrongWords(tab: Page): Promise<string[]> {
  const html = await tab.evaluate(() => document.documentElement.outerHTML);
  const found = html.match(OTHERS);
  const line = (await tab.locator(".weir-audience").allInnerTexts()).join(" ");
  return [
    ...(found ? [`names ${found[0]}`] : []),
    ...(/^Acme Partners\s.*2 deals of partner Acme Partners, as of/s.test(line) ? [] : [`says: ${line}`])
  ];
}

test("has the files that its pages attach, and no other data", () => {
  const data = readdirSync(join(dist, "_file", "data"), {encoding: "utf8"});
  const attached = attachedFiles(join(PROJECT, "src"), KEYS).map((file) => file.replace(/^data\//, ""));
  expect(data.map((file) => file.replace(/\.[0-9a-f]{8}(\.\w+)$/, "$1")).sort()).toEqual(attached);
  expect(listFiles(dist).filter((file) => /\.(duckdb|md|csv|sql)$/.test(file))).toEqual([]);
});

test("its menu has its pages in the order of the whole, and groups without any are not there", async () => {
  const {page, problems} = await visit(browser, server.url);
  const menu = page.locator("#observablehq-sidebar");
  expect(await menu.locator("details summary").allInnerTexts()).toEqual([
    "Pipeline",
    "Where it comes from",
    "What comes of it",
    "The data"
  ]);
  expect(await menu.locator("li.observablehq-link-active").last().innerText()).toBe("Open pipeline");
  expect(await page.locator("h1").innerText()).toBe("What is in the pipeline, and how old is it?");
  expect(problems).toEqual([]);
  await page.context().close();
});

test("tells a partner of its registrations, and not how CRM and portal are mended; asks no reader to change exports", async () => {
  const {page, problems} = await visit(browser, `${server.url}partners`);
  const text = await page.locator("main").innerText();
  expect(text).toContain("Nowhere Limited");
  expect(text).not.toMatch(/mend/i);
  expect(text).not.toMatch(/workspace\.yaml/);
  expect(problems).toEqual([]);
  await page.context().close();
});

test("Data quality tells what the site is made from, and nothing of the firm's files, rejects and matching", async () => {
  const {page, problems} = await visit(browser, `${server.url}data-quality`);
  const text = await page.locator("main").innerText();
  expect(text).toMatch(/\d+ records make the figures of this site\. \d+ of \d+ checks pass/);
  expect(text).not.toMatch(/\.csv|reject|matches\.yaml/i);
  expect(problems).toEqual([]);
  await page.context().close();
});

test("stays as it is when published again unchanged; changed by somebody, it is built again from the same pages, to the letter", async () => {
  const before = treeHash(dist);
  const again = await publish();
  expect([again.code, again.said]).toEqual([
    0,
    expect.stringContaining("kept, for exports, workspace.yaml and code")
  ]);
  const page = join(dist, "partners.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("Partners", "Changed"));
  const mended = await publish();
  expect([mended.code, mended.said]).toEqual([0, expect.not.stringContaining("kept")]);
  expect(treeHash(dist)).toBe(before);
});
