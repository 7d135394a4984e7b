/** Which parts a large firm's facts come in; null for a firm of ordinary size, whose pages get one row a deal, order and contract. */
import {type PartsIndex, packed} from "../../../src/slices/parts.ts";
import type {Dimension} from "../../../src/slices/site.ts";
import type {Engine} from "../../engine/engine.ts";
import {recentSpan} from "../movementData.ts";

/** Deals up to which every page gets one row a deal, about 35 bytes each compressed; and contracts and orders, whose rows are longer and on one page. */
const ROWS_UP_TO = Number(process.env["WEIR_ROWS_UP_TO"] ?? 8_000);
/** Combinations of values that a part of cells has room for. */
const MOST_COMBINATIONS = 60;
/** Dimensions that cells are filtered by at once; sets of three up to so many cuts in all, for each goes through all deals. */
const MOST_FILTERS = 3;
const MOST_CUTS = 80;
/** Deals of a part with single deals: three such tables fit into a page's budget. */
const PART_DEALS = 1_200;
/** Deals up to which Explore, whose questions nobody foresees, asks of every row: a column of passages then weighs up to 400 kB. */
const EXPLORED_UP_TO = 30_000;

/** Deals whose rows fit into the build's memory at once, and those that it goes through in all, filter by filter. */
const ANSWERED = {deals: 100_000, passes: 1_300_000};
/** Combinations of values of two dimensions that it answers, and ends of quarters as of which it answers the whole. */
const PAIRED = {combinations: 45, days: 4};

/** Whether the pages of the firm get parts: a firm of few deals may have many contracts, or orders of spare parts. */
export async function isLarge(engine: Engine, upTo = ROWS_UP_TO): Promise<boolean> {
  const [others] = await engine.rows<{n: number}>(
    "select greatest((select count(*) from marts.arr_contracts), (select count(*) from marts.orders))::double as n"
  );
  return Math.max(await countDeals(engine), others!.n) > upTo;
}

async function countDeals(engine: Engine): Promise<number> {
  const [deals] = await engine.rows<{n: number}>("select count(*)::double as n from marts.deals");
  return deals!.n;
}

/** The dimensions, in their order, whose values the build works figures out for; null for a firm too large for any. */
export function answeredDimensions(nDeals: number, keys: readonly string[]): string[] | null {
  if (nDeals > ANSWERED.deals) return null;
  return keys.slice(0, Math.max(0, Math.floor(ANSWERED.passes / nDeals) - 1));
}

/** Pairs of those dimensions, the first ones first, as long as their combinations are few and the build has passes left. */
export function answeredPairs(
  nDeals: number,
  answers: readonly string[] | null,
  nValues: (key: string) => number
): string[][] {
  const pairs: string[][] = [];
  const left = Math.floor(ANSWERED.passes / nDeals) - 1 - (answers?.length ?? 0);
  let combinations = 0;
  for (const [j, b] of answers?.entries() ?? [])
    for (const a of answers!.slice(0, j)) {
      const more = nValues(a) * nValues(b);
      if (pairs.length >= left || combinations + more > PAIRED.combinations) continue;
      pairs.push([a, b]);
      combinations += more;
    }
  return pairs;
}

/** The parts by the dimensions of the site, in their order. */
export async function partsIndex(
  engine: Engine,
  dimensions: readonly Dimension[],
  version: string
): Promise<PartsIndex | null> {
  if (!(await isLarge(engine))) return null;
  const nDeals = await countDeals(engine);
  const few = dimensions.filter(({values}) => values.length <= MOST_COMBINATIONS);
  const answers = answeredDimensions(
    nDeals,
    few.map(({key}) => key)
  );
  return {
    version,
    cuts: cutsBy(few),
    rows: dimensions
      .filter(isNarrow)
      .map(({key, values}) => ({dimension: key, partOf: packed(values, PART_DEALS)})),
    partDeals: PART_DEALS,
    explored: nDeals <= EXPLORED_UP_TO,
    answers,
    pairs: answeredPairs(nDeals, answers, (key) => few.find((each) => each.key === key)!.values.length),
    days: answers ? await quarterEnds(engine) : [],
    recent: await recentSpan(engine)
  };
}

/** None, and sets of up to three of the dimensions whose combinations a part has room for: the smaller sets first, then in the dimensions' order. */
export function cutsBy(few: readonly Dimension[]): string[][] {
  let sets: Dimension[][] = [[]];
  const all = [...sets];
  for (let size = 1; size <= MOST_FILTERS; size++) {
    sets = sets
      .flatMap((set) => few.slice(few.indexOf(set.at(-1)!) + 1).map((next) => [...set, next]))
      .filter((set) => set.reduce((n, {values}) => n * values.length, 1) <= MOST_COMBINATIONS);
    all.push(...sets.slice(0, size < MOST_FILTERS ? sets.length : Math.max(0, MOST_CUTS - all.length)));
  }
  return all.map((set) => set.map(({key}) => key));
}

/** The newest ends of quarters before the as-of day. */
async function quarterEnds(engine: Engine): Promise<string[]> {
  const ends = await engine.rows<{day: string}>(`
    select distinct quarter_ends_on::varchar as day from workspace.fiscal_month, workspace.run
    where quarter_ends_on < as_of and quarter_starts_on >= (select min(closed_on) from marts.deals)
    order by 1 desc limit ${PAIRED.days}`);
  return ends.map(({day}) => day);
}

/** Whether most values have few enough deals to be looked at singly. */
function isNarrow({values}: Dimension): boolean {
  return 2 * values.filter(({n}) => n <= PART_DEALS).length > values.length;
}

/** The dimensions with the values that can be filtered by: of one that has no cells, those that have a part. */
export function offered(dimensions: readonly Dimension[], parts: PartsIndex | null): Dimension[] {
  const partOf = new Map(parts?.rows.map(({dimension, partOf}) => [dimension, partOf]));
  return dimensions.map((dimension) => {
    const known = partOf.get(dimension.key);
    const hasCells = parts?.cuts.some((cut) => cut.includes(dimension.key));
    return known && !hasCells
      ? {...dimension, values: dimension.values.filter(({value}) => value in known)}
      : dimension;
  });
}
