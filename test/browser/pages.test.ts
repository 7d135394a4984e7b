/** Every page of small firms in a real Chromium, under the real policy, served from a sub-path. */
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {sharedData} from "../support/sharedData.ts";
import {cutOff, everyPage, inTheWay} from "./everyPage.ts";
import {hostileLinks, hostileSmall} from "./hostile.ts";
import {interactionTests} from "./interaction.ts";
import {launchBrowser} from "./launch.ts";
import {type BuiltSite, builtSite} from "./site.ts";
import {visit} from "./visit.ts";

const maven = sharedData("maven-crm");

/** Pages that say what a firm cannot tell: Maven has no log, partners, campaigns or contracts. */
const OF_MAVEN = [
  ...["", "pipeline", "movement", "partners", "partner-life-cycle", "marketing", "recurring", "backlog"],
  ...["forecast", "track-record", "data-quality"]
];

/** States of pages that a link can carry: cut by a dimension of the workspace's own, and a day before which hardly anything happened. */
const ASKED = [
  ...["conversion", "velocity", "movement", "coverage"].map((page) => `${page}?cut=x_vertical`),
  ...["conversion", "velocity"].map((page) => `${page}?on=2026-01-01`)
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe("the small workspace, with hostile names", () => {
  let small: SmallWorkspace;
  let site: BuiltSite;
  beforeAll(async () => {
    small = hostileSmall();
    site = await builtSite(small.dir, {base: "/some/where/"});
  });
  afterAll(async () => {
    await site?.close();
    small?.remove();
  });
  everyPage(
    () => browser,
    () => ({dist: site.dist, url: site.server.url}),
    {anew: true, also: hostileLinks}
  );
  interactionTests(
    () => browser,
    () => site
  );
  for (const state of ASKED)
    test.concurrent(`${state}: no error, nothing cut, nothing in a screen reader's way`, async ({expect}) => {
      const {page: tab, problems} = await visit(browser, site.server.url + state);
      expect(problems).toEqual([]);
      expect(await cutOff(tab)).toBeLessThanOrEqual(0);
      // A table that is announced by what it is cut by.
      const text = (await tab.locator("main").innerText()).toLowerCase();
      if (state.includes("cut=")) expect(text).toContain("by vertical");
      expect(await inTheWay(tab)).toEqual([]);
      await tab.context().close();
    });
  test("a hostile name is there to be read", async () => {
    const {page} = await visit(browser, `${site.server.url}pipeline`);
    await expect(page.locator("main").innerText()).resolves.toContain("=HYPERLINK");
    await page.context().close();
  });
});

describe.skipIf(!maven)("Maven Hardware", () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite(join(PROJECT, "data", "maven-hardware"), {base: "/some/where/", files: maven!});
  });
  afterAll(() => site?.close());
  everyPage(
    () => browser,
    () => ({dist: site.dist, url: site.server.url}),
    {whole: OF_MAVEN}
  );
});
