/** Fields that are filled in as a deal goes on: having one tells how far the deal came, not what it is. */
import {isFilledLate, type Lacking} from "../../../src/slices/filledIn.ts";
import {closings, LOST, type PipelineHistory, WON} from "../history/pipelineHistory.ts";

const known = new WeakMap<PipelineHistory, ReadonlySet<string>>();

/**
 * Names of the attributes whose missing share differs between the won and the lost deals of a history. Attributes have no history: a
 * product that is added with the offer stands on every won deal's record and on few lost ones'. On past days it would foretell the
 * outcome, and today hold an empty field against every young deal. Only what had closed by the history's last day is asked.
 */
export function filledLate(history: PipelineHistory): ReadonlySet<string> {
  const found = known.get(history);
  if (found) return found;
  const {outcome} = closings(history);
  const late = new Set(
    Object.entries(history.attributes).flatMap(([name, {codes}]) => {
      const side = (of: number) => lacking(codes, outcome, of);
      return isFilledLate(side(WON), side(LOST)) ? [name] : [];
    })
  );
  known.set(history, late);
  return late;
}

function lacking(codes: Int32Array, outcome: Uint8Array, of: number): Lacking {
  let n = 0;
  let missing = 0;
  for (let d = 0; d < codes.length; d++) {
    if (outcome[d] !== of) continue;
    n++;
    if (codes[d]! < 0) missing++;
  }
  return {n, missing};
}
