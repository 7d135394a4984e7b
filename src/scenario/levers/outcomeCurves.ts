/** How levers bend the curve of a deal's chances. Curves are cumulative by week: element k - 1 is within k weeks. */
import type {OutcomeCurve} from "../input.js";

/** The chance by a time in weeks, linear within a week; after the last week it stays. */
export function chanceBy(cumulative: ArrayLike<number>, t: number): number {
  const n = cumulative.length;
  if (t <= 0 || n === 0) return 0;
  if (t >= n) return cumulative[n - 1]!;
  const k = Math.floor(t);
  const low = k === 0 ? 0 : cumulative[k - 1]!;
  return low + (t - k) * (cumulative[k]! - low);
}

const LAST_WEEKS = 13;

/** The curve up to n weeks: beyond its own end, those still open go on closing as in its last quarter. */
export function extended({won, lost}: OutcomeCurve, n: number): OutcomeCurve {
  const own = won.length;
  if (own === 0 || n <= own) return {won, lost};
  const back = Math.max(0, own - 1 - LAST_WEEKS);
  const open = (k: number) => Math.max(0, 1 - won[k]! - lost[k]!);
  const [wins, losses] = [won[own - 1]! - won[back]!, lost[own - 1]! - lost[back]!];
  const stays = open(back) > 0 ? (open(own - 1) / open(back)) ** (1 / Math.max(1, own - 1 - back)) : 1;
  const share = wins + losses > 0 ? wins / (wins + losses) : 0;
  const more = (last: number, part: number) =>
    Array.from({length: n - own}, (_, k) => last + part * open(own - 1) * (1 - stays ** (k + 1)));
  return {
    won: [...won, ...more(won[own - 1]!, share)],
    lost: [...lost, ...more(lost[own - 1]!, 1 - share)]
  };
}

/** Weekly chances of those still open, with the split of closings moved by a factor from a week on. */
export function withWinRate(curve: OutcomeCurve, factor: number, fromWeek: number): OutcomeCurve {
  const n = curve.won.length;
  const changed: OutcomeCurve = {won: new Array<number>(n), lost: new Array<number>(n)};
  let [won, lost, wonBefore, lostBefore] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [wins, losses] = [curve.won[k]! - wonBefore, curve.lost[k]! - lostBefore];
    wonBefore = curve.won[k]!;
    lostBefore = curve.lost[k]!;
    // A week in which it begins is split by its days.
    const share = Math.min(1, Math.max(0, k + 1 - fromWeek));
    const more = Math.min(wins + losses, wins * (1 + share * (factor - 1)));
    won += more;
    lost += wins + losses - more;
    changed.won[k] = won;
    changed.lost[k] = lost;
  }
  return changed;
}

/** Time runs slower (factor above 1) or faster from a week on. */
export function withCycleTime(curve: OutcomeCurve, factor: number, fromWeek: number): OutcomeCurve {
  const source = (t: number) => (t <= fromWeek ? t : fromWeek + (t - fromWeek) / factor);
  const far = extended(curve, Math.ceil(source(curve.won.length)));
  const warp = (cumulative: number[]) => curve.won.map((_, k) => chanceBy(cumulative, source(k + 1)));
  return {won: warp(far.won), lost: warp(far.lost)};
}

export const SLIP_WEEKS = 13;

/** A share of what would be won after a week is won a quarter later. */
export function withSlip(curve: OutcomeCurve, share: number, fromWeek: number): OutcomeCurve {
  const before = chanceBy(curve.won, fromWeek);
  const since = (t: number) => Math.max(0, chanceBy(curve.won, t) - before);
  return {
    lost: curve.lost,
    won: curve.won.map((now, k) => {
      const t = k + 1;
      return t <= fromWeek ? now : before + (1 - share) * since(t) + share * since(t - SLIP_WEEKS);
    })
  };
}

/** All chances some weeks later (or earlier, when negative). */
export function moved(curve: OutcomeCurve, weeks: number): OutcomeCurve {
  // Moved earlier, what would have happened before today happens at once, never in the past.
  const far = extended(curve, Math.ceil(curve.won.length + Math.max(0, -weeks)));
  const shift = (cumulative: number[]) => curve.won.map((_, k) => chanceBy(cumulative, k + 1 - weeks));
  return {won: shift(far.won), lost: shift(far.lost)};
}
