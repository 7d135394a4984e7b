/**
 * Everything that was known of every deal up to a day, in typed arrays: what forecasts are fitted on. A history cut at an
 * earlier day ({@link knownAt}) holds nothing of what came later, so a forecast made from it cannot look ahead.
 */

export const OPEN = 0;
export const WON = 1;
export const LOST = 2;
/** Deleted or merged away: neither open nor closed. */
export const GONE = 3;

/** A date or day that is not known. */
export const NO_DAY = -2_147_483_648;

/** A column of words as codes into a list; -1 where the deal has none. */
export interface CodedColumn {
  label: string;
  words: readonly string[];
  codes: Int32Array;
}

export interface StageInfo {
  id: string;
  name: string;
  /** Position in its pipeline, from 1. */
  order: number;
  kind: "open" | "won" | "lost";
  /** The CRM's default chance to win, 0..1. */
  probability: number | null;
}

export interface PipelineHistory {
  /** The last day of which anything is known. */
  asOf: number;
  /** First month of the fiscal year, 1..12. */
  firstMonth: number;
  nDeals: number;
  dealIds: readonly string[];
  /** Day each deal came into being. */
  createdOn: Int32Array;
  /** Attributes without a history, as the record has them. */
  attributes: Readonly<Record<string, CodedColumn>>;
  stages: readonly StageInfo[];
  owners: readonly string[];
  /** Spans of deal d: indices spanStart[d] to spanStart[d + 1] - 1, by day; at most one a day. */
  spanStart: Int32Array;
  /** First day on whose end the state held. */
  from: Int32Array;
  outcome: Uint8Array;
  /** Index into stages, -1 when unknown. */
  stage: Int32Array;
  /** Base currency; NaN when unknown. */
  amount: Float64Array;
  /** Stated close date; NO_DAY when unknown. */
  closeOn: Int32Array;
  /** Index into owners, -1 when unknown. */
  owner: Int32Array;
  /** Index into CATEGORIES, -1 when unknown. */
  category: Int32Array;
  /** Of the states in which a deal was won that is won now: the day that every page counts it on; NO_DAY otherwise, and where nobody says. */
  wonOn: Int32Array;
}

export const CATEGORIES = ["omitted", "pipeline", "best_case", "most_likely", "commit", "closed"] as const;

/** The history as it was known at the end of an earlier day: later states and later deals are not in it at all. */
export function knownAt(history: PipelineHistory, day: number): PipelineHistory {
  if (day >= history.asOf) return history;
  const {spanStart, from} = history;
  const deals: number[] = [];
  const spans: number[] = [];
  const starts = [0];
  for (let d = 0; d < history.nDeals; d++) {
    if (from[spanStart[d]!]! > day) continue;
    deals.push(d);
    for (let s = spanStart[d]!; s < spanStart[d + 1]! && from[s]! <= day; s++) spans.push(s);
    starts.push(spans.length);
  }
  const pick = <T extends Int32Array | Uint8Array | Float64Array>(column: T, rows: readonly number[]): T => {
    const kept = new (column.constructor as new (n: number) => T)(rows.length);
    for (let i = 0; i < rows.length; i++) kept[i] = column[rows[i]!]!;
    return kept;
  };
  return {
    ...history,
    asOf: day,
    nDeals: deals.length,
    dealIds: deals.map((d) => history.dealIds[d]!),
    createdOn: pick(history.createdOn, deals),
    attributes: Object.fromEntries(
      Object.entries(history.attributes).map(([name, column]) => [
        name,
        {...column, codes: pick(column.codes, deals)}
      ])
    ),
    spanStart: Int32Array.from(starts),
    from: pick(from, spans),
    outcome: pick(history.outcome, spans),
    stage: pick(history.stage, spans),
    amount: pick(history.amount, spans),
    closeOn: pick(history.closeOn, spans),
    owner: pick(history.owner, spans),
    category: pick(history.category, spans),
    wonOn: pick(history.wonOn, spans)
  };
}

/** Index of the span in force at the end of a day, -1 when the deal did not exist yet. */
export function spanAt({spanStart, from}: PipelineHistory, deal: number, day: number): number {
  let low = spanStart[deal]!;
  let high = spanStart[deal + 1]! - 1;
  if (from[low]! > day) return -1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle]! <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Closings {
  /** WON, LOST, OPEN or GONE by deal, at the end of asOf. */
  outcome: Uint8Array;
  /** Day of the closing that stands; NO_DAY while open. */
  closedOn: Int32Array;
  /** Amount as it stands, base currency; NaN when unknown. */
  amount: Float64Array;
}

/**
 * How each deal stands at the end of the history: a deal closed on the day its last unbroken stay in that outcome began, or was won on
 * the day that its record states, once that has come.
 */
export function closings({asOf, nDeals, spanStart, from, outcome, amount, wonOn}: PipelineHistory): Closings {
  const found: Closings = {
    outcome: new Uint8Array(nDeals),
    closedOn: new Int32Array(nDeals).fill(NO_DAY),
    amount: new Float64Array(nDeals)
  };
  for (let d = 0; d < nDeals; d++) {
    const last = spanStart[d + 1]! - 1;
    const now = outcome[last]!;
    found.outcome[d] = now;
    found.amount[d] = amount[last]!;
    if (now === OPEN) continue;
    let first = last;
    while (first > spanStart[d]! && outcome[first - 1] === now) first--;
    const stated = wonOn[last]!;
    found.closedOn[d] = stated === NO_DAY || stated > asOf ? from[first]! : stated;
  }
  return found;
}
