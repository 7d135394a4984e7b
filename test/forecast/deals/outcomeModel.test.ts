import {describe, expect, test} from "vitest";
import {openNow} from "../../../loaders/forecast/bookings/pastWindows.ts";
import {stateOn} from "../../../loaders/forecast/deals/dealFeatures.ts";
import {explainDeals, fitOutcomes, outcomeCurve} from "../../../loaders/forecast/deals/outcomeModel.ts";
import {
  expectedByWeek,
  fitDealModel,
  project,
  simulate
} from "../../../loaders/forecast/deals/projectDeals.ts";
import {closings, knownAt, WON} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {FIRST_DAY, simulatedHistory} from "../simulatedHistory.ts";

const history = simulatedHistory(3000, 1500, 11, {winChance: {North: 0.2, South: 0.1}});
const model = fitOutcomes(history)!;
const open = openNow(history).map(({deal, span}) => stateOn(history, deal, span, history.asOf)!);

describe("the outcome model", () => {
  test("chances grow week by week and never exceed one together", () => {
    for (const state of open.slice(0, 200)) {
      const {won, lost} = outcomeCurve(model, state, 26);
      for (let week = 0; week < 26; week++) {
        expect(won[week]!).toBeGreaterThanOrEqual(week > 0 ? won[week - 1]! : 0);
        expect(won[week]! + lost[week]!).toBeLessThanOrEqual(1);
      }
    }
  });

  test("the parts of a score sum to it, whatever the deal", () => {
    const {base, scores, factors} = explainDeals(model, open);
    scores.forEach((score, i) => {
      expect(base + factors[i]!.reduce((sum, {effect}) => sum + effect, 0)).toBeCloseTo(score, 10);
    });
  });

  test("finds the planted effect: North wins twice as often a week in the late stage", () => {
    const group = model.features.groups.find(({name}) => name === "Region")!;
    const effect =
      model.won[group.offset + group.levels.indexOf("North")]! -
      model.won[group.offset + group.levels.indexOf("South")]!;
    // log odds of 0.2 against 0.1 are 0.81 apart; ridge draws the estimate a little towards none
    expect(effect).toBeGreaterThan(0.45);
    expect(effect).toBeLessThan(1);
  });

  test("is calibrated on a day it has not seen: expected wins in 13 weeks within what chance allows", () => {
    const cut = knownAt(history, FIRST_DAY + 1200);
    const early = fitOutcomes(cut)!;
    const now = closings(history);
    let [expected, actual, variance] = [0, 0, 0];
    for (const {deal, span} of openNow(cut)) {
      const chance = outcomeCurve(early, stateOn(cut, deal, span, cut.asOf)!, 13).won[12]!;
      expected += chance;
      variance += chance * (1 - chance);
      const same = history.dealIds.indexOf(cut.dealIds[deal]!);
      if (now.outcome[same] === WON && now.closedOn[same]! <= cut.asOf + 91) actual++;
    }
    expect(Math.abs(actual - expected)).toBeLessThan(3 * Math.sqrt(variance) + 0.1 * expected);
  });

  test("says nothing when hardly anything was ever won", () => {
    expect(fitOutcomes(simulatedHistory(10, 60, 1))).toBeNull();
  });
});

describe("the projection", () => {
  const fitted = fitDealModel(history)!;
  const projection = project(history, fitted, 13);

  test("sample paths have the expected mean", () => {
    const {open: fromOpen, fresh} = expectedByWeek(projection, "wins");
    const expected = fromOpen.reduce((a, b) => a + b, 0) + fresh.reduce((a, b) => a + b, 0);
    const paths = simulate(projection, fitted, {measure: "wins", seed: 5, nPaths: 3000});
    const mean = paths.reduce((a, b) => a + b, 0) / 3000;
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.05);
  });
});
