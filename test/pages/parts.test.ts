/** Cells and rows: what a large firm's pages evaluate must give what one row a deal gives. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {dealsTable, entriesTable} from "../../loaders/pages/dealFacts.ts";
import {healthData} from "../../loaders/pages/healthData.ts";
import {movementData, recentMovement, recentSpan} from "../../loaders/pages/movementData.ts";
import {
  cellsOfLargest,
  dealCells,
  largestDeals,
  prepareDealCells
} from "../../loaders/pages/parts/dealCells.ts";
import {moveCells, movedBy, prepareMoveCells} from "../../loaders/pages/parts/moveCells.ts";
import {openBeside, showPart, stageParts} from "../../loaders/pages/parts/partEngine.ts";
import {cutsBy, offered} from "../../loaders/pages/parts/partsIndex.ts";
import {dimensions, siteData} from "../../loaders/pages/siteData.ts";
import {flagSpells, standingData} from "../../loaders/pages/standingData.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import {openBefore} from "../../src/figures/earlier.ts";
import {healthPage} from "../../src/figures/health.ts";
import type {Asked} from "../../src/figures/pageFigures.ts";
import {breakdown} from "../../src/slices/breakdown.ts";
import {evaluate, figureRows} from "../../src/slices/evaluate.ts";
import {cell, countOf, dayNumber, type Facts} from "../../src/slices/facts.ts";
import {LINES, type Movement} from "../../src/slices/movement.ts";
import {addedUp, weeksBetween, weeksOfCells} from "../../src/slices/movementCells.ts";
import {fitting, type PartsIndex, packed, packedSite, partOf, unpackedSite} from "../../src/slices/parts.ts";
import {type Filters, NONE} from "../../src/slices/select.ts";
import type {SiteData} from "../../src/slices/site.ts";
import {standingDeals} from "../../src/slices/standingData.ts";
import {daySpan, dealLives, stateOn} from "../../src/slices/stretches.ts";
import {weeklyMovement} from "../../src/slices/weeklyMovement.ts";
import {choose} from "../../src/views/pageContext.ts";
import fc from "../support/fc.ts";

const root = mkdtempSync(join(tmpdir(), "weir-parts-"));
const catalogue = readMetrics();
const METRICS = Object.keys(catalogue.metrics).filter((key) => !/quota|coverage/.test(key));
let engine: Engine;
let rows: Facts;
let site: SiteData;
let keys: string[];
const cells = new Map<string, Facts>();

beforeAll(async () => {
  const dir = join(root, "twin");
  await writeTwin({firm: "software", deals: 500, seed: 3, out: dir});
  const workspace = loadWorkspace(dir);
  const paths = statePaths(workspace, join(root, "state"));
  const builtAt = "2026-11-01T00:00:00Z";
  await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt});
  engine = await openBeside(paths.warehouse);
  rows = {deals: await dealsTable(engine)};
  site = await siteData(engine);
  keys = (await dimensions(engine)).map(({key}) => key);
  await prepareDealCells(engine, keys);
  await largestDeals(engine, ["deal_id"]);
});
afterAll(() => {
  engine.close();
  rmSync(root, {recursive: true});
});

async function cellsOf(cut: readonly string[]): Promise<Facts> {
  const name = cut.join("-");
  if (!cells.has(name)) cells.set(name, await dealCells(engine, cut, keys));
  return cells.get(name)!;
}

const CUTS = [
  [],
  ["region"],
  ["owner"],
  ["region", "product"],
  ["segment", "channel"],
  ["channel", "region", "segment"]
];

/** A cut, some values of its dimensions, and a period that pages offer: quarters, months, the quarter before to the day. */
const selections = fc.record({
  cut: fc.constantFrom(...CUTS),
  pick: fc.nat(),
  place: fc.nat(),
  kind: fc.nat(3)
});

describe("cells of a large firm", () => {
  test("give every metric of deals as rows do, value and number, for each filter and period offered", async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({cut, pick, place, kind}) => {
        const filters = chosenOf(cut, pick);
        const quarter = site.quarters[place % site.quarters.length]!;
        const {before} = choose({site}, {period: quarter.label, filters: {}});
        const period = [quarter, site.months[place % site.months.length]!, before?.period, undefined][kind];
        const facts = await cellsOf(cut);
        for (const key of METRICS) {
          // Histograms of durations are of quarters; no page asks for a median by month.
          if (kind === 1 && catalogue.metrics[key]!.median) continue;
          const [row, cell] = [rows, facts].map((from) => evaluate(key, catalogue, from, {filters, period}));
          expect(cell, `${key} ${JSON.stringify(filters)} ${JSON.stringify(period)}`).toEqual(row);
        }
      }),
      {numRuns: 60, seed: 1}
    );
  });

  test("give bars by a dimension that is not filtered as rows do", async () => {
    for (const cut of [[], ["segment"]])
      for (const by of ["owner", "product", "region", "channel"]) {
        const filters = chosenOf(cut, 1);
        const [row, cell] = [rows, await cellsOf(cut)].map((from) =>
          breakdown("open_amount", by, catalogue, from, {filters}).flatMap(({key, value, n}) =>
            n > 0 ? [{key, value, n}] : []
          )
        );
        const named = (parts: typeof row) => [...parts!].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(named(cell)).toEqual(named(row));
      }
  });

  test("know in which row each of the largest deals is counted: they and the others make the figure", async () => {
    const facts = await dealCells(engine, ["region"], keys);
    const cellOf = await cellsOfLargest(engine, ["region"]);
    const selection = {filters: chosenOf(["region"], 0), period: site.quarters.at(-2)!};
    const counted = new Set(figureRows("won_amount", catalogue, facts, selection));
    const all = await largestDeals(engine, ["deal_id"]);
    const listed = cellOf.flatMap((row, i) => (counted.has(row) ? [String(cell(all, "deal_id", i))] : []));
    const expected = figureRows("won_amount", catalogue, rows, selection).map((row) =>
      String(cell(rows["deals"]!, "deal_id", row))
    );
    expect(countOf(facts["deals"]!, [...counted])).toBe(expected.length);
    // 500 deals are all among the largest.
    expect(listed.sort()).toEqual(expected.sort());
    expect(listed.length).toBeGreaterThan(3);
  });

  test("give every week's movement as the lives of the deals do: begin, each line, end", async () => {
    const by = await movedBy(engine, keys);
    await prepareMoveCells(engine, by);
    const data = await movementData(engine);
    const weeks = data.weeks.map((week) => ({label: week.from, ...daySpan(week)}));
    for (const cut of [[], ["region"], ["owner"], ["segment", "channel"]]) {
      const filters = chosenOf(cut, 1);
      const byDeal = weeklyMovement(dealLives(data.stretches, data.deals, filters), weeks);
      // The calendar of weeks may begin before the first deal.
      const cells = await moveCells(engine, cut, 1);
      const byCell = weeksOfCells(cells, filters).slice(-weeks.length);
      expect(byCell.map(({week}) => week)).toEqual(weeks);
      const plain = (all: readonly Movement[]) =>
        all.map(({begin, nBegin, end, nEnd, lines}) => ({begin, nBegin, end, nEnd, lines}));
      expect(plain(byCell), cut.join()).toEqual(plain(byDeal));
      const {week, end, nEnd} = byCell.at(-9)!;
      const asked = {files: {movement: {cells}}, chosen: {filters, day: week.to}} as unknown as Asked;
      expect(openBefore(asked)).toEqual({cents: end, n: nEnd, weighted: null});
      const whole = addedUp(byCell);
      const added = LINES.reduce((sum, line) => sum + whole.lines[line].cents, whole.begin);
      expect(added).toBe(whole.end);
      expect(whole.end).not.toBe(0);
    }
  });

  test("the newest quarters in one file are told of what fits", async () => {
    const {since, quarters} = await movementData(engine);
    // 500 deals fit whole.
    expect(await recentSpan(engine)).toEqual({since, quarters});
    expect((await recentMovement(engine))!.since).toBe(since);
    expect(await recentSpan(engine, 100)).toBeNull();
    expect(await recentMovement(engine, 100)).toBeNull();
  });

  test("a stock before the weeks that are kept is where they begin", async () => {
    const {cells, weeks} = await moveCells(engine, ["region"], 60);
    const all = weeksOfCells(await moveCells(engine, ["region"], 1), {});
    const kept = weeksOfCells({cells, weeks}, {});
    expect(kept.length).toBeLessThan(all.length);
    expect(kept).toEqual(all.slice(-kept.length));
  });

  test("two days within weeks ask for the whole weeks between them", () => {
    const weeks = [0, 7, 14].map((from) => ({week: {from, to: from + 6}}));
    expect(weeksBetween(weeks, 5, 20)).toEqual(weeks.slice(1));
    expect(weeksBetween(weeks, 1, 13)).toEqual(weeks.slice(0, 2));
    expect(weeksBetween(weeks, 16, 17)).toEqual(weeks.slice(2));
  });

  test("what open deals were on past days is what the movements say, in a fraction of the rows", async () => {
    const [movement, standing, deals] = [
      await movementData(engine),
      await standingData(engine),
      await dealsTable(engine)
    ];
    expect(2 * standing.stretches.n).toBeLessThan(movement.stretches.n);
    const stood = {stretches: standing.stretches, deals: standingDeals(standing, deals)};
    for (const day of [site.flagsSince, site.quarters.at(-3)!.to, site.asOf])
      for (const filters of [{}, chosenOf(["region"], 1), chosenOf(["owner"], 1)]) {
        const [then, known] = [movement, stood].map((data) =>
          dealLives(data.stretches, data.deals, filters).flatMap((life) => {
            const state = stateOn(life, dayNumber(day));
            if (state?.status !== "open" || !state.isMine) return [];
            const {stage, dueOn, cents} = state;
            const words = ["deal_id", "deal_name", "account_name", "region", "partner"].map((name) =>
              cell(data.deals, name, life.deal)
            );
            return [[...words, cell(data.stretches, "owner", state.row), stage, dueOn, cents]];
          })
        );
        expect(then!.length, `${day} ${JSON.stringify(filters)}`).toBeGreaterThan(0);
        expect(known).toEqual(then);
      }
  });

  test("a part of single deals is the whole firm's tables with the part's deals alone", async () => {
    const owners = site.dimensions.find(({key}) => key === "owner")!.values.slice(0, 4);
    const past = chooseAsOf(
      {site},
      {period: null, filters: {owner: [owners[2]!.value]}, dates: {on: site.quarters.at(-2)!.to}}
    );
    const healthThen = async (filters: Filters) => {
      const files = {
        health: await healthData(engine),
        standing: await standingData(engine),
        flag_spells: await flagSpells(engine)
      };
      const facts = {deals: await dealsTable(engine)};
      const {open, flagged, critical} = healthPage.still({site, facts, files, chosen: {...past, filters}});
      return {open, flagged, critical};
    };
    const whole = await healthThen({...past.filters});
    const parts = await stageParts(engine, "owner", {[owners[0]!.value]: 0, [owners[2]!.value]: 1});
    expect(parts).toBe(2);
    await showPart(engine, 1);
    const part = {deals: await dealsTable(engine)};
    expect(part.deals.n).toBe(owners[2]!.n);
    // Of a past day too, whoever owned the deals since.
    expect(whole.flagged.deals.n).toBeGreaterThan(0);
    expect(await healthThen({...past.filters})).toEqual(whole);
    const selection = {filters: {owner: [owners[2]!.value]}};
    for (const key of METRICS)
      expect(evaluate(key, catalogue, part, selection), key).toEqual(
        evaluate(key, catalogue, rows, selection)
      );
    const deals = (await entriesTable(engine)).columns["deal"];
    expect(new Set(deals?.kind === "number" ? deals.values : [])).toEqual(
      new Set([...Array(part.deals.n).keys()])
    );
  });

  test("deals without a value have a part like those of any value", async () => {
    const none = site.dimensions
      .find(({key}) => key === "partner")!
      .values.find(({value}) => value === NONE)!;
    await stageParts(engine, "partner", {[NONE]: 0});
    await showPart(engine, 0);
    expect((await dealsTable(engine)).n).toBe(none.n);
    expect((await movementData(engine)).stretches.n).toBeGreaterThan(none.n);
  });
});

describe("filters of a large firm", () => {
  const index: PartsIndex = {
    version: "",
    cuts: [[], ["region"], ["segment"], ["product"], ["region", "segment"]],
    rows: [{dimension: "owner", partOf: {Ana: 0, Ben: 0, Cyd: 1}}],
    partDeals: 100,
    explored: false,
    answers: null,
    pairs: [],
    days: [],
    recent: null
  };
  const of = (given: Filters) => ({region: [], segment: [], product: [], owner: [], ...given});

  test("a narrow value is answered from its deals, with any other filter", () => {
    expect(partOf(index, of({owner: ["Ana", "Ben"], product: ["P"]}))).toEqual({
      kind: "rows",
      dimension: "owner",
      part: 0
    });
    expect(partOf(index, of({segment: ["S"], region: ["R"]}))).toEqual({
      kind: "cells",
      cut: ["region", "segment"]
    });
    expect(partOf(index, of({product: ["P"], region: ["R"]}))).toBeNull();
  });

  test("the site's file leaves out which part a narrow value is in, and the browser finds the same again", () => {
    const named = (key: string, sizes: readonly number[]) => ({
      key,
      label: key,
      values: sizes.map((n, i) => ({value: `${key} ${i}`, n}))
    });
    const all = [named("region", [900, 80]), named("owner", [400, 90, 60, 41, 40, 1])];
    const rows = all.map(({key, values}) => ({dimension: key, partOf: packed(values, index.partDeals)}));
    expect(rows[1]!.partOf).toEqual({"owner 1": 0, "owner 2": 1, "owner 3": 2, "owner 4": 2, "owner 5": 2});
    const parts = {...index, rows};
    const large = {...site, parts, dimensions: offered(all, parts)};
    const file = JSON.stringify(packedSite(large));
    expect(file).not.toContain("partOf");
    expect(unpackedSite(JSON.parse(file))).toEqual(large);
    expect(unpackedSite(JSON.parse(JSON.stringify(packedSite(site))))).toEqual(site);
  });

  test("up to three that have few values are asked together, as long as their combinations are few", () => {
    const sizes = {a: 2, b: 5, c: 6, d: 3, e: 40};
    const few = Object.entries(sizes).map(([key, n]) => ({
      key,
      label: key,
      values: Array.from({length: n}, (_, i) => ({value: `${key}${i}`, n: 1}))
    }));
    expect(cutsBy(few).map((cut) => cut.join(""))).toEqual([
      "",
      "a",
      "b",
      "c",
      "d",
      "e",
      "ab",
      "ac",
      "ad",
      "bc",
      "bd",
      "cd",
      "abc",
      "abd",
      "acd"
    ]);
  });

  test("sets of three are few where there are many dimensions", () => {
    const values = [0, 1].map((i) => ({value: String(i), n: 1}));
    const many = Array.from({length: 12}, (_, i) => ({key: `d${i}`, label: "", values}));
    const cuts = cutsBy(many);
    expect(cuts).toHaveLength(80);
    expect(cuts.slice(-2)).toEqual([
      ["d10", "d11"],
      ["d0", "d1", "d2"]
    ]);
  });

  test("of filters that cannot be asked together the one just chosen stays", () => {
    const asked = of({region: ["R"], product: ["P"], segment: ["S"]});
    expect(fitting(index, asked, "product")).toEqual(of({product: ["P"]}));
    expect(fitting(index, asked, "segment")).toEqual(of({region: ["R"], segment: ["S"]}));
    const two = of({owner: ["Ana", "Cyd"]});
    expect(fitting(index, two, "owner", of({owner: ["Cyd"]}))).toEqual(of({owner: ["Ana"]}));
    expect(fitting(index, two, "owner", of({owner: ["Ana"]}))).toEqual(of({owner: ["Cyd"]}));
  });
});

function chosenOf(cut: readonly string[], pick: number): Record<string, string[]> {
  return Object.fromEntries(
    cut.map((key, i) => {
      const {values} = site.dimensions.find((dimension) => dimension.key === key)!;
      const [one, other] = [values[(pick + i) % values.length]!, values[(pick * 7 + 3) % values.length]!];
      return [key, pick % 3 === 0 ? [one.value] : [...new Set([one.value, other.value])]];
    })
  );
}
