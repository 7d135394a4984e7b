/** Rebuilds the pipeline of every day from a change log alone, to be compared with the truth. */
import {daysBetween} from "./support.ts";

export interface Change {
  /** ISO timestamp; the day counts. */
  at: string;
  stage: string;
  cents: number | null;
}

export interface LoggedDeal {
  currency: string;
  /** States in order of time, the first being the birth. */
  states: Change[];
}

/** `day stage currency` to `n amount`, for every day and slice that holds a deal. */
export function rebuildPipeline(
  deals: Iterable<LoggedDeal>,
  first: string,
  last: string
): Map<string, string> {
  const changes = new Map<string, {slice: string; n: number; cents: number}[]>();
  const change = (day: string, slice: string, n: number, cents: number) => {
    const key = day < first ? first : day;
    if (!changes.has(key)) changes.set(key, []);
    changes.get(key)!.push({slice, n, cents});
  };
  for (const {currency, states} of deals)
    for (const [i, {at, stage, cents}] of states.entries()) {
      const before = states[i - 1];
      if (before) change(at.slice(0, 10), `${before.stage} ${currency}`, -1, -(before.cents ?? 0));
      change(at.slice(0, 10), `${stage} ${currency}`, 1, cents ?? 0);
    }
  const now = new Map<string, {n: number; cents: number}>();
  const pipeline = new Map<string, string>();
  for (const day of daysBetween(first, last)) {
    for (const {slice, n, cents} of changes.get(day) ?? []) {
      const held = now.get(slice) ?? {n: 0, cents: 0};
      now.set(slice, {n: held.n + n, cents: held.cents + cents});
    }
    for (const [slice, {n, cents}] of now)
      if (n !== 0) pipeline.set(`${day} ${slice}`, `${n} ${(cents / 100).toFixed(2)}`);
  }
  return pipeline;
}
