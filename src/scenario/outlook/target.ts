import {isoDay} from "../../slices/facts.js";
import {selectRows} from "../../slices/select.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import type {Scenario} from "../scenario.js";

/**
 * What is to be reached in a window: the scenario's own target in the window it is about, else the quotas of the months
 * in it. Null when a quarter of the window has none (a year's quota is not that of nine months), or when the selection cuts by
 * what quotas do not know.
 */
export function targetOf(
  {quotas}: ScenarioInput,
  {target, filters}: Scenario,
  {from, to}: Pick<ScenarioWindow, "from" | "to">
): {target: number | null; from: "scenario" | "quota" | null} {
  if (target !== null) return {target, from: "scenario"};
  const cut = Object.entries(filters).filter(([, values]) => values.length > 0);
  if (cut.some(([key]) => quotas.columns[key]?.kind !== "key")) return {target: null, from: null};
  const amounts = quotas.columns["quota_amount"];
  if (amounts?.kind !== "cents") return {target: null, from: null};
  const rows = selectRows(quotas, filters, {from, to}, "month_on");
  const months = quotas.columns["month_on"];
  const has = new Set(
    rows
      .map((row) => (months?.kind === "day" ? monthsFrom(from, isoDay(months.values[row]!)) : -1))
      .map((n) => Math.floor(n / 3))
  );
  for (let quarter = 0; quarter * 3 <= monthsFrom(from, to); quarter++)
    if (!has.has(quarter)) return {target: null, from: null};
  return {target: rows.reduce((sum, row) => sum + (amounts.values[row] ?? 0), 0) / 100, from: "quota"};
}

/** Whole months from the month of one ISO day to that of another. */
function monthsFrom(first: string, day: string): number {
  const month = (iso: string) => 12 * Number(iso.slice(0, 4)) + Number(iso.slice(5, 7));
  return month(day) - month(first);
}
