import {isoDay} from "../../slices/facts.js";
import {selectRows} from "../../slices/select.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import type {Scenario} from "../scenario.js";

/**
 * What is to be reached in a window: the scenario's own target in the window it is about, else the quotas of the months
 * in it. Null when nobody has one in a month of the window (a year's quota is not that of nine months, nor a quarter's that
 * of two), when the selection has none in a month of it (people chosen by name: in a quarter of it), or when it cuts by what
 * quotas do not know. The published forecast takes quotas by the same rule (loaders/forecast/buildForecast.ts).
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
  const monthsOf = (some: readonly number[]) =>
    new Set(some.map((row) => (months?.kind === "day" ? monthsFrom(from, isoDay(months.values[row]!)) : -1)));
  const [set, own] = [monthsOf(selectRows(quotas, {}, {from, to}, "month_on")), monthsOf(rows)];
  // Somebody who joined within a quarter has quotas for its last months alone; a firm, region or team that has is not done with its plan.
  const grain = (filters["owner"] ?? []).length > 0 ? 3 : 1;
  const planned = new Set([...own].map((month) => Math.floor(month / grain)));
  for (let month = 0; month <= monthsFrom(from, to); month++)
    if (!set.has(month) || !planned.has(Math.floor(month / grain))) return {target: null, from: null};
  return {target: rows.reduce((sum, row) => sum + (amounts.values[row] ?? 0), 0) / 100, from: "quota"};
}

/** Whole months from the month of one ISO day to that of another. */
function monthsFrom(first: string, day: string): number {
  const month = (iso: string) => 12 * Number(iso.slice(0, 4)) + Number(iso.slice(5, 7));
  return month(day) - month(first);
}
