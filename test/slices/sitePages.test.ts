import {readdirSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {inMenuOrder, menuOf, PAGE_KEYS, pageFile, pagePath} from "../../src/slices/sitePages.ts";

describe("the menu", () => {
  test("has every page of the project, and no other", () => {
    const written = readdirSync(join(PROJECT, "src"), {recursive: true, encoding: "utf8"}).filter(
      (file) => file.endsWith(".md") && !file.startsWith(".")
    );
    expect(PAGE_KEYS.map(pageFile).sort()).toEqual(written.sort());
  });

  test("of a few pages has no group without any", () => {
    expect(menuOf(["backlog", "deals"]).map(({name, pages}) => [name, pages.map(({key}) => key)])).toEqual([
      ["Pipeline", ["deals"]],
      ["What comes of it", ["backlog"]]
    ]);
  });

  test("is in the order of all pages, whatever the order asked", () => {
    expect(inMenuOrder(["backlog", "nowhere", "overview", "deals"])).toEqual([
      "overview",
      "deals",
      "backlog"
    ]);
  });

  test("opens with the overview, or with the first page that there is", () => {
    expect(pagePath("overview", PAGE_KEYS)).toBe("/");
    expect(pagePath("deals", PAGE_KEYS)).toBe("/deals");
    expect(pagePath("deals", ["backlog", "deals"])).toBe("/");
    expect(pagePath("backlog", ["backlog", "deals"])).toBe("/backlog");
  });
});
