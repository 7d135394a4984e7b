/** A history from columns of codes, as a database gives them: no object a row. */
import {
  CATEGORIES,
  type CodedColumn,
  NO_DAY,
  type PipelineHistory,
  type StageInfo
} from "./pipelineHistory.ts";

/** One state a row: those of a deal follow each other, by day. */
export interface SpanColumns {
  /** Key of the deal. */
  deal: number[];
  from: number[];
  /** OPEN, WON, LOST or GONE. */
  outcome: number[];
  /** Indices into the stages, owners and categories; -1 for none. */
  stage: number[];
  owner: number[];
  category: number[];
  amount: (number | null)[];
  closeOn: (number | null)[];
  /** The day a deal that is won now was won on, where that is stated. */
  wonOn: (number | null)[];
}

/**
 * Builds the history. Of two states on the same day the later row counts; what begins after the day is left out.
 * @param attributes words by key of the deal
 * @param categories what each category is to the models; null for none they know
 */
export function codedHistory({
  spans,
  stages,
  owners,
  categories,
  idOf,
  attributes,
  labels,
  asOf,
  firstMonth
}: {
  spans: Partial<SpanColumns>;
  stages: readonly StageInfo[];
  owners: readonly string[];
  categories: readonly (string | null)[];
  idOf: ReadonlyMap<number, string>;
  attributes: Readonly<Record<string, readonly (string | null)[]>>;
  labels: Readonly<Record<string, string>>;
  asOf: number;
  firstMonth: number;
}): PipelineHistory {
  const {deal = [], from = [], outcome = [], stage = [], owner = [], category = []} = spans;
  const {amount = [], closeOn = [], wonOn = []} = spans;
  const kept = new Int32Array(deal.length);
  const starts: number[] = [];
  const keys: number[] = [];
  let n = 0;
  for (let i = 0; i < deal.length; i++) {
    if (from[i]! > asOf) continue;
    if (keys.at(-1) !== deal[i]) {
      keys.push(deal[i]!);
      starts.push(n);
    } else if (from[kept[n - 1]!] === from[i]) n--;
    kept[n++] = i;
  }
  starts.push(n);
  const rows = kept.subarray(0, n);
  const ints = (column: readonly (number | null)[], missing: number) =>
    Int32Array.from(rows, (row) => column[row] ?? missing);
  const codes = ints(owner, -1);
  const used = new Set(codes);
  const named = owners.filter((_, code) => used.has(code));
  const place = new Map(named.map((name, code) => [name, code]));
  const ownerCode = owners.map((name) => place.get(name) ?? -1);
  const categoryCode = categories.map((word) => (CATEGORIES as readonly (string | null)[]).indexOf(word));
  return {
    asOf,
    firstMonth,
    nDeals: keys.length,
    dealIds: keys.map((key) => idOf.get(key)!),
    createdOn: Int32Array.from(keys, (_, d) => from[rows[starts[d]!]!]!),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, words]) => [name, coded(labels[name] ?? name, keys, words)])
    ),
    stages,
    owners: named,
    spanStart: Int32Array.from(starts),
    from: ints(from, NO_DAY),
    outcome: Uint8Array.from(rows, (row) => outcome[row]!),
    stage: ints(stage, -1),
    amount: Float64Array.from(rows, (row) => amount[row] ?? Number.NaN),
    closeOn: ints(closeOn, NO_DAY),
    owner: codes.map((code) => ownerCode[code] ?? -1),
    category: Int32Array.from(rows, (row) => categoryCode[category[row]!] ?? -1),
    wonOn: ints(wonOn, NO_DAY)
  };
}

function coded(label: string, keys: readonly number[], wordOf: readonly (string | null)[]): CodedColumn {
  const words = [...new Set(keys.map((key) => wordOf[key] ?? null))]
    .filter((word): word is string => word !== null)
    .sort();
  const index = new Map(words.map((word, i) => [word, i]));
  return {label, words, codes: Int32Array.from(keys, (key) => index.get(wordOf[key] ?? "") ?? -1)};
}
