/** A day written into workspace.yaml stays until it is taken out: a build far behind its own exports says so. */
import type {Engine} from "../engine/engine.ts";

/** Days that as_of may lie behind the exports without a word: a month that is reported after it has closed. */
const UNSAID_DAYS = 35;

/** What to say of an as_of that lies far before the newest event; undefined where it does not. Reads workspace.run. */
export async function oldAsOf(engine: Engine): Promise<string | undefined> {
  const [run] = await engine.rows<{as_of: string; newest_on: string; n_days: number | null}>(
    "select as_of::varchar as as_of, newest_on::varchar as newest_on, (newest_on - as_of)::integer as n_days from workspace.run"
  );
  const {as_of: asOf, newest_on: newestOn, n_days: nDays} = run!;
  if (nDays === null || nDays <= UNSAID_DAYS) return undefined;
  return `as_of in workspace.yaml is ${asOf}: all figures are of that day, ${nDays.toLocaleString("en-US")} days before the newest event of the exports (${newestOn}), on every build until as_of is taken out`;
}
