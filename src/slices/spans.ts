/** The spans that movements are asked of by name, in the firm's own weeks, months and quarters. */
import {dayNumber, isoDay} from "./facts.js";
import type {FiscalPeriod, SiteData} from "./site.js";

/** From the end of day `from` to the end of day `to`, ISO. */
export interface Span {
  key: string;
  label: string;
  from: string;
  to: string;
}

/** Days since the week began: day 0 was a Thursday. */
const WEEK_BEGINS: Record<SiteData["weekStartsOn"], number> = {monday: 3, sunday: 4, saturday: 5};

/** What is under way ends on the as-of day; "last" is the whole one before it. The first is the usual one. */
export function namedSpans({asOf, weekStartsOn, months, quarters}: SpansOf): Span[] {
  const today = dayNumber(asOf);
  const week = today - ((today + WEEK_BEGINS[weekStartsOn]) % 7);
  const span = (key: string, label: string, first: number, last: number): Span => ({
    ...{key, label},
    from: isoDay(first - 1),
    to: isoDay(Math.min(last, today))
  });
  const of = (key: string, label: string, period: FiscalPeriod | undefined) =>
    period ? [span(key, label, dayNumber(period.from), dayNumber(period.to))] : [];
  return [
    span("seven_days", "last seven days", today - 6, today),
    span("week", "this week", week, today),
    span("last_week", "last week", week - 7, week - 1),
    span("four_weeks", "last four weeks", week - 28, week - 1),
    ...of("month", "this month", months.at(-1)),
    ...of("last_month", "last month", months.at(-2)),
    ...of("quarter", "this quarter", quarters.at(-1)),
    ...of("last_quarter", "last quarter", quarters.at(-2))
  ];
}

type SpansOf = Pick<SiteData, "asOf" | "weekStartsOn" | "months" | "quarters">;
