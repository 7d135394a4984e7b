/** The deal model's chances to be won within 13 weeks, said on past days with what was known then, beside what came. */
import {openNow} from "../../loaders/forecast/bookings/pastWindows.ts";
import {stateOn} from "../../loaders/forecast/deals/dealFeatures.ts";
import {fitOutcomes, outcomeCurve} from "../../loaders/forecast/deals/outcomeModel.ts";
import {
  closings,
  knownAt,
  type PipelineHistory,
  WON
} from "../../loaders/forecast/history/pipelineHistory.ts";
import {concernNumber, Rng} from "../../loaders/twins/random/rng.ts";
import {chanceToWin, type ToldFirm} from "./toldHistory.ts";

export const WEEKS = 13;
const DAYS = 7 * WEEKS;
/** A stage's own rate is drawn to the plain one as so many deals would. */
const PRIOR_DEALS = 10;
const BINS = 10;
const REDRAWS = 400;

/** A deal that was open on a day. */
export interface Said {
  day: number;
  /** The deal model's chance to be won within 13 weeks. */
  chance: number;
  /** The plain rate: of the deals open 13 weeks before, the share won since. */
  rate: number;
  /** The same of its stage. */
  stageRate: number;
  /** The chance from the planted hazards, all that no field shows included. */
  exact: number;
  isWon: boolean;
}

/** Of every deal open on each day; the model is fitted on what was known at the end of that day. */
export function sayOn(told: ToldFirm, days: readonly number[]): Said[] {
  return days.flatMap((day) => {
    const known = knownAt(told.history, day);
    const model = fitOutcomes(known);
    if (!model) return [];
    const wonLater = wonWithin(told.history, day);
    const {rate, byStage} = plainRates(known);
    return openNow(known).flatMap(({deal, span}): Said[] => {
      const state = stateOn(known, deal, span, day);
      if (!state) return [];
      const id = known.dealIds[deal]!;
      return [
        {
          day,
          chance: outcomeCurve(model, state, WEEKS).won[WEEKS - 1]!,
          rate,
          stageRate: byStage.get(state.stage) ?? rate,
          exact: chanceToWin(told, told.deals[Number(id.slice(1))]!, day, DAYS),
          isWon: wonLater.has(id)
        }
      ];
    });
  });
}

function wonWithin(history: PipelineHistory, day: number): Set<string> {
  const {outcome, closedOn} = closings(history);
  return new Set(
    history.dealIds.filter((_, d) => outcome[d] === WON && closedOn[d]! > day && closedOn[d]! <= day + DAYS)
  );
}

/** What had become by the end of a history of the deals that were open 13 weeks before. */
function plainRates(known: PipelineHistory): {rate: number; byStage: Map<number, number>} {
  const before = knownAt(known, known.asOf - DAYS);
  const won = wonWithin(known, before.asOf);
  const open = openNow(before).map(({deal, span}) => ({
    stage: before.stage[span]!,
    isWon: won.has(before.dealIds[deal]!)
  }));
  const rate = open.filter(({isWon}) => isWon).length / Math.max(1, open.length);
  const byStage = new Map<number, number>();
  for (const stage of new Set(open.map((deal) => deal.stage))) {
    const here = open.filter((deal) => deal.stage === stage);
    const wins = here.filter(({isWon}) => isWon).length;
    byStage.set(stage, (wins + PRIOR_DEALS * rate) / (here.length + PRIOR_DEALS));
  }
  return {rate, byStage};
}

export interface Bin {
  n: number;
  said: number;
  won: number;
}

/** Ten bins of equal width of the chance said; empty ones have n 0. */
export function reliability(said: readonly {chance: number; isWon: boolean}[]): Bin[] {
  const bins = Array.from({length: BINS}, (): Bin => ({n: 0, said: 0, won: 0}));
  for (const {chance, isWon} of said) {
    const bin = bins[Math.min(BINS - 1, Math.floor(chance * BINS))]!;
    bin.n++;
    bin.said += chance;
    if (isWon) bin.won++;
  }
  return bins.map(({n, said: sum, won}) => (n > 0 ? {n, said: sum / n, won: won / n} : {n, said: 0, won: 0}));
}

/** Expected calibration error: the mean distance of the share won from the mean chance said, bins weighed by their deals. */
export function calibrationError(said: readonly {chance: number; isWon: boolean}[]): number {
  const bins = reliability(said);
  return bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.won - bin.said), 0) / said.length;
}

/** What chance alone would make the calibration error of chances that are exactly right: over redrawn outcomes its mean, and what one in twenty is above. */
export function errorByChance(said: readonly {chance: number}[], seed: number): {mean: number; high: number} {
  const rng = new Rng().seed(seed, concernNumber("calibration"));
  const errors = Array.from({length: REDRAWS}, () =>
    calibrationError(said.map(({chance}) => ({chance, isWon: rng.chance(chance)})))
  ).sort((x, y) => x - y);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / REDRAWS,
    high: errors[Math.ceil(0.95 * REDRAWS) - 1]!
  };
}

/** Mean log-loss, nats; chances are kept a millionth off 0 and 1. */
export function logLoss<T extends {isWon: boolean}>(
  said: readonly T[],
  chanceOf: (each: T) => number
): number {
  const loss = (each: T) => {
    const chance = Math.min(1 - 1e-6, Math.max(1e-6, chanceOf(each)));
    return -Math.log(each.isWon ? chance : 1 - chance);
  };
  return said.reduce((sum, each) => sum + loss(each), 0) / said.length;
}

/** Days a quarter apart whose 13 weeks are over, newest first. */
export function pastDays({history}: Pick<ToldFirm, "history">, n: number): number[] {
  return Array.from({length: n}, (_, back) => history.asOf - DAYS * (back + 1));
}
