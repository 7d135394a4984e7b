/** The win-propensity tasks of the accuracy protocol, run with the defaults: nothing is tuned to them. */
import {stateOn} from "../../loaders/forecast/deals/dealFeatures.ts";
import {fitOutcomes, outcomeCurve} from "../../loaders/forecast/deals/outcomeModel.ts";
import {dayOf} from "../../loaders/forecast/history/calendar.ts";
import {knownAt, type PipelineHistory} from "../../loaders/forecast/history/pipelineHistory.ts";
import type {PropensityColumn, PropensityRow} from "../../loaders/forecast/propensity/columns.ts";
import {fitPropensity, predict} from "../../loaders/forecast/propensity/fitPropensity.ts";
import {logistic, logit} from "../../loaders/forecast/propensity/learners.ts";
import {bootstrapSd, type PropensityScore, scoreChances, sdOf} from "./propensityMetrics.ts";
import {mavenDeals, mavenHistory, rowsOf} from "./publicData.ts";

const columns = (kind: PropensityColumn["kind"], names: string): PropensityColumn[] =>
  names.split(" ").map((name) => ({name, kind}));

const MAVEN_COLUMNS = columns("category", "agent manager office product series monthOfQuarter");

function monthOfQuarter(day: string): string {
  return String((Number(day.slice(5, 7)) - 1) % 3);
}

/** A score with the standard deviations of AUC and log-loss that go with its protocol. */
export interface TaskScore extends PropensityScore {
  sd: {auc: number; logLoss: number};
}

/** Outcome of deals engaged after 31 July 2017 from those closed by then. */
export function mavenCreation(): TaskScore {
  const deals = new Map(mavenDeals().map((deal) => [deal.id, deal]));
  const rows = rowsOf("splits/maven_creation_temporal.csv").map(([id, engagedOn, , y, split]) => ({
    ...deals.get(id!)!,
    monthOfQuarter: monthOfQuarter(engagedOn!),
    dayOfMonth: Number(engagedOn!.slice(8, 10)),
    engaged: dayOf(engagedOn!),
    y: Number(y),
    split
  }));
  const train = rows.filter(({split}) => split === "train");
  const test = rows.filter(({split}) => split === "test");
  const model = fitPropensity(
    train as unknown as PropensityRow[],
    [...MAVEN_COLUMNS, ...columns("number", "price dayOfMonth")],
    train.map(({y}) => y),
    {order: train.map(({engaged}) => engaged)}
  );
  return withSd(
    predict(model, test as unknown as PropensityRow[]),
    test.map(({y}) => y),
    test.map(({id}) => id)
  );
}

function withSd(
  chances: ArrayLike<number>,
  outcomes: readonly number[],
  deals: readonly string[]
): TaskScore {
  return {...scoreChances(chances, outcomes), sd: bootstrapSd(chances, outcomes, deals)};
}

export interface OpenScores {
  /** The deal-outcome model: the chance by date that pages show of open deals. */
  dealModel: TaskScore;
  /** fitPropensity, trained on earlier month ends. */
  propensity: TaskScore;
  /** The mean of their log-odds. */
  mean: TaskScore;
  /** The deal model on the deals of the weeks whose deals mostly never closed, and on all others. */
  stalled: TaskScore;
  others: TaskScore;
}

/** From 35% to 56% of the deals engaged in each of these weeks were still open when the data end, of other weeks at most 30%. */
const STALLED = {from: "2017-07-17", to: "2017-08-13"};

/**
 * Deals open at a month end, won within so many days; three months pooled. Propensity learns from the month ends whose
 * outcomes were known by then, the deal-outcome model from all that was known on the day.
 */
export function mavenOpen(target: "y30" | "y92"): OpenScores {
  const horizon = target === "y30" ? 30 : 92;
  const deals = new Map(mavenDeals().map((deal) => [deal.id, deal]));
  const history = mavenHistory();
  const rows = rowsOf("splits/maven_open_origins.csv").map(([origin, id, age, y30, y92]) => ({
    ...deals.get(id!)!,
    monthOfQuarter: monthOfQuarter(origin!),
    ageDays: Number(age),
    origin: origin!,
    day: dayOf(origin!),
    y: Number(target === "y30" ? y30 : y92)
  }));
  const chances = {propensity: [] as number[], dealModel: [] as number[], mean: [] as number[]};
  const outcomes: number[] = [];
  const ids: string[] = [];
  const isStalled: boolean[] = [];
  for (const origin of ["2017-07-31", "2017-08-31", "2017-09-30"]) {
    const train = rows.filter(({day}) => day <= dayOf(origin) - horizon);
    const test = rows.filter((row) => row.origin === origin);
    const model = fitPropensity(
      train as unknown as PropensityRow[],
      [...MAVEN_COLUMNS, ...columns("number", "price ageDays")],
      train.map(({y}) => y),
      {order: train.map(({day}) => day)}
    );
    const first = predict(model, test as unknown as PropensityRow[]);
    const second = wonWithin(
      knownAt(history, dayOf(origin)),
      test.map(({id}) => id),
      horizon
    );
    chances.propensity.push(...first);
    chances.dealModel.push(...second);
    chances.mean.push(
      ...second.map((chance, i) => logistic((logit(clipped(chance)) + logit(clipped(first[i]!))) / 2))
    );
    outcomes.push(...test.map(({y}) => y));
    ids.push(...test.map(({id}) => id));
    isStalled.push(...test.map(({engagedOn: on}) => on >= STALLED.from && on <= STALLED.to));
  }
  const part = (wanted: boolean) => {
    const of = <T>(list: readonly T[]) => list.filter((_, i) => isStalled[i] === wanted);
    return withSd(of(chances.dealModel), of(outcomes), of(ids));
  };
  return {
    dealModel: withSd(chances.dealModel, outcomes, ids),
    propensity: withSd(chances.propensity, outcomes, ids),
    mean: withSd(chances.mean, outcomes, ids),
    stalled: part(true),
    others: part(false)
  };
}

function clipped(chance: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, chance));
}

/** Chance of each deal to be won within so many days of the history's last one. */
function wonWithin(history: PipelineHistory, ids: readonly string[], days: number): number[] {
  const model = fitOutcomes(history)!;
  const index = new Map(history.dealIds.map((id, d) => [id, d]));
  const weeks = Math.floor(days / 7);
  return ids.map((id) => {
    const deal = index.get(id)!;
    const state = stateOn(history, deal, history.spanStart[deal + 1]! - 1, history.asOf);
    if (!state) return 0;
    const {won} = outcomeCurve(model, state, weeks + 1);
    return won[weeks - 1]! + (won[weeks]! - won[weeks - 1]!) * (days / 7 - weeks);
  });
}

/** Out-of-fold chances of the 448 deals of salvirt, averaged over repetitions; `grouped` keeps identical deals together. */
export function salvirt(grouped: boolean, repetitions = 10): TaskScore {
  const names =
    "Product Seller Authority Comp_size Competitors Purch_dept Partnership Budgt_alloc Forml_tend RFI RFP Growth Posit_statm Source Client Scope Strat_deal Cross_sale Up_sale Deal_type Needs_def Att_t_client".split(
      " "
    );
  const rows = rowsOf("salvirt-b2b/Salvirt_B2B_ML_dataset.csv", ";").map((cells) =>
    Object.fromEntries(names.map((name, i) => [name, cells[i]!]))
  );
  const splits = rowsOf("splits/salvirt.csv");
  const y = splits.map((row) => Number(row[1]));
  const scores = Array.from({length: repetitions}, (_, repetition) => {
    const fold = (i: number) => Number(splits[i]![(grouped ? 13 : 3) + repetition]);
    const chances = new Float64Array(rows.length);
    for (let held = 0; held < 10; held++) {
      const inside = rows.flatMap((_, i) => (fold(i) === held ? [] : [i]));
      const outside = rows.flatMap((_, i) => (fold(i) === held ? [i] : []));
      const model = fitPropensity(
        inside.map((i) => rows[i]!),
        columns("category", names.join(" ")),
        inside.map((i) => y[i]!)
      );
      predict(
        model,
        outside.map((i) => rows[i]!)
      ).forEach((chance, k) => {
        chances[outside[k]!] = chance;
      });
    }
    return scoreChances(chances, y);
  });
  const mean = (key: keyof PropensityScore) =>
    scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return {
    n: rows.length,
    auc: mean("auc"),
    logLoss: mean("logLoss"),
    brier: mean("brier"),
    ece: mean("ece"),
    sd: {auc: sdOf(scores.map(({auc}) => auc)), logLoss: sdOf(scores.map(({logLoss}) => logLoss))}
  };
}
