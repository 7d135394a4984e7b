/** From which stage on deals name their products: lines have no history, so on a past day only deals that had come so far had them. */
import type {Lines} from "../../src/slices/material/planningData.ts";
import {closings, OPEN, type PipelineHistory} from "../forecast/history/pipelineHistory.ts";

/**
 * Told from the deals open now: known after the last stage of a pipeline in which most of them have no lines (the rule of the Products
 * page). A stage that is not known tells nothing.
 * @returns whether a deal in a stage (index, -1 unknown) names its products
 */
export function linesKnownFrom(
  history: PipelineHistory,
  linesOf: ReadonlyMap<string, Lines>
): (stage: number) => boolean {
  const {outcome} = closings(history);
  const counts = history.stages.map(() => ({n: 0, nBare: 0}));
  for (let deal = 0; deal < history.nDeals; deal++) {
    const stage = history.stage[history.spanStart[deal + 1]! - 1]!;
    if (outcome[deal] !== OPEN || stage < 0) continue;
    counts[stage]!.n++;
    if (!linesOf.has(history.dealIds[deal]!)) counts[stage]!.nBare++;
  }
  const lastBare = new Map<string, number>();
  for (const [i, {id, order}] of history.stages.entries()) {
    const {n, nBare} = counts[i]!;
    const pipeline = pipelineOf(id);
    if (2 * nBare > n) lastBare.set(pipeline, Math.max(order, lastBare.get(pipeline) ?? 0));
  }
  return (stage) => {
    const info = history.stages[stage];
    return info !== undefined && info.order > (lastBare.get(pipelineOf(info.id)) ?? 0);
  };
}

/** The pipeline of a stage of the history, whose id is "pipeline/stage". */
export function pipelineOf(stageId: string): string {
  return stageId.split("/")[0]!;
}
