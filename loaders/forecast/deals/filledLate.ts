/** Fields that are filled in as a deal goes on: having one tells how far the deal came, not what it is. */
import {closings, LOST, type PipelineHistory, WON} from "../history/pipelineHistory.ts";

/** Missing shares of won and of lost deals that are further apart than this, and than luck, are not those of a field known from the start. */
const MOST_APART = 0.1;
/** Closed deals of an outcome below which nothing is said. */
const LEAST = 10;

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
      const [won, lost] = [missing(codes, outcome, WON), missing(codes, outcome, LOST)];
      if (won.n < LEAST || lost.n < LEAST) return [];
      const luck = Math.sqrt(won.variance + lost.variance);
      return Math.abs(won.share - lost.share) > Math.max(MOST_APART, 2 * luck) ? [name] : [];
    })
  );
  known.set(history, late);
  return late;
}

function missing(codes: Int32Array, outcome: Uint8Array, of: number) {
  let n = 0;
  let nMissing = 0;
  for (let d = 0; d < codes.length; d++) {
    if (outcome[d] !== of) continue;
    n++;
    if (codes[d]! < 0) nMissing++;
  }
  const share = nMissing / n;
  return {n, share, variance: (share * (1 - share)) / n};
}
