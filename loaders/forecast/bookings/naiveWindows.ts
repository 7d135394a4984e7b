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
  ]
];

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
      // With hardly any past errors the spread of the rule is taken to be as large as what it says.
      const sigma = Math.sqrt((squares + said * said) / (errors.length + 1));
      found.push({
        mean: said,
        quantiles: Float64Array.from(LEVELS, (level) => Math.max(0, said + sigma * normalQuantile(level)))
      });
    }
    return found;
  }
}));
