/** Sample paths of open deals that can be compared: whatever is known of the deals, the same luck falls to each of them. */

import {concernNumber, Rng} from "../../twins/random/rng.ts";
import {commonStretch} from "../deals/commonStretch.ts";
import {type DealModel, type OpenDeal, SURELY} from "../deals/projectDeals.ts";

/**
 * Paths of won money by week, row-major nPaths x weeks, as `simulate` (projectDeals.ts) draws them, but with as many random numbers for
 * a deal that is not won as for one that is. There a single deal that a changed field wins moves the luck of all that come after it, and what a
 * field does to the forecast drowns in that.
 * @param open the same deals in the same order each time; what is known of them may differ
 * @see common random numbers: Glasserman (2003), Monte Carlo Methods in Financial Engineering, section 7.1
 */
export function pairedPaths(
  open: readonly OpenDeal[],
  weeks: number,
  {outcomes: {drift}, amounts}: DealModel,
  {seed, nPaths}: {seed: number; nPaths: number}
): Float64Array {
  const rng = new Rng().seed(seed, concernNumber("paired deal paths"));
  const paths = new Float64Array(nPaths * weeks);
  const n = open.length;
  // Side by side in the order in which every path asks for them.
  const won = new Float64Array(n * weeks);
  for (let i = 0; i < n; i++) won.set(open[i]!.curve.won.subarray(0, weeks), i * weeks);
  const ever = Float64Array.from(open, ({curve}) => curve.won[weeks - 1]!);
  for (let path = 0; path < nPaths; path++) {
    const row = path * weeks;
    const stretch = commonStretch(drift, rng);
    // The stretched draw is at least so many times the plain one (Bernoulli's inequality): most need no power to be told.
    const atLeast = Math.min(1, 1 / stretch);
    for (let i = 0; i < n; i++) {
      const plain = rng.next();
      const size = rng.next();
      if (atLeast * plain > ever[i]! + SURELY) continue;
      const draw = 1 - (1 - plain) ** (1 / stretch);
      if (draw >= ever[i]!) continue;
      const {amount, state} = open[i]!;
      const spread = Number.isNaN(state.amount) ? amounts.wonSpread : amounts.spread;
      let at = i * weeks;
      while (won[at]! <= draw) at++;
      paths[row + at - i * weeks]! += amount * spread[Math.floor(size * spread.length)]!;
    }
  }
  return paths;
}
