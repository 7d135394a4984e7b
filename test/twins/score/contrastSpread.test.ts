/** What bench/forecastTruth.ts says of how sure a fitted effect is. */
import {expect, test} from "vitest";
import {differenceError, meanChance} from "../../../bench/forecastTruth/contrastSpread.ts";
import {openNow} from "../../../loaders/forecast/bookings/pastWindows.ts";
import {stateOn} from "../../../loaders/forecast/deals/dealFeatures.ts";
import {fitOutcomesWithSpread, outcomeCurve} from "../../../loaders/forecast/deals/outcomeModel.ts";
import {simulatedHistory} from "../../forecast/simulatedHistory.ts";

const history = simulatedHistory(1500, 1100, 4);
const {model, spread} = fitOutcomesWithSpread(history)!;
const states = openNow(history)
  .slice(0, 40)
  .map(({deal, span}) => stateOn(history, deal, span, history.asOf)!);

test("the mean chance is that of the curves, and its slopes are what a small step of a coefficient does", () => {
  const {chance, won, lost} = meanChance(model, states, 13);
  const mean = (of: typeof model) =>
    states.reduce((sum, state) => sum + outcomeCurve(of, state, 13).won[12]!, 0) / states.length;
  expect(chance).toBeCloseTo(mean(model), 12);
  for (const j of [0, 1, 2, 5, 20]) {
    const moved = (outcome: "won" | "lost", by: number) =>
      mean({...model, [outcome]: model[outcome].map((value, i) => (i === j ? value + by : value))});
    expect(won[j]!).toBeCloseTo((moved("won", 1e-5) - moved("won", -1e-5)) / 2e-5, 7);
    expect(lost[j]!).toBeCloseTo((moved("lost", 1e-5) - moved("lost", -1e-5)) / 2e-5, 7);
  }
});

test("an effect's own 95% interval holds what another firm of the same kind finds, and is not endless", () => {
  const region = Object.keys(history.attributes).indexOf("region");
  const words = Object.values(history.attributes)[region]!.words;
  const side = (word: string) =>
    meanChance(
      model,
      states.map((state) => ({...state, attributes: state.attributes.with(region, words.indexOf(word))})),
      13
    );
  const [north, south] = [side("North"), side("South")];
  const logit = (chance: number) => Math.log(chance / (1 - chance));
  const error = differenceError(north, south, spread);
  const estimate = logit(north.chance) - logit(south.chance);
  // North is won twice as often a week in the late stage: the difference is told from none, and not to the third place.
  expect(estimate - 1.96 * error).toBeGreaterThan(0);
  expect(error).toBeGreaterThan(0.02);
  expect(error).toBeLessThan(0.3);
});
