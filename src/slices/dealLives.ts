/** The life of one deal, as the Deals page tells it. Rows come from loaders/models/marts/deal_steps.sql. */
import {cell, type FactTable} from "./facts.js";
import type {DealScore} from "./forecast.js";

/** Days that won deals took; `stage` null is creation to won. */
export interface Norm {
  pipeline: string;
  stage: string | null;
  segment: string;
  n: number;
  median: number;
  p75: number;
  p90: number;
}

export type Chance = Pick<DealScore, "p_quarter" | "p_half_year" | "p_lost" | "why" | "doubt">;

/** The Deals page's data; made by loaders/pages/dealsData.ts. */
export interface DealLivesData {
  deals: FactTable;
  /** Deals that are open or were closed in the year before the as-of day, also those beyond the page's cap. */
  nWhole: number;
  /** deal (a row of `deals`), kind, happened_on, word, amount, due_on, is_assumed: by deal and day. */
  steps: FactTable;
  /** deal, flag, label, severity. */
  flags: FactTable;
  norms: Norm[];
  chances: (Chance & {deal: number})[];
}

export type StepKind =
  | "stage"
  | "owner"
  | "category"
  | "outcome"
  | "amount"
  | "close_on"
  | "activity"
  | "registration";

export interface Step {
  kind: StepKind;
  on: string;
  /** What it became; null when emptied. */
  to: string | number | null;
  /** What it was; null at creation and for activities and registrations. */
  from: string | number | null;
  isFirst: boolean;
  isAssumed: boolean;
}

/** A state that lasted: from its day to the next change's, or to where the life ends. */
export interface Stay {
  kind: StepKind;
  from: string;
  to: string;
  value: string | number | null;
  isAssumed: boolean;
}

/** What happens in a moment and leaves no state behind. */
const MOMENTS: readonly StepKind[] = ["activity", "registration"];

/** The steps of a deal in order of days; each knows what was there before. */
export function stepsOf({steps}: DealLivesData, deal: number): Step[] {
  const last = new Map<StepKind, string | number | null>();
  return rowsOf(steps, deal).map((row): Step => {
    const kind = cell(steps, "kind", row) as StepKind;
    const column = kind === "amount" ? "amount" : kind === "close_on" ? "due_on" : "word";
    const to = cell(steps, column, row);
    const isMoment = MOMENTS.includes(kind);
    const step = {
      kind,
      on: String(cell(steps, "happened_on", row)),
      to,
      from: isMoment ? null : (last.get(kind) ?? null),
      isFirst: !isMoment && !last.has(kind),
      isAssumed: cell(steps, "is_assumed", row) === 1
    };
    if (!isMoment) last.set(kind, to);
    return step;
  });
}

/** How long each state lasted, up to the end of the life (ISO day); states of no day are left out. */
export function staysOf(steps: readonly Step[], end: string): Stay[] {
  const kinds = [...new Set(steps.map(({kind}) => kind))].filter((kind) => !MOMENTS.includes(kind));
  return kinds.flatMap((kind) => {
    const own = steps.filter((step) => step.kind === kind && step.on <= end);
    return own.flatMap(({on, to, isAssumed}, i): Stay[] => {
      const until = own[i + 1]?.on ?? end;
      return until > on ? [{kind, from: on, to: until, value: to, isAssumed}] : [];
    });
  });
}

/** Days a deal has stood, or stood, beside those of won deals. */
export interface Comparison {
  days: number;
  norm: Norm;
  verdict:
    | "no longer than three in four won deals"
    | "longer than three in four won deals"
    | "longer than nine in ten won deals";
}

/** A deal's days against a norm; null where the days or the norm are unknown. */
export function compare(days: number | null, norm: Norm | undefined): Comparison | null {
  if (days === null || norm === undefined) return null;
  const verdict =
    days > norm.p90
      ? "longer than nine in ten won deals"
      : days > norm.p75
        ? "longer than three in four won deals"
        : "no longer than three in four won deals";
  return {days, norm, verdict};
}

/** The norm of a stage (null: of the whole life) for a segment, else for all segments. */
export function normOf(
  {norms}: DealLivesData,
  pipeline: string | null,
  stage: string | null,
  segment: string | null
): Norm | undefined {
  const own = norms.filter((norm) => norm.pipeline === pipeline && norm.stage === stage);
  return (
    own.find((norm) => norm.segment === (segment ?? "(none)")) ?? own.find((norm) => norm.segment === "(all)")
  );
}

/** Rows of a table ordered by `deal` that belong to one deal. */
export function rowsOf(table: FactTable, deal: number): number[] {
  const pointer = table.columns["deal"];
  if (pointer?.kind !== "number") return [];
  return pointer.values.flatMap((value, row) => (value === deal ? [row] : []));
}
