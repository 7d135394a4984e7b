import {expect, test} from "vitest";
import {scopeOfShare} from "../../src/views/people.js";

test("the deals behind a slip rate are fewer than its slips, and the panel says why", () => {
  const deals = {n: 308, rows: []};
  expect(scopeOfShare({value: 401 / 1420, n: 1420, deals}, "deals due").replaceAll("\u202f", " ")).toBe(
    "401 slips of 1 420 deals due, quarter by quarter; a deal that slipped in several is listed once"
  );
  expect(scopeOfShare({value: 0.5, n: 616, deals}, "deals won")).toBe("308 of 616 deals won");
});
