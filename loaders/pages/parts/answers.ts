/**
 * What a large firm's pages show of the whole, and of each value of a filter that has many deals: worked out here by the
 * functions that the pages of an ordinary firm call in the browser, on the same tables.
 */
import {type Chosen, chooseAsOf} from "../../../src/figures/chosen.ts";
import type {Answers, Asked, PageFigures} from "../../../src/figures/pageFigures.ts";
import {ANSWERED} from "../../../src/figures/pages.ts";
import type {Facts, FactTable} from "../../../src/slices/facts.ts";
import {joinDeals} from "../../../src/slices/joinDeals.ts";
import {LIKE} from "../../../src/slices/partners/likeDeals.ts";
import {answerFile, type PartsIndex} from "../../../src/slices/parts.ts";
import type {Dimension, SiteData} from "../../../src/slices/site.ts";
import type {Engine} from "../../engine/engine.ts";
import {backlogData} from "../backlogData.ts";
import {
  conformanceTable,
  dealsTable,
  entriesTable,
  linesTable,
  peopleData,
  quotasTable
} from "../dealFacts.ts";
import {editDays} from "../editsData.ts";
import {healthData} from "../healthData.ts";
import {marketingData} from "../marketingData.ts";
import {movementData} from "../movementData.ts";
import {partnersData} from "../partnersData.ts";
import {programmeData} from "../programmeData.ts";
import {recurringData} from "../recurringData.ts";
import {flagSpells, standingData, unearnedSpells} from "../standingData.ts";
import {SHOWN, shorten} from "./shorten.ts";

/** Stretches of deals' lives that are held in memory at once, newest first. */
const MOST_STRETCHES = 3_000_000;

/** What makes deals alike, as comparisons hold it. */
const COMPARED = [...LIKE, "outcome", "product_family", "lead_source", "channel"];

/** Kinds of files, and how the whole firm's are read. */
const READ: Record<string, (engine: Engine) => Promise<unknown>> = {
  backlog: backlogData,
  deals: (engine) => dealsTable(engine),
  entries: entriesTable,
  movement: (engine) => movementData(engine, {most: MOST_STRETCHES}),
  conformance: conformanceTable,
  lines: linesTable,
  health: healthData,
  edit_days: editDays,
  standing: standingData,
  flag_spells: flagSpells,
  unearned_spells: unearnedSpells,
  marketing: marketingData,
  partners: partnersData,
  people: peopleData,
  programme: programmeData,
  quotas: quotasTable,
  recurring: recurringData
};
/** Kinds whose rows point at deals, by the name of their facts. */
const JOINED: Record<string, string> = {entries: "stage_entries", conformance: "conformance", lines: "lines"};

/** The filters that are answered: none, each value of a dimension of cells that has no part of single deals, and pairs of them. */
export function answeredFilters(
  {answers, pairs, rows}: PartsIndex,
  {dimensions}: SiteData
): Chosen["filters"][] {
  const narrow = new Map(rows.map(({dimension, partOf}) => [dimension, partOf]));
  const wide = (wanted: string) =>
    dimensions
      .filter(({key}) => key === wanted)
      .flatMap(({key, values}) =>
        values.filter(({value}) => !(value in (narrow.get(key) ?? {}))).map(({value}) => ({[key]: [value]}))
      );
  return [
    {},
    ...dimensions.filter(({key}) => answers?.includes(key)).flatMap(({key}) => wide(key)),
    ...pairs.flatMap(([a, b]) => wide(a!).flatMap((one) => wide(b!).map((other) => ({...one, ...other}))))
  ];
}

/** Every value of every dimension of a page whose dimensions are its own, and none. */
function ownFilters(dimensions: readonly Dimension[]): Chosen["filters"][] {
  return [{}, ...dimensions.flatMap(({key, values}) => values.map(({value}) => ({[key]: [value]})))];
}

/**
 * Writes the answers of every page; tables that no later page needs are let go. Of a firm too large for that the whole alone is
 * answered, of those pages that always have it.
 * @param has whether the site has a page; default all
 */
export async function writeAnswers(
  engine: Engine,
  site: SiteData,
  index: PartsIndex,
  write: (file: string, content: unknown) => void,
  has: (page: string) => boolean = () => true
): Promise<void> {
  const filters = answeredFilters(index, site);
  const wanted = new Set([...filters.flatMap(Object.keys), "pipeline"]);
  const read = new Map<string, unknown>();
  const pages = ANSWERED.filter(
    ({page, isAlwaysAnswered}) => has(page) && (index.answers || isAlwaysAnswered)
  );
  if (pages.length === 0) return;
  // Of a firm too large for more, no column that no answer needs.
  if (!index.answers) read.set("deals", await dealsTable(engine, [...SHOWN, ...COMPARED]));
  for (const [at, page] of pages.entries()) {
    for (const kind of ["deals", ...page.kinds])
      if (!read.has(kind)) read.set(kind, await readKind(engine, kind, read, wanted));
    const dimensions = page.dimensions?.({site, files: Object.fromEntries(read)});
    const asked = dimensions ? ownFilters(dimensions) : filters;
    // What is worked out of a filter is held as long as the object is: of all filters at once it would take gigabytes.
    for (const filter of asked)
      write(
        `answers/${answerFile(page.page, dimensions ?? site.dimensions, filter)}`,
        answer(page, site, read, {...filter})
      );
    if (page.pastKinds && index.days.length > 0) {
      for (const kind of page.pastKinds)
        if (!read.has(kind)) read.set(kind, await readKind(engine, kind, read, wanted));
      for (const day of index.days)
        write(
          `answers/${answerFile(page.page, site.dimensions, {}, day)}`,
          answer(page, site, read, {}, day)
        );
    }
    const later = new Set(pages.slice(at + 1).flatMap(({kinds, pastKinds = []}) => [...kinds, ...pastKinds]));
    for (const kind of read.keys()) if (!later.has(kind) && kind !== "deals") read.delete(kind);
  }
}

/** One page's answers to one filter, as of the newest day or a past one, with the deals that their lists name. */
export function answer(
  page: PageFigures<object, object, object, object>,
  site: SiteData,
  read: ReadonlyMap<string, unknown>,
  filters: Chosen["filters"],
  day = site.asOf
): Answers & {listed: FactTable} {
  const deals = read.get("deals") as FactTable;
  const facts: Facts = {deals};
  for (const [kind, content] of read) {
    const name = JOINED[kind] ?? (kind === "quotas" ? kind : null);
    if (name) facts[name] = content as FactTable;
  }
  const files = Object.fromEntries(read);
  const none = {period: null, filters: {}, dates: {on: day}};
  // The same object of filters each time: what is worked out of it is then worked out once.
  const of = (period: string | null, cut: string): Asked => ({
    ...{site, facts, files},
    chosen: {...chooseAsOf({site}, {...none, period, cut}), filters}
  });
  const cuts = site.dimensions.map(({key}) => key);
  const answers: Answers = {still: page.still(of(null, "")), quarter: {}, cut: {}, both: {}};
  for (const key of cuts) if (page.cut) answers.cut[key] = page.cut(of(null, key));
  for (const {label, from} of site.quarters) {
    if (from > day) continue;
    if (page.quarter) answers.quarter[label] = page.quarter(of(label, ""));
    for (const key of cuts) if (page.both) answers.both[`${label}|${key}`] = page.both(of(label, key));
  }
  return shorten(answers, deals);
}

/** Reads a kind; rows that point at deals get the columns that filters ask of. */
async function readKind(
  engine: Engine,
  kind: string,
  read: ReadonlyMap<string, unknown>,
  wanted: ReadonlySet<string>
): Promise<unknown> {
  const content = await READ[kind]!(engine);
  if (!(kind in JOINED)) return content;
  const {n, columns} = read.get("deals") as FactTable;
  const asked = Object.entries(columns).filter(([name]) => wanted.has(name));
  return joinDeals(content as FactTable, {n, columns: Object.fromEntries(asked)});
}
