/** Scenario input of a large firm, from a smaller one's: as many deals, their amounts and chances varied. */
import {Rng} from "../loaders/twins/random/rng.ts";
import type {OutcomeCurve, ScenarioInput} from "../src/scenario/input.ts";
import {repeated} from "./repeatedFacts.ts";

/** Curves that the build keeps at most; a firm with more open deals has about as many. */
const MOST_CURVES = 2000;

/**
 * Deals over again, the total of their amounts about kept: each amount by a log-normal factor, curves bent so that there
 * are as many different ones as the build keeps for so many deals. Seeded.
 */
export function withDeals(input: ScenarioInput, wanted: number, seed = 1): ScenarioInput {
  const rng = new Rng().seed(seed, 21);
  const {deals, curves} = input;
  const columns = repeated(deals.columns, deals.n, wanted);
  const vary = (values: (number | null)[]) => {
    for (let i = 0; i < values.length; i++)
      if (values[i] !== null)
        values[i] = Math.max(1, Math.round(values[i]! * Math.exp(0.6 * rng.normal() - 0.18)));
  };
  for (const name of ["amount", "expected"]) {
    const column = columns[name];
    if (column?.kind === "cents") vary(column.values);
  }
  const curve = columns["curve"];
  const more: OutcomeCurve[] = [...curves];
  if (curve?.kind === "number") {
    const own = [...new Set(curve.values.map((value) => value ?? 0))];
    const copies = Math.max(1, Math.floor(Math.min(MOST_CURVES, wanted) / own.length));
    const first = new Map<number, number>();
    for (const at of own) {
      first.set(at, more.length);
      for (let k = 0; k < copies; k++) more.push(bent(curves[at]!, 0.6 + (0.5 * k) / copies));
    }
    curve.values = curve.values.map((value) => first.get(value ?? 0)! + rng.int(copies));
  }
  return {...input, deals: {n: wanted, columns}, curves: more};
}

function bent({won, lost}: OutcomeCurve, factor: number): OutcomeCurve {
  const times = (values: readonly number[]) => values.map((value) => Math.round(1e5 * value * factor) / 1e5);
  return {won: times(won), lost: times(lost)};
}
