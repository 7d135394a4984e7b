/** Forecasts of slices on past days: they add up, look at nothing later, and are scored with what few outcomes allow. */
import {describe, expect, test} from "vitest";
import {sliceTable} from "../../../loaders/commands/sliceTable.ts";
import {SHOWN} from "../../../loaders/forecast/backtest/combine.ts";
import {BACKTEST_DEFAULTS, runBacktest} from "../../../loaders/forecast/backtest/runBacktest.ts";
import {type ScoredSlice, scoreSlices} from "../../../loaders/forecast/backtest/scoreSlices.ts";
import {dailyWon} from "../../../loaders/forecast/bookings/dailyWon.ts";
import {LOST, OPEN, type PipelineHistory, WON} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {backtestSlices, SAME_DAYS} from "../../../loaders/forecast/publish/sliceBacktest.ts";
import {sliceDimensions} from "../../../loaders/forecast/publish/sliceCodes.ts";
import {stretchOf} from "../../../loaders/forecast/publish/sliceForecast.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

const history = simulatedHistory(500, 600, 3);
const rows = runBacktest(history, {...BACKTEST_DEFAULTS, stepDays: 28, refitDays: 91});
const slices = backtestSlices(history, rows, 1);

describe("the backtest by slice", () => {
  test("slices of a dimension add up to the shown forecast and to what came, on every day and window", () => {
    const won = dailyWon(history, "amount");
    const shown = new Map(
      rows.flatMap((row) => (row.method === SHOWN ? [[`${row.origin}|${row.kind}`, row] as const] : []))
    );
    const groups = new Map<string, ScoredSlice[]>();
    for (const row of slices) {
      if (row.method !== SHOWN) continue;
      const key = `${row.origin}|${row.kind}|${row.dimension}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    expect(groups.size).toBeGreaterThan(20);
    for (const [key, list] of groups) {
      const [{origin, kind, from, to}] = list as [ScoredSlice];
      const sum = (of: "mean" | "actual") => list.reduce((total, row) => total + row[of], 0);
      const row = shown.get(`${origin}|${kind}`)!;
      expect(sum("mean"), key).toBeCloseTo(won.between(from, origin) + row.mean, 1);
      expect(sum("actual"), key).toBeCloseTo(won.between(from, to), 4);
      for (const {mean, low80, high80} of list) {
        expect(low80!).toBeGreaterThanOrEqual(0);
        expect(high80!).toBeGreaterThanOrEqual(low80!);
        expect(Number.isFinite(mean)).toBe(true);
      }
    }
    const dimensions = sliceDimensions(history).map(({key}) => key);
    expect(new Set(slices.map(({dimension}) => dimension))).toEqual(new Set(dimensions));
  });

  test("naive methods have bands as wide as they were off before, from the third known outcome on", () => {
    const naive = slices.filter(({method}) => method === SAME_DAYS);
    const banded = naive.filter(({low80}) => low80 !== null);
    expect(banded.length).toBeGreaterThan(10);
    for (const {origin, kind, dimension, value, low80, high80} of banded) {
      const before = naive.filter(
        (row) => row.kind === kind && row.dimension === dimension && row.value === value && row.to <= origin
      );
      expect(before.length).toBeGreaterThanOrEqual(3);
      expect(low80!).toBeGreaterThanOrEqual(0);
      expect(high80!).toBeGreaterThanOrEqual(low80!);
    }
    const held = banded.filter(({actual, low80, high80}) => actual >= low80! && actual <= high80!).length;
    expect(held / banded.length).toBeGreaterThan(0.5);
  });

  test("nothing that happens later changes a slice's forecast or band by a bit", () => {
    const day = rows.map(({origin}) => origin).sort((a, b) => a - b)[Math.floor(rows.length / 2)]!;
    const later = <T extends Float64Array | Uint8Array>(column: T, change: (value: number) => number): T =>
      column.map((value, i) => (history.from[i]! > day ? change(value) : value)) as T;
    const changed: PipelineHistory = {
      ...history,
      amount: later(history.amount, (value) => 3 * value + 1),
      outcome: later(history.outcome, (value) => (value === OPEN ? LOST : value === LOST ? WON : OPEN))
    };
    const other = backtestSlices(
      changed,
      runBacktest(changed, {...BACKTEST_DEFAULTS, stepDays: 28, refitDays: 91}),
      1
    );
    const upTo = (list: readonly ScoredSlice[]) =>
      list.flatMap(({actual: _, ...row}) => (row.origin <= day ? [row] : []));
    expect(upTo(slices).length).toBeGreaterThan(100);
    expect(upTo(other)).toEqual(upTo(slices));
    expect(other).not.toEqual(slices);
  });
});

describe("scores of slices by hand", () => {
  const row = (week: number, value: string, actual: number, method = SHOWN): ScoredSlice => ({
    origin: 28 * week,
    kind: "next 4 weeks",
    from: 28 * week + 1,
    to: 28 * week + 28,
    dimension: "region",
    label: "Region",
    value,
    method,
    mean: 10,
    low80: method === SHOWN ? 8 : null,
    high80: method === SHOWN ? 12 : null,
    actual
  });
  const weeks = Array.from({length: 10}, (_, i) => i);

  test("share inside, errors and bias; slices asked on one day are not more outcomes than one", () => {
    const scores = scoreSlices(
      weeks.flatMap((week) => [row(week, "North", week < 7 ? 10 : 20), row(week, "South", 9)])
    );
    const of = (value: string | null) => scores.find((score) => score.value === value)!;
    expect(of("North")).toMatchObject({n: 10, nIndependent: 10, held80: 0.7, verdict: "as stated"});
    expect(of("North").wape).toBeCloseTo(30 / 130, 12);
    expect(of("North").bias).toBeCloseTo(-30 / 130, 12);
    // Wilson's 80% interval of 7 in 10, from R: binom::binom.wilson(7, 10, conf.level = 0.8) gives 0.4979 to 0.8457.
    expect(of("North").heldLow).toBeCloseTo(0.4979, 2);
    expect(of("North").heldHigh).toBeCloseTo(0.8457, 2);
    expect(of(null)).toMatchObject({n: 20, nIndependent: 10, held80: 0.85});
  });

  test("too narrow is said only where luck does not explain it, and nothing of fewer than five outcomes", () => {
    const never = scoreSlices(weeks.map((week) => row(week, "North", 30)));
    expect(never.map(({verdict}) => verdict)).toEqual(["too narrow", "too narrow"]);
    const few = scoreSlices(weeks.slice(0, 4).map((week) => row(week, "North", 30)));
    expect(few.map(({verdict}) => verdict)).toEqual([null, null]);
    const naive = scoreSlices(weeks.map((week) => row(week, "North", 0, "run rate")));
    expect(naive[0]).toMatchObject({held80: null, heldLow: null, verdict: null, wape: null, bias: null});
    const text = sliceTable([...few, ...naive]).join("\n");
    expect(text).toContain("Region, next 4 weeks");
    expect(text).toContain("too few to say");
  });

  test("what was widened already does not hide how wide bands must be", () => {
    const past = (stretch: number) =>
      weeks.map((week) => ({
        to: week,
        stretch,
        slices: [
          {value: "North", n: 1, wonSoFar: 0, mean: 10, parts: [], low80: 10 - stretch, high80: 10 + stretch}
        ],
        actual: Float64Array.of(12),
        naive: Float64Array.of(0)
      }));
    // Every outcome lay twice as far off as the paths said, whatever was made of it since.
    expect(stretchOf(past(2))).toBeCloseTo(stretchOf(past(1)), 12);
    expect(stretchOf(past(1))).toBeCloseTo(2 ** (10 / 30), 12);
  });
});
