import {expect, test} from "vitest";
import {openStages, pathsOf, undatedStages} from "../../src/figures/stages.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import type {SiteData} from "../../src/slices/site.ts";

/** One open deal that stands in its first stage, as an export without a history has it. */
const entries: FactTable = {
  n: 1,
  columns: {
    deal: {kind: "number", values: [0]},
    pipeline: {kind: "key", words: ["Sales"], codes: Int32Array.of(0)},
    stage: {kind: "key", words: ["New"], codes: Int32Array.of(0)},
    stage_kind: {kind: "key", words: ["open"], codes: Int32Array.of(0)},
    entered_on: {kind: "day", values: [100]},
    left_on: {kind: "day", values: [null]}
  }
} as unknown as FactTable;
const site = (hasStageHistory: boolean) =>
  ({
    hasStageHistory,
    stages: [{pipeline: "Sales", stage: "New", order: 1, kind: "open"}]
  }) as unknown as SiteData;

test("where deals stand tells no way through the stages: without a history there is none", () => {
  const facts = {stage_entries: entries};
  expect(pathsOf({site: site(true), facts}, {}, 200)).toHaveLength(1);
  expect(pathsOf({site: site(false), facts}, {}, 200)).toEqual([]);
});

test("a stage that no deal is known to have entered is no step of the way, unless none is", () => {
  const stage = (name: string, is_undated: boolean) => ({
    pipeline: "Sales",
    stage: name,
    kind: "open",
    is_undated
  });
  const mixed = {stages: [stage("Prospecting", true), stage("Engaging", false)]} as unknown as SiteData;
  expect(openStages({site: mixed}).ladders).toEqual([{pipeline: "Sales", stages: ["Engaging"]}]);
  expect(undatedStages({site: mixed})).toEqual(["Prospecting"]);
  const none = {stages: [stage("Prospecting", true), stage("Engaging", true)]} as unknown as SiteData;
  expect(openStages({site: none}).ladders).toEqual([
    {pipeline: "Sales", stages: ["Prospecting", "Engaging"]}
  ]);
  expect(undatedStages({site: none})).toEqual([]);
});
