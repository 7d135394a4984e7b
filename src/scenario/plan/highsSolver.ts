/** HiGHS as the solver of plans. */
import loadHighs from "highs";
import type {Solve} from "./plan.js";

/** @param wasm address of the solver's binary; that of the package itself when absent (Node) */
export async function highsSolver(wasm?: string): Promise<Solve> {
  const highs = await loadHighs(wasm === undefined ? {} : {locateFile: () => wasm});
  return (lp) => {
    // One thread and no output: the same plan in every browser.
    const found = highs.solve(lp, {output_flag: false, time_limit: 10});
    const status =
      found.Status === "Optimal" ? "optimal" : found.Status === "Infeasible" ? "infeasible" : "other";
    const columns = Object.entries(found.Columns).map(([name, column]): [string, number] => [
      name,
      "Primal" in column ? Number(column.Primal) : 0
    ]);
    return {
      status,
      value: found.ObjectiveValue,
      columns: Object.fromEntries(columns)
    };
  };
}
