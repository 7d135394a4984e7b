/** What is written of another week, or of a deal moved in time, is what would be written anew. */
import {expect, test} from "vitest";
import {type DealState, stateOn} from "../../../loaders/forecast/deals/dealFeatures.ts";
import type {Add, Changes} from "../../../loaders/forecast/deals/featureWriters.ts";
import {fitOutcomes, movedCurves, outcomeCurve} from "../../../loaders/forecast/deals/outcomeModel.ts";
import {withPairs} from "../../../loaders/forecast/deals/pairedFeatures.ts";
import {NO_DAY, OPEN} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

const WEEKS = 30;
const history = simulatedHistory(900, 900, 11);
const model = fitOutcomes(history)!;
/** Pairs of what another week changes with what it does not, and of two that stay. */
const place = (name: string) => model.features.groups.findIndex((group) => group.name === name);
const features = withPairs(model.features, [
  [place("Stage"), place("Age")],
  [place("Stage"), place("Amount")],
  [place("Age"), place("Stated close date")]
]);
const states = Array.from({length: history.nDeals}, (_, d) => history.spanStart[d + 1]! - 1).flatMap(
  (span, d): DealState[] => (history.outcome[span] === OPEN ? [stateOn(history, d, span, history.asOf)!] : [])
);
const moved = (state: DealState, days: number): DealState => ({
  ...state,
  day: state.day + days,
  bornOn: state.bornOn + days,
  closeOn: state.closeOn === NO_DAY ? NO_DAY : state.closeOn + days
});
const written = (state: DealState, week: number) => {
  const out = new Int32Array(features.width);
  features.write(out, 0, state, week);
  return out;
};

test("of another week", () => {
  expect(states.length).toBeGreaterThan(50);
  for (const state of states)
    for (const from of [1, 5, WEEKS]) {
      const out = written(state, from);
      for (let week = 1; week <= WEEKS; week++) {
        features.writeWeek(out, 0, state, week);
        expect(out).toEqual(written(state, week));
      }
    }
});

test("of a deal moved in time, and its curve to the bit", () => {
  let [nOther, last] = [0, 0];
  for (const state of states.slice(0, 60)) {
    const curveOf = movedCurves(model, state, WEEKS);
    for (const days of [0, 7, 45, 210, -30]) {
      const there = moved(state, days);
      const out = written(state, 4);
      features.writeMoved(out, 0, there, 4);
      expect(out).toEqual(written(there, 4));
      const curve = curveOf(there, 20);
      expect(curve).toEqual(outcomeCurve(model, there, 20));
      if (curve.won[19] !== last) nOther++;
      last = curve.won[19]!;
    }
  }
  // The calendar does tell them apart.
  expect(nOther).toBeGreaterThan(200);
});

test("a group says what changes it, or nothing compiles: one left out would stay as it was in the first week", () => {
  const changes: Changes[] = [];
  const add: Add = (_, __, each) => void changes.push(each);
  const group = {name: "Age", levels: ["young", "old"], ridge: 1, smooth: 0};
  // @ts-expect-error what changes it is not said
  add(group, (_, week) => (week > 4 ? 1 : 0));
  add(group, (_, week) => (week > 4 ? 1 : 0), "weekly");
  expect(changes).toEqual([undefined, "weekly"]);
});
