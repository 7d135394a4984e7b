/** The three tables of the Explore page, from the same files the other pages read. */
import {cell, type FactColumn, type FactTable} from "../facts.js";
import {joinDeals} from "../joinDeals.js";
import {LINE_WORDS, LINES} from "../movement.js";
import type {MovementData} from "../movementData.js";
import type {FiscalPeriod, SiteData} from "../site.js";
import {
  type ExploreTable,
  flagField,
  type NumberField,
  numberField,
  type ShownField,
  type WordField,
  wordField
} from "./exploreTable.js";
import {movementFacts} from "./movementFacts.js";
import {periodFields} from "./periodFields.js";

export interface ExploreSources {
  site: SiteData;
  deals: FactTable;
  /** Passages of deals through stages, with the deal's row in `deals`. */
  entries: FactTable;
  movement: MovementData;
}

type Periods = Parameters<typeof periodFields>[3];

/** Deals as they stand, their stage passages, and the weekly movements of the open pipeline. */
export function exploreTables({site, deals, entries, movement}: ExploreSources): ExploreTable[] {
  const periods = {months: site.months, quarters: allQuarters(site.quarters, movement.quarters)};
  return [
    dealTable(site, deals, periods),
    passageTable(site, joinDeals(entries, deals), deals, periods),
    movementTable(site, movement, periods)
  ].filter(({n}) => n > 0);
}

function dealTable(site: SiteData, deals: FactTable, periods: Periods): ExploreTable {
  const amounts = ["open_amount", "won_amount", "lost_amount"].map((name) => numbers(deals, name));
  // What has no amount counts as nothing in sums over outcomes; in an average it must not count at all.
  const amount = Array.from({length: deals.n}, (_, row) => {
    const sum = amounts.reduce((all, values) => all + (values[row] ?? 0), 0);
    return sum === 0 ? null : sum;
  });
  const [won, lost] = [numbers(deals, "n_won"), numbers(deals, "n_lost")];
  const isWon = won.map((n, row) => (n! + lost[row]! > 0 ? n : null));
  const open = numbers(deals, "n_open");
  return {
    key: "deals",
    label: "Deals",
    noun: "deals",
    about: "A row is a deal as it stands on the as-of day.",
    n: deals.n,
    words: present([
      wordField("stage", "Stage", deals.columns["stage"], stageNames(site)),
      wordField("outcome", "Outcome", deals.columns["outcome"], ["open", "won", "lost"]),
      ...dimensions(site, deals),
      wordField("age_band", "Age", deals.columns["age_band"], site.ageBands),
      flagField("is_overdue", "Overdue", deals.columns["is_overdue"], ["not overdue", "overdue"]),
      wordField("account_name", "Customer", deals.columns["account_name"]),
      ...periodFields("created_on", "created", deals.columns["created_on"], periods),
      ...periodFields("closed_on", "closed", deals.columns["closed_on"], periods),
      ...periodFields("close_on", "due", deals.columns["close_on"], periods)
    ]),
    numbers: present([
      numberField("amount", "Amount", "money", amount),
      numberField(
        "weighted_amount",
        "Weighted amount of open deals",
        "money",
        numbers(deals, "weighted_amount").map((cents, row) => (open[row]! > 0 ? cents : null))
      ),
      numberField("is_won", "Win rate", "ratio", isWon),
      numberField("cycle_days", "Days to win", "days", numbers(deals, "cycle_days")),
      numberField("age_days", "Age of open deals", "days", numbers(deals, "age_days")),
      numberField("stage_days", "Days in the present stage", "days", numbers(deals, "stage_days"))
    ]),
    shown: [
      shown("deal_name", "Deal", "text", deals),
      {
        key: "amount",
        label: "Amount",
        unit: "money",
        at: (row) => (amount[row] === null ? null : amount[row]! / 100)
      },
      shown("stage", "Stage", "text", deals),
      shown("account_name", "Customer", "text", deals),
      shown("owner", "Owner", "text", deals),
      shown("created_on", "Created", "date", deals),
      shown("close_on", "Close date", "date", deals),
      shown("closed_on", "Closed", "date", deals),
      shown("cycle_days", "Cycle", "days", deals),
      shown("deal_id", "Id", "text", deals)
    ]
  };
}

function passageTable(site: SiteData, rows: FactTable, deals: FactTable, periods: Periods): ExploreTable {
  const deal = numbers(rows, "deal");
  const kind = rows.columns["stage_kind"];
  // A closed deal does not stay in its last stage: it is over.
  const isOver = (row: number) =>
    kind?.kind === "key" &&
    kind.words[kind.codes[row] ?? -1] !== undefined &&
    kind.words[kind.codes[row]!] !== "open";
  const stay = numbers(rows, "stage_days").map((days, row) => (isOver(row) ? null : days));
  return {
    key: "stages",
    label: "Stage passages",
    noun: "passages",
    about:
      "A row is one stay of a deal in one stage; a stage that is entered again is another row. Stays that last count as long as they are so far: Velocity has the days that allow for that.",
    n: rows.n,
    words: present([
      wordField("stage", "Stage", rows.columns["stage"], stageNames(site)),
      wordField("move", "How it left", rows.columns["move"]),
      wordField("outcome", "Outcome of the deal", rows.columns["outcome"], ["open", "won", "lost"]),
      ...dimensions(site, rows),
      ...periodFields("entered_on", "entered", rows.columns["entered_on"], periods),
      ...periodFields("left_on", "left", rows.columns["left_on"], periods)
    ]),
    numbers: present([
      numberField("stage_days", "Days in stage so far", "days", stay),
      numberField(
        "amount",
        "Amount on entry",
        "money",
        numbers(rows, "amount_base").map((cents) => (cents === 0 ? null : cents))
      )
    ]),
    shown: [
      dealName(deal, deals),
      shown("stage", "Stage", "text", rows),
      shown("move", "How it left", "text", rows),
      shown("entered_on", "Entered", "date", rows),
      shown("left_on", "Left", "date", rows),
      {key: "stage_days", label: "Days", unit: "days", at: (row) => stay[row]!},
      shown("amount_base", "Amount", "money", rows),
      shown("owner", "Owner", "text", rows)
    ]
  };
}

function movementTable(site: SiteData, movement: MovementData, periods: Periods): ExploreTable {
  const {deals, isShortened, since} = movement;
  const rows = movementFacts(movement);
  const deal = numbers(rows, "deal");
  return {
    key: "movements",
    label: "Movements",
    noun: "movements",
    about: `A row is what one deal did to the open pipeline in one week${isShortened ? ` since ${since}, as far back as the page has room for` : ""}. All rows together make the change from begin to end.`,
    n: rows.n,
    words: present([
      wordField(
        "line",
        "Movement",
        rows.columns["line"],
        LINES.map((line) => LINE_WORDS[line])
      ),
      ...dimensions(site, rows),
      ...periodFields("week_on", "", rows.columns["week_on"], periods)
    ]),
    numbers: present([
      numberField("change", "Change of the open pipeline", "money", numbers(rows, "change"))
    ]),
    shown: [
      dealName(deal, deals),
      shown("line", "Movement", "text", rows),
      shown("change", "Change", "money", rows),
      shown("week_on", "Week of", "date", rows),
      shown("owner", "Owner", "text", rows)
    ]
  };
}

function dimensions(site: SiteData, table: FactTable): (WordField | null)[] {
  return site.dimensions
    .filter(({key}) => key in table.columns)
    .map(({key, label}) => wordField(key, label, table.columns[key]));
}

function dealName(deal: readonly (number | null)[], deals: FactTable): ShownField {
  return {
    key: "deal_name",
    label: "Deal",
    unit: "text",
    at: (row) => cell(deals, "deal_name", deal[row]!)
  };
}

function shown(key: string, label: string, unit: ShownField["unit"], table: FactTable): ShownField {
  return {key, label, unit, at: (row) => cell(table, key, row)};
}

function stageNames({stages}: SiteData): string[] {
  return [...new Set(stages.map(({stage}) => stage))];
}

function allQuarters(past: readonly FiscalPeriod[], due: readonly FiscalPeriod[]): FiscalPeriod[] {
  const known = new Map([...past, ...due].map((quarter) => [quarter.from, quarter]));
  return [...known.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** A number column, or nothing but nulls where the table has none. */
function numbers(table: FactTable, name: string): (number | null)[] {
  const column: FactColumn | undefined = table.columns[name];
  return column?.kind === "cents" || column?.kind === "number"
    ? column.values
    : Array.from({length: table.n}, () => null);
}

function present<Field extends WordField | NumberField>(fields: (Field | null)[]): Field[] {
  return fields.filter((field): field is Field => field !== null);
}
