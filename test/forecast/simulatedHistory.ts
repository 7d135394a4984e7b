/** A small pipeline made by hand of chance, as a history: stages, dates that move, wins and losses. */
import {buildHistory, type SpanRow} from "../../loaders/forecast/history/buildHistory.ts";
import type {PipelineHistory, StageInfo} from "../../loaders/forecast/history/pipelineHistory.ts";
import {Rng} from "../../loaders/twins/random/rng.ts";

export const FIRST_DAY = 19_000;

export const STAGES: readonly StageInfo[] = [
  {id: "s/1", name: "Early", order: 1, kind: "open", probability: 0.2},
  {id: "s/2", name: "Late", order: 2, kind: "open", probability: 0.6},
  {id: "s/w", name: "Won", order: 3, kind: "won", probability: 1},
  {id: "s/l", name: "Lost", order: 4, kind: "lost", probability: 0}
];

export interface Planted {
  /** Weekly chance to be won in the late stage, for deals of each region. */
  winChance: Readonly<Record<string, number>>;
}

/** States of `nDeals` deals over `days` days; the same seed gives the same rows. */
export function simulatedRows(
  {nDeals, days, seed}: {nDeals: number; days: number; seed: number},
  planted: Planted = {winChance: {North: 0.16, South: 0.08}}
): {rows: SpanRow[]; region: Map<string, string>} {
  const rng = new Rng().seed(seed, 1);
  const rows: SpanRow[] = [];
  const region = new Map<string, string>();
  for (let d = 0; d < nDeals; d++) {
    const deal = `D${d}`;
    const where = rng.chance(0.5) ? "North" : "South";
    region.set(deal, where);
    let day = FIRST_DAY + rng.int(days);
    const amount = Math.round(5_000 * Math.exp(rng.normal() * 0.6));
    let closeOn = day + 40 + rng.int(60);
    const state = {
      deal,
      amount,
      owner: `Rep ${d % 5}`,
      category: "pipeline" as string,
      closeOn,
      stage: "s/1"
    };
    rows.push({...state, from: day, outcome: "open"});
    for (let isLate = false; day < FIRST_DAY + days; ) {
      day += 7;
      if (rng.chance(0.06)) {
        rows.push({...state, stage: "s/l", category: "omitted", from: day, outcome: "lost", closeOn: day});
        break;
      }
      if (!isLate && rng.chance(0.25)) {
        isLate = true;
        Object.assign(state, {stage: "s/2", category: "commit"});
        rows.push({...state, from: day, outcome: "open"});
      } else if (isLate && rng.chance(planted.winChance[where]!)) {
        rows.push({...state, stage: "s/w", category: "closed", from: day, outcome: "won", closeOn: day});
        break;
      } else if (day > closeOn) {
        closeOn += 35;
        state.closeOn = closeOn;
        rows.push({...state, from: day, outcome: "open"});
      }
    }
  }
  return {rows: rows.filter(({from}) => from <= FIRST_DAY + days), region};
}

/** The rows as a history known up to their last day. */
export function simulatedHistory(
  nDeals: number,
  days: number,
  seed: number,
  planted?: Planted
): PipelineHistory {
  const {rows, region} = simulatedRows({nDeals, days, seed}, planted);
  return buildHistory({
    rows,
    stages: STAGES,
    attributes: {region},
    labels: {region: "Region"},
    asOf: FIRST_DAY + days
  });
}
