import {selectRows} from "../../slices/select.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import type {Scenario} from "../scenario.js";

/**
 * What is to be reached in a window: the scenario's own target in the window it is about, else the quotas of the months
 * in it. Null when there are none, or when the selection cuts by what quotas do not know.
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
  if (rows.length === 0) return {target: null, from: null};
  return {target: rows.reduce((sum, row) => sum + (amounts.values[row] ?? 0), 0) / 100, from: "quota"};
}
