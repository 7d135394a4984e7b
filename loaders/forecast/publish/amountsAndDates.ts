/** The amount and date models by themselves, with their uncertainty, and how they did on past days. */
import type {AmountRecord, DateRecord} from "../../../src/slices/amountsAndDates.ts";
import {amountPairs, expectedAmount, fitAmounts} from "../deals/amounts.ts";
import {DUE_BANDS, FOLLOWED_DAYS, fitSlips, wonOn} from "../deals/slip.ts";
import {closings, NO_DAY, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {normalQuantile, quantileSorted} from "../numeric/quantiles.ts";
import type {DealAsking} from "./askDeals.ts";
import {places} from "./heldBy.ts";

const LEAST = 5;

/** Won over stated amount by stage; null where no won deal stated an amount. */
export function amountsByStage(history: PipelineHistory): AmountRecord["byStage"] {
  const pairs = amountPairs(history);
  const {ratioByStage} = fitAmounts(history);
  const z = normalQuantile(0.9);
  return history.stages.flatMap(({name, kind}, stage) => {
    const here = pairs.filter((pair) => pair.stage === stage);
    if (kind !== "open" || here.length < LEAST) return [];
    const ratio = ratioByStage[stage]!;
    const said = here.reduce((sum, pair) => sum + pair.said, 0);
    // Of a ratio of sums, by linearisation.
    const spread =
      Math.sqrt(here.reduce((sum, pair) => sum + (pair.said * (pair.ratio - ratio)) ** 2, 0)) / said;
    return [
      {
        stage: name,
        ratio: places(ratio),
        low: places(ratio - z * spread),
        high: places(ratio + z * spread),
        n: here.length
      }
    ];
  });
}

/** Slips by how far away the stated date is; empty where dates are not stated. */
export function datesByDue(history: PipelineHistory): DateRecord["byDue"] {
  const model = fitSlips(history);
  if (!model) return [];
  return DUE_BANDS.flatMap((due, band) => {
    const {own, slips} = model.bands[band]!;
    if (own.length < LEAST) return [];
    const at = (level: number) => Math.round(quantileSorted(slips, level));
    return [
      {
        due,
        low80: at(0.1),
        low50: at(0.25),
        median: at(0.5),
        high50: at(0.75),
        high80: at(0.9),
        kept: places(own.filter((slip) => slip <= 7).length / own.length),
        n: own.length
      }
    ];
  });
}

/** Collects how amounts and dates stated on past days did, against what is known at the end of the whole history. */
export class WordsRecorder {
  private readonly amounts: {said: number; expected: number; came: number; isInside: boolean}[] = [];
  private readonly dates: {said: number; expected: number; isInside: boolean}[] = [];
  private readonly days = new Set<number>();
  private readonly came: Map<string, {on: number; amount: number}>;

  constructor(private readonly history: PipelineHistory) {
    const {outcome, closedOn, amount} = closings(history);
    this.came = new Map(
      history.dealIds.flatMap((id, d) =>
        outcome[d] === WON ? [[id, {on: closedOn[d]!, amount: amount[d]!}] as const] : []
      )
    );
  }

  add({day, known, model, projection}: DealAsking): void {
    if (day > this.history.asOf - FOLLOWED_DAYS) return;
    this.days.add(day);
    const slips = fitSlips(known);
    const {spread} = model.amounts;
    for (const {state} of projection.open) {
      const came = this.came.get(known.dealIds[state.deal]!);
      if (!came || came.on <= day) continue;
      if (state.amount > 0 && !Number.isNaN(came.amount)) {
        const expected = expectedAmount(known, model.amounts, state.span);
        const inside =
          came.amount >= expected * quantileSorted(spread, 0.1) - 0.01 &&
          came.amount <= expected * quantileSorted(spread, 0.9) + 0.01;
        this.amounts.push({said: state.amount, expected, came: came.amount, isInside: inside});
      }
      if (!slips || state.closeOn === NO_DAY) continue;
      const on = (level: number) => wonOn(slips, state.closeOn, day, level);
      this.dates.push({
        said: Math.abs(came.on - Math.max(day + 1, state.closeOn)),
        expected: Math.abs(came.on - on(0.5)),
        isInside: came.on >= on(0.1) && came.on <= on(0.9)
      });
    }
  }

  get amountsPast(): AmountRecord["past"] {
    const list = this.amounts;
    if (list.length < LEAST) return null;
    const sum = (of: (each: (typeof list)[number]) => number) =>
      list.reduce((total, each) => total + of(each), 0);
    const came = sum((each) => each.came);
    return {
      n: list.length,
      days: this.days.size,
      statedWape: places(sum((each) => Math.abs(each.said - each.came)) / came),
      expectedWape: places(sum((each) => Math.abs(each.expected - each.came)) / came),
      statedBias: places(sum((each) => each.said) / came - 1),
      expectedBias: places(sum((each) => each.expected) / came - 1),
      inside80: list.filter(({isInside}) => isInside).length
    };
  }

  get datesPast(): DateRecord["past"] {
    const list = this.dates;
    if (list.length < LEAST) return null;
    const mean = (of: (each: (typeof list)[number]) => number) =>
      Math.round((10 * list.reduce((total, each) => total + of(each), 0)) / list.length) / 10;
    return {
      n: list.length,
      days: this.days.size,
      statedError: mean(({said}) => said),
      expectedError: mean(({expected}) => expected),
      inside80: list.filter(({isInside}) => isInside).length
    };
  }
}
