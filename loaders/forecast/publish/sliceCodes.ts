/** Which slice of a dimension each deal belongs to: the largest by name, the rest together. */
import {closings, type PipelineHistory, spanAt, WON} from "../history/pipelineHistory.ts";

const MOST_SLICES = 12;
const NONE = "(none)";
const OTHERS = "all others";
/** Attributes that a forecast is cut by, beside the owner and the firm's own slices. */
const DIMENSIONS = ["channel", "region", "product_family", "product", "segment", "deal_type", "partner"];
const RECENT_DAYS = 365;
/** New deals are shared out as wins of the last year were, drawn towards the deals created by so many average wins. */
const PRIOR_WINS = 10;

export interface SliceCodes {
  key: string;
  label: string;
  values: readonly string[];
  /** Index of a deal's slice, the deal as a history counts it. */
  of(history: PipelineHistory, deal: number): number;
  /** Running shares of the slices in what deals not created yet will bring, the last being 1. */
  sharesOfNew(history: PipelineHistory): Float64Array;
}

/** The dimensions that cut a history's deals into at least two slices. */
export function sliceDimensions(history: PipelineHistory): SliceCodes[] {
  const {attributes, owners} = history;
  const keys = [...DIMENSIONS, ...Object.keys(attributes).filter((key) => key.startsWith("x_"))];
  const columns = keys.flatMap((key) => {
    const column = attributes[key];
    return column
      ? [
          {
            key,
            label: column.label,
            words: column.words,
            wordOf: (h: PipelineHistory, d: number) => h.attributes[key]!.codes[d]!
          }
        ]
      : [];
  });
  const owner = {
    key: "owner",
    label: "Owner",
    words: owners,
    wordOf: (h: PipelineHistory, d: number) => h.owner[spanAt(h, d, h.asOf)]!
  };
  return [...columns, owner].flatMap(({key, label, words, wordOf}) => {
    const size = new Float64Array(words.length + 1);
    // By the whole history's number of deals: the same slices on all days.
    for (let d = 0; d < history.nDeals; d++) size[wordOf(history, d) + 1]! += 1;
    const named = words
      .map((word, code) => ({word, code, n: size[code + 1]!}))
      .filter(({n}) => n > 0)
      .sort((a, b) => b.n - a.n || a.code - b.code);
    const shown = named.slice(0, named.length > MOST_SLICES ? MOST_SLICES - 1 : MOST_SLICES);
    const hasOthers = named.length > shown.length;
    const hasNone = size[0]! > 0;
    const values = [
      ...shown.map(({word}) => word),
      ...(hasOthers ? [OTHERS] : []),
      ...(hasNone ? [NONE] : [])
    ];
    if (values.length < 2) return [];
    const place = new Int32Array(words.length).fill(shown.length);
    shown.forEach(({code}, i) => {
      place[code] = i;
    });
    const of = (h: PipelineHistory, d: number) => {
      const code = wordOf(h, d);
      return code < 0 ? values.length - 1 : place[code]!;
    };
    return [{key, label, values, of, sharesOfNew: (h: PipelineHistory) => sharesOfNew(h, values.length, of)}];
  });
}

function sharesOfNew(
  history: PipelineHistory,
  n: number,
  of: (h: PipelineHistory, d: number) => number
): Float64Array {
  const {outcome, closedOn, amount} = closings(history);
  const created = new Float64Array(n);
  const won = new Float64Array(n);
  let [nWon, sum] = [0, 0];
  for (let d = 0; d < history.nDeals; d++) {
    const slice = of(history, d);
    if (history.asOf - history.createdOn[d]! < RECENT_DAYS) created[slice]! += 1;
    if (outcome[d] !== WON || history.asOf - closedOn[d]! >= RECENT_DAYS || Number.isNaN(amount[d]!))
      continue;
    won[slice]! += amount[d]!;
    sum += amount[d]!;
    nWon++;
  }
  const nCreated = created.reduce((a, b) => a + b, 0);
  const prior = PRIOR_WINS * (nWon > 0 ? sum / nWon : 1);
  const running = new Float64Array(n);
  let total = 0;
  for (let slice = 0; slice < n; slice++) {
    total += won[slice]! + prior * (nCreated > 0 ? created[slice]! / nCreated : 1 / n);
    running[slice] = total;
  }
  return running.map((value) => value / total);
}
