/** One definition, two evaluators: the SQL of the build and the code of the pages must say the same. */

import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {metricSql} from "../../loaders/metrics/metricSql.ts";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {factTable} from "../../loaders/pages/factTable.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import {STANDARD_SLICES} from "../../loaders/workspace/standardSlices.ts";
import {evaluate, figureRows} from "../../src/slices/evaluate.ts";
import {cell, type Facts} from "../../src/slices/facts.ts";
import type {Filters} from "../../src/slices/select.ts";
import {ANY_PERIOD, sqlOf} from "../../src/slices/site.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import fc from "../support/fc.ts";

const catalogue = readMetrics();
let small: SmallWorkspace;
let engine: Engine;
let facts: Facts;

beforeAll(async () => {
  small = smallWorkspace();
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
  const slices = STANDARD_SLICES.map(({column}) => column);
  const measures = Object.values(catalogue.measures).filter(({fact}) => fact === "deals");
  const columns = new Set([...slices, ...measures.flatMap(({column, on}) => (on ? [column, on] : [column]))]);
  facts = {
    deals: await factTable(engine, "marts.deals", {columns: ["deal_id", ...columns], orderBy: "deal_id"}),
    quotas: await factTable(engine, "marts.quotas", {
      columns: ["owner", "team", "region", "month_on", "quota_amount"],
      orderBy: "quota_id, month_on"
    })
  };
});
afterAll(() => {
  engine.close();
  small.remove();
});

const selections = fc.record({
  owner: fc.subarray(["Ana", "Björn"]),
  region: fc.subarray(["North", "South"]),
  from: fc.constantFrom("2026-01-01", "2026-02-11", "2026-03-01", "2026-04-01"),
  to: fc.constantFrom("2026-02-10", "2026-03-31", "2026-05-05", "2026-07-31")
});

describe("metrics", () => {
  test("a figure of open deals stands on all of them, with or without an amount", () => {
    const deals = facts["deals"]!;
    const amounts = deals.columns["open_amount"]!;
    const nOpen = deals.columns["n_open"]!;
    if (amounts.kind !== "cents" || nOpen.kind !== "number") throw new Error("not the columns they were");
    const row = nOpen.values.indexOf(1);
    const without = {...amounts, values: amounts.values.map((cents, i) => (i === row ? 0 : cents))};
    const found = {...facts, deals: {...deals, columns: {...deals.columns, open_amount: without}}};
    const n = (key: string) => evaluate(key, catalogue, found, {filters: {}}).n;
    expect(n("open_amount")).toBe(nOpen.values.filter((each) => each === 1).length);
    expect(figureRows("open_amount", catalogue, found, {filters: {}})).toContain(row);
  });

  test("a click on a win rate lists all that it is a share of, as many as the figure says", () => {
    for (const key of ["win_rate", "win_rate_amount", "win_rate_narrow"]) {
      const {n} = evaluate(key, catalogue, facts, {filters: {}});
      const rows = figureRows(key, catalogue, facts, {filters: {}});
      if (key !== "win_rate_narrow") expect(rows, key).toHaveLength(n);
      const lost = rows.filter((row) => cell(facts["deals"]!, "n_lost", row) === 1);
      expect(lost.length, key).toBeGreaterThan(0);
    }
  });

  test("SQL and pages agree on every metric for any filter and period", async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({owner, region, from, to}) => {
        const selection = {filters: {owner, region}, period: {from, to}};
        for (const key of Object.keys(catalogue.metrics)) {
          // Quotas of a person carry no region here: the pages say so, SQL would call it no row.
          if (/quota|coverage/.test(key) && region.length > 0) continue;
          const [row] = await engine.rows<{value: number | null}>(metricSql(key, catalogue, selection));
          const figure = evaluate(key, catalogue, facts, selection);
          if (row!.value === null) expect(figure.value, key).toBeNull();
          else expect(figure.value, key).toBeCloseTo(row!.value, 9);
        }
      }),
      {numRuns: 40, seed: 1}
    );
  });

  test("the firm's own site has the query of every metric, and who computes each other figure", async () => {
    const {sql, catalogue: told} = await siteData(engine);
    expect(Object.keys(sql)).toEqual(Object.keys(catalogue.metrics));
    expect(told).toEqual(catalogue);
  });

  test("the query beside a figure gives the figure of the period it shows", async () => {
    const period = {from: "2026-01-01", to: "2026-03-31"};
    for (const key of Object.keys(catalogue.metrics)) {
      const shown = sqlOf(metricSql(key, catalogue, {period: ANY_PERIOD}), period, true);
      const [row] = await engine.rows<{value: number | null}>(shown);
      expect(row!.value, key).toEqual(evaluate(key, catalogue, facts, {filters: {}, period}).value);
    }
  });

  test("a figure counts what a click on it lists, and not the quotas or wins that it is divided by", () => {
    for (const period of [
      {from: "2026-01-01", to: "2026-03-31"},
      {from: "2026-04-01", to: "2026-06-30"}
    ])
      for (const key of ["coverage", "quota_attainment", "average_won"])
        expect(evaluate(key, catalogue, facts, {filters: {}, period}).n, key).toBe(
          figureRows(key, catalogue, facts, {filters: {}, period}).length
        );
  });

  test("win rate where nothing closed is null with a reason, not 0", () => {
    const figure = evaluate("win_rate", catalogue, facts, {
      filters: {},
      period: {from: "2027-01-01", to: "2027-12-31"}
    });
    expect(figure.value).toBeNull();
    expect(figure.reason).toBe("nothing to divide by in this selection");
  });

  test("coverage of a quota that is reached is null, not negative", () => {
    const first = {from: "2026-01-01", to: "2026-03-31"};
    expect(
      evaluate("quota_attainment", catalogue, facts, {filters: {owner: ["Ana"]}, period: first}).value
    ).toBeCloseTo(3400.4 / 3000);
    expect(evaluate("coverage", catalogue, facts, {filters: {owner: ["Ana"]}, period: first})).toMatchObject({
      value: null,
      reason: "nothing is left to reach"
    });
  });

  test("a win rate by amount is undefined when no lost deal kept its amount, not 100%", async () => {
    const lost = facts["deals"]!.columns["lost_amount"] as {kind: "cents"; values: (number | null)[]};
    const emptied = {kind: "cents" as const, values: lost.values.map(() => 0)};
    const bare = {
      ...facts,
      deals: {...facts["deals"]!, columns: {...facts["deals"]!.columns, lost_amount: emptied}}
    };
    expect(evaluate("win_rate_amount", catalogue, bare, {filters: {}})).toMatchObject({
      value: null,
      reason: "the lost deals carry no amount"
    });
    expect(evaluate("win_rate_amount", catalogue, facts, {filters: {}}).value).toBeGreaterThan(0);
  });

  test("an open pipeline whose deals state no amount is not known, not worth 0", () => {
    const open = facts["deals"]!.columns["open_amount"] as {kind: "cents"; values: (number | null)[]};
    const emptied = {kind: "cents" as const, values: open.values.map(() => 0)};
    const bare = {
      ...facts,
      deals: {...facts["deals"]!, columns: {...facts["deals"]!.columns, open_amount: emptied}}
    };
    const {n} = evaluate("n_open", catalogue, facts, {filters: {}});
    expect(n).toBeGreaterThan(0);
    expect(evaluate("open_amount", catalogue, bare, {filters: {}})).toEqual({
      value: null,
      n,
      reason: "no open deal states an amount"
    });
    // Nothing open is worth 0.
    const none = evaluate("open_amount", catalogue, facts, {filters: {owner: ["nobody"]}});
    expect(none.value).toBe(0);
  });

  test("where no open deal has a close date, whatever closed ones have, what is due in a quarter is not known, in SQL as on the page", async () => {
    const due = facts["deals"]!.columns["close_on"] as {kind: "day"; values: (number | null)[]};
    const isClosed = (row: number) => cell(facts["deals"]!, "n_open", row) === 0;
    const undated = {
      kind: "day" as const,
      values: due.values.map((day, row) => (isClosed(row) ? day : null))
    };
    expect(undated.values.some((day) => day !== null)).toBe(true);
    const bare = {
      ...facts,
      deals: {...facts["deals"]!, columns: {...facts["deals"]!.columns, close_on: undated}}
    };
    const period = {from: "2026-04-01", to: "2026-06-30"};
    for (const key of ["open_due", "coverage"])
      expect(evaluate(key, catalogue, bare, {filters: {}, period})).toMatchObject({
        value: null,
        reason: "no open deal has a close date"
      });
    const sql = metricSql("open_due", catalogue, {period}).replaceAll(
      /from marts\."?deals"?/g,
      "from (select * replace (case when n_open = 0 then close_on end as close_on) from marts.deals)"
    );
    expect(await engine.rows(sql)).toEqual([{value: null}]);
  });

  test("nor is it for a selection none of whose open deals has one", () => {
    const deals = facts["deals"]!;
    const due = deals.columns["close_on"] as {kind: "day"; values: (number | null)[]};
    const owner = cell(
      deals,
      "owner",
      due.values.findIndex((_, row) => cell(deals, "n_open", row) === 1)
    );
    const values = due.values.map((day, row) => (cell(deals, "owner", row) === owner ? null : day));
    const columns = {...deals.columns, close_on: {kind: "day" as const, values}};
    const bare = {...facts, deals: {...deals, columns}};
    const period = {from: "2026-04-01", to: "2026-06-30"};
    const due_ = (filters: Record<string, string[]>) =>
      evaluate("open_due", catalogue, bare, {filters, period});
    expect(due_({owner: [String(owner)]})).toMatchObject({
      value: null,
      reason: "no open deal has a close date"
    });
    expect(due_({}).value).toBeGreaterThan(0);
  });

  test("a win rate by amount is undefined where credits outweigh the lost amounts, not more than 100%", () => {
    const lost = facts["deals"]!.columns["lost_amount"] as {kind: "cents"; values: (number | null)[]};
    const credits = {kind: "cents" as const, values: lost.values.map((cents) => -(cents ?? 0))};
    const turned = {
      ...facts,
      deals: {...facts["deals"]!, columns: {...facts["deals"]!.columns, lost_amount: credits}}
    };
    expect(evaluate("win_rate_amount", catalogue, turned, {filters: {}})).toMatchObject({
      value: null,
      reason: "credits outweigh amounts here, so there is no share"
    });
  });

  test("a quota asked for by product says that it cannot be cut so", () => {
    expect(evaluate("quota_attainment", catalogue, facts, {filters: {product: ["Basic"]}})).toMatchObject({
      value: null,
      reason: "quotas are not known by product"
    });
  });

  test("the deals behind a figure sum to it, to the cent", () => {
    for (const filters of [{}, {owner: ["Ana"]}, {region: ["South"]}] as Filters[]) {
      for (const [metric, column] of [
        ["won_amount", "won_amount"],
        ["open_amount", "open_amount"]
      ] as const) {
        const rows = figureRows(metric, catalogue, facts, {filters});
        const cents = rows.reduce(
          (sum, row) => sum + Math.round(Number(cell(facts["deals"]!, column, row)) * 100),
          0
        );
        expect(cents / 100).toBe(evaluate(metric, catalogue, facts, {filters}).value);
      }
    }
  });

  test("every metric has a formula in words and every measure a column of its mart", async () => {
    for (const {fact, column, on} of Object.values(catalogue.measures)) {
      const columns = await engine.rows<{column_name: string}>(`describe marts.${fact}`);
      const names = columns.map(({column_name}) => column_name);
      expect(names).toContain(column);
      if (on) expect(names).toContain(on);
    }
    for (const {formula} of [...Object.values(catalogue.metrics), ...Object.values(catalogue.definitions)])
      expect(formula).toMatch(/^[A-Z].*\.$/);
  });
});
