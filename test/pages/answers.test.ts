/** What the build of a large firm works out must be what the pages of an ordinary one show, for every filter it answers. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {backlogData} from "../../loaders/pages/backlogData.ts";
import * as read from "../../loaders/pages/dealFacts.ts";
import {editDays} from "../../loaders/pages/editsData.ts";
import {healthData} from "../../loaders/pages/healthData.ts";
import {marketingData} from "../../loaders/pages/marketingData.ts";
import {movementData} from "../../loaders/pages/movementData.ts";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {answeredFilters, writeAnswers} from "../../loaders/pages/parts/answers.ts";
import {openBeside} from "../../loaders/pages/parts/partEngine.ts";
import {answeredDimensions, answeredPairs} from "../../loaders/pages/parts/partsIndex.ts";
import {programmeData} from "../../loaders/pages/programmeData.ts";
import {recurringData} from "../../loaders/pages/recurringData.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import {flagSpells, standingData, unearnedSpells} from "../../loaders/pages/standingData.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import {conversionPage} from "../../src/figures/conversion.ts";
import {earlierDay, openBefore} from "../../src/figures/earlier.ts";
import {healthPage} from "../../src/figures/health.ts";
import {type Answers, type Asked, figuresOf} from "../../src/figures/pageFigures.ts";
import {ANSWERED} from "../../src/figures/pages.ts";
import {leversPage, velocityPage} from "../../src/figures/velocity.ts";
import {closedRows} from "../../src/slices/clusteredRate.ts";
import {evaluate} from "../../src/slices/evaluate.ts";
import {cell, dayNumber, type FactTable} from "../../src/slices/facts.ts";
import {joinDeals} from "../../src/slices/joinDeals.ts";
import {movement} from "../../src/slices/movement.ts";
import type {MovementData} from "../../src/slices/movementData.ts";
import {answered, answerFile, type PartsIndex, partOf} from "../../src/slices/parts.ts";
import {type Filters, NONE} from "../../src/slices/select.ts";
import type {SiteData} from "../../src/slices/site.ts";
import type {StandingData} from "../../src/slices/standingData.ts";
import {dealLives} from "../../src/slices/stretches.ts";

const root = mkdtempSync(join(tmpdir(), "weir-answers-"));
const index: PartsIndex = {
  version: "",
  cuts: [[], ["region"], ["channel"], ["segment"], ["region", "segment"]],
  rows: [],
  partDeals: 0,
  explored: false,
  answers: ["region", "channel", "segment"],
  pairs: [["region", "segment"]],
  days: [],
  recent: null
};
const written = new Map<string, Answers & {listed: FactTable}>();
let engine: Engine;
let site: SiteData;
let whole: Pick<Asked, "facts" | "files">;

beforeAll(async () => {
  const dir = join(root, "twin");
  await writeTwin({firm: "software", deals: 500, seed: 3, out: dir});
  const workspace = loadWorkspace(dir);
  const paths = statePaths(workspace, join(root, "state"));
  const builtAt = "2026-11-01T00:00:00Z";
  await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt});
  engine = await openBeside(paths.warehouse);
  const {quarters, ...rest} = await siteData(engine);
  site = {...rest, parts: index, quarters: quarters.slice(-2)};
  index.days = [site.quarters[0]!.to];
  await writeAnswers(engine, site, index, (file, content) =>
    written.set(file, JSON.parse(JSON.stringify(content)))
  );
  const deals = await read.dealsTable(engine);
  const files = {
    deals,
    movement: await movementData(engine),
    health: await healthData(engine),
    backlog: await backlogData(engine),
    recurring: await recurringData(engine),
    marketing: await marketingData(engine),
    partners: await partnersData(engine),
    people: await read.peopleData(engine),
    programme: await programmeData(engine),
    standing: await standingData(engine),
    flag_spells: await flagSpells(engine),
    unearned_spells: await unearnedSpells(engine),
    edit_days: await editDays(engine)
  };
  const facts = {
    deals,
    quotas: await read.quotasTable(engine),
    stage_entries: joinDeals(await read.entriesTable(engine), deals),
    conformance: joinDeals(await read.conformanceTable(engine), deals),
    lines: joinDeals(await read.linesTable(engine), deals)
  };
  whole = {facts, files};
});
afterAll(() => {
  engine.close();
  rmSync(root, {recursive: true});
});

describe("what a large firm's build works out", () => {
  for (const page of ANSWERED)
    test(`is what the page ${page.page} shows of single deals, for every filter, quarter and cut`, () => {
      const own = page.dimensions?.({site, files: whole.files});
      const dimensions = own ?? site.dimensions;
      const every = own && [
        {},
        ...own.flatMap(({key, values}) => values.map(({value}) => ({[key]: [value]})))
      ];
      const filters = every ?? answeredFilters(index, site);
      // The software firm has no orders, so that nothing cuts them.
      expect(filters.length).toBeGreaterThan(page.page === "backlog" ? 0 : 8);
      for (const filter of filters) {
        const answers = written.get(`answers/${answerFile(page.page, dimensions, filter)}`)!;
        for (const period of site.quarters.map(({label}) => label))
          for (const cut of page.cut || page.both ? ["region", "owner"] : ["region"]) {
            const chosen = chooseAsOf({site}, {period, filters: {}, cut});
            const recalled = figuresOf(page, {context: {site, facts: {}}, files: {}, answers}, chosen);
            const computed = figuresOf(
              page,
              {context: {site, facts: whole.facts}, files: whole.files},
              {...chosen, filters: filter}
            );
            const where = `${page.page} ${JSON.stringify(filter)} ${period} ${cut}`;
            expect(difference(recalled, computed, answers.listed), where).toBeNull();
          }
      }
    });

  test("wins of a product are shares of the deals that came to where products are known, by filter and by cut, or are not told", () => {
    const {label: period} = site.quarters.at(-1)!;
    const asked = (filters: Record<string, string[]>) => ({
      ...{site, ...whole},
      chosen: {...chooseAsOf({site}, {period, filters, cut: "product"})}
    });
    const found = conversionPage.both(asked({})).winRates;
    expect(found.knownFrom?.length).toBe(1);
    const closing = found.rows.filter(({label, n}) => label !== NONE && n > 5);
    expect(closing.length).toBeGreaterThan(1);
    const slices = velocityPage.cut(asked({})).slices;
    for (const {label, rate, n} of closing) {
      const filtered = asked({product: [label]});
      const {late, broad} = conversionPage.quarter(filtered);
      expect([late?.from, broad.rate, broad.n]).toEqual([found.knownFrom, rate, n]);
      const {winRate} = velocityPage.still(filtered).levers;
      expect(winRate).toBe(slices.find((slice) => slice.label === label)!.winRate);
      const plain = evaluate("win_rate", site.catalogue, whole.facts, filtered.chosen);
      expect(plain.value).toBeNull();
      expect(plain.reason).toContain(`lost before ${found.knownFrom![0]} have no product`);
      expect(closedRows(whole.facts["deals"]!, filtered.chosen).length).toBeGreaterThanOrEqual(n);
    }
  });

  test("as of a past day is what those pages show of the whole as it stood then", () => {
    const [on] = index.days as [string];
    const dated = ANSWERED.filter(({pastKinds}) => pastKinds);
    expect(dated.map(({page}) => page)).toEqual([
      ...["conversion", "velocity", "coverage", "health", "conformance", "people"]
    ]);
    for (const page of dated) {
      const answers = written.get(`answers/${answerFile(page.page, site.dimensions, {}, on)}`)!;
      const chosen = chooseAsOf({site}, {period: null, filters: {}, cut: "region", dates: {on}});
      expect([chosen.asOf, chosen.period.label]).toEqual([on, site.quarters[0]!.label]);
      const recalled = figuresOf(page, {context: {site, facts: {}}, files: {}, answers}, chosen);
      const computed = figuresOf(page, {context: {site, facts: whole.facts}, files: whole.files}, chosen);
      expect(difference(recalled, computed, answers.listed), page.page).toBeNull();
    }
  });

  test("open then and now add up with Movement's begin and end, on Open pipeline, Velocity and Health alike", () => {
    const {movement: lives, standing} = whole.files as {movement: MovementData; standing: StandingData};
    const [owner, region] = ["owner", "region"].map(
      (key) => site.dimensions.find((each) => each.key === key)!.values[0]!.value
    ) as [string, string];
    const selections: Filters[] = [{}, {owner: [owner]}, {region: [region]}];
    for (const filters of selections)
      for (const key of ["week", "month", "quarter_end"] as const) {
        const on = earlierDay(site.asOf, key, site)!;
        const [from, to] = [dayNumber(on), dayNumber(site.asOf)];
        const moved = movement(dealLives(lives.stretches, lives.deals, filters), from, to);
        const at = (day: string, files: Asked["files"] = whole.files): Asked => ({
          ...{site, facts: whole.facts, files},
          chosen: {...chooseAsOf({site}, {period: null, filters: {}, dates: {on: day}}), filters}
        });
        const where = `${JSON.stringify(filters)} ${on}`;
        const before = openBefore(at(on));
        expect(before, where).toMatchObject({cents: moved.begin, n: moved.nBegin});
        expect(openBefore(at(on, {standing})), where).toEqual(before);
        const {n, average} = leversPage.still(at(on)).levers;
        expect([n, Math.round((average ?? 0) * n! * 100)], where).toEqual([moved.nBegin, moved.begin]);
        const {open} = healthPage.still(at(on));
        expect([open.n, open.cents ?? 0], where).toEqual([moved.nBegin, moved.begin]);

        const now = (metric: string) => evaluate(metric, site.catalogue, whole.facts, {filters}).value!;
        expect([now("n_open"), Math.round(now("open_amount") * 100)]).toEqual([moved.nEnd, moved.end]);
        expect(openBefore(at(site.asOf)).weighted! / 100).toBeCloseTo(now("weighted_amount"), 1);
      }
  });

  test("is asked of the whole, of one value of one dimension, and of pairs", () => {
    expect(answered(index).cuts).toEqual([[], ["region"], ["channel"], ["segment"], ["region", "segment"]]);
    expect(answered({...index, answers: ["channel"], pairs: []}).cuts).toEqual([[], ["channel"]]);
    const of = {region: ["EMEA"], channel: [], segment: ["SMB"]};
    expect(partOf(answered(index), of)).toEqual({kind: "cells", cut: ["region", "segment"]});
    expect(partOf(answered(index), {...of, region: ["EMEA", "APAC"]})).toBeNull();
    expect(partOf(answered(index), {...of, channel: ["Partner"]})).toBeNull();
  });

  test("is worked out for pairs of the first dimensions, as long as they are few", () => {
    const sizes: Record<string, number> = {a: 2, b: 4, c: 3, d: 30, e: 5};
    const pairs = (nDeals: number) => answeredPairs(nDeals, Object.keys(sizes), (key) => sizes[key]!);
    const all = [
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
      ["a", "e"]
    ];
    expect(pairs(20_000)).toEqual(all);
    expect(pairs(160_000)).toEqual(all.slice(0, 2));
    expect(pairs(1_000_000)).toEqual([]);
  });

  test("is worked out for fewer filters the more deals there are, and for none where rows do not fit", () => {
    const keys = "abcdefghijklmn".split("");
    expect(answeredDimensions(20_000, keys)).toEqual(keys);
    expect(answeredDimensions(100_000, keys)).toEqual(keys.slice(0, 12));
    expect(answeredDimensions(100_001, keys)).toBeNull();
    const tooLarge = {...index, answers: answeredDimensions(1_000_000, keys)};
    expect(answered(tooLarge)).toBe(tooLarge);
  });
});

/**
 * Where two answers differ and how; null where every figure is the same to the nine digits that are written, and lists begin alike and
 * know how long they are. One assertion a figure would cost more than all else here.
 */
function difference(recalled: unknown, computed: unknown, listed: FactTable): string | null {
  const within = (key: string | number, found: unknown, wanted: unknown): string | null => {
    const inner = difference(found, wanted, listed);
    return inner === null ? null : `.${key}${inner}`;
  };
  const first = <Each>(all: Iterable<Each>, of: (each: Each) => string | null): string | null => {
    for (const each of all) {
      const found = of(each);
      if (found !== null) return found;
    }
    return null;
  };
  const told = (value: unknown) => JSON.stringify(value)?.slice(0, 400);
  const unless = (holds: boolean) => (holds ? null : ` is ${told(recalled)}, not ${told(computed)}`);
  if (typeof computed === "number" && !Number.isInteger(computed)) {
    const digits = 8 - Math.max(0, Math.ceil(Math.log10(Math.abs(computed))));
    return unless(typeof recalled === "number" && Math.abs(recalled - computed) < 10 ** -digits / 2);
  }
  if (typeof computed !== "object" || computed === null) return unless(Object.is(recalled, computed));
  if (typeof recalled !== "object" || recalled === null) return unless(false);
  if (Array.isArray(computed)) {
    if (!Array.isArray(recalled) || recalled.length !== computed.length) return unless(false);
    return first(computed.entries(), ([i, each]) => within(i, recalled[i], each));
  }
  const {n, rows, list} = computed as {n?: number; rows?: number[]; list?: unknown[]};
  const found = recalled as {n?: number; rows?: number[]; list?: unknown[]};
  if (n !== undefined && rows) {
    if (found.n !== n || found.rows!.length > 0 !== rows.length > 0) return unless(false);
    const ids = new Set(rows.map((row) => cell(whole.facts["deals"]!, "deal_id", row)));
    return first(found.rows!, (row) => {
      const id = cell(listed, "deal_id", row);
      return ids.has(id) ? null : `.rows lists ${String(id)}, which is not one of them`;
    });
  }
  if (n !== undefined && list) {
    if (found.n !== n || found.list!.length < Math.min(40, list.length)) return unless(false);
    return first(found.list!.entries(), ([i, each]) => within(i, each, list[i]));
  }
  return first(Object.entries(computed), ([key, each]) =>
    within(key, (recalled as Record<string, unknown>)[key], each)
  );
}
