/** The history that forecasts are fitted on against the warehouse it was read from. */
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import type {Engine} from "../../../loaders/engine/engine.ts";
import {dayOf, fiscalPeriod, isoOf} from "../../../loaders/forecast/history/calendar.ts";
import {
  closings,
  knownAt,
  OPEN,
  type PipelineHistory,
  WON
} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {readHistory} from "../../../loaders/forecast/history/readHistory.ts";
import {snapshot} from "../../../loaders/warehouse/snapshot.ts";
import {loadWorkspace} from "../../../loaders/workspace/loadWorkspace.ts";
import {builtDemo} from "../builtDemo.ts";

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

  test("fiscal periods", () => {
    const iso = ({from, to}: {from: number; to: number}) => `${isoOf(from)} ${isoOf(to)}`;
    expect(iso(fiscalPeriod(dayOf("2026-06-30"), "quarter", 1))).toBe("2026-04-01 2026-06-30");
    expect(iso(fiscalPeriod(dayOf("2026-01-15"), "quarter", 2))).toBe("2025-11-01 2026-01-31");
    expect(iso(fiscalPeriod(dayOf("2026-01-15"), "quarter", 2, 1))).toBe("2026-02-01 2026-04-30");
    expect(iso(fiscalPeriod(dayOf("2024-02-29"), "month", 7, -1))).toBe("2024-01-01 2024-01-31");
  });
});
