/** Whether deals earned the stages they stand in: the rules of workspace.yaml against what was known when a deal moved. */
import {cell, dayNumber, type FactTable} from "./facts.js";
import {rateInterval} from "./rateInterval.js";
import type {Period} from "./select.js";

/** How often a rule (or an owner's steps) was met. */
export interface RuleCount {
  key: string;
  stage: string;
  nMet: number;
  nNotMet: number;
  /** Asked about a field without a history: nobody knows what stood there then. */
  nUnknown: number;
  /** Met of known, with its 95% interval; null when nothing is known. */
  met: number | null;
  lo: number | null;
  hi: number | null;
}

/** Rows asked when deals moved, in the period. */
export function askedIn(table: FactTable, rows: readonly number[], {from, to}: Period): number[] {
  const column = table.columns["asked_on"];
  return rows.filter((row) => {
    if (cell(table, "moment", row) === "now") return false;
    const day = column?.kind === "day" ? (column.values[row] ?? null) : null;
    return day !== null && day >= dayNumber(from) && day <= dayNumber(to);
  });
}

/** Counts by rule ("rule") or owner ("owner_then"), the least often met first, unknown ones last. */
export function ruleCounts(
  table: FactTable,
  rows: readonly number[],
  by: "rule" | "owner_then"
): RuleCount[] {
  const groups = new Map<string, RuleCount>();
  for (const row of rows) {
    const stage = String(cell(table, "stage", row));
    const name = String(cell(table, by, row) ?? "(none)");
    const key = by === "rule" ? `${stage}, ${cell(table, "moment", row)}: ${name}` : name;
    const counts = groups.get(key) ?? {
      ...{key, stage, nMet: 0, nNotMet: 0, nUnknown: 0},
      ...{met: null, lo: null, hi: null}
    };
    groups.set(key, counts);
    if (cell(table, "is_assumed", row) === 1) counts.nUnknown++;
    else if (cell(table, "is_met", row) === 1) counts.nMet++;
    else counts.nNotMet++;
  }
  return [...groups.values()]
    .map((counts) => {
      const n = counts.nMet + counts.nNotMet;
      const interval = rateInterval(counts.nMet, n);
      return {
        ...counts,
        met: n > 0 ? counts.nMet / n : null,
        lo: interval?.lo ?? null,
        hi: interval?.hi ?? null
      };
    })
    .sort((a, b) => (a.met ?? 2) - (b.met ?? 2) || b.nNotMet - a.nNotMet || (a.key < b.key ? -1 : 1));
}

/** An open deal in a stage whose entry rules it does not meet on the as-of day. */
export interface Unearned {
  deal: number;
  stage: string;
  rules: string[];
  cents: number;
}

/** Open deals that break a rule of their stage today, the most money first; each once, with its open amount. */
export function unearned(table: FactTable, deals: FactTable, rows: readonly number[]): Unearned[] {
  const amount = deals.columns["open_amount"];
  const found = new Map<number, Unearned>();
  for (const row of rows) {
    if (cell(table, "moment", row) !== "now" || cell(table, "is_met", row) === 1) continue;
    const deal = Number(cell(table, "deal", row));
    const entry = found.get(deal) ?? {
      deal,
      stage: String(cell(table, "stage", row)),
      rules: [],
      cents: amount?.kind === "cents" ? (amount.values[deal] ?? 0) : 0
    };
    entry.rules.push(String(cell(table, "rule", row)));
    found.set(deal, entry);
  }
  return [...found.values()].sort((a, b) => b.cents - a.cents || a.deal - b.deal);
}
