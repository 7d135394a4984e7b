/**
 * What a field is worth to the forecast: on past days the open deals are scored once as they were known, once with the
 * field blank, and once as it stood four weeks earlier; what came then says how much worse and wider the forecast was for
 * it. Models are those of the day, which know the field from the past: a blank is what a deal without it would get.
 */
import type {Change, DataPriceData, FieldPrice, Repair} from "../../../src/slices/dataPrice.ts";
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import {targetsAt} from "../backtest/targets.ts";
import {windowsOfPaths} from "../bookings/windowSums.ts";
import {expectedAmountOf} from "../deals/amounts.ts";
import type {DealState} from "../deals/dealFeatures.ts";
import {outcomeCurve} from "../deals/outcomeModel.ts";
import type {OpenDeal} from "../deals/projectDeals.ts";
import {fiscalPeriod, type Span} from "../history/calendar.ts";
import {closings, NO_DAY, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {crps, levelIndex, quantileSorted} from "../numeric/quantiles.ts";
import {chanceWithin, type DealAsking} from "./askDeals.ts";
import {type DataField, dataFields} from "./dataFields.ts";
import {cents, places} from "./heldBy.ts";
import {pairedPaths} from "./pairedPaths.ts";
import type {PublishInput} from "./publishForecast.ts";

type Named = Pick<PublishInput, "dealNames" | "amounts">;

const STALE_DAYS = 28;
const DEAL_DAYS = 91;
/** Paths times deals of a simulation, within limits: a few deals need more paths until chance is small beside what a field does. */
const DRAWS = 400_000;
const PATHS = {least: 300, most: 2_000};
/** Open deals scored on a past day: an even sample of more. */
const MOST_SCORED = 2_000;
const RESAMPLES = 400;
const MOST_REPAIRS = 500;
/** Open deals whose values a lacking field might have. */
const CANDIDATES = 12;
/** A field that fewer of the scored deals have has no price. */
const LEAST_FILLED = 0.1;
/** Nothing has a price by fewer past days and scored deals: an interval over days does not know how few deals each had. */
const LEAST_PAST = {days: 3, deals: 40};

/** What was said with a field as it was, blank or stale, on one past day. */
interface Said {
  crps: number;
  width: number;
  loss: number;
}

interface PastDay {
  base: Said;
  /** By field key and way: "amount blank". */
  changed: Map<string, Said>;
}

/** Takes past askings one by one. */
export class PriceRecorder {
  private readonly fields: DataField[];
  private readonly past: PastDay[] = [];
  /** Deals scored with the field and without it, and how many of each were won in time. */
  private readonly filled = new Map<string, {n: number; won: number}>();
  private nWon = 0;
  private nDeals = 0;

  constructor(
    private readonly history: PipelineHistory,
    private readonly seed: number
  ) {
    this.fields = dataFields(history);
  }

  add(asking: DealAsking): void {
    const {day, known, projection} = asking;
    const {history} = this;
    const windows = targetsAt(day, history.firstMonth)
      .map(({window}) => window)
      .filter(({to}) => to <= history.asOf);
    if (windows.length === 0 || projection.open.length === 0) return;
    const every = Math.ceil(projection.open.length / MOST_SCORED);
    const states = projection.open.filter((_, i) => i % every === 0).map(({state}) => state);
    const outcomes = outcomesOf(history, known, states);
    const isOver = day + DEAL_DAYS <= history.asOf;
    const won = isOver ? outcomes.map(({on}) => (on > day && on <= day + DEAL_DAYS ? 1 : 0)) : null;
    this.nDeals += states.length;
    this.nWon += won?.reduce<number>((sum, each) => sum + each, 0) ?? 0;
    const came = windows.map(({from, to}) =>
      outcomes.reduce((sum, {on, amount}) => sum + (on >= from && on <= to ? amount : 0), 0)
    );
    const say = (changed: readonly DealState[]) => this.say(asking, changed, windows, came, won);
    const changed = new Map<string, Said>();
    for (const field of this.fields) {
      const sums = this.filled.get(field.key) ?? {n: 0, won: 0};
      states.forEach((state, i) => {
        if (field.lacking(state) !== null) return;
        sums.n++;
        sums.won += won?.[i] ?? 0;
      });
      this.filled.set(field.key, sums);
      changed.set(`${field.key} blank`, say(states.map(field.blank)));
      const {stale} = field;
      if (stale)
        changed.set(`${field.key} stale`, say(states.map((state) => stale(state, known, STALE_DAYS))));
    }
    this.past.push({base: say(states), changed});
  }

  /** What open deals in these states would have been said to bring, against what they brought. */
  private say(
    asking: DealAsking,
    states: readonly DealState[],
    windows: readonly Span[],
    came: readonly number[],
    won: readonly number[] | null
  ): Said {
    const {day, model, projection} = asking;
    const {weeks} = projection;
    const open = states.map((state): OpenDeal => rescored(asking, state, weeks));
    // The same luck: what differs is the field. Deals to come would only add noise.
    const nPaths = Math.min(PATHS.most, Math.max(PATHS.least, Math.ceil(DRAWS / open.length)));
    const paths = pairedPaths(open, weeks, model, {seed: this.seed + day, nPaths});
    let [loss, width] = [0, 0];
    for (const [i, {quantiles}] of windowsOfPaths(day, windows, {paths, weeks, mean: null}).entries()) {
      loss += crps(came[i]!, quantiles!);
      width += quantiles![levelIndex(0.9)]! - quantiles![levelIndex(0.1)]!;
    }
    let dealLoss = 0;
    if (won)
      open.forEach((deal, i) => {
        const chance = Math.min(
          0.999,
          Math.max(0.001, chanceWithin(deal, day, {from: day + 1, to: day + DEAL_DAYS}))
        );
        dealLoss -= Math.log(won[i] ? chance : 1 - chance);
      });
    return {crps: loss, width, loss: dealLoss};
  }

  /** The prices, and what is to be repaired among the deals open now. */
  data(
    now: DealAsking | null,
    about: {
      currency: string;
      reason: string | null;
      quarter: string | null;
      asOf: string;
    } & Named
  ): DataPriceData {
    const repairs = now
      ? repairsOf(now, this.fields, about)
      : {list: [], byField: new Map<string, {n: number; swing: number}>()};
    const nOpen = now?.projection.open.length ?? 0;
    const fields = this.fields.flatMap((field) =>
      (["blank", ...(field.stale ? ["stale" as const] : [])] as const).map((how): FieldPrice => {
        const isPriced =
          this.past.length >= LEAST_PAST.days &&
          this.nDeals >= LEAST_PAST.deals &&
          (this.filled.get(field.key)?.n ?? 0) >= LEAST_FILLED * this.nDeals;
        const change = (part: keyof Said) => (isPriced ? this.change(`${field.key} ${how}`, part) : null);
        const lacking = how === "blank" ? repairs.byField.get(field.key) : undefined;
        return {
          field: field.key,
          label: field.label,
          how,
          error: change("crps"),
          width: change("width"),
          deals: change("loss"),
          isTelling: this.isTelling(field.key),
          nLacking: lacking?.n ?? 0,
          share: nOpen > 0 ? places((lacking?.n ?? 0) / nOpen) : 0,
          swing: cents(lacking?.swing ?? 0)
        };
      })
    );
    return {
      asOf: about.asOf,
      currency: about.currency,
      reason: now ? null : about.reason,
      quarter: about.quarter,
      nDays: this.past.length,
      nDeals: this.nDeals,
      nOpen,
      staleDays: STALE_DAYS,
      fields,
      repairs: repairs.list.slice(0, MOST_REPAIRS),
      nRepairs: repairs.list.length,
      swing: cents(repairs.list.reduce((sum, {swing}) => sum + swing, 0))
    };
  }

  /** Whether deals without the field, where there are many, were won less than half as often as those with it. */
  private isTelling(key: string): boolean {
    const {n, won} = this.filled.get(key) ?? {n: 0, won: 0};
    const [without, wonWithout] = [this.nDeals - n, this.nWon - won];
    return without >= LEAST_FILLED * this.nDeals && won > 0 && wonWithout / without < 0.5 * (won / n);
  }

  /** Relative change of a sum over past days, with an interval by drawing days; a quarter apart they hardly overlap. */
  private change(key: string, part: keyof Said): Change | null {
    const pairs = this.past.map(({base, changed}) => [changed.get(key)![part], base[part]] as const);
    const ratio = (list: readonly (readonly [number, number])[]) => {
      const base = list.reduce((sum, [, b]) => sum + b, 0);
      return base > 0 ? list.reduce((sum, [a]) => sum + a, 0) / base - 1 : Number.NaN;
    };
    const value = ratio(pairs);
    if (!Number.isFinite(value)) return null;
    const rng = new Rng().seed(this.seed, concernNumber("price of data"));
    const draws = Array.from({length: RESAMPLES}, () => ratio(pairs.map(() => pairs[rng.int(pairs.length)]!)))
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    return {
      value: places(value),
      low: places(Math.min(value, quantileSorted(draws, 0.1))),
      high: places(Math.max(value, quantileSorted(draws, 0.9)))
    };
  }
}

function rescored({model}: DealAsking, state: DealState, weeks: number): OpenDeal {
  return {
    state,
    curve: outcomeCurve(model.outcomes, state, weeks),
    amount: expectedAmountOf(model.amounts, state.amount, state.stage)
  };
}

/** When deals were won that were open on a past day, and for how much; NO_DAY and 0 where they were not. */
function outcomesOf(
  history: PipelineHistory,
  known: PipelineHistory,
  states: readonly DealState[]
): {on: number; amount: number}[] {
  const {outcome, closedOn, amount} = closings(history);
  const indexOf = new Map(history.dealIds.map((id, d) => [id, d]));
  return states.map(({deal}) => {
    const d = indexOf.get(known.dealIds[deal]!)!;
    if (outcome[d] !== WON) return {on: NO_DAY, amount: 0};
    return {on: closedOn[d]!, amount: Number.isNaN(amount[d]!) ? 0 : amount[d]!};
  });
}

/** Open deals that lack something, by how much of the quarter's money hangs on it. */
function repairsOf(asking: DealAsking, fields: readonly DataField[], {dealNames, amounts}: Named) {
  const {day, known, projection} = asking;
  const quarter = {from: day + 1, to: fiscalPeriod(day + 1, "quarter", known.firstMonth).to};
  const weeks = Math.max(1, Math.ceil((quarter.to - day) / 7));
  const states = projection.open.map(({state}) => state);
  const worth = (state: DealState) => {
    const deal = rescored(asking, state, weeks);
    return chanceWithin(deal, day, quarter) * deal.amount;
  };
  // A field that most deals lack is not in use: nothing is missing from a single deal.
  const inUse = fields.filter(
    (field) => states.filter((state) => field.lacking(state) === null).length >= states.length / 2
  );
  const samples = new Map<DataField, Map<number, DealState[]>>(
    inUse.map((field) => [field, byStage(states, field)])
  );
  const byField = new Map<string, {n: number; swing: number}>();
  const list = projection.open.flatMap(({state}): Repair[] => {
    const missing = inUse.flatMap((field) => {
      const words = field.lacking(state);
      if (words === null) return [];
      const others = samples.get(field)!.get(state.stage) ?? samples.get(field)!.get(-1) ?? [];
      const values = others.map((other) => worth(field.like(state, other))).sort((a, b) => a - b);
      const swing = values.length > 1 ? quantileSorted(values, 0.9) - quantileSorted(values, 0.1) : 0;
      const sum = byField.get(field.key) ?? {n: 0, swing: 0};
      byField.set(field.key, {n: sum.n + 1, swing: sum.swing + swing});
      return [{field: field.key, words, swing}];
    });
    if (missing.length === 0) return [];
    const id = known.dealIds[state.deal]!;
    missing.sort((a, b) => b.swing - a.swing);
    return [
      {
        deal_id: id,
        deal_name: dealNames.get(id) ?? id,
        owner: known.owners[state.owner] ?? null,
        stage: known.stages[state.stage]?.name ?? null,
        amount: Number.isNaN(state.amount) ? null : (amounts.get(id) ?? state.amount),
        field: missing[0]!.field,
        what: missing.map(({words}) => words).join("; "),
        swing: cents(missing[0]!.swing),
        expected: cents(worth(state))
      }
    ];
  });
  return {list: list.sort((a, b) => b.swing - a.swing || (a.deal_id < b.deal_id ? -1 : 1)), byField};
}

/** A few states that have the field, by stage; those of all stages under -1. */
function byStage(states: readonly DealState[], field: DataField): Map<number, DealState[]> {
  const having = states.filter((state) => field.lacking(state) === null);
  const few = (list: readonly DealState[]) =>
    list.filter(
      (_, i) =>
        Math.floor((i * CANDIDATES) / list.length) !== Math.floor(((i - 1) * CANDIDATES) / list.length)
    );
  const groups = new Map<number, DealState[]>([[-1, few(having)]]);
  for (const stage of new Set(having.map((state) => state.stage))) {
    const here = having.filter((state) => state.stage === stage);
    if (here.length >= CANDIDATES) groups.set(stage, few(here));
  }
  return groups;
}
