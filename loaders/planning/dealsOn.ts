/** Open deals and their demand on a day, by the deal model fitted then. */
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {type Lines, PLAN_WEEKS} from "../../src/slices/material/planningData.ts";
import {readModel} from "../forecast/deals/modelStore.ts";
import {type DealModel, project} from "../forecast/deals/projectDeals.ts";
import {dayOf} from "../forecast/history/calendar.ts";
import {knownAt, type PipelineHistory} from "../forecast/history/pipelineHistory.ts";
import {WeirError} from "../weirError.ts";
import {likeDeals} from "./likeDeals.ts";
import {type ChanceDeal, openPipeline} from "./openPipeline.ts";

/** Past days lie at least so far apart: askings of one quarter err together. */
const APART_DAYS = 80;
/** The first window that is scored is over. */
const OVER_DAYS = 91;

export interface DealsThen {
  deals: ChanceDeal[];
  /** Label of what tells deals without products apart. */
  attribute: string | null;
}

/** @param isKnown whether deals in a stage name their products */
export function dealsOn(
  known: PipelineHistory,
  model: DealModel,
  linesOf: ReadonlyMap<string, Lines>,
  isKnown: (stage: number) => boolean
): DealsThen {
  const like = likeDeals(known, linesOf);
  const {open} = project(known, model, PLAN_WEEKS);
  return {
    deals: openPipeline(known, open, linesOf, isKnown, like, PLAN_WEEKS),
    attribute: like.attribute
  };
}

/**
 * The past days of which the forecast has stored a fitted model, at least a quarter ago and a quarter apart, with what was known
 * then; days whose model is of other data or code are left out.
 */
export function* storedDays(
  folder: string,
  history: PipelineHistory
): Generator<{known: PipelineHistory; model: DealModel}> {
  if (!existsSync(folder)) return;
  let last = Number.NEGATIVE_INFINITY;
  for (const file of readdirSync(folder).sort()) {
    const [, iso] = /^deal-model-(\d{4}-\d{2}-\d{2})\.json$/.exec(file) ?? [];
    if (!iso) continue;
    const day = dayOf(iso);
    if (day > history.asOf - OVER_DAYS || day < last + APART_DAYS) continue;
    const known = knownAt(history, day);
    const model = modelOf(join(folder, file), known);
    if (!model) continue;
    last = day;
    yield {known, model};
  }
}

function modelOf(path: string, known: PipelineHistory): DealModel | null {
  try {
    return readModel(path, known);
  } catch (error) {
    if (error instanceof WeirError) return null;
    throw error;
  }
}
