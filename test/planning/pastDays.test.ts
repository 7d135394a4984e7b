import {describe, expect, test} from "vitest";
import {fitDealModel} from "../../loaders/forecast/deals/projectDeals.ts";
import {buildHistory} from "../../loaders/forecast/history/buildHistory.ts";
import {knownAt} from "../../loaders/forecast/history/pipelineHistory.ts";
import {backtestDemand} from "../../loaders/planning/backtestDemand.ts";
import {dealsOn} from "../../loaders/planning/dealsOn.ts";
import {LIKE_DEALS, likeDeals} from "../../loaders/planning/likeDeals.ts";
import {linesKnownFrom} from "../../loaders/planning/linesKnown.ts";
import type {ChanceDeal} from "../../loaders/planning/openPipeline.ts";
import {resourcesOf} from "../../loaders/planning/resources.ts";
import {stretchesOf} from "../../loaders/planning/stretches.ts";
import type {Lines} from "../../src/slices/material/planningData.ts";
import {FIRST_DAY, STAGES, simulatedHistory} from "../forecast/simulatedHistory.ts";

const RESOURCES = resourcesOf([{name: "Press", takes: [[0, 1]], hours: [], otherCost: 0}], [100], 0);

describe("what came of past askings", () => {
  // A was open on day 100 and won on day 110, B came later and was won on day 120, C was lost, D has no lines.
  const rows = [
    {deal: "A", from: 50, outcome: "open", stage: "s/1"},
    {deal: "A", from: 110, outcome: "won", stage: "s/w"},
    {deal: "B", from: 105, outcome: "open", stage: "s/1"},
    {deal: "B", from: 120, outcome: "won", stage: "s/w"},
    {deal: "C", from: 50, outcome: "open", stage: "s/1"},
    {deal: "C", from: 115, outcome: "lost", stage: "s/l"},
    {deal: "D", from: 50, outcome: "open", stage: "s/1"},
    {deal: "D", from: 115, outcome: "won", stage: "s/w"}
  ] as const;
  const history = buildHistory({rows, stages: STAGES, asOf: 400});
  const linesOf = new Map<string, Lines>([
    ["A", [[0, 3]]],
    ["B", [[0, 1]]],
    ["C", [[0, 9]]]
  ]);
  const asked = (dealId: string, chance: number): ChanceDeal => ({
    dealId,
    won: new Array<number>(26).fill(chance),
    sets: [linesOf.get(dealId)!],
    isAssumed: false,
    amount: 0
  });
  const {record, held} = backtestDemand(
    history,
    [
      {
        day: 100,
        drift: 0,
        deals: [asked("A", 0.5), asked("C", 0.5)],
        stretches: stretchesOf(100, 60, RESOURCES, [30])
      }
    ],
    RESOURCES,
    linesOf,
    1
  );

  test("is what the deals that were open then and won took, by their lines", () => {
    const [thirteen, half] = record!.past;
    expect([thirteen!.weeks, half!.weeks]).toEqual([13, 26]);
    // Half of three presses and half of nine, at 100; three came, of A.
    expect(thirteen).toMatchObject({mean: 600, actual: 300, p10: 0, p90: 1200});
    expect(held[0]).toEqual({n: 1, inside80: 1});
  });

  test("deals that did not exist yet are told apart: one press of four", () => {
    expect(record!.fromLaterDeals).toBe(0.25);
  });

  test("a material that can wait for the order has no window of its own, and there is no naive value without a past", () => {
    expect(record!.scores.map(({kind}) => kind)).not.toContain("before the deal is won");
    expect(record!.past.every(({naive}) => naive === null)).toBe(true);
    expect(record!.scores.every(({nCompared, error}) => nCompared === 0 && error === null)).toBe(true);
  });

  test("without past askings there is no record", () => {
    expect(backtestDemand(history, [], RESOURCES, linesOf, 1).record).toBeNull();
  });

  test("of hundreds of thousands of deals too", () => {
    const many = Array.from(
      {length: 150_000},
      (_, i) => ({deal: `M${i}`, from: 60, outcome: "open", stage: "s/1"}) as const
    );
    const large = buildHistory({rows: [...rows, ...many], stages: STAGES, asOf: 400});
    const asking = {
      day: 100,
      drift: 0,
      deals: [asked("A", 0.5)],
      stretches: stretchesOf(100, 60, RESOURCES, [30])
    };
    expect(backtestDemand(large, [asking], RESOURCES, linesOf, 1).record!.past[0]!.actual).toBe(300);
  });

  test("a window that is not over is not scored", () => {
    const short = buildHistory({rows, stages: STAGES, asOf: 100 + 91});
    const {record: told} = backtestDemand(
      short,
      [{day: 100, drift: 0, deals: [asked("A", 0.5)], stretches: stretchesOf(100, 60, RESOURCES, [30])}],
      RESOURCES,
      linesOf,
      1
    );
    expect(told!.past.map(({weeks}) => weeks)).toEqual([13]);
  });
});

describe("deals on a past day", () => {
  const history = simulatedHistory(500, 700, 5);
  const {codes, words} = history.attributes["region"]!;
  const isNorth = (deal: number) => words[codes[deal]!] === "North";
  // Northern deals buy product 0, southern ones product 1.
  const all = new Map<string, Lines>(history.dealIds.map((id, deal) => [id, [[isNorth(deal) ? 0 : 1, 1]]]));
  const then = FIRST_DAY + 500;
  const past = knownAt(history, then);
  const model = fitDealModel(past)!;

  test("deals without products take those of won deals like them, told apart by what tells products best", () => {
    const like = likeDeals(past, all);
    expect(like.attribute).toBe("Region");
    const north = past.dealIds.findIndex((_, deal) => isNorth(deal));
    const sets = like.of(north, 0, 5000);
    expect(sets).toHaveLength(LIKE_DEALS);
    expect(sets.every((lines) => lines[0]![0] === 0)).toBe(true);
    // Another pipeline has won nothing.
    expect(likeDeals(past, new Map()).of(north, 0, 5000)).toEqual([]);
  });

  test("the nearest amounts are taken, also at both ends", () => {
    const stage = {deal: "", from: 1, outcome: "won", stage: "s/w"} as const;
    const few = buildHistory({
      rows: Array.from({length: 40}, (_, i) => ({...stage, deal: `D${i}`, amount: 100 * (i + 1)})),
      stages: STAGES,
      asOf: 100
    });
    const like = likeDeals(few, new Map(few.dealIds.map((id, i): [string, Lines] => [id, [[i, 1]]])));
    const found = (amount: number) => like.of(0, 0, amount).map(([line]) => line![0]);
    expect(found(1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(found(1e6)).toEqual([28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
    expect(found(2000)).toContain(19);
  });

  test("nothing that came later moves them: not a deal's end, nor lines of deals that name none in their stage", () => {
    const known = (stage: number) => STAGES[stage]?.name === "Late";
    const before = dealsOn(past, model, all, known);
    const later = new Map(all);
    for (let deal = 0; deal < history.nDeals; deal++) {
      const id = history.dealIds[deal]!;
      const at = past.dealIds.indexOf(id);
      const isOpen = at >= 0 && past.outcome[past.spanStart[at + 1]! - 1] === 0;
      const stage = at >= 0 ? past.stage[past.spanStart[at + 1]! - 1]! : -1;
      if (at < 0 || (isOpen && !known(stage))) later.set(id, [[0, 1000]]);
    }
    expect(dealsOn(knownAt(history, then), model, later, known)).toEqual(before);
    expect(before.deals.some(({isAssumed}) => isAssumed)).toBe(true);
    expect(before.deals.some(({isAssumed}) => !isAssumed)).toBe(true);
  });

  test("a stage in which most open deals have no lines names none, nor any before it", () => {
    const early = new Map(
      [...all].filter(([id]) => {
        const deal = history.dealIds.indexOf(id);
        return history.stage[history.spanStart[deal + 1]! - 1]! !== 0;
      })
    );
    const isKnown = linesKnownFrom(history, early);
    expect([isKnown(0), isKnown(1), isKnown(2), isKnown(-1)]).toEqual([false, true, true, false]);
    expect(linesKnownFrom(history, all)(0)).toBe(true);
  });
});
