/**
 * The naive methods for windows of any length: what was won in the days just before, in the same days of an earlier
 * season, on average so far, or of late. Their spread is that of the same rule's errors over the past.
 */
import {fiscalPeriod, type Span} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {LEVELS, normalQuantile} from "../numeric/quantiles.ts";
import type {BookingsForecaster, WindowForecast} from "./bookingsForecaster.ts";
import {type DailyWon, dailyWon, observedFrom} from "./dailyWon.ts";

/** The rule's number for a window, asked on `asOf`; null when it looks back before closings are seen. */
type Rule = (
  won: DailyWon,
  asOf: number,
  window: Span,
  seenFrom: number,
  firstMonth: number
) => number | null;

const RUN_RATE_DAYS = 91;
/** Spread of a rule without past errors, relative to what it says; it weighs as much as one error. */
const FIRST_SPREAD = 0.4;

const RULES: readonly (readonly [string, Rule])[] = [
  [
    "last period",
    (won, asOf, {from, to}, seenFrom) => {
      const days = to - from + 1;
      return asOf - days + 1 < seenFrom ? null : won.between(asOf - days + 1, asOf);
    }
  ],
  [
    "same days last quarter",
    (won, asOf, window, seenFrom, firstMonth) => shifted(won, asOf, window, seenFrom, firstMonth, 1)
  ],
  [
    "same days last year",
    (won, asOf, window, seenFrom, firstMonth) => shifted(won, asOf, window, seenFrom, firstMonth, 4)
  ],
  [
    "average so far",
    (won, asOf, {from, to}, seenFrom) => {
      const days = asOf - seenFrom + 1;
      return days < 28 ? null : (won.between(seenFrom, asOf) / days) * (to - from + 1);
    }
  ],
  [
    "run rate",
    (won, asOf, {from, to}, seenFrom) =>
      asOf - RUN_RATE_DAYS + 1 < seenFrom
        ? null
        : (won.between(asOf - RUN_RATE_DAYS + 1, asOf) / RUN_RATE_DAYS) * (to - from + 1)
  ],
  ["rhythm of the quarter", rhythm]
];

/** Past quarters a rhythm is learned from, how many days about the same point of each count, and the pull to no rhythm. */
const RHYTHM_QUARTERS = 8;
const RHYTHM_DAYS = 3;
const RHYTHM_PRIOR = 0.5;

/**
 * The run rate, times what the same days of earlier quarters were beside the run rate of their own 91 days, drawn to 1 by
 * half a quarter. Days are counted from the end of the quarter; those a few days off count too.
 */
function rhythm(
  won: DailyWon,
  asOf: number,
  {from, to}: Span,
  seenFrom: number,
  firstMonth: number
): number | null {
  if (asOf - RUN_RATE_DAYS + 1 < seenFrom) return null;
  const days = to - from + 1;
  const level = won.between(asOf - RUN_RATE_DAYS + 1, asOf) / RUN_RATE_DAYS;
  const end = fiscalPeriod(to, "quarter", firstMonth).to;
  let [sum, n] = [RHYTHM_PRIOR, RHYTHM_PRIOR];
  for (let back = 1; n < RHYTHM_QUARTERS + RHYTHM_PRIOR && back < 24; back++) {
    const shift = end - fiscalPeriod(to, "quarter", firstMonth, -back).to;
    const [first, last] = [from - shift - RHYTHM_DAYS, to - shift + RHYTHM_DAYS];
    if (first < seenFrom) break;
    if (last > asOf) continue;
    // The quarter about the days, moved to where it was seen.
    const middle = Math.round((first + last) / 2);
    const start = Math.min(asOf - RUN_RATE_DAYS + 1, Math.max(seenFrom, middle - 45));
    const around = won.between(start, start + RUN_RATE_DAYS - 1) / RUN_RATE_DAYS;
    if (around <= 0) continue;
    sum += won.between(first, last) / (last - first + 1) / around;
    n++;
  }
  return (level * days * sum) / n;
}

/** The same days counted from the end of their fiscal quarter, so many quarters (or a multiple of it) earlier. */
function shifted(
  won: DailyWon,
  asOf: number,
  {from, to}: Span,
  seenFrom: number,
  firstMonth: number,
  quarters: number
): number | null {
  const at = fiscalPeriod(to, "quarter", firstMonth);
  for (let back = quarters; back <= quarters * 8; back += quarters) {
    const past = fiscalPeriod(to, "quarter", firstMonth, -back);
    const shift = at.to - past.to;
    if (to - shift > asOf) continue;
    return from - shift < seenFrom ? null : won.between(from - shift, to - shift);
  }
  return null;
}

/** Past errors of the rule for the same window relative to the day of asking, at most 26, one a week (or a window) apart. */
function pastErrors(
  rule: Rule,
  won: DailyWon,
  history: PipelineHistory,
  window: Span,
  seenFrom: number
): number[] {
  const {asOf, firstMonth} = history;
  const errors: number[] = [];
  for (let back = window.to - asOf; errors.length < 26; back += 7) {
    const then = asOf - back;
    if (then < seenFrom) break;
    const earlier = {from: window.from - back, to: window.to - back};
    const said = rule(won, then, earlier, seenFrom, firstMonth);
    if (said !== null) errors.push(won.between(earlier.from, earlier.to) - said);
  }
  return errors;
}

/** The naive forecasters. */
export const NAIVE_FORECASTERS: readonly BookingsForecaster[] = RULES.map(([name, rule]) => ({
  name,
  family: "naive",
  forecast(history, windows, {measure}) {
    const won = dailyWon(history, measure);
    const seenFrom = observedFrom(history);
    const found: WindowForecast[] = [];
    for (const {from, to} of windows) {
      const window = {from: Math.max(from, history.asOf + 1), to};
      const said = rule(won, history.asOf, window, seenFrom, history.firstMonth);
      if (said === null) return null;
      const errors = pastErrors(rule, won, history, window, seenFrom);
      const squares = errors.reduce((sum, error) => sum + error * error, 0);
      const sigma = Math.sqrt((squares + (FIRST_SPREAD * said) ** 2) / (errors.length + 1));
      found.push({
        mean: said,
        quantiles: Float64Array.from(LEVELS, (level) => Math.max(0, said + sigma * normalQuantile(level)))
      });
    }
    return found;
  }
}));
