/** Every page of small firms in a real Chromium, under the real policy, served from a sub-path. */
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {SMALL} from "../support/buildSmall.ts";
import {sharedData} from "../support/sharedData.ts";
import {cutOff, everyPage, inTheWay, SLOW} from "./everyPage.ts";
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
    everyPage(
      () => browser,
      () => ({dist: site.dist, url: site.server.url}),
      dir === SMALL ? {} : {narrow: OF_MAVEN}
    );
    if (dir === SMALL) {
      interactionTests(
        () => browser,
        () => site
      );
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
    }
  });
