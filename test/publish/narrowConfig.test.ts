import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {allowedColumns} from "../../loaders/publish/allowedColumns.ts";
import {narrowConfig} from "../../loaders/publish/narrowConfig.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {SMALL} from "../support/buildSmall.ts";

test("a pipeline in which no kept deal is or was does not leave the firm, not even when there is no other", () => {
  const whole = parseWorkspace(readFileSync(join(SMALL, "workspace.yaml"), "utf8"));
  const pipelinesOf = (
    kept: readonly string[],
    filters: readonly {slice: string; values: readonly string[]}[]
  ) => {
    const audience = {title: "T", pages: ["deals"], show: [], hide: []};
    const site = {key: "t", audience, value: null, title: "T", filters, rowsWords: null, nLikely: 0};
    const facts = {
      asOf: "2026-05-01",
      pipelines: new Set(kept),
      tiers: new Set<string>(),
      kinds: new Set<string>()
    };
    return narrowConfig(whole, site, allowedColumns(site, whole), facts).pipelines.map(({id}) => id);
  };
  const red = [{slice: "team", values: ["Red"]}];
  expect(pipelinesOf(["sales"], red)).toEqual(["sales"]);
  expect(pipelinesOf([], red)).toEqual([]);
  expect(pipelinesOf([], [])).toEqual(["sales"]);
});
