/** The catalogue is read on published sites too: its words name no file, table or key of the firm's own machine. */
import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";

const INSIDE = /\.sql|\.ts\b|marts\.|weir\.|workspace\.yaml|assumptions\.|\b[a-z]+_[a-z_]+\b/;

test("no formula, caveat or rival names a model file, a table or a key of workspace.yaml", () => {
  const {definitions, metrics} = readMetrics();
  const named = [...Object.entries(definitions), ...Object.entries(metrics)].flatMap(([key, entry]) => {
    const {label, formula, caveat} = entry;
    const rivals = "rivals" in entry ? ((entry.rivals ?? []) as string[]) : [];
    return [label, formula, caveat ?? "", ...rivals]
      .filter((text) => INSIDE.test(text))
      .map((text) => `${key}: ${text}`);
  });
  expect(named).toEqual([]);
});
