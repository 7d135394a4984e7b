/** Deals to come: compound Poisson processes whose rates are gamma distributed. */
import {type Part, strideOf} from "./layers.js";
import {type SpreadTable, spreadTable} from "./spreadTable.js";
import type {ArrivalTerm} from "./terms.js";

/**
 * The logarithm of an uncertain rate bends with the money the rate is uncertain by (its variance times the mean bookings), however small the
 * deals: to the interpolation it counts as a deal of so many times that money. By the bound of a cubic that is off by 2e-8 over the variance.
 */
const RATE_BEND = 5;
/** Amounts are tabulated in units of a quarter of the largest. */
const QUARTER = 4;
const tables = new WeakMap<readonly number[], SpreadTable>();

interface Source {
  wins: number;
  quarter: number;
  table: SpreadTable;
}

/** Sources by stride and uncertainty of their rate: those of one kind share their logarithm. */
export function arrivalParts(
  arrivals: readonly ArrivalTerm[],
  z: Float64Array,
  unit: number
): {stride: number; part: Part}[] {
  const kinds = new Map<string, {stride: number; rateVariance: number; sources: Source[]}>();
  for (const {wins, rateVariance, amounts, size = 1} of arrivals) {
    if (!(wins > 0) || amounts.length === 0) continue;
    const largest = Math.max(...amounts);
    const table = tables.get(amounts) ?? spreadTable(amounts.map((each) => (QUARTER * each) / largest));
    tables.set(amounts, table);
    const mean = amounts.reduce((sum, each) => sum + each, 0) / amounts.length;
    const stride = strideOf(unit, size * Math.max(largest, RATE_BEND * rateVariance * wins * mean));
    const key = `${stride} ${rateVariance}`;
    const kind = kinds.get(key) ?? {stride, rateVariance, sources: []};
    kinds.set(key, kind);
    kind.sources.push({wins, quarter: (size * largest) / QUARTER, table});
  }
  return [...kinds.values()].map(({stride, rateVariance, sources}) => ({
    stride,
    part: rateVariance === 0 ? poisson(sources, z) : mixedPoisson(sources, rateVariance, z)
  }));
}

/** w (phi - 1) */
function poisson(sources: readonly Source[], z: Float64Array): Part {
  return (omega, re, im) => {
    for (const {wins, quarter, table} of sources) {
      table.at(omega * quarter);
      for (let j = 0; j < z.length; j++) {
        re[j]! += z[j]! * wins * (table.re - 1);
        im[j]! += z[j]! * wins * table.im;
      }
    }
  };
}

/** -ln(1 - v w (phi - 1)) / v: the factors of all sources are multiplied, their turns counted, one logarithm taken. */
function mixedPoisson(sources: readonly Source[], v: number, z: Float64Array): Part {
  const n = sources.length;
  const [phiRe, phiIm] = [new Float64Array(n), new Float64Array(n)];
  return (omega, re, im) => {
    for (let s = 0; s < n; s++) {
      const {wins, quarter, table} = sources[s]!;
      table.at(omega * quarter);
      phiRe[s] = v * wins * (table.re - 1);
      phiIm[s] = v * wins * table.im;
    }
    for (let j = 0; j < z.length; j++) {
      let x = 1;
      let y = 0;
      let turns = 0;
      for (let s = 0; s < n; s++) {
        const a = 1 - z[j]! * phiRe[s]!;
        const b = -z[j]! * phiIm[s]!;
        const nextX = x * a - y * b;
        const nextY = x * b + y * a;
        if (nextY < 0) {
          if (y >= 0 && b > 0) turns++;
        } else if (y < 0 && b < 0) turns--;
        x = nextX;
        y = nextY;
      }
      re[j]! -= Math.log(x * x + y * y) / (2 * v);
      im[j]! -= (Math.atan2(y, x) + 2 * Math.PI * turns) / v;
    }
  };
}
