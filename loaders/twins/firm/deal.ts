/** A deal of a twin: its true life and what its owner wrote into the CRM. */
import type {Day} from "../calendar/days.ts";
import type {CurrencyCode} from "../names/countries.ts";
import type {Effect, Effects} from "./effect.ts";

export type Outcome = "won" | "lost" | "stuck" | "open";

/** A move between open stages in the true life. */
export interface Move {
  day: Day;
  stage: number;
}

export interface DealLine {
  product: number;
  quantity: number;
  /** List price of one, cents of the deal's currency. */
  listCents: number;
}

/** Everything that is decided before the deal begins to move. */
export interface DealFacts {
  /** Number of the deal within the firm, from 0. */
  index: number;
  account: number;
  name: string;
  type: number;
  source: number;
  family: number;
  segment: number;
  currency: CurrencyCode;
  /** Index of the campaign; -1 for none. */
  campaign: number;
  /** Index of the campaign without which this first deal of its customer would not have come; -1 for none. */
  causedBy: number;
  /** Index of the partner that truly helps; -1 for none. */
  partner: number;
  competitor: number;
  rep: number;
  /** The day the customer began to think. */
  startDay: Day;
  lines: DealLine[];
  /** Discount offered, and the discount at which it is (or would be) signed; 0..1. */
  quotedDiscount: number;
  finalDiscount: number;
  effects: Effects;
  total: Effect;
}

export interface DealLife {
  moves: Move[];
  outcome: Outcome;
  /** Day of the outcome; the export day while open. */
  outcomeDay: Day;
  /** True stage at the end. */
  stage: number;
}

/** The whole state of a deal in the CRM after one save of the form. The change log is the difference of two saves. */
export interface Save {
  /** Seconds since 1970 UTC. */
  at: number;
  /** Index of the user. */
  actor: number;
  isBulk: boolean;
  /** Open stages from 0; then won, then lost. */
  stage: number;
  /** Cents of the deal's currency; null while nobody has entered one. */
  amountCents: number | null;
  closeDay: Day;
  rep: number;
  category: number;
}

export const CATEGORY = {omitted: 0, pipeline: 1, bestCase: 2, commit: 3, closed: 4} as const;

/** What is signed (or quoted) for: the sum of lines at a discount, cents; each unit price is rounded to a cent. */
export function linesTotal(lines: readonly DealLine[], discount: number): number {
  let total = 0;
  for (const line of lines) total += unitPrice(line, discount) * line.quantity;
  return total;
}

/** Price of one unit at a discount, cents. */
export function unitPrice({listCents}: DealLine, discount: number): number {
  return Math.round(listCents * (1 - discount));
}
