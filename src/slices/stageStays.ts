/** How long deals stay in a stage: every stay of a window as one observation, those that last as censored. */
import {type CurvePoint, kaplanMeier, type LeftBy, leftBy, type Stay} from "./kaplanMeier.js";
import type {Path} from "./stagePaths.js";

export interface StageStays {
  stage: string;
  n: number;
  /** Stays that last. */
  nOpen: number;
  curve: CurvePoint[];
  /** The days by which half, three quarters and nine in ten have left. */
  half: LeftBy;
  threeQuarters: LeftBy;
  nineInTen: LeftBy;
}

/** One row a stage that was entered after `since` and up to `asOf` (day numbers), in the order of the names. */
export function stageStays(
  paths: readonly Path[],
  names: readonly string[],
  since: number,
  asOf: number
): StageStays[] {
  const byStage = new Map<string, Stay[]>();
  for (const {visits, endedOn} of paths)
    for (const {stage, enteredOn, leftOn} of visits) {
      if (enteredOn <= since) continue;
      const end = leftOn ?? endedOn;
      const stay = {days: (end ?? asOf) - enteredOn, hasEnded: end !== null};
      const stays = byStage.get(stage);
      if (stays) stays.push(stay);
      else byStage.set(stage, [stay]);
    }
  return names.flatMap((stage) => {
    const stays = byStage.get(stage);
    if (!stays) return [];
    const curve = kaplanMeier(stays);
    return [
      {
        stage,
        n: stays.length,
        nOpen: stays.filter(({hasEnded}) => !hasEnded).length,
        curve,
        half: leftBy(curve, 0.5),
        threeQuarters: leftBy(curve, 0.75),
        nineInTen: leftBy(curve, 0.9)
      }
    ];
  });
}
