/** Words of a column of status that say neither open nor how a deal closed: what only the firm can say. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {cellOf} from "./cells.ts";
import type {ChosenFile} from "./chooseFiles.ts";

const MOST_LISTED = 20;

/** A question of the words that no map takes, the commonest first; none where all are known. */
export async function unknownStatuses(engine: Engine, file: ChosenFile): Promise<string[]> {
  const {statuses} = file.recognition.object;
  const cell = statuses && cellOf(file, statuses.header);
  if (!statuses || cell === undefined) return [];
  const known = Object.values(statuses.words).flat();
  const rows = await engine.rows<{word: string; n: number}>(`
    select coalesce(${cell}, '') as word, count(*)::integer as n from ${file.source!.sql}
    where coalesce(${cell}, '') not in (${known.map((word) => literal(word)).join(", ")})
    group by 1 order by 2 desc, 1 limit ${MOST_LISTED}`);
  if (rows.length === 0) return [];
  const words = rows.map(({word, n}) => `${JSON.stringify(word)} (${n} records)`).join(", ");
  const meant = rows.flatMap(({word}) => (word === "" ? [] : [`${JSON.stringify(word)}: lost`])).join(", ");
  if (meant === "")
    return [`QUESTION: ${rows[0]!.n} records have no status; fill it in, for the build stops at them`];
  return [
    `QUESTION: what does the status ${words} mean: ${Object.keys(statuses.words).join(", ")}? Write it for this file, such as statuses: {${meant}}; until then the build stops at them`
  ];
}
