/** How far bookings can reach, and how much of them is small beside a grid step. */
import {type Moments, momentsGiven} from "./moments.js";
import {CUT} from "./shock.js";
import {spreadTable} from "./spreadTable.js";
import {type BookingTerms, chanceInWindow, pooledChances} from "./terms.js";

/** ln 1e7: the chance left beyond each end of the grid is 1e-7. */
const TAIL = 16.2;

/** An interval that holds all but 1e-7 of the bookings at each end, for any shock within its cut (Bernstein's inequality). */
export function support(terms: BookingTerms): [number, number] {
  const {shockSd: sd, sure, arrivals, amount, pooled} = terms;
  const {most} = spreadTable(terms.spread);
  let [jump, sum] = [0, 0];
  for (const each of amount) {
    jump = Math.max(jump, each * most);
    sum += each * most;
  }
  if (pooled)
    for (let g = 0; g < pooled.pool.nGroups; g++) {
      jump = Math.max(jump, pooled.factor[g]! * pooled.pool.most[g]! * most);
      sum += pooled.factor[g]! * pooled.pool.sum[g]! * most;
    }
  let later = 0;
  for (const {wins, amounts, size = 1} of arrivals)
    if (wins > 0) for (const each of amounts) later = Math.max(later, size * each);
  const big = Math.max(jump, later);
  const reach = ({variance}: {variance: number}) =>
    (big * TAIL) / 3 + Math.sqrt(((big * TAIL) / 3) ** 2 + 2 * variance * TAIL);
  const stretch = (x: number) => Math.exp(sd * x - (sd * sd) / 2);
  const top = momentsGiven(terms, stretch(CUT), (v) => 1 + 5.5 * Math.sqrt(v) + 12 * v);
  const bottom = momentsGiven(terms, stretch(-CUT), (v) => Math.max(0, 1 - 5.5 * Math.sqrt(v)));
  const high = top.mean + reach(top);
  return [Math.max(sure, bottom.mean - reach(bottom)), later > 0 ? high : Math.min(high, sure + sum)];
}

/**
 * Whether deals (and arrivals) of at most an amount make up half of the bookings or more. Where they do, and a deal of that
 * amount turns by no more than a radian at the last frequency, the characteristic function does not come back once it is
 * negligible: given the shock the small deals' part falls, and over shocks it cancels ever more.
 */
export function isMostlySmall(terms: BookingTerms, {mean}: Moments, least: number): boolean {
  const {most} = spreadTable(terms.spread);
  const {logBefore, logAfter, amount, pooled, arrivals, sure} = terms;
  let small = 0;
  for (let i = 0; i < amount.length; i++)
    if (amount[i]! * most <= least) small += amount[i]! * chanceInWindow(logBefore[i]!, logAfter[i]!, 1);
  if (pooled) {
    const {pool, factor} = pooled;
    const chances = pooledChances(pooled, 1);
    for (let g = 0; g < pool.nGroups; g++)
      small += chances[g]! * smallMoney(pooled, g, least / (most * factor[g]!));
  }
  for (const {wins, amounts, size = 1} of arrivals)
    for (const each of amounts) if (size * each <= least) small += (wins * size * each) / amounts.length;
  return small >= 0.5 * (mean - sure);
}

/** Money of a group's deals up to an amount, before its factor. */
function smallMoney({pool, factor}: NonNullable<BookingTerms["pooled"]>, g: number, least: number): number {
  if (pool.most[g]! <= least) return pool.sum[g]! * factor[g]!;
  let sum = 0;
  for (let e = pool.start[g]!; e < pool.start[g + 1]!; e++) {
    const amount = pool.low * Math.exp(pool.column[e]! * pool.step);
    if (amount <= least) sum += pool.count[e]! * amount;
  }
  return sum * factor[g]!;
}
