/**
 * A large firm's input as it travels: what every question needs, and beside it what only some do: a column that filters or
 * levers cut by, quotas cut by people, and the names of open deals. What was taken apart and put together answers as before.
 */
import type {FactColumn, FactTable} from "../slices/facts.js";
import {NONE} from "../slices/select.js";
import type {ScenarioInput} from "./input.js";
import {rowOf} from "./levers/selected.js";
import type {Scenario} from "./scenario.js";

/** Deals of one part of names. */
const PART_DEALS = 2000;
/** Deals listed before anything is typed. */
const LISTED = 200;
/** Columns of a single deal, which only a deal that is forced needs. */
const SINGLE = ["deal_id", "deal_name", "close_on", "amount"] as const;
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

/** What the input holds of one slice. */
export interface SlicePart {
  deals: FactColumn | null;
  won: FactColumn | null;
  /** Shares of deals to come, by source. */
  shares: (Record<string, number> | null)[];
}

/** An input without what lies in parts, their index, and the parts by name. */
export function takeApart(input: ScenarioInput): {
  input: ScenarioInput;
  index: ApartIndex;
  parts: Map<string, unknown>;
} {
  const {deals, won, quotas, arrivals} = input;
  const cut = Object.keys(deals.columns).filter((key) => deals.columns[key]!.kind === "key");
  const slices = [...new Set([...cut, ...arrivals.flatMap(({shares}) => Object.keys(shares))])].filter(
    (key) => key !== "account_name"
  );
  const parts = new Map<string, unknown>();
  for (const key of slices)
    parts.set(slicePart(key), {
      deals: deals.columns[key] ?? null,
      won: won.columns[key] ?? null,
      shares: arrivals.map(({shares}) => shares[key] ?? null)
    } satisfies SlicePart);
  parts.set(quotaPart(["owner"]), quotas);
  parts.set(quotaPart([]), summed(quotas, QUOTA_CUTS.slice(1)));
  const ids = texts(deals, "deal_id");
  const byId = ids.map((_, row) => row).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const starts: string[] = [];
  for (let from = 0; from < byId.length; from += PART_DEALS) {
    starts.push(ids[byId[from]!]!);
    parts.set(namesPart(starts.length - 1), named(deals, byId.slice(from, from + PART_DEALS)));
  }
  const amounts = deals.columns["amount"];
  const amountOf = (row: number) => (amounts?.kind === "cents" ? (amounts.values[row] ?? 0) : 0);
  const largest = byId
    .slice()
    .sort((a, b) => amountOf(b) - amountOf(a) || a - b)
    .slice(0, LISTED);
  return {
    input: {
      ...input,
      deals: only(deals, ["expected", "curve"]),
      won: only(won, ["closed_on", "amount"]),
      quotas: summed(quotas, []),
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
  else if (kind === "names") putNames(input, part as DealNames);
  else if (key !== undefined) {
    const {deals, won, shares} = part as SlicePart;
    if (deals) input.deals.columns[key] = deals;
    if (won) input.won.columns[key] = won;
    for (const [i, source] of input.arrivals.entries()) if (shares[i]) source.shares[key] = shares[i];
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
  const columns = SINGLE.flatMap((name): [string, FactColumn][] => {
    const column = deals.columns[name];
    if (!column || column.kind === "key") return [];
    return [[name, {kind: column.kind, values: rows.map((row) => column.values[row] ?? null)} as FactColumn]];
  });
  return {rows: [...rows], columns: Object.fromEntries(columns)};
}

function only({n, columns}: FactTable, names: readonly string[]): FactTable {
  return {
    n,
    columns: Object.fromEntries(names.flatMap((name) => (columns[name] ? [[name, columns[name]]] : [])))
  };
}

/** Quotas added up over what is not in `cuts`. */
function summed({n, columns}: FactTable, cuts: readonly string[]): FactTable {
  const by = [...cuts, "month_on"].filter((name) => columns[name]);
  const amounts = columns["quota_amount"];
  if (amounts?.kind !== "cents") return {n, columns};
  const codeOf = (name: string, row: number) => {
    const column = columns[name]!;
    return column.kind === "key" ? column.codes[row] : column.values[row];
  };
  const groups = new Map<string, {row: number; sum: number}>();
  for (let row = 0; row < n; row++) {
    const key = by.map((name) => codeOf(name, row) ?? "").join("|");
    const group = groups.get(key) ?? {row, sum: 0};
    groups.set(key, group);
    group.sum += amounts.values[row] ?? 0;
  }
  const kept = [...groups.values()];
  const taken = by.map((name): [string, FactColumn] => {
    const column = columns[name]!;
    const values = kept.map(({row}) => codeOf(name, row) ?? null);
    return [name, (column.kind === "key" ? {...column, codes: values} : {...column, values}) as FactColumn];
  });
  const sums: FactColumn = {kind: "cents", values: kept.map(({sum}) => sum)};
  return {n: kept.length, columns: {...Object.fromEntries(taken), quota_amount: sums}};
}

function texts({columns}: Pick<FactTable, "columns">, name: string): readonly (string | null)[] {
  const column = columns[name];
  return column?.kind === "text" ? column.values : [];
}
