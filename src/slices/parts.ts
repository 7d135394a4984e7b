/**
 * A large firm's facts come in parts: cells for every set of filters that is offered, and single deals for what is narrow
 * enough. Pages fetch the part that their filters ask for; a firm of ordinary size has none and ships one row a deal.
 */
import type {Filters} from "./select.js";
import type {Dimension, FiscalPeriod, SiteData} from "./site.js";

/** What parts there are; made by loaders/pages/parts/partsIndex.ts. */
export interface PartsIndex {
  /** Changes with every build, so that no browser mixes two. */
  version: string;
  /** Sets of dimensions that can be filtered by together, each in the order of the workspace; [] is the whole. */
  cuts: string[][];
  /** Dimensions whose values are narrow enough for single deals: the part of each value that is offered. */
  rows: {dimension: string; partOf: Record<string, number>}[];
  /** Deals of one part, at most. */
  partDeals: number;
  /** Dimensions whose values the build works figures out for, besides the whole; null: it works out none. */
  answers: string[] | null;
  /** Pairs of those of which it answers one value each. */
  pairs: string[][];
  /** Past days as of which it answers the whole, ISO, the newest first. */
  days: string[];
  /** Since when all movements fit into one file, so that any two days and any filters can be asked; null: into none. */
  recent: {since: string; quarters: FiscalPeriod[]} | null;
  /** Explore asks of every deal, column by column (explore/columnFiles.ts). */
  explored: boolean;
  /** This is the index of a page whose figures the build has worked out. */
  isAnswered?: boolean;
}

/** The same for a page whose figures the build has worked out; as it is where the firm is too large for that. */
export function answered(index: PartsIndex): PartsIndex {
  const {answers, pairs} = index;
  if (!answers) return index;
  return {...index, cuts: [[], ...answers.map((key) => [key]), ...pairs], isAnswered: true};
}

/** Values of a dimension that are offered, those with most deals: a list to choose from has its limits. */
const MOST_VALUES = 3_000;

/** Values into parts, those with most deals first; a value with more deals than a part holds has none. */
export function packed(values: Dimension["values"], partDeals: number): Record<string, number> {
  const parts: Record<string, number> = {};
  let [part, filled] = [0, 0];
  for (const {value, n} of values.filter(({n}) => n <= partDeals).slice(0, MOST_VALUES)) {
    if (filled > 0 && filled + n > partDeals) [part, filled] = [part + 1, 0];
    parts[value] = part;
    filled += n;
  }
  return parts;
}

/** The site as its file ships it: without the parts of narrow values, which follow from how many deals each has. */
export function packedSite({parts, ...site}: SiteData): object {
  return {...site, parts: parts && {...parts, rows: parts.rows.map(({dimension}) => ({dimension}))}};
}

/** The site with the part of each narrow value, out of its file. */
export function unpackedSite(site: SiteData): SiteData {
  const {parts, dimensions} = site;
  if (!parts) return site;
  const valuesOf = new Map(dimensions.map(({key, values}) => [key, values]));
  const rows = parts.rows.map(({dimension}) => ({
    dimension,
    partOf: packed(valuesOf.get(dimension)!, parts.partDeals)
  }));
  return {...site, parts: {...parts, rows}};
}

/** The part that answers a set of filters. */
export type Part = {kind: "cells"; cut: string[]} | {kind: "rows"; dimension: string; part: number};

/** Names of the active filters, in the order of the workspace. */
export function activeKeys(filters: Filters): string[] {
  return Object.keys(filters).filter((key) => filters[key]!.length > 0);
}

/** The part with the deals of a selection: single deals where its values share one part, else cells; null for neither. */
export function partOf({cuts, rows, isAnswered}: PartsIndex, filters: Filters): Part | null {
  const active = activeKeys(filters);
  for (const {dimension, partOf} of rows) {
    const values = filters[dimension] ?? [];
    const parts = new Set(values.map((value) => partOf[value]));
    const [part] = parts;
    if (values.length > 0 && parts.size === 1 && part !== undefined) return {kind: "rows", dimension, part};
  }
  if (isAnswered && active.some((key) => filters[key]!.length > 1)) return null;
  const cut = cuts.find((keys) => keys.length === active.length && active.every((key) => keys.includes(key)));
  return cut ? {kind: "cells", cut} : null;
}

/**
 * The filters that can be answered together: those just chosen, then whatever of the others still fits.
 * @param key the dimension that was changed last; null: none
 * @param before the filters before that change
 */
export function fitting(
  index: PartsIndex,
  filters: Filters,
  key: string | null,
  before: Filters = {}
): Record<string, string[]> {
  let kept = Object.fromEntries(Object.keys(filters).map((each) => [each, [] as string[]]));
  const order = activeKeys(filters).sort((a, b) => Number(b === key) - Number(a === key));
  for (const each of order) {
    const values = filters[each]!;
    // Narrow values that lie in different parts: the one chosen last is kept.
    const added = values.filter((value) => !before[each]?.includes(value)).slice(0, 1);
    const tries = [[...values], added.length > 0 ? added : values.slice(0, 1)];
    const fits = tries.map((some) => ({...kept, [each]: some})).find((more) => partOf(index, more));
    if (fits) kept = fits;
  }
  return kept;
}

/** The name of a file that Explore reads of every deal. */
export function exploredFile(name: string): string {
  return `explore/${name}`;
}

/** The name of a part's file for one kind of facts. */
export function partFile(part: Part, kind: string): string {
  const name = part.kind === "rows" ? `${part.dimension}-${part.part}` : `cells-${part.cut.join("-")}`;
  return `${name}/${kind}`;
}

/** The name of the file with a page's answers to no filter, or to one value of one or two dimensions; of a past day to none. */
export function answerFile(
  page: string,
  dimensions: readonly {key: string; values: readonly {value: string}[]}[],
  filters: Filters,
  day?: string
): string {
  const named = activeKeys(filters).map((key) => {
    const values = dimensions.find((dimension) => dimension.key === key)?.values ?? [];
    return `${key}-${values.findIndex(({value}) => value === filters[key]![0])}`;
  });
  return `${page}/${[named.join("-") || "all", ...(day ? [day] : [])].join("-")}`;
}
