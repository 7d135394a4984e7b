/** A history built by hand or from a table of rows: told as columns of codes to {@link codedHistory}. */
import {codedHistory} from "./codedHistory.ts";
import {CATEGORIES, GONE, LOST, OPEN, type PipelineHistory, type StageInfo, WON} from "./pipelineHistory.ts";

/** One state of one deal. */
export interface SpanRow {
  deal: string;
  from: number;
  outcome: "open" | "won" | "lost" | "gone";
  stage?: string | null;
  amount?: number | null;
  closeOn?: number | null;
  owner?: string | null;
  category?: string | null;
}

const OUTCOMES = {open: OPEN, won: WON, lost: LOST, gone: GONE};

/**
 * Builds a history from its states. Rows of a deal may come in any order of deals but by day within one; of two on the
 * same day the later row counts.
 * @param attributes words by deal, for each attribute; null or absent where there is none
 */
export function buildHistory({
  rows,
  stages,
  attributes = {},
  labels = {},
  asOf,
  firstMonth = 1
}: {
  rows: readonly SpanRow[];
  stages: readonly StageInfo[];
  attributes?: Readonly<Record<string, ReadonlyMap<string, string | null>>>;
  labels?: Readonly<Record<string, string>>;
  asOf: number;
  firstMonth?: number;
}): PipelineHistory {
  const byDeal = new Map<string, SpanRow[]>();
  for (const row of rows) {
    if (row.from > asOf) continue;
    const kept = byDeal.get(row.deal);
    if (kept) kept.push(row);
    else byDeal.set(row.deal, [row]);
  }
  const ids = [...byDeal.keys()];
  const flat = [...byDeal.values()].flat();
  const owners = [...new Set(flat.flatMap(({owner}) => owner ?? []))].sort();
  const codes = (words: readonly string[], wordOf: (row: SpanRow) => string | null | undefined) => {
    const place = new Map(words.map((word, code) => [word, code]));
    return flat.map((row) => place.get(wordOf(row) ?? "") ?? -1);
  };
  return codedHistory({
    spans: {
      deal: codes(ids, ({deal}) => deal),
      from: flat.map(({from}) => from),
      outcome: flat.map(({outcome}) => OUTCOMES[outcome]),
      stage: codes(
        stages.map(({id}) => id),
        ({stage}) => stage
      ),
      owner: codes(owners, ({owner}) => owner),
      category: codes(CATEGORIES, ({category}) => category),
      amount: flat.map(({amount}) => amount ?? null),
      closeOn: flat.map(({closeOn}) => closeOn ?? null)
    },
    stages,
    owners,
    categories: CATEGORIES,
    idOf: new Map(ids.map((id, key) => [key, id])),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, words]) => [name, ids.map((id) => words.get(id) ?? null)])
    ),
    ...{labels, asOf, firstMonth}
  });
}
