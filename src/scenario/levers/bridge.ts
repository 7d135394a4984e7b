/**
 * The difference of expected bookings between forecast and scenario, lever by lever. Up to six steps each gets its
 * Shapley value (the mean of what it adds over all orders), so that no order is favoured; beyond that, levers are added in
 * the order they are listed. Steps are whole cents and sum exactly to the difference shown.
 * @see Shapley 1953, A value for n-person games
 */
import {meanOf, moments} from "../bookings/moments.js";
import type {ScenarioInput} from "../input.js";
import {baseOf, type LeverSetting, type Scenario} from "../scenario.js";
import {LEVERS} from "./leverKinds.js";
import {halvesOf, termsOf} from "./termsOf.js";

export interface BridgeStep {
  /** The lever, or null for the deals that are forced. */
  lever: LeverSetting | null;
  cents: number;
}

export interface Bridge {
  fromCents: number;
  toCents: number;
  steps: BridgeStep[];
  rule: "shapley" | "in order";
}

const MOST_SHAPLEY = 6;

/** Levers that change nothing are not steps. */
export function bridge(input: ScenarioInput, scenario: Scenario): Bridge {
  const active = scenario.levers.filter(({kind, value}) => value !== LEVERS[kind].neutral);
  const players: (LeverSetting | null)[] = [...active, ...(scenario.deals.length > 0 ? [null] : [])];
  const n = players.length;
  // A lever left out is put to its neutral value: the deals are then grouped as they are anyway. The halves of sets without
  // the lever that is being moved are those of the last move.
  const value = (mask: number) => {
    if (mask === 0) return moments(termsOf(input, baseOf(scenario))).mean;
    if (mask === 2 ** n - 1) return moments(termsOf(input, scenario)).mean;
    const levers = active.map((lever, l) =>
      mask & (1 << l) ? lever : {...lever, value: LEVERS[lever.kind].neutral}
    );
    const deals = active.length < n && mask & (1 << active.length) ? scenario.deals : [];
    const {open, arrivals} = halvesOf(input, {...scenario, levers, deals});
    return meanOf(open, arrivals, input.shockSd);
  };
  const all = 2 ** n - 1;
  const exact = n <= MOST_SHAPLEY ? shapley(n, value) : inOrder(n, value);
  const [from, to] = [value(0), value(all)].map((each) => Math.round(100 * each)) as [number, number];
  const cents = wholeCents(exact, to - from);
  return {
    fromCents: from,
    toCents: to,
    steps: players.map((lever, p) => ({lever, cents: cents[p]!})),
    rule: n <= MOST_SHAPLEY ? "shapley" : "in order"
  };
}

/** The Shapley value of each of n players of a game given by a value for each set (a bit mask). */
export function shapley(n: number, value: (mask: number) => number): number[] {
  const values = Float64Array.from({length: 2 ** n}, (_, mask) => value(mask));
  const factorial = [1];
  for (let k = 1; k <= n; k++) factorial.push(factorial[k - 1]! * k);
  return Array.from({length: n}, (_, player) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** n; mask++) {
      if (mask & (1 << player)) continue;
      const size = bitCount(mask);
      const weight = (factorial[size]! * factorial[n - size - 1]!) / factorial[n]!;
      sum += weight * (values[mask | (1 << player)]! - values[mask]!);
    }
    return sum;
  });
}

function inOrder(n: number, value: (mask: number) => number): number[] {
  let before = value(0);
  return Array.from({length: n}, (_, player) => {
    const now = value(2 ** (player + 1) - 1);
    const step = now - before;
    before = now;
    return step;
  });
}

/** Amounts as whole cents that sum to a total: those with the largest remainders are rounded up. */
export function wholeCents(amounts: readonly number[], total: number): number[] {
  const floors = amounts.map((amount) => Math.floor(100 * amount));
  let left = total - floors.reduce((sum, each) => sum + each, 0);
  const order = amounts
    .map((amount, i) => ({i, rest: 100 * amount - floors[i]!}))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let k = 0; left !== 0 && order.length > 0; k = (k + 1) % order.length) {
    const step = Math.sign(left);
    floors[order[step > 0 ? k : order.length - 1 - k]!.i]! += step;
    left -= step;
  }
  return floors;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
