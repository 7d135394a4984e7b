/**
 * A small CRM that runs day by day and writes down its true pipeline at the end of every local day while it runs. What it
 * exports is only what a real one would: its final records and its log.
 */
import {localMidnight} from "./localMidnight.ts";
import type {Cells, TimeCase} from "./timeCase.ts";

export interface TrueDeal {
  deal_id: string;
  pipeline_id: string;
  stage_id: string;
  outcome: string;
  amount: string | null;
  currency_code: string;
  amount_base: string | null;
  close_on: string | null;
  owner_id: string | null;
  forecast_category: string | null;
  closed_on: string | null;
}

export interface Simulation {
  days: string[];
  /** What was true at the end of each day, by deal id. */
  truth: Map<string, TrueDeal[]>;
  export: TimeCase;
}

export interface SimulationOptions {
  seed: number;
  firstDay: string;
  nDays: number;
  timeZone: string;
  /** Deals created a day, on average. */
  arrivals?: number;
  /** Merged deals may lose their record, so that only the log tells of them. */
  hardMerges?: boolean;
}

interface Deal {
  id: string;
  createdAt: number;
  logsCreation: boolean;
  isDeleted: boolean;
  deletedAt?: number;
  isGone: boolean;
  /** Each outcome with the moment it began; the last one stands. */
  outcomes: {at: number; outcome: string}[];
  fields: Fields;
}

type Fields = Record<FieldName, string>;
type FieldName =
  | "pipeline_id"
  | "stage_id"
  | "amount"
  | "currency"
  | "close_on"
  | "owner_id"
  | "forecast_category";

const STAGES: Record<string, string[]> = {
  sales: ["New", "Demo", "Offer", "Won", "Lost"],
  renewals: ["Due", "Talks", "Renewed", "Churned"]
};
const OUTCOMES: Record<string, string> = {Won: "won", Renewed: "won", Lost: "lost", Churned: "lost"};
const OWNERS = ["ann", "bob", "cat", ""];
const CATEGORIES = ["pipeline", "best_case", "commit", ""];
const CURRENCIES = ["USD", "USD", "EUR", "JPY"];

/** Runs the CRM. The same options give the same simulation. */
export function simulateCrm(options: SimulationOptions): Simulation {
  const {seed, firstDay, nDays, timeZone, arrivals = 2, hardMerges = false} = options;
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const days = Array.from({length: nDays}, (_, n) => addDays(firstDay, n));
  const rates = dailyRates(days, random);
  const deals: Deal[] = [];
  const log: Cells[] = [];
  const truth = new Map<string, TrueDeal[]>();

  const write = (deal: Deal, at: number, field: string, from: string, to: string) => {
    const row = {id: deal.id, at: new Date(at).toISOString(), field, old: from, new: to};
    log.push(row);
    if (random() < 0.05) log.push(row);
  };
  const set = (deal: Deal, at: number, field: FieldName, to: string) => {
    const from = deal.fields[field];
    if (from === to && random() < 0.9) return;
    deal.fields[field] = to;
    // An outcome that lasts no time did not happen.
    if (deal.outcomes.at(-1)?.at === at) deal.outcomes.pop();
    const outcome = outcomeOf(deal);
    if (deal.outcomes.at(-1)?.outcome !== outcome) deal.outcomes.push({at, outcome});
    write(deal, at, field, from, to);
  };
  const money = () => (random() < 0.08 ? "" : (random() * 100_000).toFixed(pick([0, 1, 2])));
  const create = (at: number) => {
    const pipeline = pick(["sales", "sales", "renewals"]);
    const fields: Fields = {
      pipeline_id: pipeline,
      stage_id: STAGES[pipeline]![0]!,
      amount: money(),
      currency: pick(CURRENCIES),
      close_on: random() < 0.1 ? "" : addDays(firstDay, Math.floor(random() * 200)),
      owner_id: pick(OWNERS),
      forecast_category: pick(CATEGORIES)
    };
    const id = `D${String(deals.length + 1).padStart(4, "0")}`;
    const outcomes = [{at, outcome: "open"}];
    const deal = {
      ...{id, createdAt: at, logsCreation: random() < 0.5},
      ...{isDeleted: false, isGone: false, outcomes, fields}
    };
    deals.push(deal);
    if (deal.logsCreation) for (const [field, to] of Object.entries(fields)) write(deal, at, field, "", to);
  };
  const remove = (deal: Deal, at: number, isHard: boolean) => {
    deal.isDeleted = true;
    deal.deletedAt = at;
    deal.isGone = isHard && deal.logsCreation;
    write(deal, at, "is_deleted", "false", "true");
  };
  const act = (deal: Deal, at: number) => {
    const kind = random();
    const stages = STAGES[deal.fields.pipeline_id]!;
    if (kind < 0.34) set(deal, at, "stage_id", pick(stages));
    else if (kind < 0.52) set(deal, at, "amount", money());
    else if (kind < 0.66)
      set(deal, at, "close_on", random() < 0.1 ? "" : addDays(firstDay, Math.floor(random() * 200)));
    else if (kind < 0.76) set(deal, at, "owner_id", pick(OWNERS));
    else if (kind < 0.84) set(deal, at, "forecast_category", pick(CATEGORIES));
    else if (kind < 0.89) set(deal, at, "currency", pick(CURRENCIES));
    else if (kind < 0.92) {
      const pipeline = deal.fields.pipeline_id === "sales" ? "renewals" : "sales";
      set(deal, at, "pipeline_id", pipeline);
      set(deal, at, "stage_id", STAGES[pipeline]![0]!);
    } else if (kind < 0.95) remove(deal, at, false);
    else if (kind < 0.97) {
      const other = pick(deals.filter((each) => !each.isDeleted));
      if (other === deal) return;
      remove(deal, at, hardMerges);
      set(other, at, "amount", (Number(other.fields.amount) + Number(deal.fields.amount)).toFixed(2));
    } else {
      const revived = deals.find((each) => each.isDeleted && !each.isGone);
      if (!revived) return;
      revived.isDeleted = false;
      delete revived.deletedAt;
      write(revived, at, "is_deleted", "true", "false");
    }
  };

  for (const day of days) {
    const from = localMidnight(day, timeZone);
    const until = localMidnight(addDays(day, 1), timeZone);
    const seconds = (until - from) / 1000;
    const moments = Array.from({length: arrivals + Math.floor(deals.length / 6) + 1}, () =>
      random() < 0.15 ? pick([0, seconds - 1]) : Math.floor(random() * seconds)
    ).sort((a, b) => a - b);
    for (const moment of moments) {
      const at = from + moment * 1000;
      const alive = deals.filter((deal) => !deal.isDeleted);
      if (alive.length === 0 || random() < arrivals / moments.length) create(at);
      else {
        const deal = pick(alive);
        const burst = random() < 0.2 ? 4 : 1;
        for (let n = 0; n < burst && !deal.isDeleted; n++) act(deal, at);
      }
    }
    truth.set(
      day,
      deals.filter((deal) => !deal.isDeleted).map((deal) => trueDeal(deal, day, timeZone, rates))
    );
  }

  const records = deals.filter((deal) => !deal.isGone).map(record);
  const lines = [...rates].flatMap(([currency, byDay]) =>
    [...byDay].map(([on, rate]) => ({currency, on, rate}))
  );
  return {
    days,
    truth,
    export: {
      deals: records,
      log: shuffled(log, random),
      rates: lines,
      timeZone,
      asOf: days.at(-1)!,
      hasRenewals: true
    }
  };
}

function outcomeOf({fields}: Deal): string {
  return OUTCOMES[fields.stage_id] ?? "open";
}

/** When a closed deal's present outcome began: one that is lost and then won without a reopening closed when it was won. */
function closedAt({outcomes}: Deal): number | undefined {
  const last = outcomes.at(-1)!;
  return last.outcome === "open" ? undefined : last.at;
}

function trueDeal(deal: Deal, day: string, timeZone: string, rates: Rates): TrueDeal {
  const {fields} = deal;
  const closed = closedAt(deal);
  const closedOn = closed === undefined ? null : localDay(closed, timeZone);
  const rate = fields.currency === "USD" ? "1" : rateOn(rates.get(fields.currency)!, closedOn ?? day);
  return {
    deal_id: deal.id,
    pipeline_id: fields.pipeline_id,
    stage_id: fields.stage_id,
    outcome: outcomeOf(deal),
    amount: fields.amount === "" ? null : Number(fields.amount).toFixed(2),
    currency_code: fields.currency,
    amount_base: fields.amount === "" ? null : converted(fields.amount, rate),
    close_on: fields.close_on || null,
    owner_id: fields.owner_id || null,
    forecast_category: fields.forecast_category || null,
    closed_on: closedOn
  };
}

function record(deal: Deal): Cells {
  const {fields} = deal;
  const closed = closedAt(deal);
  return {
    id: deal.id,
    pipeline: fields.pipeline_id,
    stage: fields.stage_id,
    amount: fields.amount,
    currency: fields.currency,
    close_on: fields.close_on,
    owner: fields.owner_id,
    category: fields.forecast_category,
    created_at: new Date(deal.createdAt).toISOString(),
    closed_at: closed === undefined ? "" : new Date(closed).toISOString(),
    deleted: String(deal.isDeleted),
    deleted_at: deal.deletedAt === undefined ? "" : new Date(deal.deletedAt).toISOString()
  };
}

type Rates = Map<string, Map<string, string>>;

/** Rates on the day before the first and on some days after, with gaps. */
function dailyRates(days: readonly string[], random: () => number): Rates {
  const path = (start: number, digits: number) => {
    const byDay = new Map([[addDays(days[0]!, -1), start.toFixed(digits)]]);
    for (const day of days)
      if (random() < 0.4) byDay.set(day, (start * (0.8 + 0.4 * random())).toFixed(digits));
    return byDay;
  };
  return new Map([
    ["EUR", path(1.1, 4)],
    ["JPY", path(0.0067, 7)]
  ]);
}

function rateOn(byDay: Map<string, string>, day: string): string {
  const known = [...byDay.keys()].filter((on) => on <= day).sort();
  return byDay.get(known.at(-1)!)!;
}

/** Exact: cents times a rate of ten decimals, halves rounded up. */
function converted(amount: string, rate: string): string {
  const cents = BigInt(Math.round(Number(amount) * 100));
  const [whole = "0", decimals = ""] = rate.split(".");
  const scaled = BigInt(whole + decimals.padEnd(10, "0"));
  const base = (cents * scaled + 5_000_000_000n) / 10_000_000_000n;
  return `${base / 100n}.${String(base % 100n).padStart(2, "0")}`;
}

/** The log in another order, in which changes of one deal in one second keep theirs. */
function shuffled(log: readonly Cells[], random: () => number): Cells[] {
  const groups = new Map<string, Cells[]>();
  for (const row of log)
    groups.set(`${row.id} ${row.at}`, [...(groups.get(`${row.id} ${row.at}`) ?? []), row]);
  return [...groups.values()]
    .map((rows) => ({rows, place: random()}))
    .sort((a, b) => a.place - b.place)
    .flatMap(({rows}) => rows);
}

function localDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit"
  }).format(at);
}

export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** mulberry32: numbers in [0, 1) from a seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
