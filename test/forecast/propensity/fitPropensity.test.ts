import {describe, expect, test} from "vitest";
import type {PropensityColumn, PropensityRow} from "../../../loaders/forecast/propensity/columns.ts";
import {fitPropensity, predict} from "../../../loaders/forecast/propensity/fitPropensity.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

const COLUMNS: PropensityColumn[] = [
  {name: "source", kind: "category"},
  {name: "region", kind: "category"},
  {name: "amount", kind: "number"}
];

/** Deals whose chance is of source and region together, some amounts missing. */
function planted(n: number, seed: number, strength = 2) {
  const rng = new Rng().seed(seed, 1);
  const rows: PropensityRow[] = [];
  const y: number[] = [];
  const truth: number[] = [];
  for (let i = 0; i < n; i++) {
    const source = rng.chance(0.5) ? "partner" : "direct";
    const region = rng.chance(0.5) ? "north" : "south";
    const score = strength * ((source === "partner") === (region === "north") ? 1 : -1);
    const chance = 1 / (1 + Math.exp(-score));
    rows.push({source, region, amount: rng.chance(0.1) ? null : Math.round(1000 * rng.next())});
    truth.push(chance);
    y.push(rng.chance(chance) ? 1 : 0);
  }
  return {rows, y, truth};
}

function logLoss(chances: ArrayLike<number>, y: readonly number[]): number {
  return (
    y.reduce((sum, value, i) => sum - Math.log(value === 1 ? chances[i]! : 1 - chances[i]!), 0) / y.length
  );
}

describe("a fitted propensity model", () => {
  const train = planted(400, 1);
  const model = fitPropensity(train.rows, COLUMNS, train.y);
  const fresh = planted(2000, 2);

  test("finds what two columns do together, which no single column shows", () => {
    const loss = logLoss(predict(model, fresh.rows), fresh.y);
    expect(loss).toBeLessThan(logLoss(fresh.truth, fresh.y) + 0.05);
    expect(model.heldOut.ridge).toBeGreaterThan(model.heldOut.model + 0.2);
  });

  test("answers for missing values and words never seen, and the same rows give the same bits", () => {
    const odd = [{source: "fair", region: null, amount: 5e9}, {}];
    const chances = predict(model, odd);
    for (const chance of chances) {
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
    const again = fitPropensity(train.rows, COLUMNS, train.y);
    expect(predict(again, odd)).toEqual(chances);
    expect(model.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test("says little more than the plain rate where there is nothing to learn", () => {
    const noise = planted(500, 3, 0);
    const chances = predict(fitPropensity(noise.rows, COLUMNS, noise.y), fresh.rows);
    const flat = planted(2000, 4, 0);
    expect(logLoss(chances, flat.y)).toBeLessThan(Math.log(2) + 0.01);
  });

  test("learns from rows in time even when the oldest were all lost", () => {
    const order = train.rows.map((_, i) => Math.floor(i / 20));
    const y = train.y.map((value, i) => (i < 100 ? 0 : value));
    const loss = logLoss(predict(fitPropensity(train.rows, COLUMNS, y, {order}), fresh.rows), fresh.y);
    expect(loss).toBeLessThan(0.6);
  });

  test("refuses what cannot be fitted, saying why", () => {
    expect(() => fitPropensity(train.rows.slice(0, 5), COLUMNS, train.y.slice(0, 5))).toThrow(
      /at least 20 rows/
    );
    expect(() =>
      fitPropensity(
        train.rows,
        COLUMNS,
        train.y.map(() => 1)
      )
    ).toThrow(/same outcome/);
    expect(() =>
      fitPropensity(
        train.rows,
        COLUMNS,
        train.y.map(() => 2)
      )
    ).toThrow(/1 \(won\) or 0/);
    expect(() => fitPropensity(train.rows, [{name: "source", kind: "number"}], train.y)).toThrow(
      /column source/
    );
  });
});
