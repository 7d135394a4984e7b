/** What every forecaster of bookings must do, whatever its method. */
import {describe, expect, test} from "vitest";
import {allForecasters} from "../../../loaders/forecast/backtest/runBacktest.ts";
import {buildHistory} from "../../../loaders/forecast/history/buildHistory.ts";
import {knownAt} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {LEVELS} from "../../../loaders/forecast/numeric/quantiles.ts";
import {FIRST_DAY, STAGES, simulatedHistory, simulatedRows} from "../simulatedHistory.ts";

const DAYS = 900;
const history = simulatedHistory(500, DAYS, 3);
const windows = (asOf: number) => [
  {from: asOf + 1, to: asOf + 28},
  {from: asOf + 1, to: asOf + 91},
  {from: asOf + 92, to: asOf + 182}
];
const options = {measure: "amount", seed: 7} as const;

for (const name of allForecasters(0).map((each) => each.name)) {
  const fresh = () => allForecasters(0).find((each) => each.name === name)!;
  const ask = (from = history, measure: "amount" | "wins" = "amount") =>
    fresh().forecast(from, windows(from.asOf), {...options, measure});

  describe(name, () => {
    test("gives one finite, non-negative forecast a window, its quantiles in order", () => {
      const answers = ask()!;
      expect(answers).toHaveLength(3);
      for (const {mean, quantiles} of answers) {
        expect(Number.isFinite(mean) && mean >= 0).toBe(true);
        if (!quantiles) continue;
        expect(quantiles).toHaveLength(LEVELS.length);
        expect([...quantiles].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        expect([...quantiles]).toEqual([...quantiles].sort((a, b) => a - b));
      }
    });

    test("is in the unit asked for: money scales with the amounts, deals do not", () => {
      const tenfold = {...history, amount: history.amount.map((amount) => amount * 10)};
      const [plain, scaled] = [ask()!, ask(tenfold)!];
      expect(scaled[1]!.mean / plain[1]!.mean).toBeCloseTo(10, 6);
      expect(ask(tenfold, "wins")).toEqual(ask(history, "wins"));
      expect(ask(history, "wins")![1]!.mean).toBeLessThan(500);
    });

    test("the same question has the same answer to the bit", () => {
      expect(ask()).toEqual(ask());
    });

    test("nothing that happens later changes a forecast by a bit", () => {
      const asOf = FIRST_DAY + 600;
      const {rows, region} = simulatedRows({nDeals: 500, days: DAYS, seed: 3});
      const mutated = rows.map((row) =>
        row.from <= asOf
          ? row
          : {
              ...row,
              amount: row.amount! * 3 + 1,
              closeOn: row.closeOn! + 50,
              owner: "Somebody else",
              stage: "s/1",
              category: "omitted",
              outcome: "open" as const
            }
      );
      const later = [
        ...mutated,
        {deal: "D0", from: asOf + 1, outcome: "won" as const, amount: 9e9, stage: "s/w"},
        {deal: "unheard of", from: asOf + 1, outcome: "open" as const, amount: 9e9, stage: "s/1"}
      ];
      const build = (given: typeof rows) =>
        buildHistory({
          rows: given,
          stages: STAGES,
          attributes: {region},
          labels: {region: "Region"},
          asOf: FIRST_DAY + DAYS
        });
      const [before, after] = [rows, later].map((given) => {
        const cut = knownAt(build(given), asOf);
        return fresh().forecast(cut, windows(asOf), options);
      });
      expect(after).toEqual(before);
    });

    test("another seed is another draw of the same forecast, and no window has no forecast", () => {
      const other = fresh().forecast(history, windows(history.asOf), {...options, seed: 8})!;
      ask()!.forEach(({mean}, i) => {
        expect(other[i]!.mean).toBeCloseTo(mean, 6);
      });
      expect(fresh().forecast(history, [], options) ?? []).toEqual([]);
    });

    test("answers without looking when there is nothing, one deal, or a dozen", () => {
      for (const [nDeals, days] of [
        [0, 10],
        [1, 60],
        [12, 300]
      ] as const) {
        const small = simulatedHistory(nDeals, days, 5);
        const answers = ask(small);
        for (const {mean, quantiles} of answers ?? []) {
          expect(Number.isFinite(mean)).toBe(true);
          expect([...(quantiles ?? [])]).toEqual([...(quantiles ?? [])].sort((a, b) => a - b));
        }
      }
    });
  });
}
