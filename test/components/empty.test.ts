import {expect, test} from "vitest";
import {Empty} from "../../src/components/empty.js";

const isMarked = (action: string) =>
  Empty({reason: "Nothing.", action})
    .querySelector(".weir-empty-action")!
    .classList.contains("weir-for-firm");

test("what only the firm can do, to its exports or its workspace, is marked, and published sites do not show it", () => {
  expect(isMarked("Map deal.owner_id in workspace.yaml.")).toBe(true);
  expect(isMarked("Export the deals with their amounts.")).toBe(true);
  expect(isMarked("Clear a filter, or map the quota table.")).toBe(true);
});

test("what any reader can do is not", () => {
  expect(isMarked("Clear a filter.")).toBe(false);
  expect(isMarked("Widen the period or clear a filter.")).toBe(false);
});
