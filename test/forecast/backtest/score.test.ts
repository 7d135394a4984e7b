import {describe, expect, test} from "vitest";
import {calibrate, cautious} from "../../../loaders/forecast/backtest/calibrate.ts";
import {COMBINATION, combine, SHOWN} from "../../../loaders/forecast/backtest/combine.ts";
import type {ForecastRow} from "../../../loaders/forecast/backtest/forecastRow.ts";
import {scoreRows} from "../../../loaders/forecast/backtest/score.ts";
import {crps, LEVELS, normalQuantile} from "../../../loaders/forecast/numeric/quantiles.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

function row(
  origin: number,
  method: string,
  mean: number,
  spread: number | null,
  actual: number | null
): ForecastRow {
  return {
    origin,
    kind: "next 4 weeks",
    from: origin + 1,
    to: origin + 28,
    method,
    family: method === "run rate" ? "naive" : "model",
    mean,
    quantiles:
      spread === null ? null : Float64Array.from(LEVELS, (level) => mean + spread * normalQuantile(level)),
    actual
  };
}

describe("scores by hand", () => {
  test("WAPE, bias and coverage of three forecasts", () => {
    const rows = [row(0, "m", 10, 1, 12), row(28, "m", 10, 1, 10.5), row(56, "m", 10, 1, 7.5)];
    const [score] = scoreRows(rows, 1);
    expect(score!.wape).toBeCloseTo((2 + 0.5 + 2.5) / 30, 12);
    expect(score!.bias).toBeCloseTo(0, 12);
    // 12 is 2 sd off, 10.5 is 0.5 off, 7.5 is 2.5 off
    expect([score!.coverage50, score!.coverage80, score!.coverage95]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(score!.nIndependent).toBe(3);
  });

  const years = Array.from({length: 60}, (_, i) => i * 28);
  const rng = new Rng().seed(4, 4);
  const actuals = years.map(() => 100 + 10 * rng.normal());

  test("the interval of skill is that of the outcomes, not of the seed it is drawn with", () => {
    const rows = years.flatMap((day, i) => [
      row(day, "run rate", 100, 10, actuals[i]!),
      row(day, "half knows", (100 + actuals[i]!) / 2 + 6 * Math.sin(i), 6, actuals[i]!)
    ]);
    const lows = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (seed) => scoreRows(rows, seed).find(({method}) => method === "half knows")!.skillLow!
    );
    expect(Math.max(...lows) - Math.min(...lows)).toBeLessThan(0.008);
  });

  test("a method that knows is better, one of the same worth is a tie, one that is far off is worse", () => {
    const rows = years.flatMap((day, i) => [
      row(day, "run rate", 100, 10, actuals[i]!),
      row(day, "knows", actuals[i]! + 1, 1, actuals[i]!),
      row(day, "same worth", 100 + (i % 2 === 0 ? 1 : -1), 10, actuals[i]!),
      row(day, "far off", 140, 10, actuals[i]!)
    ]);
    const verdicts = Object.fromEntries(scoreRows(rows, 1).map(({method, verdict}) => [method, verdict]));
    expect(verdicts).toEqual({
      "run rate": "reference",
      knows: "better",
      "same worth": "tie",
      "far off": "worse"
    });
  });

  test("of one quarter, however often it was asked of, nothing is said", () => {
    const rows = Array.from({length: 12}, (_, i) => i * 7).flatMap((day) =>
      ["run rate", "knows"].map((method) => ({
        ...row(day, method, method === "knows" ? 99 : 60, 10, 100),
        kind: "rest of the quarter",
        to: 91
      }))
    );
    expect(scoreRows(rows, 1).map(({verdict, skill}) => [verdict, skill])).toEqual([
      ["reference", null],
      ["not comparable", null]
    ]);
  });

  test("the best naive method is chosen on windows that all of them answered", () => {
    // "same days last year" begins in the second year and errs less there; the first year was easy.
    const naive = (day: number, method: string, off: number, actual: number): ForecastRow => ({
      ...row(day, method, actual + off, off / 2, actual),
      family: "naive"
    });
    const rows = years.flatMap((day, i) =>
      i < 20
        ? [naive(day, "run rate", 1, actuals[i]!)]
        : [naive(day, "run rate", 16, actuals[i]!), naive(day, "same days last year", 12, actuals[i]!)]
    );
    const scores = new Map(scoreRows(rows, 1).map((score) => [score.method, score]));
    expect(scores.get("run rate")!.crps!).toBeLessThan(scores.get("same days last year")!.crps!);
    expect(scores.get("same days last year")!.verdict).toBe("reference");
    expect(scores.get("run rate")!.verdict).toBe("worse");
  });

  test("calibration takes out a steady bias and gives a number without uncertainty intervals that hold", () => {
    const past = years.slice(0, 40).map((day, i) => row(day, "m", 50, null, actuals[i]!));
    const {mean, quantiles} = calibrate({mean: 50, quantiles: null}, past)!;
    expect(mean).toBeGreaterThan(88);
    // A category roll-up knows of a fifth of a far quarter. 40 outcomes beside 6: 20 x 5 ** (40 / 46) = 81.
    const fifth = past.map((each) => ({...each, mean: 20}));
    expect(calibrate({mean: 20, quantiles: null}, fifth)!.mean / 81).toBeCloseTo(1, 1);
    const inside = actuals
      .slice(40)
      .filter((actual) => actual >= quantiles![2]! && actual <= quantiles![18]!).length;
    expect(inside).toBeGreaterThanOrEqual(12);
    expect(inside).toBeLessThanOrEqual(20);
  });

  test("a day on which nothing was said and something came does not make later bands endless", () => {
    const past = years.map((day, i) => row(day, "m", 100, 10, actuals[i]!));
    const nothing = past.map((each, i) =>
      i === 55 ? {...each, mean: 0, quantiles: new Float64Array(LEVELS.length)} : each
    );
    const last = (list: readonly ForecastRow[]) =>
      calibrate(past[0]!, list)!.quantiles.reduce((most, value) => Math.max(most, value), 0);
    expect(last(nothing)).toBeLessThan(3 * last(past));
  });

  test("caution is of all outcomes so far and is counted once, in members as in their mix", () => {
    const band = {
      mean: 100,
      quantiles: Float64Array.from(LEVELS, (level) => 100 + 10 * normalQuantile(level))
    };
    const width = (past: readonly ForecastRow[]) => cautious(band, past).quantiles[18]! - band.mean;
    const past = years.map((day) => row(day, "m", 100, 10, 100));
    const plain = band.quantiles[18]! - band.mean;
    // n independent outcomes: the square root of 1 + 2 / (n + 2), by hand.
    expect(width([]) / plain).toBeCloseTo(Math.sqrt(2), 12);
    expect(width(past.slice(0, 6)) / plain).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(width(past) / plain).toBeCloseTo(Math.sqrt(1 + 2 / 62), 12);
    // Two methods that say the same, without a past: their mix is as wide as each of them alone.
    const [alone, other, mixed] = ["deal by deal", "same days last quarter", COMBINATION].map(
      (method) =>
        combine([
          row(0, "deal by deal", 100, 10, null),
          row(0, "same days last quarter", 100, 10, null)
        ]).find((each) => each.method === method)!.quantiles!
    );
    expect(other).toEqual(alone);
    for (const [i, value] of mixed!.entries()) expect(value).toBeCloseTo(alone![i]!, 9);
  });

  test("a method that has erred more weighs the less, the longer it has", () => {
    // Two methods off by 10 and by 12 of 100, now above and now below.
    const side = (i: number) => (i % 2 === 0 ? 1 : -1);
    const found = combine(
      years.flatMap((day, i) => [
        row(day, "theta", 100 + 10 * side(i), 10, 100),
        row(day, "run rate", 100 + 12 * side(i), 10, 100)
      ])
    );
    /** Log of the first one's weight over the second's, and of the second one's mean loss over the first's. */
    const weighed = (many: number) => {
      const said = (method: string) =>
        found.filter((each) => each.method === method && each.origin <= years[many]!);
      const [near, far, mixed] = ["theta", "run rate", COMBINATION].map(said);
      const last = many % 2 === 0 ? many : many - 1;
      const [a, b, both] = [near, far, mixed].map((list) => list![last]!.mean);
      const loss = (list: ForecastRow[]) =>
        list.slice(0, last).reduce((sum, {quantiles}) => sum + crps(100, quantiles!), 0);
      return {weight: Math.log((b! - both!) / (both! - a!)), loss: Math.log(loss(far!) / loss(near!))};
    };
    // Losses are drawn together by 10 and 20 outcomes' worth; the power is 5 after half a year and 12 after four and a half.
    const drawn = (n: number) => (n + (20 * n) / (n + 10)) / (n + 20);
    const [young, old] = [weighed(6), weighed(58)];
    expect(young.weight / (5 * drawn(6) * young.loss)).toBeCloseTo(1, 1);
    expect(old.weight / (12 * drawn(58) * old.loss)).toBeCloseTo(1, 1);
  });

  test("the combination follows the method that was right, and uses no outcome before its window has ended", () => {
    const rows = years.flatMap((day, i) => [
      row(day, "run rate", 140, 10, actuals[i]!),
      row(day, "deal by deal", actuals[i]! + 2, 3, actuals[i]!)
    ]);
    const found = combine(rows);
    const last = found.filter(({origin}) => origin === years.at(-1));
    expect(Math.abs(last.find(({method}) => method === COMBINATION)!.mean - actuals.at(-1)!)).toBeLessThan(8);
    expect(last.filter(({method}) => method === SHOWN)).toHaveLength(1);
    // Outcomes of windows that had not ended by day 280 cannot matter to what was said up to then.
    const changed = rows.map((each) => (each.to > 280 ? {...each, actual: 5000} : each));
    const upTo = (list: ForecastRow[]) =>
      list
        .filter(({origin}) => origin <= 280)
        .map(({method, mean, quantiles}) => ({method, mean, quantiles}));
    expect(upTo(combine(changed))).toEqual(upTo(found));
  });
});
