import {expect, test} from "vitest";
import {type PipelineHistory, WON} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {amountsByStage, datesByDue} from "../../../loaders/forecast/publish/amountsAndDates.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

const history: PipelineHistory = simulatedHistory(900, 900, 11);

test("a ratio planted in every deal is found, with an interval that holds it", () => {
  const amount = history.amount.map((value, s) => (history.outcome[s] === WON ? 0.8 * value : value));
  const byStage = amountsByStage({...history, amount});
  expect(byStage.map(({stage}) => stage)).toEqual(["Early", "Late"]);
  for (const {ratio, low, high, n} of byStage) {
    expect(n).toBeGreaterThan(100);
    // Drawn towards the amount stated by fifteen deals.
    expect(ratio).toBeGreaterThan(0.79);
    expect(ratio).toBeLessThan(0.84);
    expect(low <= ratio && ratio <= high).toBe(true);
  }
});

test("slips are those of deals won, by how far away their date was", () => {
  const byDue = datesByDue(history);
  expect(byDue.reduce((sum, {n}) => sum + n, 0)).toBeGreaterThan(200);
  for (const {low80, low50, median, high50, high80, kept} of byDue) {
    const order = [low80, low50, median, high50, high80];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(kept >= 0 && kept <= 1).toBe(true);
  }
  // Dates are moved out once they have passed, by five weeks: those due later are won before them more often.
  const medians = Object.fromEntries(byDue.map(({due, median}) => [due, median]));
  expect(medians["due in 5 to 13 weeks"]!).toBeLessThan(medians["due within 4 weeks"]!);
});
