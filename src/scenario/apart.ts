/**
 * A large firm's input as it travels: what every question needs, and beside it what only some do: a column that filters or
 * levers cut by, quotas cut by people, and the names of open deals. What was taken apart and put together answers as before.
 */
import {cell, type FactColumn, type FactTable, pickRows} from "../slices/facts.js";
import {NONE} from "../slices/select.js";
import type {ScenarioInput} from "./input.js";
import {numbers, rowOf} from "./levers/selected.js";
import type {Scenario} from "./scenario.js";

/** Deals of one part of names. */
const PART_DEALS = 2000;
/** Values of a slice above which shares are told in brief. */
const MANY = 200;
/** Deals listed before anything is typed. */
const LISTED = 200;
/** Columns of a single deal, which only a deal that is forced needs. */
const SINGLE = ["deal_id", "deal_name", "close_on", "amount"] as const;
/** Wins one by one, which only filters need. */
const WON = "scenario/won/rows";
const QUOTA_CUTS = ["owner", "team", "region"];

/** What lies beside a large firm's input. */
export interface ApartIndex {
  /** Slices, and stage: each a part of its own. */
  slices: string[];
  /** The first id of each part of names, in the order of characters. */
  starts: string[];
  /** The largest deals. */
  listed: DealNames;
}

/** Open deals by name: their rows, and what the table says of them. */
export interface DealNames {
  rows: number[];
  columns: Record<string, FactColumn>;
}

/** What the input holds of one slice: columns of deals and of wins, and shares of the deals to come of each source, by its values. */
export interface SlicePart {
  words: string[];
  /** The first of them, which deals have. */
  nOfDeals: number;
  deals: (number | null)[] | null;
  won: (number | null)[] | null;
  shares: (number[] | null)[];
}

/** The same deals, those of a curve together and the smaller first: in that order their columns compress best. */
export function inOrder(input: ScenarioInput): ScenarioInput {
  const {n, columns} = input.deals;
  const [curve, expected] = [numbers(columns["curve"]), numbers(columns["expected"])];
  const order = Array.from({length: n}, (_, row) => row).sort(
    (a, b) => (curve[a] ?? -1) - (curve[b] ?? -1) || (expected[a] ?? 0) - (expected[b] ?? 0) || a - b
  );
  return {...input, deals: pickRows(input.deals, order)};
}

/** An input (as {@link inOrder} has it) without what lies in parts, their index, and the parts by name. */
export function takeApart(whole: ScenarioInput): {
  input: ScenarioInput;
  index: ApartIndex;
  parts: Map<string, unknown>;
} {
  const input = inOrder(whole);
  const {deals, won, quotas, arrivals} = input;
  const cut = Object.keys(deals.columns).filter((key) => deals.columns[key]!.kind === "key");
  const slices = [...new Set([...cut, ...arrivals.flatMap(({shares}) => Object.keys(shares))])].filter(
    (key) => key !== "account_name"
  );
  const parts = new Map<string, unknown>();
  for (const key of slices) parts.set(slicePart(key), sliceOf(input, key));
  parts.set(quotaPart(["owner"]), quotas);
  parts.set(quotaPart([]), summed(quotas, "month_on", "quota_amount", QUOTA_CUTS.slice(1)));
  parts.set(WON, only(won, ["closed_on", "amount"]));
  const ids = texts(deals, "deal_id");
  const byId = ids.map((_, row) => row).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const starts: string[] = [];
  for (let from = 0; from < byId.length; from += PART_DEALS) {
    starts.push(ids[byId[from]!]!);
    parts.set(namesPart(starts.length - 1), named(deals, byId.slice(from, from + PART_DEALS)));
  }
  const amounts = numbers(deals.columns["amount"]);
  const largest = byId
    .slice()
    .sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b)
    .slice(0, LISTED);
  return {
    input: {
      ...input,
      deals: only(deals, ["expected", "curve"]),
      won: summed(won, "closed_on", "amount"),
      quotas: summed(quotas, "month_on", "quota_amount"),
      // What partners bring is asked of every scenario.
      arrivals: arrivals.map(({shares: {partner}, ...source}) => {
        const shares: (typeof arrivals)[number]["shares"] = {};
        if (partner) shares["partner"] = {[NONE]: partner[NONE] ?? 0};
        return {...source, shares};
      })
    },
    index: {slices, starts, listed: named(deals, largest)},
    parts
  };
}

/** The parts that a scenario needs beside its input. */
export function neededParts({slices, starts}: ApartIndex, scenario: Scenario): string[] {
  const filtered = Object.entries(scenario.filters).flatMap(([key, values]) =>
    values.length > 0 ? [key] : []
  );
  const cut = [...filtered, ...scenario.levers.flatMap(({where}) => (where ? [where.dimension] : []))];
  return [
    ...(filtered.length > 0 ? [WON] : []),
    ...slices.filter((key) => cut.includes(key)).map(slicePart),
    ...(filtered.some((key) => QUOTA_CUTS.includes(key)) ? [quotaPart(filtered)] : []),
    ...partsOfNames(
      {starts},
      scenario.deals.map(({deal}) => deal)
    )
  ];
}

/** The parts of names that would hold these ids. */
export function partsOfNames({starts}: Pick<ApartIndex, "starts">, ids: readonly string[]): string[] {
  const at = ids.map((id) => starts.filter((start) => start <= id).length - 1);
  return [...new Set(at)].filter((part) => part >= 0).map(namesPart);
}

/** Puts a part back into the input it was taken from. */
export function putBack(input: ScenarioInput, file: string, part: unknown): void {
  const [, kind, key] = file.split("/");
  // Quotas by person answer what those by team do.
  if (kind === "quotas") input.quotas = input.quotas.columns["owner"] ? input.quotas : (part as FactTable);
  // A slice's column of wins may be there already; until its rows are, nothing filters by it.
  else if (kind === "won") input.won = withColumns(part as FactTable, input.won);
  else if (kind === "names") putNames(input, part as DealNames);
  else if (key !== undefined) {
    const {words, nOfDeals, deals, won, shares} = part as SlicePart;
    if (deals) input.deals.columns[key] = {kind: "key", words: words.slice(0, nOfDeals), codes: deals};
    if (won) input.won.columns[key] = {kind: "key", words, codes: won};
    for (const [i, source] of input.arrivals.entries()) {
      const own = shares[i];
      if (own) source.shares[key] = Object.fromEntries(own.map((share, code) => [words[code]!, share]));
    }
  }
}

/** Makes deals known by name, date and amount. */
export function putNames(input: ScenarioInput, {rows, columns}: DealNames): void {
  const {deals} = input;
  for (const [name, {kind}] of Object.entries(columns))
    deals.columns[name] ??= {kind, values: new Array(deals.n).fill(null)} as FactColumn;
  const known = rowOf(input) as Map<string, number>;
  known.delete("");
  rows.forEach((row, i) => {
    for (const [name, column] of Object.entries(columns)) {
      const into = deals.columns[name]!;
      if (column.kind !== "key" && into.kind !== "key") into.values[row] = column.values[i]!;
    }
    known.set(texts({columns}, "deal_id")[i]!, row);
  });
}

function sliceOf({deals, won, arrivals}: ScenarioInput, key: string): SlicePart {
  const columns = [deals, won].map(({columns}) => columns[key]);
  const wordsOf = (column: FactColumn | undefined) => (column?.kind === "key" ? column.words : []);
  const words = [
    ...new Set([
      ...columns.flatMap(wordsOf),
      ...arrivals.flatMap(({shares}) => Object.keys(shares[key] ?? {}))
    ])
  ];
  const codeOf = new Map(words.map((word, code) => [word, code]));
  const [ofDeals, ofWon] = columns.map((column) => {
    if (column?.kind !== "key") return null;
    const recoded = column.words.map((word) => codeOf.get(word)!);
    return column.codes.map((code) => (code === null ? null : recoded[code]!));
  });
  // Of a slice of many values, to four figures.
  const brief = (share: number) => (words.length > MANY ? Number(share.toPrecision(4)) : share);
  return {
    words,
    nOfDeals: wordsOf(columns[0]).length,
    deals: ofDeals!,
    won: ofWon!,
    shares: arrivals.map(({shares}) => {
      const own = shares[key];
      return own ? words.map((word) => brief(own[word] ?? 0)) : null;
    })
  };
}

function slicePart(key: string): string {
  return `scenario/by/${key}`;
}

/** Quotas by person where a person is asked of; by team and region otherwise. */
function quotaPart(filtered: readonly string[]): string {
  return `scenario/quotas/${filtered.includes("owner") ? "people" : "teams"}`;
}

function namesPart(part: number): string {
  return `scenario/names/${part}`;
}

function named(deals: FactTable, rows: readonly number[]): DealNames {
  return {rows: [...rows], columns: pickRows(only(deals, SINGLE), rows).columns};
}

function only({n, columns}: FactTable, names: readonly string[]): FactTable {
  return {
    n,
    columns: Object.fromEntries(names.flatMap((name) => (columns[name] ? [[name, columns[name]]] : [])))
  };
}

/** A table's money added up by day and by what is in `cuts`. */
function summed(
  {n, columns}: FactTable,
  day: string,
  money: string,
  cuts: readonly string[] = []
): FactTable {
  const by = [...cuts, day].filter((name) => columns[name]);
  const amounts = numbers(columns[money]);
  const groups = new Map<string, {row: number; sum: number}>();
  for (let row = 0; row < n; row++) {
    const key = by.map((name) => cell({n, columns}, name, row) ?? "").join("|");
    const group = groups.get(key) ?? {row, sum: 0};
    groups.set(key, group);
    group.sum += amounts[row] ?? 0;
  }
  const kept = [...groups.values()];
  const taken = Object.fromEntries(by.map((name) => [name, columns[name]!]));
  return {
    n: kept.length,
    columns: {
      ...pickRows(
        {n, columns: taken},
        kept.map(({row}) => row)
      ).columns,
      ...(columns[money] ? {[money]: {kind: "cents", values: kept.map(({sum}) => sum)} as const} : {})
    }
  };
}

/** The table with those key columns of another one that it lacks. */
function withColumns(table: FactTable, {columns}: FactTable): FactTable {
  const keys = Object.entries(columns).filter(([, {kind}]) => kind === "key");
  return {...table, columns: {...table.columns, ...Object.fromEntries(keys)}};
}

function texts({columns}: Pick<FactTable, "columns">, name: string): readonly (string | null)[] {
  const column = columns[name];
  return column?.kind === "text" ? column.values : [];
}
