/**
 * Where a page's facts come from: for a firm of ordinary size from files with one row a deal, for a large one from the part
 * that its filters ask for.
 */
import {html} from "htl";
import {count, date, named} from "../components/format.js";
import {Picks} from "../components/picks.js";
import type {Answers, PageFigures} from "../figures/pageFigures.js";
import {dayNumber, type Facts, type FactTable} from "../slices/facts.js";
import {joinDeals} from "../slices/joinDeals.js";
import type {MovementCells} from "../slices/movementCells.js";
import type {MovementData} from "../slices/movementData.js";
import {partReader, partUrl, type Reader} from "../slices/partReader.js";
import {
  activeKeys,
  answered,
  answerFile,
  type Part,
  type PartsIndex,
  partFile,
  partOf,
  unpackedSite
} from "../slices/parts.js";
import type {Filters} from "../slices/select.js";
import type {SiteData} from "../slices/site.js";
import type {PageContext} from "./pageContext.js";

/** A file of the site, read when it is asked for. */
export interface PageFile {
  json<T = unknown>(): Promise<T>;
  url(): Promise<string>;
}

/** What a page reads, by kind; deals and what points at them, movement, health, people, partners. */
export type PageFiles = Record<string, PageFile>;

/** The facts of a selection: as tables that metrics are evaluated on, and as the files hold them. */
// biome-ignore lint/suspicious/noExplicitAny: each page knows what its own files hold
export type Loaded = {context: PageContext; files: Record<string, any>; answers?: Answers};

export type History = Pick<MovementData, "since" | "isShortened" | "quarters">;

export interface Source {
  site: SiteData;
  facts: Facts;
  /** The days and quarters that movements can be asked of. */
  history: History;
  /** Says what to narrow where a large firm's page needs single deals; to be shown below the filters. */
  notice: HTMLElement;
  /**
   * The facts that answer the filters. For a selection too wide for the page the notice stands instead, until the page is asked anew.
   * @param invalidation the cell's own: a cell waits for what it was asked before, so that an ask without an answer has to be given up
   * @param isToday the page is asked as of the newest day, which is what the build works figures out for; default true
   * @param on the past day that it is asked of (of Movement the earlier one), of some of which the build works out the whole
   */
  at(filters: Filters, invalidation: Promise<unknown>, isToday?: boolean, on?: string): Promise<Loaded>;
  /** The same as of an earlier day, to compare with; null where the firm is large and that day is not held for these filters. */
  before(filters: Filters, on: string): Promise<Loaded | null>;
  /** Begins to fetch what answers filters that are likely to be asked next. */
  ahead(filters: Filters): void;
}

/** Addresses of a page's data, for a worker that reads them itself. */
export interface Addresses {
  site: SiteData;
  notice: HTMLElement;
  /** Which deals these are, when not all. */
  scope: string | null;
  /** By kind, the site's own as `site`; of a firm whose columns are files, the version of the parts. Never settles for a large firm without a narrow filter in the address. */
  urls: Promise<Record<string, string>>;
}

/** Opens a page whose worker reads the files; of a large firm those of the filters that the address carries from other pages. */
export async function openAddresses(
  siteFile: PageFile,
  files: PageFiles,
  question: string
): Promise<Addresses> {
  const site = unpackedSite(await siteFile.json<SiteData>());
  const notice = html`<section class="weir-too-wide" role="status" hidden></section>`;
  const own = await siteFile.url();
  const kinds = Object.keys(files);
  const named = (urls: readonly string[]) => ({
    site: own,
    ...Object.fromEntries(kinds.map((kind, i) => [kind, urls[i]!]))
  });
  if (!site.parts) {
    const urls = Promise.all(kinds.map((kind) => files[kind]!.url())).then(named);
    return {site, notice, scope: null, urls};
  }
  if (site.parts.explored) {
    const {version} = site.parts;
    return {site, notice, scope: null, urls: Promise.resolve({version})};
  }
  const asked = partAsked(site.parts);
  if (asked) {
    const {dimension, value, partOf} = asked;
    const part: Part = {kind: "rows", dimension, part: asked.part};
    // Back to an address that asks for other deals opens the page anew, for the worker has read its files.
    addEventListener("popstate", () => {
      const now = partAsked(site.parts!);
      if (now?.dimension !== dimension || now.part !== part.part) location.reload();
    });
    const label = site.dimensions.find(({key}) => key === dimension)?.label ?? dimension;
    const others = Object.values(partOf).filter((each) => each === part.part).length - 1;
    const scope = `Of ${count(site.nDeals)} deals these are those of ${label.toLowerCase()} ${value}${others > 0 ? ` and ${count(others)} more that are kept beside` : ""}: filter to tell them apart.`;
    const urls = Promise.resolve(
      named(kinds.map((kind) => partUrl(partFile(part, kind), site.parts!.version)))
    );
    return {site, notice, scope, urls};
  }
  notice.append(html`<h1>${question}</h1>`, html`<p>${tooWide(site, "below")}</p>`);
  if (narrowFilters(site).length > 0) notice.append(narrowPicks(site));
  notice.hidden = false;
  return {site, notice, scope: null, urls: new Promise(() => {})};
}

/** The first narrow filter of the address, with the part that holds its value; undefined where there is none. */
function partAsked({rows}: PartsIndex) {
  const asked = new URLSearchParams(location.search);
  return rows
    .map(({dimension, partOf}) => {
      const value = asked.getAll(dimension).find((each) => each in partOf);
      return value === undefined ? undefined : {dimension, value, part: partOf[value]!, partOf};
    })
    .find((found) => found !== undefined);
}

/** Files that hold rows which point at deals, by the name of their facts. */
const JOINED: Record<string, string> = {entries: "stage_entries", conformance: "conformance", lines: "lines"};

export interface SourceOptions {
  /** The page can work with cells; otherwise a large firm's asks for a narrow filter first. */
  withCells?: boolean;
  /** The page's figures, which the build of a large firm works out for the whole and for each value of a filter. */
  figures?: PageFigures<object, object, object, object>;
  /** What it reads besides when it is asked of a past day, and not before. */
  past?: PageFiles;
  /** The page has filters. */
  withFilters?: boolean;
  /** The page's, for the notice. */
  question?: string;
}

/** Opens a page's source. */
export async function openSource(
  siteFile: PageFile,
  files: PageFiles,
  {withCells = false, withFilters = true, question = "", figures, past = {}}: SourceOptions = {}
): Promise<Source> {
  const own = unpackedSite(await siteFile.json<SiteData>());
  const site = own.parts && figures ? {...own, parts: answered(own.parts)} : own;
  const notice = html`<section class="weir-too-wide" role="status" hidden></section>`;
  const ofCells = "movement" in files ? (site.parts?.recent?.quarters ?? []) : [];
  const quarters = site.parts && withCells ? ofCells : site.quarters;
  const whole: History = {since: site.quarters[0]?.from ?? site.asOf, isShortened: false, quarters};
  if (!site.parts) {
    const loaded = withFacts(site, await readFiles(files));
    const {movement = whole} = loaded.files;
    let then: Promise<Loaded> | undefined;
    const pastOf = () => {
      if (Object.keys(past).length === 0) return Promise.resolve(loaded);
      then ??= readFiles(past).then((more) => withFacts(site, {...loaded.files, ...more}));
      return then;
    };
    return {
      ...{site, facts: loaded.context.facts, history: movement, notice},
      at: (_, _invalidation, isToday = true) => (isToday ? Promise.resolve(loaded) : pastOf()),
      before: pastOf,
      ahead() {}
    };
  }
  const read = partReader(site.parts.version);
  // A page has one heading: the notice's where it stands instead of the page, else the page's own.
  const say = (...words: (string | Node)[]) =>
    notice.replaceChildren(html`<h1>${question}</h1>`, html`<p>${words}</p>`);
  const recent = withCells && "movement" in files ? site.parts.recent : null;
  const knownDays = figures?.pastKinds ? site.parts.days : [];
  return {
    site,
    facts: {},
    history: whole,
    notice,
    ahead(filters) {
      const part = partOf(site.parts!, filters);
      const kinds = Object.keys(files);
      const isAnswered = figures !== undefined && site.parts!.isAnswered === true;
      const found =
        part?.kind === "rows"
          ? rowsOf(read, part, kinds)
          : part && isAnswered && figures
            ? withAnswers(site, read, part, kinds, {page: figures.page, filters})
            : part && withCells
              ? withCellsOf(site, read, part, kinds)
              : null;
      // What fails here is asked again when it is wanted.
      found?.catch(() => {});
    },
    async at(filters, invalidation, isToday = true, on = site.asOf) {
      const part = partOf(site.parts!, filters);
      const isWide = part?.kind !== "rows";
      const day = !isToday && activeKeys(filters).length === 0 && knownDays.includes(on) ? on : undefined;
      const isAnswered =
        figures !== undefined && site.parts!.isAnswered === true && (isToday || day !== undefined);
      notice.hidden = !isWide || (part !== null && (withCells || isAnswered));
      notice.replaceChildren();
      const kinds = Object.keys(isToday ? files : {...files, ...past});
      if (isWide && recent && dayNumber(on) >= dayNumber(recent.since) - 1) {
        notice.hidden = true;
        return withRecent(site, read, part);
      }
      if (part && !isWide) return withFacts(site, await rowsOf(read, part, kinds));
      if (part && isAnswered && figures)
        return withAnswers(site, read, part, kinds, {page: figures.page, filters, day});
      if (part && withCells) return withCellsOf(site, read, part, kinds);
      if (recent) say(`${beforeRecent(site, recent.since)} `, clearDay(recent.since));
      else if (isToday || !site.parts!.isAnswered) say(withFilters ? tooWide(site) : tooMany(site));
      else say(`${notThatDay(site)} `, knownDays.length > 0 ? otherDays(knownDays) : "");
      return givenUp(invalidation);
    },
    async before(filters, on) {
      const part = partOf(site.parts!, filters);
      const kinds = Object.keys({...files, ...past});
      if (part?.kind === "rows") return withFacts(site, await rowsOf(read, part, kinds));
      if (figures)
        return activeKeys(filters).length === 0 && knownDays.includes(on)
          ? withAnswers(site, read, {kind: "cells", cut: []}, kinds, {page: figures.page, filters, day: on})
          : null;
      // Stocks are known at the ends of weeks, or of any day where the newest movements are.
      const cells = part ? ((await read(partFile(part, "movement"))) as MovementCells) : null;
      if (cells?.weeks.some(({to}) => to === on))
        return {context: {site, facts: {}}, files: {movement: movementOf(site, cells, read)}};
      const since = site.parts!.recent?.since;
      return since && dayNumber(on) >= dayNumber(since) - 1 ? withRecent(site, read, null) : null;
    }
  };
}

/** Settles when the page is asked anew, which no cell then minds. */
async function givenUp(invalidation: Promise<unknown>): Promise<never> {
  await invalidation;
  throw new Error("The page has been asked anew.");
}

async function readFiles(files: PageFiles): Promise<Record<string, unknown>> {
  const kinds = Object.keys(files);
  const read = await Promise.all(kinds.map((kind) => files[kind]!.json()));
  return Object.fromEntries(kinds.map((kind, i) => [kind, read[i]]));
}

const OR = new Intl.ListFormat("en-GB", {type: "disjunction"});

function tooWide(site: SiteData, where?: string): string {
  return `This page looks at single deals. With ${count(site.nDeals)} of them it needs a narrower selection: ${narrower(site, where)}.`;
}

function narrower(site: SiteData, where = "in the filters above"): string {
  const labels = narrowFilters(site).map(({label}) => label.toLowerCase());
  return labels.length > 0
    ? `choose one ${OR.format(labels)} ${where}`
    : "but no filter of this workspace is narrow enough";
}

function narrowFilters({dimensions, parts}: SiteData) {
  return parts!.rows.flatMap(({dimension, partOf}) =>
    dimensions.filter(({key}) => key === dimension).map(({key, label}) => ({key, label, partOf}))
  );
}

/** The narrow filters of a page whose own come later, one value each; the page is opened anew with what is chosen. */
function narrowPicks(site: SiteData): HTMLElement {
  const picks = Picks(
    narrowFilters(site).map(({key, label, partOf}) => ({
      ...{key, label, initial: ""},
      values: ["", ...Object.keys(partOf).sort()].map((value) => ({
        value,
        label: value ? named(value, label) : "choose …"
      }))
    })),
    "A narrower selection"
  );
  // Once the choice is in the address.
  picks.addEventListener("input", () => queueMicrotask(() => location.reload()));
  return picks;
}

function tooMany({nDeals}: SiteData): string {
  return `This page compares single deals across the whole firm, which ${count(nDeals)} of them are too many for. The warehouse has the marts behind it.`;
}

function beforeRecent(site: SiteData, since: string): string {
  return `With ${count(site.nDeals)} deals, days before ${date(since)} are known by whole weeks, for up to three filters of few values at a time or for one narrow value such as an owner, and not by the quarter that deals are due in. From then on any filters can be asked together, of any two days.`;
}

function clearDay(since: string): HTMLElement {
  const asked = new URLSearchParams(location.search);
  asked.set("from", since);
  return html`<a class="weir-textlink" href=${`?${asked}`}>Begin on ${date(since)}</a>`;
}

/** What to choose so that a past day can be asked. */
function notThatDay(site: SiteData): string {
  return `With ${count(site.nDeals)} deals, not every past day is known of all of them. To ask of any day, ${narrower(site)}.`;
}

/** Links to the days of which the whole is known. */
function otherDays(days: readonly string[]): HTMLElement {
  const links = days.map((on) => html`<a class="weir-textlink" href=${`?on=${on}`}>${date(on)}</a>`);
  const listed = links.flatMap((link, i) => [i === 0 ? "" : i < links.length - 1 ? ", " : " and ", link]);
  return html`<span>The whole firm, without filters, is known as it stood at the end of ${listed}.</span>`;
}

async function rowsOf(read: Reader, part: Part, kinds: readonly string[]): Promise<Record<string, unknown>> {
  const found = await Promise.all(kinds.map((kind) => read(partFile(part, kind))));
  return Object.fromEntries(kinds.map((kind, i) => [kind, found[i]]));
}

async function withCellsOf(
  site: SiteData,
  read: Reader,
  part: Part,
  kinds: readonly string[]
): Promise<Loaded> {
  const [cells, quotas, movement] = await Promise.all([
    kinds.includes("deals") ? (read(partFile(part, "deals")) as Promise<Facts>) : {},
    kinds.includes("quotas") ? (read("quotas") as Promise<FactTable>) : null,
    kinds.includes("movement") ? (read(partFile(part, "movement")) as Promise<MovementCells>) : null
  ]);
  const largest = async () => {
    const [deals, cellOf] = await Promise.all([
      read("largest") as Promise<FactTable>,
      read(partFile(part, "largest")) as Promise<number[]>
    ]);
    return {deals, cellOf};
  };
  const facts = quotas ? {...cells, quotas} : cells;
  const files = movement ? {movement: movementOf(site, movement, read)} : {};
  return {context: {site, facts, cells: {largest}}, files};
}

/** The newest movements deal by deal, whatever the filters, and the weeks before them where cells know the selection. */
async function withRecent(site: SiteData, read: Reader, part: Part | null): Promise<Loaded> {
  const [recent, cells] = await Promise.all([
    read("recent") as Promise<MovementData>,
    part ? (read(partFile(part, "movement")) as Promise<MovementCells>) : null
  ]);
  const before = cells ? movementOf(site, cells, read).cells : undefined;
  return {context: {site, facts: {}}, files: {movement: before ? {...recent, before} : recent}};
}

/** Figures that the build worked out, with the cells that metrics are evaluated on. */
async function withAnswers(
  site: SiteData,
  read: Reader,
  part: Part,
  kinds: readonly string[],
  {page, filters, day}: {page: string; filters: Filters; day?: string | undefined}
): Promise<Loaded> {
  const [{context}, {listed, ...answers}] = await Promise.all([
    withCellsOf(
      site,
      read,
      part,
      kinds.filter((kind) => kind === "deals")
    ),
    read(`answers/${answerFile(page, site.dimensions, filters, day)}`) as Promise<
      Answers & {listed: FactTable}
    >
  ]);
  return {context: {...context, listed}, files: {}, answers};
}

function movementOf(site: SiteData, cells: MovementCells, read: Reader): MovementData {
  const none: FactTable = {n: 0, columns: {}};
  return {
    since: cells.weeks[0]?.from ?? site.asOf,
    isShortened: false,
    ...{deals: none, stretches: none, weeks: cells.weeks, quarters: []},
    cells: {...cells, largest: () => read("moves") as Promise<FactTable>}
  };
}

function withFacts(site: SiteData, files: Record<string, unknown>): Loaded {
  const deals = files["deals"] as FactTable | undefined;
  const facts: Facts = {};
  for (const [kind, content] of Object.entries(files)) {
    if (kind === "deals" || kind === "quotas") facts[kind] = content as FactTable;
    const joined = JOINED[kind];
    if (joined && deals) facts[joined] = joinDeals(content as FactTable, deals);
  }
  return {context: {site, facts}, files};
}
