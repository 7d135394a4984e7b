/** What a forecast is asked for on a day: the windows whose totals the pages show and the backtest scores. */
import {fiscalPeriod, type Span} from "../history/calendar.ts";

export const TARGETS = [
  {kind: "next 4 weeks", order: 1},
  {kind: "rest of the month", order: 2},
  {kind: "rest of the quarter", order: 3},
  {kind: "next 13 weeks", order: 4},
  {kind: "the quarter after", order: 5}
] as const;

export type TargetKind = (typeof TARGETS)[number]["kind"];

export interface Target {
  kind: TargetKind;
  /** Days still to come that count; all after the day of asking. */
  window: Span;
  /** The whole period the window is the rest of. */
  period: Span;
}

/** The targets asked on the evening of a day. A month or quarter that ends that day is over: its successor is meant. */
export function targetsAt(asOf: number, firstMonth: number): Target[] {
  const tomorrow = asOf + 1;
  const month = fiscalPeriod(tomorrow, "month", firstMonth);
  const quarter = fiscalPeriod(tomorrow, "quarter", firstMonth);
  const after = fiscalPeriod(tomorrow, "quarter", firstMonth, 1);
  const rest = ({to}: Span) => ({from: tomorrow, to});
  const ahead = (days: number) => ({from: tomorrow, to: asOf + days});
  return [
    {kind: "next 4 weeks", window: ahead(28), period: ahead(28)},
    {kind: "rest of the month", window: rest(month), period: month},
    {kind: "rest of the quarter", window: rest(quarter), period: quarter},
    {kind: "next 13 weeks", window: ahead(91), period: ahead(91)},
    {kind: "the quarter after", window: after, period: after}
  ];
}
