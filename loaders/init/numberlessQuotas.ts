/** Sheets of targets in words: none of them is a quota. */
import type {Engine} from "../engine/engine.ts";
import {cellOf} from "./cells.ts";
import {type ChosenFile, type LeftOut, tablesOf} from "./chooseFiles.ts";

/** The files without those of quotas in which no amount has a digit. */
export async function withoutNumberless(
  engine: Engine,
  files: readonly ChosenFile[]
): Promise<{chosen: ChosenFile[]; leftOut: LeftOut[]}> {
  const chosen: ChosenFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const cell = tablesOf(file).includes("quota") ? cellOf(file, "Quota") : undefined;
    const [row] = cell
      ? await engine.rows<{has: boolean | null}>(
          `select bool_or(regexp_matches(${cell}, '\\d')) as has from ${file.source!.sql}`
        )
      : [];
    if (row === undefined || row.has === true) chosen.push(file);
    else
      leftOut.push({file: file.file, why: "its quotas have no number in any row; it lists something else"});
  }
  return {chosen, leftOut};
}
