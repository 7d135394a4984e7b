/** Pools, cells, tables and interpolation against deals one by one. */
import {describe, expect, test} from "vitest";
import {layer, strideOf} from "../../../src/scenario/bookings/layers.ts";
import {levelTable} from "../../../src/scenario/bookings/levelTable.ts";
import {logCharacteristic} from "../../../src/scenario/bookings/logCharacteristic.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import {gridOf, poolOf} from "../../../src/scenario/bookings/pool.ts";
import {pooledOf} from "../../../src/scenario/bookings/pooledOf.ts";
import {shockNodes} from "../../../src/scenario/bookings/shock.ts";
import {type BookingTerms, chanceInWindow} from "../../../src/scenario/bookings/terms.ts";
import fc from "../../support/fc.ts";
import {makeTerms} from "../support.ts";

/** The logarithm at one frequency by its definition. */
function direct({amount, logBefore, logAfter, spread, arrivals}: BookingTerms, z: number, omega: number) {
  const factors = spread.length > 0 ? spread : [1];
  let [re, im] = [0, 0];
  const mean = (values: readonly number[], of: (x: number) => number) =>
    values.reduce((sum, value) => sum + of(omega * value), 0) / values.length;
  amount.forEach((a, i) => {
    const p = chanceInWindow(logBefore[i]!, logAfter[i]!, z);
    const [x, y] = [mean(factors, (f) => Math.cos(f * a)), mean(factors, (f) => Math.sin(f * a))];
    re += Math.log(Math.hypot(1 - p + p * x, p * y));
    im += Math.atan2(p * y, 1 - p + p * x);
  });
  for (const {wins, rateVariance: v, amounts} of arrivals) {
    const [x, y] = [z * wins * (mean(amounts, Math.cos) - 1), z * wins * mean(amounts, Math.sin)];
    re -= v === 0 ? -x : Math.log(Math.hypot(1 - v * x, v * y)) / v;
    im -= v === 0 ? -y : Math.atan2(-v * y, 1 - v * x) / v;
  }
  return {re, im};
}

describe("the logarithm of the characteristic function", () => {
  test.each([
    {nDeals: 40, shockSd: 0.2, chance: 0.2},
    {nDeals: 40, shockSd: 0.3, chance: 0.7, spread: false}
  ])("of single deals is that of its definition: %o", (options) => {
    const terms = makeTerms(options);
    const shock = shockNodes(terms.shockSd);
    const unit = (2 * Math.PI) / (40 * moments(terms).mean);
    const phi = logCharacteristic(terms, shock, unit);
    for (let m = 1; m <= 400; m++) {
      if (!phi.at(m)) continue;
      shock.z.forEach((z, j) => {
        const {re, im} = direct(terms, z, m * unit);
        expect(phi.re[j]!).toBeCloseTo(re, 3);
        // Whole turns are the same number: only the sine and cosine are used of it.
        expect(Math.cos(phi.im[j]! - im)).toBeGreaterThan(1 - 1e-7);
      });
    }
  });

  test("of pooled deals differs by little where it is not negligible", () => {
    const terms = makeTerms({nDeals: 900, shockSd: 0.2});
    const unit = (2 * Math.PI) / (3 * moments(terms).mean);
    const phi = logCharacteristic(pooledOf(terms), shockNodes(0.2), unit);
    for (let m = 1; m < 200 && phi.at(m); m += 3)
      shockNodes(0.2).z.forEach((z, j) => {
        const {re, im} = direct(terms, z, m * unit);
        const off = Math.hypot(
          Math.exp(phi.re[j]!) * Math.cos(phi.im[j]!) - Math.exp(re) * Math.cos(im),
          Math.exp(phi.re[j]!) * Math.sin(phi.im[j]!) - Math.exp(re) * Math.sin(im)
        );
        // The outermost shocks, where cells are coarsest, have next to no weight.
        expect(off).toBeLessThan(j === 3 ? 1e-3 : 5e-3);
      });
  });
});

describe("a pool", () => {
  test("keeps the number of deals, their money and its squares, by group and in its columns", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amount: fc.integer({min: -1000, max: 1e9}).map((cents) => cents / 100),
            group: fc.integer({min: -1, max: 3})
          }),
          {
            minLength: 1,
            maxLength: 60
          }
        ),
        (deals) => {
          const pool = poolOf(
            Float64Array.from(deals, ({amount}) => amount),
            Int32Array.from(deals, ({group}) => group),
            4
          );
          const grid = gridOf(pool, 0, pool.nColumns);
          for (let g = 0; g < 4; g++) {
            const own = deals.filter(({amount, group}) => group === g && amount > 0);
            let [n, sum, squares] = [0, 0, 0];
            for (let e = pool.start[g]!; e < pool.start[g + 1]!; e++) {
              n += pool.count[e]!;
              sum += pool.count[e]! * grid[pool.column[e]!]!;
              squares += pool.count[e]! * grid[pool.column[e]!]! ** 2;
            }
            const exact = own.reduce((total, {amount}) => total + amount, 0);
            const square = own.reduce((total, {amount}) => total + amount ** 2, 0);
            const scale = Math.max(1, ...deals.map(({amount}) => amount));
            expect(Math.abs(n - own.length)).toBeLessThan(1e-5 * Math.max(1, own.length));
            expect(Math.abs(sum - exact)).toBeLessThan(1e-7 * scale * Math.max(1, own.length));
            expect(Math.abs(squares - square)).toBeLessThan(1e-7 * scale ** 2 * Math.max(1, own.length));
            expect(pool.sum[g]!).toBeCloseTo(exact, 3);
            expect(pool.most[g]!).toBe(Math.max(0, ...own.map(({amount}) => amount)));
          }
        }
      ),
      {numRuns: 60}
    );
  });
});

describe("slow parts", () => {
  test("interpolated between few frequencies they are what they are at each", () => {
    const amount = 1000;
    const unit = 1e-6;
    const stride = strideOf(unit, amount);
    expect(stride).toBe(64);
    expect(strideOf(unit, 1e6)).toBe(1);
    const exact = (omega: number) => [Math.cos(omega * amount) - 1, Math.sin(omega * amount)] as const;
    const add = layer(
      unit,
      stride,
      [
        (omega, re, im) => {
          const [x, y] = exact(omega);
          re[0]! += x;
          im[0]! += y;
        }
      ],
      1
    );
    for (let m = 1; m < 3000; m += 7) {
      const [re, im] = [new Float64Array(1), new Float64Array(1)];
      add(m, re, im);
      expect(Math.abs(re[0]! - exact(m * unit)[0])).toBeLessThan(3e-6);
      expect(Math.abs(im[0]! - exact(m * unit)[1])).toBeLessThan(3e-6);
    }
  });

  test("tabulated logarithms are those of their definition", () => {
    const spread = [0.7, 0.9, 1, 1.4];
    const table = levelTable(spread);
    for (const t of [0, 0.001, 0.5, 2.33, 7.77, 59.9, 75]) {
      table.at(t);
      const x = spread.reduce((sum, f) => sum + Math.cos(t * f), 0) / 4;
      const y = spread.reduce((sum, f) => sum + Math.sin(t * f), 0) / 4;
      // The first level is a chance of 3%.
      expect(table.row[0]!).toBeCloseTo(Math.log(Math.hypot(0.97 + 0.03 * x, 0.03 * y)), 7);
      expect(table.row[11]!).toBeCloseTo(Math.atan2(0.03 * y, 0.97 + 0.03 * x), 7);
    }
  });
});
