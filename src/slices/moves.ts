/** Why the forecast of a quarter moved between two days; made by loaders/forecast/publish/moves.ts, shown by src/views/moves.ts. */

/** What moves a forecast, in the order they are told. */
export const MOVE_LINES = [
  "won",
  "lost",
  "new",
  "reopened",
  "stage",
  "redated",
  "repriced",
  "people",
  "outside",
  "deleted",
  "calendar",
  "rates",
  "fresh",
  "method",
  "restated"
] as const;

export type MoveLine = (typeof MOVE_LINES)[number];

export const MOVE_WORDS: Readonly<Record<MoveLine, string>> = {
  won: "Won",
  lost: "Lost",
  new: "New deals",
  reopened: "Reopened",
  stage: "Stage changed",
  redated: "Close date changed",
  repriced: "Amount or exchange rate changed",
  people: "Owner or category changed",
  outside: "Won outside the quarter",
  deleted: "Deleted",
  calendar: "Time passed",
  rates: "Win rates re-estimated",
  fresh: "Deals not created yet",
  method: "Other methods, error correction",
  restated: "Records corrected, code changed"
};

/** The forecast as it was on a day. Cents of base currency. */
export interface MoveLevel {
  /** ISO day; only what was known at its end counts. */
  on: string;
  mean: number;
  low80: number;
  high80: number;
  /** Won in the quarter so far, open deals, deals not created yet, and what other methods and past errors add. Sum to the mean. */
  won: number;
  open: number;
  fresh: number;
  method: number;
}

export interface MovesData {
  asOf: string;
  currency: string;
  /** Why nothing can be told; null when it can. */
  reason: string | null;
  quarter: {label: string; from: string; to: string; target: number | null} | null;
  /** Name of the quarter after, whose own moves are in a file beside; null when there is no forecast of it. */
  after: string | null;
  /** Oldest first; the last is the as-of day. */
  levels: MoveLevel[];
  /** The last level as the build before this one published it; null without one in this quarter. */
  published: MoveLevel | null;
  /** Deals that rows name. */
  deals: {id: string; name: string; stage: string | null; owner: string | null; outcome: string}[];
  /** What each deal changed from one level to the next: step i is from level i to level i + 1. Cents. */
  rows: {step: number[]; line: number[]; deal: number[]; cents: number[]};
  /** What has no deal of its own, or too small a part to be listed: n deals together. */
  rest: {step: number; line: number; cents: number; n: number}[];
}

export interface MovedDeal {
  deal: MovesData["deals"][number];
  cents: number;
  lines: {line: MoveLine; cents: number}[];
}

export interface Moved {
  begin: MoveLevel;
  end: MoveLevel;
  /** Lines that moved anything. */
  lines: {line: MoveLine; cents: number; n: number}[];
  /** Largest change first. */
  deals: MovedDeal[];
  /** What is not listed by deal, by line. */
  unlisted: {line: MoveLine; cents: number; n: number}[];
}

/**
 * The split of the change between two levels: the steps between them, added up.
 * @param from, to indices into levels, from before to
 * @param asPublished begins with what the build before published of the first day: what that day is told otherwise now is a
 * line of its own
 */
export function movedBetween(data: MovesData, from: number, to: number, asPublished = false): Moved {
  const {step, line, deal, cents} = data.rows;
  const byDeal = new Map<number, Map<number, number>>();
  const totals = MOVE_LINES.map(() => ({cents: 0, deals: new Set<number>(), others: 0, unlisted: 0}));
  for (let i = 0; i < step.length; i++) {
    if (step[i]! < from || step[i]! >= to) continue;
    const lines = byDeal.get(deal[i]!) ?? new Map<number, number>();
    lines.set(line[i]!, (lines.get(line[i]!) ?? 0) + cents[i]!);
    byDeal.set(deal[i]!, lines);
    totals[line[i]!]!.cents += cents[i]!;
    totals[line[i]!]!.deals.add(deal[i]!);
  }
  for (const rest of data.rest) {
    if (rest.step < from || rest.step >= to) continue;
    const total = totals[rest.line]!;
    total.cents += rest.cents;
    total.unlisted += rest.cents;
    total.others = Math.max(total.others, rest.n);
  }
  const then = asPublished && data.published ? data.published : data.levels[from]!;
  const restated = data.levels[from]!.mean - then.mean;
  const told = totals[MOVE_LINES.indexOf("restated")]!;
  told.cents += restated;
  told.unlisted += restated;
  const deals = [...byDeal].map(([at, lines]): MovedDeal => {
    const parts = [...lines]
      .map(([index, value]) => ({line: MOVE_LINES[index]!, cents: value}))
      .sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
    return {deal: data.deals[at]!, cents: parts.reduce((sum, part) => sum + part.cents, 0), lines: parts};
  });
  const lines = totals.map(({cents: value, deals: of, others, unlisted}, index) => ({
    line: MOVE_LINES[index]!,
    cents: value,
    n: of.size + others,
    unlisted,
    others
  }));
  return {
    begin: then,
    end: data.levels[to]!,
    lines: lines
      .filter(({cents: value, n}) => value !== 0 || n > 0)
      .map(({line: name, cents: value, n}) => ({line: name, cents: value, n})),
    deals: deals
      .filter(({lines}) => lines.some((part) => part.cents !== 0))
      .sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents)),
    unlisted: lines
      .filter(({unlisted}) => unlisted !== 0)
      .map(({line: name, unlisted, others}) => ({line: name, cents: unlisted, n: others}))
  };
}

/**
 * Where the split does not add up, in words; empty when it does, to the cent: each level is the sum of its parts, and each
 * level and the lines after it make the next.
 */
export function gapsOf({levels, rows, rest}: MovesData): string[] {
  const gaps: string[] = [];
  for (const {on, mean, won, open, fresh, method} of levels)
    if (won + open + fresh + method !== mean)
      gaps.push(`${on}: parts make ${won + open + fresh + method}, not ${mean} cents`);
  const changes = new Array<number>(Math.max(0, levels.length - 1)).fill(0);
  rows.step.forEach((step, i) => {
    changes[step]! += rows.cents[i]!;
  });
  for (const {step, cents} of rest) changes[step]! += cents;
  changes.forEach((change, i) => {
    const [a, b] = [levels[i]!, levels[i + 1]!];
    if (a.mean + change !== b.mean)
      gaps.push(
        `${a.on} to ${b.on}: the lines make ${change}, the forecast moved by ${b.mean - a.mean} cents`
      );
  });
  return gaps;
}
