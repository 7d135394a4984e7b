/** What is said of a factor's effect, against simulated firms whose truth can be computed. */
import {expect, test} from "vitest";
import {factorEffects} from "../../../loaders/forecast/effects/factorEffects.ts";
import {contrastOf, fitNewDeals, meanChance} from "../../../loaders/forecast/effects/newDealModel.ts";
import {newDeals} from "../../../loaders/forecast/effects/newDeals.ts";
import {buildHistory} from "../../../loaders/forecast/history/buildHistory.ts";
import {knownAt, type PipelineHistory} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {STAGES, simulatedHistory, simulatedRows} from "../simulatedHistory.ts";

/** Chance of a new deal of simulatedHistory to be won within 26 weeks, by the weekly chance in its late stage. */
function trueChance(winChance: number): number {
  let [early, late, won] = [1, 0, 0];
  for (let week = 1; week <= 26; week++) {
    won += late * 0.94 * winChance;
    [early, late] = [early * 0.94 * 0.75, late * 0.94 * (1 - winChance) + early * 0.94 * 0.25];
  }
  return won;
}

const TRUTH = trueChance(0.08) - trueChance(0.16);

test("the 95% interval holds the true difference in at least eighteen of twenty firms, and the estimate is not drawn in", () => {
  const found = Array.from({length: 20}, (_, seed) => {
    const [effect] = factorEffects(simulatedHistory(500, 900, seed + 50)).effects;
    const {level, against, points, lo, hi} = effect!;
    // The commonest region is a matter of luck; the difference is taken from South to North.
    const turned = level === "South" ? 1 : -1;
    expect([level, against].sort()).toEqual(["North", "South"]);
    return {points: turned * points, lo: turned > 0 ? lo : -hi, hi: turned > 0 ? hi : -lo};
  });
  expect(found.filter(({lo, hi}) => lo <= TRUTH && TRUTH <= hi).length).toBeGreaterThanOrEqual(18);
  const mean = found.reduce((sum, {points}) => sum + points, 0) / found.length;
  const width = found.reduce((sum, {lo, hi}) => sum + (hi - lo), 0) / found.length;
  // The mean of twenty is sure to a quarter of one's standard error.
  expect(Math.abs(mean - TRUTH)).toBeLessThan((2.5 * width) / 3.92 / Math.sqrt(20));
});

test("slopes of the mean chance are what a small step of a coefficient does", () => {
  const history = simulatedHistory(500, 900, 3);
  const deals = newDeals(history);
  const model = fitNewDeals(history, deals)!;
  const states = deals.states.slice(0, 30);
  const {slopes} = meanChance(model, states);
  for (const j of [0, 1, 3, 9]) {
    const moved = (by: number) =>
      meanChance({...model, coefficients: model.coefficients.map((v, i) => (i === j ? v + by : v))}, states)
        .chance;
    expect(slopes[j]!).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 7);
  }
  const one = meanChance(model, states);
  expect(contrastOf(model, one, one)).toEqual({points: 0, pointsError: 0, logOdds: 0, logOddsError: 0});
});

test("only deals whose half year is over are learned from, by what was known when they were created", () => {
  const history = simulatedHistory(400, 900, 7);
  const day = history.asOf - 200;
  const {states, isWon, recent} = newDeals(knownAt(history, day));
  expect(states.every((state) => state.day <= day - 182)).toBe(true);
  expect(recent.every((state) => state.day > day - 182)).toBe(true);
  const later = newDeals(history);
  const outcomes = new Map(later.states.map((state, i) => [history.dealIds[state.deal], later.isWon[i]]));
  const known = knownAt(history, day);
  states.forEach((state, i) => {
    expect(outcomes.get(known.dealIds[state.deal]!)).toBe(isWon[i]);
  });
});

test("a level that comes only with another factor's level has no like deals and is not compared", () => {
  const {rows, region} = simulatedRows({nDeals: 600, days: 900, seed: 5});
  const source = new Map([...region].map(([deal, where]) => [deal, where === "North" ? "Web" : "Fair"]));
  const history = buildHistory({
    rows,
    stages: STAGES,
    attributes: {region, source},
    asOf: rows.reduce((max, {from}) => Math.max(max, from), 0)
  });
  const {effects, alone, reason} = factorEffects(history);
  expect(effects).toEqual([]);
  expect(alone).toHaveLength(2);
  expect(reason).toMatch(/otherwise alike/);
});

test("with few deals it says what is missing", () => {
  const few: PipelineHistory = simulatedHistory(60, 300, 2);
  const {effects, reason, nDeals} = factorEffects(few);
  expect(effects).toEqual([]);
  expect(nDeals).toBeLessThan(60);
  expect(reason).toMatch(/^It needs 25 deals won and 25 not won/);
});
