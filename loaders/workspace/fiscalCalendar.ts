/** The one owner of fiscal periods. All dates are ISO days (YYYY-MM-DD); nothing here knows what day it is. */
export interface FiscalCalendar {
  first_month: number;
  year_named_after: "start" | "end";
}

export interface FiscalMonth {
  starts_on: string;
  ends_on: string;
  month_label: string;
  quarter_starts_on: string;
  quarter_ends_on: string;
  quarter_label: string;
  year_starts_on: string;
  year_ends_on: string;
  year_label: string;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** All fiscal months that overlap [first, last], in order. A fiscal month is a calendar month. */
export function fiscalMonths(first: string, last: string, calendar: FiscalCalendar): FiscalMonth[] {
  const months: FiscalMonth[] = [];
  let index = monthIndex(first);
  for (; index <= monthIndex(last); index++) months.push(fiscalMonth(index, calendar));
  return months;
}

/** One fiscal month, by its number counted from year 0. */
function fiscalMonth(index: number, {first_month, year_named_after}: FiscalCalendar): FiscalMonth {
  const intoYear = (index - (first_month - 1) + 12_000) % 12;
  const yearStart = index - intoYear;
  const quarterStart = index - (intoYear % 3);
  const startYear = Math.floor(yearStart / 12);
  const spans = first_month > 1;
  const year = spans && year_named_after === "end" ? startYear + 1 : startYear;
  const yearLabel = spans ? `FY${year}` : String(year);
  return {
    starts_on: firstDay(index),
    ends_on: lastDay(index),
    month_label: `${MONTHS[index % 12]} ${Math.floor(index / 12)}`,
    quarter_starts_on: firstDay(quarterStart),
    quarter_ends_on: lastDay(quarterStart + 2),
    quarter_label: `${yearLabel} Q${Math.floor(intoYear / 3) + 1}`,
    year_starts_on: firstDay(yearStart),
    year_ends_on: lastDay(yearStart + 11),
    year_label: yearLabel
  };
}

function monthIndex(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function firstDay(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

function lastDay(index: number): string {
  const days = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return firstDay(index).slice(0, 8) + String(days).padStart(2, "0");
}
