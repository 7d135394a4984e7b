/** The pages of a site as files, opened from the disk. */
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {packSite} from "../../loaders/pack/packSite.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {visit} from "./visit.ts";

/** Of each kind that pages are made of: charts of the site's own facts, files read late, and workers with their own code, data and wasm. */
const SAME = ["movement", "forecast", "what-if", "resources", "explore"];
const PACKED = ["overview", "pipeline", "track-record", ...SAME];

/**
 * @param site served: what its pages say is what the files are to say
 * @param folder of another workspace in it
 */
export function packedTests(
  browser: () => Browser,
  site: () => {dist: string; url: string},
  folder: string
): void {
  describe("packed into files", () => {
    let root: string;
    let address: string;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "weir packed #"));
      await packSite({
        site: site().dist,
        out: join(root, "files"),
        pages: [...PACKED, `${folder}/overview`],
        reporter: silentReporter
      });
      address = pathToFileURL(join(root, "files")).href;
    });
    afterAll(() => rmSync(root, {recursive: true, force: true}));

    for (const page of SAME)
      test.concurrent(`${page} says what the served page says, and asks for nothing`, async ({expect}) => {
        const [served, opened] = await Promise.all([
          visit(browser(), `${site().url}${page}`),
          visit(browser(), `${address}/${page}.html`)
        ]);
        const words = await served.page.locator("main").innerText();
        await expect.poll(() => opened.page.locator("main").innerText()).toBe(words);
        expect(words.length).toBeGreaterThan(500);
        expect(opened.problems).toEqual([]);
        for (const {page} of [served, opened]) await page.context().close();
      });

    test("a filter goes along to the next file, Back returns to it, and the other company is a file too", async () => {
      const {page: tab, problems} = await visit(browser(), `${address}/index.html?channel=Partner`);
      await tab.locator("nav").getByRole("link", {name: "Open pipeline"}).click();
      await tab.waitForURL(`${address}/pipeline.html?channel=Partner`);
      await tab.goBack();
      await tab.waitForURL(`${address}/index.html?channel=Partner`);
      await tab.goto(`${address}/index.html`);
      await tab.locator("main").getByRole("link", {name: "The forecast"}).click();
      await tab.waitForURL(`${address}/forecast.html`);
      await tab.locator("nav .weir-workspaces a:not([aria-current])").click();
      await tab.waitForURL(`${address}/${folder}/index.html`);
      await expect.poll(() => tab.locator("h1").count()).toBe(1);
      expect(problems).toEqual([]);
      await tab.context().close();
    });

    test("a page alone, as for a mail, links to no other", async () => {
      const out = join(root, "alone");
      await packSite({site: site().dist, out, pages: ["overview"], reporter: silentReporter});
      expect(readdirSync(out)).toEqual(["index.html"]);
      const {page: tab, problems} = await visit(browser(), `${pathToFileURL(out).href}/index.html`);
      const hrefs = await tab
        .locator("a[href]")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
      expect(hrefs.filter((href) => !/^https:|index\.html$/.test(href))).toEqual([]);
      expect(problems).toEqual([]);
      await tab.context().close();
    });
  });
}
