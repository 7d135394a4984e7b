/** Figures of the Conformance page: rules as they were asked, and money in stages it has not earned. */
import {
  askedIn,
  type RuleCount,
  ruleCounts,
  ruleName,
  type Unearned,
  unearned,
  unearnedOn
} from "../slices/conformance.js";
import {cell, type FactTable} from "../slices/facts.js";
import {groupBy} from "../slices/partners/columns.js";
import {NONE, selectRows} from "../slices/select.js";
import {type OpenDeals, type OpenList, openDeals} from "./openThen.js";
import {type Asked, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** An open deal in a stage it has not earned. */
export interface UnearnedRow {
  id: string;
  name: string | null;
  value: number;
  stage: string;
  rules: string;
  owner: string | null;
}

/** Unearned money of a stage or another slice. */
export interface UnearnedBy extends OpenList {
  label: string;
  value: number;
  n: number;
}

/** A rule that was not met, or of which nobody knows, when a deal moved. */
export interface AskedRow {
  id: string;
  name: string | null;
  /** The rule as counts name it. */
  key: string;
  on: string | null;
  owner: string | null;
}

export const conformancePage = {
  page: "conformance",
  kinds: ["deals", "conformance"],
  pastKinds: ["standing", "unearned_spells"],
  still: (asked: Asked) => {
    const {open, found, nUnknown} = unearnedOf(asked);
    return {
      hasRules: asked.facts["conformance"]!.n > 0,
      isToday: open.isToday,
      unearned: {
        cents: found.reduce((sum, {cents}) => sum + cents, 0),
        ...open.listOf(found.map(({deal}) => deal))
      },
      /** Open deals of which nobody knows whether they had earned their stage then. */
      nUnknown,
      byStage: ranked(unearnedBy(open, found, ({stage}) => stage)),
      unearnedDeals: ranked(
        found.map(({deal, stage, rules, cents}): UnearnedRow => {
          const {deal_id, name, owner} = open.of(deal);
          return {id: deal_id, name, value: cents / 100, stage, rules: rules.join("; "), owner};
        })
      ) satisfies Ranked<UnearnedRow>
    };
  },
  quarter: (asked: Asked) => {
    const {table, rows} = askedOf(asked);
    const isKnown = (row: number) => cell(table, "is_assumed", row) !== 1;
    const broken = rows.filter((row) => isKnown(row) && cell(table, "is_met", row) !== 1);
    return {
      nAsked: rows.length,
      rules: ruleCounts(table, rows, "rule") satisfies RuleCount[],
      broken: ranked(broken.map((row) => askedRow(asked, row))) satisfies Ranked<AskedRow>,
      unknown: ranked(rows.filter((row) => !isKnown(row)).map((row) => askedRow(asked, row)))
    };
  },
  cut: (asked: Asked) => {
    const {cut} = asked.chosen;
    const {open, found} = unearnedOf(asked);
    return {bySlice: ranked(cut ? unearnedBy(open, found, ({deal}) => open.sliceOf(deal, cut.key)) : [])};
  },
  both: (asked: Asked) => {
    const {cut} = asked.chosen;
    const {table, rows} = askedOf(asked);
    const deals = asked.facts["deals"]!;
    // Who owned the deal when it moved answers for the move.
    const of = (row: number) =>
      cut!.key === "owner" ? cell(table, "owner_then", row) : cell(deals, cut!.key, dealOf(table, row));
    return {slices: ranked(cut ? ruleCounts(table, rows, (row) => String(of(row) ?? NONE)) : [])};
  }
} satisfies PageFigures<object, object, object, object>;

export type ConformanceFigures = ReturnType<typeof conformancePage.still> &
  ReturnType<typeof conformancePage.quarter> &
  ReturnType<typeof conformancePage.cut> &
  ReturnType<typeof conformancePage.both>;

interface FoundUnearned {
  open: OpenDeals;
  found: Unearned[];
  nUnknown: number;
}

/** Worked out once for the same open deals. */
const known = new WeakMap<OpenDeals, FoundUnearned>();

function unearnedOf(asked: Asked): FoundUnearned {
  const {facts, files, chosen} = asked;
  const open = openDeals(asked);
  const before = known.get(open);
  if (before) return before;
  const table = facts["conformance"]!;
  const made = open.isToday
    ? {open, found: unearned(table, facts["deals"]!, selectRows(table, chosen.filters)), nUnknown: 0}
    : {
        open,
        ...unearnedOn(files["unearned_spells"] as FactTable, chosen.day, new Set(open.rows), open.centsOf)
      };
  known.set(open, made);
  return made;
}

/** Worked out once for each filters and period: every cut asks of them. */
const askedRows = new WeakMap<object, Map<string, {table: FactTable; rows: number[]}>>();

/** Rules asked in the period of deals that pass the filters. */
function askedOf({facts, chosen}: Asked): {table: FactTable; rows: number[]} {
  const {filters, period} = chosen;
  const table = facts["conformance"]!;
  const byPeriod = askedRows.get(filters) ?? new Map<string, {table: FactTable; rows: number[]}>();
  askedRows.set(filters, byPeriod);
  const key = `${period.from} ${period.to}`;
  const before = byPeriod.get(key);
  if (before?.table === table) return before;
  const found = {table, rows: askedIn(table, selectRows(table, filters), period)};
  byPeriod.set(key, found);
  return found;
}

function askedRow({facts}: Asked, row: number): AskedRow {
  const [table, deals] = [facts["conformance"]!, facts["deals"]!];
  const deal = dealOf(table, row);
  return {
    id: String(cell(deals, "deal_id", deal) ?? ""),
    name: cell(deals, "deal_name", deal) as string | null,
    key: ruleName(table, row),
    on: cell(table, "asked_on", row) as string | null,
    owner: cell(table, "owner_then", row) as string | null
  };
}

function dealOf(table: FactTable, row: number): number {
  return Number(cell(table, "deal", row));
}

function unearnedBy(
  open: OpenDeals,
  found: readonly Unearned[],
  sliceOf: (each: Unearned) => string
): UnearnedBy[] {
  return [...groupBy(found, sliceOf)]
    .map(([label, mine]) => ({
      label,
      value: mine.reduce((sum, {cents}) => sum + cents, 0) / 100,
      n: mine.length,
      ...open.listOf(mine.map(({deal}) => deal))
    }))
    .sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
}
