/** Whether deals earned the stages they stand in: the rules of workspace.yaml against what was known when a deal moved. */
import {cell, dayNumber, type FactTable} from "./facts.js";
import {rateInterval} from "./rateInterval.js";
import {NONE, type Period} from "./select.js";

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

/** A rule with its stage and when it is asked, as counts by rule name it. */
export function ruleName(table: FactTable, row: number): string {
  return `${cell(table, "stage", row)}, ${cell(table, "moment", row)}: ${cell(table, "rule", row) ?? NONE}`;
}

/** Counts by rule, or by what `by` says of a row, the least often met first, unknown ones last. */
export function ruleCounts(
  table: FactTable,
  rows: readonly number[],
  by: "rule" | ((row: number) => string)
): RuleCount[] {
  const groups = new Map<string, RuleCount>();
  for (const row of rows) {
    const stage = String(cell(table, "stage", row));
    const key = by === "rule" ? ruleName(table, row) : by(row);
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

/**
 * The same at the end of a day, from rules not met by days (columns deal, stage, rule, is_assumed, from_on, to_on); of fields
 * without a history nobody knows, and the deals of which only that can be said are counted apart.
 */
export function unearnedOn(
  spells: FactTable,
  day: number,
  deals: ReadonlySet<number>,
  centsOf: (deal: number) => number | null
): {found: Unearned[]; nUnknown: number} {
  const found = new Map<number, Unearned>();
  const unknown = new Set<number>();
  const [from, to] = ["from_on", "to_on"].map((name) => {
    const column = spells.columns[name];
    return column?.kind === "day" ? column.values : [];
  }) as [(number | null)[], (number | null)[]];
  for (let row = 0; row < spells.n; row++) {
    const deal = Number(cell(spells, "deal", row));
    if (from[row]! > day || to[row]! <= day || !deals.has(deal)) continue;
    if (cell(spells, "is_assumed", row) === 1) {
      unknown.add(deal);
      continue;
    }
    const entry = found.get(deal) ?? {
      deal,
      stage: String(cell(spells, "stage", row)),
      rules: [],
      cents: centsOf(deal) ?? 0
    };
    entry.rules.push(String(cell(spells, "rule", row)));
    found.set(deal, entry);
  }
  return {
    found: [...found.values()].sort(byMoney),
    nUnknown: [...unknown].filter((deal) => !found.has(deal)).length
  };
}

function byMoney(a: Unearned, b: Unearned): number {
  return b.cents - a.cents || a.deal - b.deal;
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
  return [...found.values()].sort(byMoney);
}
