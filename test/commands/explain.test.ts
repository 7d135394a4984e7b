/** `weir explain`: of every metric there is, the query it prints gives the figure it says, and the records it lists come to it. */
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {askedFor} from "../../loaders/commands/explainAsked.ts";
import {definitionText} from "../../loaders/commands/explainText.ts";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {dealsTable, quotasTable} from "../../loaders/pages/dealFacts.ts";
import {type MetricAnswer, metricAnswer} from "../../loaders/pages/metricAnswer.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {PROJECT, statePaths} from "../../loaders/workspace/statePaths.ts";
import {evaluate, figureRows, median} from "../../src/slices/evaluate.ts";
import {cell, type Facts} from "../../src/slices/facts.ts";
import {measuresOf} from "../../src/slices/metricSpec.ts";
import type {Filters, Period} from "../../src/slices/select.ts";
import {BUILT_AT, type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import {modelsFor} from "../support/modelsFor.ts";
import {weirHere} from "../support/weirCli.ts";

const catalogue = readMetrics();
const relations = ["deals", "quotas"];

interface Firm {
  dir: string;
  state: string;
  warehouse: string;
}

let small: SmallWorkspace;
let twin: Firm;
beforeAll(async () => {
  small = smallWorkspace();
  await small.build({relations});
  const dir = join(dirname(small.dir), "twin");
  await writeTwin({firm: "software", deals: 300, seed: 7, out: dir});
  const workspace = loadWorkspace(dir);
  const state = join(dirname(small.dir), "twin-state");
  const paths = statePaths(workspace, state);
  await buildWarehouse({
    ...{workspace, paths, filesDir: dir, reporter: silentReporter, builtAt: BUILT_AT},
    models: modelsFor(relations)
  });
  twin = {dir, state, warehouse: paths.warehouse};
});
afterAll(() => small.remove());

const theSmall = (): Firm => ({
  dir: small.dir,
  state: dirname(small.paths.dir),
  warehouse: small.paths.warehouse
});

const explain = ({dir, state}: Firm, ...args: string[]) =>
  weirHere("explain", "--workspace", dir, "--state", state, ...args);

/** What records come to by the metric's own definition; null where that is undefined. */
function comeTo(key: string, records: MetricAnswer["records"]): number | null {
  const {ratio, median: isMedian} = catalogue.metrics[key]!;
  const sum = (side: "over" | "under") =>
    records.reduce((cents, record) => cents + Math.round((record[side] ?? 0) * 100), 0) / 100;
  if (ratio) return sum("under") > 0 ? sum("over") / sum("under") : null;
  if (!isMedian) return sum("over");
  return records.length === 0 ? null : median(records.map(({over}) => over).sort((a, b) => a - b));
}

const SELECTIONS = {
  small: [
    {slices: []},
    {period: "2026 Q1", slices: []},
    {period: "feb 2026", slices: []},
    {slices: ["owner=Ana"]},
    {period: "2026-04-01..2026-05-05", slices: ["Region=south", "region=North"]}
  ],
  software: [
    {slices: []},
    {period: "2026 Q1", slices: []},
    {period: "2026 Q2", slices: ["channel=Direct"]},
    {slices: ["segment=enterprise", "region=EMEA"]}
  ]
};

describe.each(["small", "software"] as const)("of every metric of the %s firm", (name) => {
  test.each(SELECTIONS[name])(
    "asked $period $slices: query, records and pages give one figure",
    async ({period: label, slices}) => {
      const firm = name === "small" ? theSmall() : twin;
      const engine = await openDuckDb(firm.warehouse, {readOnly: true});
      try {
        const facts: Facts = {deals: await dealsTable(engine), quotas: await quotasTable(engine)};
        const {filters, period} = await askedFor(engine, {period: label, slices});
        const selection = {filters, ...(period ? {period} : {})};
        let nKnown = 0;
        for (const key of Object.keys(catalogue.metrics)) {
          const {value, reason, sql, records} = await metricAnswer(engine, key, catalogue, selection);
          expect(value, key).toBe(evaluate(key, catalogue, facts, selection).value);
          if (value === null) {
            expect(reason, key).toMatch(/\w+ \w+/);
            if (sql !== null) expect(await engine.rows(sql), key).toEqual([{value: null}]);
            continue;
          }
          nKnown++;
          const [row] = await engine.rows<{value: number}>(sql!);
          expect(row!.value, `${key}: its query`).toBeCloseTo(value, 9);
          expect(comeTo(key, records), `${key}: its records`).toBeCloseTo(value, 9);
          const ids = new Set(records.map(({fact, id}) => `${fact} ${id}`));
          for (const id of onAClick(key, facts, selection)) expect(ids, key).toContain(id);
        }
        expect(nKnown).toBeGreaterThan(7);
      } finally {
        engine.close();
      }
    }
  );
});

/** What a click on the figure of a page lists. */
function onAClick(key: string, facts: Facts, selection: {filters: Filters; period?: Period}): string[] {
  const {fact} = catalogue.measures[measuresOf(catalogue.metrics[key]!)[0]!]!;
  const id = fact === "deals" ? "deal_id" : "month_on";
  return figureRows(key, catalogue, facts, selection).map((row) => `${fact} ${cell(facts[fact]!, id, row)}`);
}

describe("weir explain", () => {
  test("in words: formula, unit, figure with its day, query, and the deals with their sum", async () => {
    const {printed} = await explain(theSmall(), "Won", "--period", "2026 Q1");
    expect(printed).toContain("Formula: The amounts of the deals won in the period");
    expect(printed).toContain(
      "Figure: 3400.40 USD\n        2026 Q1, 2026-01-01 to 2026-03-31; as of 2026-05-05"
    );
    expect(printed).toContain('select sum("won_amount") from marts."deals" where "closed_on" between');
    expect(printed).toMatch(
      /2400\.30 {2}D2 {2}Beta\n {2}1000\.10 {2}D1 {2}Alpha\n {2}3400\.40 {2}all 2 deals/
    );
  });

  test("of every metric prints a figure or why there is none", async () => {
    for (const key of Object.keys(catalogue.metrics)) {
      const {code, printed} = await explain(theSmall(), key);
      expect(code, key).toBe(0);
      expect(printed, key).toMatch(
        /\nFigure: (-?\d+(\.\d+)?( USD| \(\d+\.\d%\)| times| days)?|not enough data: \w+ .+)\n/
      );
    }
  });

  test("of many deals the largest, how many there are besides and what those come to", async () => {
    const {printed} = await explain(twin, "won_amount");
    const {value, records}: MetricAnswer = JSON.parse((await explain(twin, "won_amount", "--json")).printed);
    const rest = records.slice(10).reduce((sum, {over}) => sum + Math.round(over * 100), 0) / 100;
    expect(printed).toContain(`${rest.toFixed(2)}  the other ${records.length - 10}; --json lists them`);
    expect(printed).toContain(`${value!.toFixed(2)}  all ${records.length} deals`);
  });

  test("of a selection that a metric cannot be cut by says why, and neither query nor deals", async () => {
    const {printed} = await explain(theSmall(), "coverage", "--slice", "product=Basic");
    expect(printed).toContain("not enough data: quotas are not known by product");
    expect(printed).not.toMatch(/Query|Made of/);
  });

  test("alone lists every figure by its subject, one line each", async () => {
    const {printed} = await weirHere("explain");
    const lines = printed.split("\n");
    for (const [key, {label, subject}] of Object.entries({...catalogue.metrics, ...catalogue.definitions})) {
      const at = lines.findIndex((line) => line.slice(2).startsWith(`${key} `));
      expect(lines[at], key).toContain(` ${label}: `);
      const head = lines.slice(0, at).findLast((line) => /^\w/.test(line));
      expect(head, key).toBe(subject);
    }
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(110);
    const {metrics} = JSON.parse((await weirHere("explain", "--json")).printed);
    expect(metrics).toHaveLength(
      Object.keys(catalogue.metrics).length + Object.keys(catalogue.definitions).length
    );
  });

  test("of every figure that a function computes tells who computes it, which there is, and the rows it reads", async () => {
    const models = readModels();
    expect((await weirHere("explain", "nrr")).printed).toBe(
      `${definitionText("nrr", catalogue.definitions["nrr"]!)}\n`
    );
    for (const [key, definition] of Object.entries(catalogue.definitions)) {
      const {computed_by, label, rivals = []} = definition;
      const printed = definitionText(key, definition);
      expect(printed.startsWith(`${label} (${key})\n`), key).toBe(true);
      const flat = printed.replaceAll("\n", " ");
      for (const rival of rivals) expect(flat, key).toContain(rival);
      expect(printed, key).toContain(`Computed by: ${computed_by}`);
      for (const [file] of computed_by.matchAll(/\b(?:src|loaders)\/[\w./]+\.ts\b/g))
        expect(existsSync(join(PROJECT, file)), `${key}: ${file}`).toBe(true);
      for (const [, name] of computed_by.matchAll(/\b(?:marts\.|(?=chk_))(\w+)/g))
        expect(
          models.map((model) => model.name),
          key
        ).toContain(name);
      for (const [, name] of computed_by.matchAll(/\bmarts\.(\w+)/g))
        expect(printed, key).toContain(
          `select * from marts.${name}\n      ${models.find((model) => model.name === name)!.doc!.grain}`
        );
    }
  });

  test("a firm that is not built has its metrics defined all the same, and is told what is missing", async () => {
    const {code, printed, said} = await explain({...theSmall(), state: `${small.dir}-none`}, "win_rate");
    expect(code).toBe(0);
    expect(printed).toContain("Won / (won + lost)");
    expect(printed).toContain("Query, over all time:");
    expect(printed).not.toContain("Figure:");
    expect(said).toContain("Small & Sons is not built");
    const period = await explain({...theSmall(), state: `${small.dir}-none`}, "win_rate", "--period", "2026");
    expect(period.code).toBe(4);
    expect(period.said.replaceAll("\n", " ")).toContain(
      `weir build --workspace ${small.dir} --state ${small.dir}-none`
    );
  });

  test("a workspace that cannot be read leaves the definition, and not a figure of a period", async () => {
    const nowhere = {...theSmall(), dir: `${small.dir}-nowhere`};
    const {code, printed, said} = await explain(nowhere, "win_rate");
    expect(code).toBe(0);
    expect(printed).toContain("Won / (won + lost)");
    expect(said).toContain("only the definition is told");
    expect((await explain(nowhere, "win_rate", "--period", "2026")).code).toBe(2);
  });

  test.each([
    {args: ["won_amnt"], said: 'did you mean "won_amount"?'},
    {args: ["Win rate, four ways"], printed: "Win rate, four ways (win_rates)"},
    {args: ["win-rate"], said: '"win_rate"'},
    {args: ["quota"], printed: "Quota (quota_total)"},
    {args: ["pipeline"], said: '"open_amount"'},
    {args: ["constructor"], said: "run weir explain to see all of them"},
    {args: ["win_rate", "--period", "2026 Q11"], said: 'did you mean "2026 Q1"?'},
    {args: ["win_rate", "--period", "2026-03-31..2026-02-01"], said: "the earlier first"},
    {args: ["win_rate", "--period", "2026-02-30..2026-03-01"], said: "two days that there are"},
    {args: ["win_rate", "--slice", "ownr=Ana"], said: 'did you mean "owner"?'},
    {args: ["win_rate", "--slice", "owner=Anna"], said: 'did you mean "Ana"?'},
    {args: ["win_rate", "--slice", "owner"], said: "region=EMEA"},
    {args: ["arr", "--period", "2026"], said: "a figure that a function computes"}
  ])("$args: near names for what there is not", async ({args, said, printed}) => {
    const found = await explain(theSmall(), ...args);
    if (printed) expect(found.printed).toContain(printed);
    else {
      expect(found.code).toBe(2);
      expect(found.said.replaceAll("\n", " ")).toContain(said);
      expect(found.printed).toBe("");
    }
  });
});
