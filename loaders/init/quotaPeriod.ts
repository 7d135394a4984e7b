/** How long the periods of quotas are that only name their first day. */
import type {Engine} from "../engine/engine.ts";
import type {ColumnSpec} from "../workspace/schema.ts";
import {cellOf} from "./cells.ts";
import type {ChosenFile} from "./chooseFiles.ts";

const LENGTHS = [1, 3, 6, 12] as const;

/** The declaration of `ends_on` for a quota file without last days; undefined when it has them or holds no quotas. */
export async function quotaPeriod(
  engine: Engine,
  file: ChosenFile
): Promise<{spec: ColumnSpec; note: string} | undefined> {
  const map = file.recognition.object.maps({pipelines: []}).find(({table}) => table === "quota");
  const [starts, ends] = [map?.columns["starts_on"]?.column, map?.columns["ends_on"]?.column];
  if (starts === undefined || ends === undefined || cellOf(file, ends) !== undefined) return undefined;
  const cell = cellOf(file, starts);
  if (cell === undefined) return undefined;
  const [row] = await engine.rows<{months: number | null}>(`
    select mode(date_diff('month', day, next))::integer as months
    from (
      select day, lead(day) over (order by day) as next
      from (select distinct try_cast(left(${cell}, 10) as date) as day from ${file.source!.sql})
    )`);
  const months = LENGTHS.find((length) => length === row?.months) ?? 3;
  return {
    spec: {column: starts, last_of_months: months},
    note: `a guess: each quota is for ${months === 1 ? "a month" : `${months} months`}, as far as the next one's first day`
  };
}
