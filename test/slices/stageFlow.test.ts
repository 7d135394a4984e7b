import {describe, expect, test} from "vitest";
import {
  crookedWays,
  NOT_YET,
  passages,
  steps,
  variants,
  wayFigures,
  wayInWords
} from "../../src/slices/stageFlow.ts";
import type {Ladder, Path} from "../../src/slices/stagePaths.ts";
import type {DealLife, State} from "../../src/slices/stretches.ts";

const STAGES = ["New", "Demo", "Offer"];
const SALES: Ladder = {pipeline: "Sales", stages: STAGES};

/** "New 0, Demo 5, won 9" */
function path(deal: number, text: string, ladder = SALES): Path {
  const known = [...STAGES, ...ladder.stages];
  const parts = text.split(", ").map((each) => each.split(" ") as [string, string]);
  const visits = parts.filter(([stage]) => known.includes(stage));
  const end = parts.find(([stage]) => !known.includes(stage));
  return {
    deal,
    ladder,
    visits: visits.map(([stage, on], i) => ({
      stage,
      order: ladder.stages.indexOf(stage) + 1,
      enteredOn: Number(on),
      leftOn: parts[i + 1] ? Number(parts[i + 1]![1]) : null
    })),
    outcome: (end?.[0] as "won" | "lost" | undefined) ?? null,
    endedOn: end ? Number(end[1]) : null
  };
}

const paths = [
  path(0, "New 0, Demo 4, Offer 10, won 16"),
  path(1, "New 0, Demo 6, Offer 9, won 30"),
  path(2, "New 0, Offer 8, won 12"),
  path(3, "New 0, Demo 2, New 3, Demo 9, lost 20"),
  path(4, "New 1, Demo 11")
];
const all = {from: 0, to: 100};

describe("the stages as they are walked", () => {
  test("counts every step with its money and its median days, repeated ones again", () => {
    const found = steps(paths, () => 100, all);
    const step = (from: string, to: string) => found.find((each) => each.from === from && each.to === to);
    // New to Demo after 4, 6, 2, 6 and 10 days: the deal that came back took it twice.
    expect(step("New", "Demo")).toEqual({
      from: "New",
      to: "Demo",
      n: 5,
      cents: 500,
      medianDays: 6,
      deals: [0, 1, 3, 3, 4]
    });
    expect(step("New", "Offer")).toMatchObject({n: 1, medianDays: 8});
    expect(step("Demo", "New")).toMatchObject({n: 1, medianDays: 1});
    expect(step("Demo", "lost")).toMatchObject({n: 1, medianDays: 11});
    expect(step("Offer", "won")).toMatchObject({n: 3, medianDays: 6});
    expect(found.reduce((sum, {n}) => sum + n, 0)).toBe(13);
  });

  test("takes only the steps of the span", () => {
    expect(steps(paths, () => 1, {from: 11, to: 16}).map(({from, to, n}) => [from, to, n])).toEqual([
      ["Offer", "won", 2],
      ["New", "Demo", 1]
    ]);
  });

  test("groups ended deals by their way, the most walked first", () => {
    const found = variants(paths, () => 50, all);
    expect(found.map(({stages, outcome, n, medianDays}) => [stages.join(), outcome, n, medianDays])).toEqual([
      ["New,Demo,Offer", "won", 2, 23],
      ["New,Offer", "won", 1, 12],
      ["New,Demo,New,Demo", "lost", 1, 20]
    ]);
    expect(found.reduce((sum, {n}) => sum + n, 0)).toBe(4);
  });

  test("says a way in words, against the straight one", () => {
    expect(variants(paths, () => 0, all).map((variant) => wayInWords(variant))).toEqual([
      "straight, won",
      "skips Demo, won",
      "back to New, lost from Demo"
    ]);
  });

  test("says how straight the ways were, of the deals that ended", () => {
    expect(wayFigures(crookedWays(paths, all))).toEqual({
      n: 4,
      skipped: 1 / 4,
      wentBack: 1 / 4,
      rework: 2 / 4
    });
    const single: Ladder = {pipeline: "Sales", stages: ["Demo"]};
    expect(wayFigures(crookedWays([path(0, "Demo 0, won 3", single)], all))).toEqual({
      n: 1,
      skipped: null,
      wentBack: null,
      rework: 0
    });
    expect(wayFigures(crookedWays(paths, {from: 50, to: 60}))).toEqual({
      n: 0,
      skipped: null,
      wentBack: null,
      rework: null
    });
    expect(wayFigures(crookedWays([path(0, "Demo 0, won 3")], all)).skipped).toBe(1);
  });

  test("a deal walks the stages of its own pipeline and skips none of another's", () => {
    const service: Ladder = {pipeline: "Service", stages: ["Request", "Offer"]};
    const both = [path(0, "New 0, Demo 4, Offer 10, won 16"), path(1, "Request 0, Offer 3, won 5", service)];
    expect(wayFigures(crookedWays(both, all))).toEqual({n: 2, skipped: 0, wentBack: 0, rework: 0});
    expect(variants(both, () => 0, all).map((variant) => wayInWords(variant))).toEqual([
      "straight, won",
      "straight, won"
    ]);
    expect(wayFigures(crookedWays([path(2, "Request 0, won 5", service)], all)).skipped).toBe(1);
  });
});

test("where deals stood on two days: every deal once, closed on both left out", () => {
  const life = (deal: number, ...states: [number, State["status"], string | null, number][]): DealLife => ({
    deal,
    states: states.map(([fromOn, status, stage, cents], row) => ({
      row,
      fromOn,
      status,
      cameFrom: states[row - 1]?.[1] ?? null,
      stage,
      dueOn: null,
      cents,
      own: null,
      currency: null,
      correctedOn: null,
      correctedCents: null,
      isMine: true
    }))
  });
  const lives = [
    life(0, [0, "open", "New", 10], [5, "open", "Demo", 20]),
    life(1, [0, "open", "New", 10], [6, "won", "Won", 30]),
    life(2, [4, "open", "New", 7]),
    life(3, [0, "won", "Won", 99]),
    life(4, [0, "lost", "Lost", 1], [5, "open", "New", 2]),
    life(5, [9, "open", "New", 50])
  ];
  const found = passages(lives, 3, 8).map(({from, to, n, cents}) => [from, to, n, cents]);
  expect(found).toEqual([
    ["New", "Demo", 1, 20],
    ["New", "won", 1, 30],
    [NOT_YET, "New", 1, 7],
    ["closed", "New", 1, 2]
  ]);
});
