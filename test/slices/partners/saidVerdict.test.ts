import {expect, test} from "vitest";
import {alikeNear, isKnownUnsure, saidVerdict} from "../../../src/slices/partners/saidVerdict.ts";
import {COMPARE_RECORD} from "../../../src/slices/partners/verdictRecord.ts";

test("a verdict is withheld where such verdicts were right less often than it says, beyond what chance leaves open", () => {
  expect(isKnownUnsure({right: 36, told: 53})).toBe(true);
  // 87%, but of 23 verdicts the 95% interval reaches 95%.
  expect(isKnownUnsure({right: 20, told: 23})).toBe(false);
  expect(isKnownUnsure({right: 200, told: 230})).toBe(false);
  expect(isKnownUnsure({right: 400, told: 460})).toBe(true);
});

test("of a figure that was not judged, or told nothing, nothing is known against its verdicts", () => {
  expect([isKnownUnsure(undefined), isKnownUnsure({right: 0, told: 0})]).toEqual([false, false]);
});

test("only a side is withheld", () => {
  const record = {figures: {pushed: {right: 36, told: 53}}};
  const said = (verdict: "above" | "cannot be told" | null, key: "pushed" | "approval" = "pushed") =>
    saidVerdict({key, verdict}, record);
  expect([said("above"), said("cannot be told"), said(null)]).toEqual(["withheld", "cannot be told", null]);
  expect(said("above", "approval")).toBe("above");
});

test("of the figures on record, deals put off alone tell no verdict", () => {
  const {figures} = COMPARE_RECORD;
  const withheld = Object.entries(figures).filter(([, record]) => isKnownUnsure(record));
  expect(withheld.map(([key]) => key)).toEqual(["pushed"]);
  expect(Object.keys(figures).sort()).toEqual(["cycle", "pushed", "win_rate"]);
});

test("false verdicts are those of the group size next to a group's own, of two as near the larger", () => {
  expect([3, 7, 10, 13, 45].map((n) => alikeNear(n).partners)).toEqual([6, 8, 12, 12, 20]);
});
