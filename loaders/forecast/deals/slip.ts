/**
 * How far close dates move: days from the date a deal states to the day it is won, by how far away the stated date is.
 * Learned from deals that were won, seen on days long enough ago that slow ones have had time to close.
 */
import {closings, NO_DAY, OPEN, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {quantileSorted} from "../numeric/quantiles.ts";

export const DUE_BANDS = ["overdue", "due within 4 weeks", "due in 5 to 13 weeks", "due later"] as const;

/** Days after which a deal seen open counts: most that will be won have been. */
export const FOLLOWED_DAYS = 182;
const STRIDE_DAYS = 28;
/** A band is drawn towards all deals together by so many of them. */
const PRIOR_SLIPS = 10;

export interface SlipModel {
  /** By band of DUE_BANDS: slips in days, ascending, and how many are the band's own. */
  bands: {slips: Float64Array; own: Float64Array}[];
  n: number;
}

/** Band of a stated date seen on a day. */
export function dueBand(closeOn: number, day: number): number {
  const ahead = closeOn - day;
  return ahead < 0 ? 0 : ahead <= 28 ? 1 : ahead <= 91 ? 2 : 3;
}

/** Learns from a history; null when fewer than 20 sightings of won deals stated a date. */
export function fitSlips(history: PipelineHistory): SlipModel | null {
  const {asOf, nDeals, spanStart, from, createdOn, outcome, closeOn} = history;
  const now = closings(history);
  const slips = DUE_BANDS.map((): number[] => []);
  for (let d = 0; d < nDeals; d++) {
    if (now.outcome[d] !== WON) continue;
    // Deals' days are staggered, so that no day of the month stands out.
    const shift = (d * 2_654_435_761) >>> 8;
    let span = spanStart[d]!;
    const end = Math.min(now.closedOn[d]! - 1, asOf - FOLLOWED_DAYS);
    for (let day = createdOn[d]! + (shift % STRIDE_DAYS); day <= end; day += STRIDE_DAYS) {
      while (span + 1 < spanStart[d + 1]! && from[span + 1]! <= day) span++;
      if (outcome[span] !== OPEN || closeOn[span] === NO_DAY) continue;
      slips[dueBand(closeOn[span]!, day)]!.push(now.closedOn[d]! - closeOn[span]!);
    }
  }
  const all = slips.flat().sort((a, b) => a - b);
  if (all.length < 20) return null;
  const pooled = Array.from({length: PRIOR_SLIPS}, (_, i) => quantileSorted(all, (i + 0.5) / PRIOR_SLIPS));
  return {
    bands: slips.map((own) => ({
      slips: Float64Array.from([...own, ...pooled]).sort(),
      own: Float64Array.from(own).sort()
    })),
    n: all.length
  };
}

/** Quantile of the day a deal is won on, if it is, from its stated date. */
export function wonOn({bands}: SlipModel, closeOn: number, day: number, level: number): number {
  // Nobody is won before the day that is asked.
  return Math.max(day + 1, Math.round(closeOn + quantileSorted(bands[dueBand(closeOn, day)]!.slips, level)));
}
