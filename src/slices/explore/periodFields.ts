/** Days as fiscal quarters and months, to group and to filter by. */
import {dayNumber, type FactColumn, isoDay} from "../facts.js";
import type {FiscalPeriod} from "../site.js";
import type {WordField} from "./exploreTable.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A day column's quarter and month as fields; none when no row has a day.
 * @param label what happened on the day: "created" makes "Quarter created"
 * @param quarters of the fiscal calendar, in order; days outside are "earlier" and "later"
 * @param months of the fiscal calendar; days outside have their calendar month
 */
export function periodFields(
  key: string,
  label: string,
  column: FactColumn | undefined,
  {quarters, months}: {quarters: readonly FiscalPeriod[]; months: readonly FiscalPeriod[]}
): WordField[] {
  if (column?.kind !== "day" || column.values.every((day) => day === null)) return [];
  const field = (grain: string, periodOf: (day: number) => {label: string; from: number}): WordField => {
    const starts = new Map<string, number>();
    const labels = column.values.map((day) => {
      if (day === null) return null;
      const period = periodOf(day);
      starts.set(period.label, period.from);
      return period.label;
    });
    const inOrder = [...starts].sort((a, b) => a[1] - b[1]);
    const words = inOrder.map(([word]) => word);
    const code = new Map(words.map((word, i) => [word, i]));
    return {
      key: `${key}.${grain.toLowerCase()}`,
      label: `${grain} ${label}`.trim(),
      words,
      order: "time",
      codes: Int32Array.from(labels, (word) => (word === null ? -1 : code.get(word)!)),
      starts: inOrder.map(([, from]) => (Number.isFinite(from) ? from : null))
    };
  };
  return [field("Quarter", finder(quarters, outside)), field("Month", finder(months, calendarMonth))];
}

function finder(
  periods: readonly FiscalPeriod[],
  otherwise: (day: number, first: number) => {label: string; from: number}
): (day: number) => {label: string; from: number} {
  const spans = periods.map(({label, from, to}) => ({label, from: dayNumber(from), to: dayNumber(to)}));
  const found = new Map<number, {label: string; from: number}>();
  return (day) => {
    const known = found.get(day);
    if (known) return known;
    const period =
      spans.find(({from, to}) => day >= from && day <= to) ?? otherwise(day, spans[0]?.from ?? Infinity);
    found.set(day, period);
    return period;
  };
}

function outside(day: number, first: number): {label: string; from: number} {
  return day < first ? {label: "earlier", from: -Infinity} : {label: "later", from: Infinity};
}

function calendarMonth(day: number): {label: string; from: number} {
  const [year, month] = isoDay(day).split("-") as [string, string];
  return {label: `${MONTHS[Number(month) - 1]} ${year}`, from: dayNumber(`${year}-${month}-01`)};
}
