/** The history that forecasts are fitted on against the warehouse it was read from. */
import {copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import type {Engine} from "../../../loaders/engine/engine.ts";
import {askInProcesses} from "../../../loaders/forecast/backtest/askInProcesses.ts";
import {
  allForecasters,
  askOn,
  BACKTEST_DEFAULTS,
  originDays
} from "../../../loaders/forecast/backtest/runBacktest.ts";
import {targetsAt} from "../../../loaders/forecast/backtest/targets.ts";
import {weightedPipeline} from "../../../loaders/forecast/bookings/fieldMethods.ts";
import {readModel} from "../../../loaders/forecast/deals/modelStore.ts";
import {fitDealModel} from "../../../loaders/forecast/deals/projectDeals.ts";
import {dayOf, fiscalPeriod, isoOf} from "../../../loaders/forecast/history/calendar.ts";
import {
  closings,
  knownAt,
  NO_DAY,
  OPEN,
  type PipelineHistory,
  WON
} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {readHistory} from "../../../loaders/forecast/history/readHistory.ts";
import {readWholeHistory, withWarehouse} from "../../../loaders/forecast/history/wholeHistory.ts";
import {askDeals} from "../../../loaders/forecast/publish/askDeals.ts";
import {snapshot} from "../../../loaders/warehouse/snapshot.ts";
import {loadWorkspace} from "../../../loaders/workspace/loadWorkspace.ts";
import {PROJECT} from "../../../loaders/workspace/statePaths.ts";
import {builtDemo} from "../builtDemo.ts";
import {anotherFuture, CHANGED_TABLES, TIMELESS_TABLES} from "./noLookAhead.ts";

let engine: Engine;
let history: PipelineHistory;
const workspace = loadWorkspace("data/demo");
beforeAll(async () => {
  engine = await openDuckDb(await builtDemo(), {readOnly: true});
  ({history} = await readHistory(engine, 1));
});
afterAll(() => engine?.close());

describe("the history of the demo", () => {
  test("won money and deals are those of the mart, to the cent, month by month", async () => {
    const expected = await engine.rows<{month: string; cents: number; n: number}>(`
      select strftime(closed_on, '%Y-%m') as month, cast(sum(won_amount) * 100 as double) as cents, sum(n_won)::integer as n
      from marts.deals where outcome = 'won' group by 1 order by 1`);
    const {outcome, closedOn, amount} = closings(history);
    const sums = new Map<string, {cents: number; n: number}>();
    for (let d = 0; d < history.nDeals; d++) {
      if (outcome[d] !== WON) continue;
      const month = isoOf(closedOn[d]!).slice(0, 7);
      const sum = sums.get(month) ?? {cents: 0, n: 0};
      sums.set(month, {cents: sum.cents + Math.round(amount[d]! * 100), n: sum.n + 1});
    }
    expect(
      [...sums].map(([month, {cents, n}]) => ({month, cents, n})).sort((a, b) => (a.month < b.month ? -1 : 1))
    ).toEqual(expected);
  });

  for (const day of ["2024-03-31", "2025-08-17", "2026-05-22"])
    test(`on ${day} every deal stands as the time machine says`, async () => {
      const expected = (await snapshot(engine, workspace.config, day)).map(
        ({deal_id, stage_id, outcome, close_on, is_close_on_assumed}) => ({
          deal: deal_id,
          stage: stage_id,
          outcome,
          closeOn: is_close_on_assumed ? null : close_on
        })
      );
      const cut = knownAt(history, dayOf(day));
      const seen = cut.dealIds.map((deal, d) => {
        const span = cut.spanStart[d + 1]! - 1;
        return {
          deal,
          stage: cut.stages[cut.stage[span]!]?.id.split("/").slice(1).join("/") ?? null,
          outcome: ["open", "won", "lost"][cut.outcome[span]!]!,
          closeOn: cut.closeOn[span]! < -1e9 ? null : isoOf(cut.closeOn[span]!)
        };
      });
      const byDeal = (a: {deal: string}, b: {deal: string}) => (a.deal < b.deal ? -1 : 1);
      expect(seen.sort(byDeal)).toEqual(expected.sort((a, b) => byDeal(a, b)));
      expect(cut.outcome.includes(OPEN)).toBe(true);
    });

  test("without a history of stages, amounts and dates they are known on the as-of day and on no day before; undated open deals are left out", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weir-assumed-"));
    try {
      const copy = join(folder, "warehouse.duckdb");
      copyFileSync(await builtDemo(), copy);
      const other = await openDuckDb(copy);
      await other.run(`update intermediate.int_deal_span
        set is_stage_assumed = true, is_amount_assumed = true, is_close_on_assumed = true, is_forecast_category_assumed = true`);
      const {history: bare} = await readHistory(other, 1);
      await other.run(
        "update intermediate.int_deal_opening set is_time_assumed = true where deal_key % 10 = 0"
      );
      const {history: dated, nUndated} = await readHistory(other, 1);
      other.close();
      expect(nUndated).toBeGreaterThan(5);
      expect(dated.nDeals).toBe(bare.nDeals - nUndated);
      expect(closings(dated).outcome.filter((outcome) => outcome !== OPEN).length).toBe(
        closings(bare).outcome.filter((outcome) => outcome !== OPEN).length
      );
      const stated = ({
        asOf,
        nDeals,
        spanStart,
        outcome,
        stage,
        amount,
        closeOn,
        category
      }: PipelineHistory) => {
        const open = Array.from({length: nDeals}, (_, d) => spanStart[d + 1]! - 1).filter(
          (span) => outcome[span] === OPEN
        );
        return {
          asOf,
          n: open.length,
          stages: open.map((span) => stage[span]!),
          amounts: open.map((span) => amount[span]!),
          dates: open.map((span) => closeOn[span]!),
          categories: open.map((span) => category[span]!)
        };
      };
      const [told, whole] = [stated(bare), stated(history)];
      expect({...told, amounts: null}).toEqual({...whole, amounts: null});
      // Told today, so at today's rate: in another currency than the firm's not quite what the log's state is worth.
      const unlike = told.amounts.filter((amount, i) => Math.abs(amount / whole.amounts[i]! - 1) > 0.1);
      expect(unlike).toEqual([]);
      expect(told.amounts.some((amount) => amount > 0)).toBe(true);
      const before = stated(knownAt(bare, bare.asOf - 1));
      expect(before.n).toBeGreaterThan(100);
      // Deals that have closed since have no stage there: one that others have would tell that they do not close.
      expect(new Set(before.stages)).toEqual(new Set([-1]));
      expect(new Set([...before.amounts, ...before.dates])).toEqual(new Set([Number.NaN, NO_DAY]));
      const windows = targetsAt(before.asOf, 1).map(({window}) => window);
      expect(
        weightedPipeline.forecast(knownAt(bare, before.asOf), windows, {measure: "amount", seed: 1})
      ).toBeNull();
      expect(weightedPipeline.forecast(bare, windows, {measure: "amount", seed: 1})).not.toBeNull();
    } finally {
      rmSync(folder, {recursive: true});
    }
  });

  test("fiscal periods", () => {
    const iso = ({from, to}: {from: number; to: number}) => `${isoOf(from)} ${isoOf(to)}`;
    expect(iso(fiscalPeriod(dayOf("2026-06-30"), "quarter", 1))).toBe("2026-04-01 2026-06-30");
    expect(iso(fiscalPeriod(dayOf("2026-01-15"), "quarter", 2))).toBe("2025-11-01 2026-01-31");
    expect(iso(fiscalPeriod(dayOf("2026-01-15"), "quarter", 2, 1))).toBe("2026-02-01 2026-04-30");
    expect(iso(fiscalPeriod(dayOf("2024-02-29"), "month", 7, -1))).toBe("2024-01-01 2024-01-31");
  });
});

describe("no look ahead, from the tables up", () => {
  const DAY = "2025-08-15";

  test("the story changes every table that forecasts read", () => {
    const text = ["history/readHistory.ts", "history/wholeHistory.ts", "buildForecast.ts"]
      .map((file) => readFileSync(join(PROJECT, "loaders", "forecast", file), "utf8"))
      .join("\n");
    const read = [...text.matchAll(/(?:from|join) ((?:workspace|intermediate|staging|marts)\.\w+)/g)].map(
      (match) => match[1]!
    );
    // What publishing alone reads: names and quotas, which no forecaster sees.
    const published = ["workspace.fiscal_month", "marts.quotas"];
    expect([...new Set(read)].sort()).toEqual([...CHANGED_TABLES, ...TIMELESS_TABLES, ...published].sort());
  });

  test("with every field of everything later changed, no forecaster's forecast of the day moves by a bit, nor any deal's score", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weir-future-"));
    try {
      const copy = join(folder, "warehouse.duckdb");
      await anotherFuture(await builtDemo(), copy, DAY);
      const other = await openDuckDb(copy, {readOnly: true});
      const {history: changed} = await readHistory(other, 1);
      other.close();
      const day = dayOf(DAY);
      expect(closings(changed).amount).not.toEqual(closings(history).amount);
      const asked = [history, changed].map((whole) => {
        const known = knownAt(whole, day);
        const windows = targetsAt(day, 1).map(({window}) => window);
        // One fit for both measures of the day.
        const said = allForecasters(1).map(({name, forecast}) => [
          name,
          forecast(known, windows, {measure: "amount", seed: 1}),
          forecast(known, windows, {measure: "wins", seed: 1})
        ]);
        const [asking] = [...askDeals(whole, [day], 1)];
        const scores = asking!.projection.open.map(({state, curve, amount}) => [
          known.dealIds[state.deal],
          curve,
          amount
        ]);
        return {said, scores};
      });
      expect(asked[0]!.scores.length).toBeGreaterThan(50);
      expect(asked[1]).toEqual(asked[0]);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });
});

describe("a backtest on two cores", () => {
  test("finds what one finds, to the bit, and goes on where a stopped one was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weir-backtest-"));
    try {
      const warehouse = await builtDemo();
      const options = {...BACKTEST_DEFAULTS, refitDays: 91};
      const all = originDays(history, options);
      // Across a refit: the last fit was made on the first day of its quarter of a year.
      const days = all.filter((_, i) => i >= all.length - 18 && i % 3 === 0);
      const path = join(folder, "rows.jsonl");
      const asked: number[] = [];
      const askings = {warehouse, path, key: "k", options, days: [all[0]!, ...days]};
      const found = await askInProcesses(history, askings, {onDay: (day) => asked.push(day)}, 0);
      const forecasters = allForecasters(91, all[0]);
      for (const day of days.slice(-2))
        expect(found.get(day)).toEqual(askOn(history, day, forecasters, options));
      expect(asked.sort()).toEqual([...askings.days].sort());
      // Stopped in the middle of a line: that day and those after it are asked again, with the same result.
      const lines = readFileSync(path, "utf8").split("\n");
      writeFileSync(path, `${lines.slice(0, -2).join("\n")}\n${lines.at(-2)!.slice(0, 40)}`);
      expect(await askInProcesses(history, askings, {onDay() {}}, 0)).toEqual(found);
      expect(readdirSync(folder)).toEqual(["rows.jsonl"]);
      // A day that no calendar has is the second process's only one.
      const own = all.slice(-14, -2);
      const failed = {...askings, path: join(folder, "failed.jsonl"), days: [...own, 1e9]};
      const before: number[] = [];
      await expect(askInProcesses(history, failed, {onDay: (day) => before.push(day)}, 0)).rejects.toThrow(
        /a process of the backtest failed \(1\)\n.*Error: /s
      );
      expect(before.length).toBeLessThan(own.length);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });

  test("fits the models that are wanted by the way, and ends when nobody wants the answers any more", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weir-backtest-"));
    try {
      const warehouse = await builtDemo();
      const options = {...BACKTEST_DEFAULTS, refitDays: 91};
      const {history: whole} = await withWarehouse(warehouse, readWholeHistory);
      const day = originDays(whole, options).at(-60)!;
      const models = {folder: join(folder, "models"), days: [day]};
      const askings = {warehouse, path: join(folder, "rows.jsonl"), key: "k", options, days: [day], models};
      const fitted: number[] = [];
      await askInProcesses(whole, askings, {onDay() {}, onModel: (of) => fitted.push(of)}, 0);
      expect(fitted).toEqual([day]);
      const known = knownAt(whole, day);
      const read = readModel(join(models.folder, `deal-model-${isoOf(day)}.json`), known);
      expect(read.outcomes.won).toEqual(fitDealModel(known)!.outcomes.won);
      const unwanted = {...askings, path: join(folder, "ended.jsonl")};
      await expect(
        askInProcesses(whole, unwanted, {onDay() {}, signal: AbortSignal.timeout(50)}, 0)
      ).rejects.toThrow("a process of the backtest failed (SIGTERM)");
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
