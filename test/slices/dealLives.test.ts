import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  compare,
  type DealLivesData,
  normOf,
  type Step,
  staysOf,
  stepsOf
} from "../../src/slices/dealLives.ts";
import {dayNumber, type FactTable, isoDay} from "../../src/slices/facts.ts";

const D0 = dayNumber("2026-01-01");

/** Steps of deals 0 and 1, interleaved as the loader orders them: by deal, then day. */
const steps: FactTable = {
  n: 6,
  columns: {
    deal: {kind: "number", values: [0, 0, 0, 0, 0, 1]},
    kind: {
      kind: "key",
      words: ["activity", "amount", "close_on", "stage"],
      codes: [3, 1, 0, 3, 2, 3]
    },
    happened_on: {kind: "day", values: [D0, D0, D0 + 4, D0 + 9, D0 + 9, D0 + 2]},
    word: {kind: "key", words: ["Call", "Demo", "New"], codes: [2, null, 0, 1, null, 2]},
    amount: {kind: "cents", values: [null, 120_050, null, null, null, null]},
    due_on: {kind: "day", values: [null, null, null, null, D0 + 40, null]},
    is_assumed: {kind: "number", values: [0, 1, 0, 0, 0, 0]}
  }
};
const none: FactTable = {n: 0, columns: {}};
const norms = [
  {pipeline: "P", stage: "New", segment: "(all)", n: 30, median: 5, p75: 10, p90: 20},
  {pipeline: "P", stage: "New", segment: "SMB", n: 20, median: 3, p75: 6, p90: 9}
];
const data: DealLivesData = {deals: none, nWhole: 2, steps, flags: none, norms, chances: []};

describe("the steps of a deal", () => {
  test("are its own, each with what was there before; the first of a field has nothing before it", () => {
    expect(stepsOf(data, 0)).toEqual([
      {kind: "stage", on: "2026-01-01", to: "New", from: null, isFirst: true, isAssumed: false},
      {kind: "amount", on: "2026-01-01", to: 1200.5, from: null, isFirst: true, isAssumed: true},
      {kind: "activity", on: "2026-01-05", to: "Call", from: null, isFirst: false, isAssumed: false},
      {kind: "stage", on: "2026-01-10", to: "Demo", from: "New", isFirst: false, isAssumed: false},
      {kind: "close_on", on: "2026-01-10", to: "2026-02-10", from: null, isFirst: true, isAssumed: false}
    ]);
  });

  test("last until the next of their kind, and to the end; activities do not last", () => {
    expect(
      staysOf(stepsOf(data, 0), "2026-01-20").map(({kind, from, to, value}) => [kind, from, to, value])
    ).toEqual([
      ["stage", "2026-01-01", "2026-01-10", "New"],
      ["stage", "2026-01-10", "2026-01-20", "Demo"],
      ["amount", "2026-01-01", "2026-01-20", 1200.5],
      ["close_on", "2026-01-10", "2026-01-20", "2026-02-10"]
    ]);
  });

  test("whatever the days, the stays of a field cover its life once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), {minLength: 1, maxLength: 12}), fc.nat(20), (days, rest) => {
        const sorted = [...days].sort((a, b) => a - b);
        const end = sorted.at(-1)! + rest;
        const own = sorted.map(
          (at, i): Step => ({
            kind: "stage",
            on: isoDay(D0 + at),
            to: `s${i}`,
            from: null,
            isFirst: i === 0,
            isAssumed: false
          })
        );
        const stays = staysOf(own, isoDay(D0 + end));
        const covered = stays.reduce((sum, {from, to}) => sum + dayNumber(to) - dayNumber(from), 0);
        expect(covered).toBe(end - sorted[0]!);
        for (const [i, stay] of stays.entries()) if (i > 0) expect(stay.from).toBe(stays[i - 1]!.to);
      })
    );
  });
});

describe("beside won deals", () => {
  test("the segment's norm comes before that of all, and unknown days or norms give no verdict", () => {
    expect(normOf(data, "P", "New", "SMB")?.n).toBe(20);
    expect(normOf(data, "P", "New", "Large")?.n).toBe(30);
    expect(normOf(data, "P", "Demo", "SMB")).toBeUndefined();
    expect(compare(null, norms[0])).toBeNull();
    expect(compare(4, undefined)).toBeNull();
  });

  test("a stay as long as the 75% mark is not yet long, one day beyond the 90% mark is very long", () => {
    expect([10, 11, 20, 21].map((days) => compare(days, norms[0])!.verdict)).toEqual([
      "no longer than three in four won deals",
      "longer than three in four won deals",
      "longer than three in four won deals",
      "longer than nine in ten won deals"
    ]);
  });
});
