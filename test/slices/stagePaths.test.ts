import {describe, expect, test} from "vitest";
import {cohort, wonBy} from "../../src/slices/cohorts.ts";
import {dayNumber, type FactTable} from "../../src/slices/facts.ts";
import {decidedRows, type Ladder, stagePaths, stageRows} from "../../src/slices/stagePaths.ts";

const STAGES = ["New", "Demo", "Offer"];
const LADDERS: Ladder[] = [{pipeline: "Sales", stages: STAGES}];
const day = (n: number) => dayNumber("2026-01-01") + n;

/** "New 0, Demo 5, won 9": one line a deal, each entry with its day. */
function entriesOf(lines: readonly string[]): FactTable {
  const rows = lines.flatMap((line, deal) => {
    const visits = line.split(", ").map((text) => text.split(" ") as [string, string]);
    return visits.map(([stage, on], i) => ({deal, stage, on: day(Number(on)), next: visits[i + 1]?.[1]}));
  });
  const words = [...STAGES, "won", "lost"];
  const kinds = ["open", "won", "lost"];
  return {
    n: rows.length,
    columns: {
      deal: {kind: "number", values: rows.map(({deal}) => deal)},
      stage: {kind: "key", words, codes: rows.map(({stage}) => words.indexOf(stage))},
      stage_kind: {
        kind: "key",
        words: kinds,
        codes: rows.map(({stage}) => Math.max(0, kinds.indexOf(stage)))
      },
      entered_on: {kind: "day", values: rows.map(({on}) => on)},
      left_on: {kind: "day", values: rows.map(({next}) => (next === undefined ? null : day(Number(next))))}
    }
  };
}

const LINES = [
  "New 0, Demo 5, Offer 10, won 20", // in order
  "New 0, Offer 8, won 12", // skips Demo
  "New 0, Demo 4, New 6, Demo 9, lost 30", // goes back and comes again
  "New 1, lost 2",
  "New 3, Demo 7", // undecided
  "Offer 2, won 5" // never in New or Demo
];

function rowsAt(asOf: number) {
  const entries = entriesOf(LINES);
  const paths = stagePaths(entries, [...Array(entries.n).keys()], LADDERS, day(asOf));
  return stageRows(paths, LADDERS, day(asOf), {from: day(0), to: day(100)});
}

describe("stages, in each way of counting", () => {
  test("by hand: entered, reached, in order, skipped, backward, re-entered", () => {
    const [first, demo, offer] = rowsAt(40);
    expect(first).toMatchObject({
      nEntered: 5,
      nReached: 6,
      nInOrder: 5,
      nSkipped: 1,
      nBackward: 0,
      nReentered: 1
    });
    expect(demo).toMatchObject({
      nEntered: 3,
      nReached: 5,
      nInOrder: 3,
      nSkipped: 2,
      nBackward: 1,
      nReentered: 1
    });
    expect(offer).toMatchObject({nEntered: 3, nReached: 3, nInOrder: 1, nSkipped: 0, nBackward: 0});
    expect([first!.inOrderRate, demo!.inOrderRate, offer!.inOrderRate]).toEqual([3 / 5, 1 / 3, 1]);
    expect([first!.anyStageRate, demo!.anyStageRate, offer!.anyStageRate]).toEqual([5 / 6, 3 / 5, 1]);
  });

  test("a deal that comes again counts once, and one that is lost is not dropped from the funnel", () => {
    const [first, demo, offer] = rowsAt(40);
    expect([first!.nMovedOn, first!.nLost, first!.nUndecided]).toEqual([4, 1, 0]);
    expect([demo!.nMovedOn, demo!.nLost, demo!.nUndecided]).toEqual([1, 1, 1]);
    expect([offer!.nMovedOn, offer!.nLost]).toEqual([3, 0]);
  });

  test("undecided deals are censored: the share in the end differs from that of the decided", () => {
    const [, demo] = rowsAt(40);
    // Demo: moved on after 5 days of 3 watched; lost after 26 (entered on day 4); undecided, watched for 33.
    expect(demo!.decidedRate).toBe(1 / 2);
    expect(demo!.cohort!.share).toBeCloseTo(1 / 3, 12);
  });

  test("the share is of a year after entering, or of the days that a quarter of the deals have had", () => {
    const withinOf = (asOf: number) => rowsAt(asOf).map(({withinDays}) => withinDays);
    // Into New on days 0, 0, 0, 1, 3; Demo 4, 5, 7; Offer 2, 8, 10: the second of five and the first of three count.
    expect(withinOf(40)).toEqual([40, 36, 38]);
    expect(withinOf(1000)).toEqual([365, 365, 365]);
    const [first] = rowsAt(1000);
    expect(first!.curve.at(-1)).toEqual(first!.cohort);
  });

  test("a period counts what decided in it, whenever it entered", () => {
    const entries = entriesOf(LINES);
    const paths = stagePaths(entries, [...Array(entries.n).keys()], LADDERS, day(40));
    const counts = (from: number, to: number) =>
      decidedRows(paths, LADDERS, day(40), {from: day(from), to: day(to)}).map(({nMovedOn, nLost}) => [
        nMovedOn,
        nLost
      ]);
    // New: one to Offer on day 8. Demo: one to Offer on day 10. Offer: one won on day 12.
    expect(counts(8, 12)).toEqual([
      [1, 0],
      [1, 0],
      [1, 0]
    ]);
    expect(counts(0, 40)[1]).toEqual([1, 1]);
  });

  test("as of an earlier day nothing later is known", () => {
    const [first, demo, offer] = rowsAt(6);
    expect(first).toMatchObject({nEntered: 5, nMovedOn: 2, nLost: 1, nUndecided: 2});
    expect(demo).toMatchObject({nEntered: 2, nMovedOn: 0, nLost: 0, nUndecided: 2});
    expect(offer).toMatchObject({nEntered: 1, nMovedOn: 1});
  });

  test("a stage nobody entered has no rate, not 0", () => {
    const entries = entriesOf(["New 0"]);
    const rows = stageRows(stagePaths(entries, [0], LADDERS, day(9)), LADDERS, day(9), {
      from: day(0),
      to: day(9)
    });
    expect(rows[1]).toMatchObject({nEntered: 0, decidedRate: null, cohort: null, withinDays: null});
  });
});

test("two pipelines with a stage of the same name: each deal counts in its own", () => {
  const entries = entriesOf(["New 0, Offer 4, won 9", "Offer 1, lost 3", "Offer 1, won 2"]);
  const pipelines = ["Sales", "Service"];
  entries.columns["pipeline"] = {kind: "key", words: pipelines, codes: [0, 0, 0, 1, 1, 1, 1]};
  const ladders = [
    {pipeline: "Sales", stages: ["New", "Demo", "Offer"]},
    {pipeline: "Service", stages: ["Offer"]}
  ];
  const paths = stagePaths(entries, [0, 1, 2, 3, 4, 5, 6], ladders, day(20));
  const rows = stageRows(paths, ladders, day(20), {from: day(0), to: day(20)});
  const of = (pipeline: string, stage: string) =>
    rows.find((row) => row.pipeline === pipeline && row.stage === stage)!;
  expect(rows).toHaveLength(4);
  expect(of("Sales", "New")).toMatchObject({nEntered: 1, nReached: 1});
  expect(of("Sales", "Demo")).toMatchObject({nEntered: 0, nReached: 1, nSkipped: 1});
  expect(of("Service", "Offer")).toMatchObject({
    nEntered: 2,
    nReached: 2,
    nInOrder: 2,
    nMovedOn: 1,
    nLost: 1
  });
});

describe("a cohort of deals", () => {
  const deals: FactTable = {
    n: 4,
    columns: {
      created_on: {kind: "day", values: [day(0), day(0), day(0), day(50)]},
      closed_on: {kind: "day", values: [day(1), null, day(3), null]},
      n_won: {kind: "number", values: [1, 0, 0, 0]}
    }
  };
  const span = {label: "January", from: day(0), to: day(30)};

  test("has the share won by an age, and none beyond what was watched", () => {
    const made = cohort(deals, [0, 1, 2, 3], span, day(9), 1);
    expect(made).toMatchObject({n: 3, nWon: 1, nLost: 1, knownTo: 9});
    expect(wonBy(made, 5)!.share).toBeCloseTo(1 / 3, 12);
    expect(wonBy(made, 10)).toBeNull();
  });

  test("knows nothing of what closed after the day", () => {
    expect(cohort(deals, [0, 1, 2, 3], span, day(2), 1)).toMatchObject({n: 3, nWon: 1, nLost: 0});
  });
});
