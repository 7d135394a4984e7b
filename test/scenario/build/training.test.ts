/** What training went with, against partners whose truth is known. */
import {expect, test} from "vitest";
import {priceHistory} from "../../../loaders/scenario/priceHistory.ts";
import {trainingFacts} from "../../../loaders/scenario/training.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {trainingEffect} from "../../../src/scenario/spend/trainingEffect.ts";

const AS_OF = 2000;

/** Forty partners, each with its own speed, twice as fast once trained; half of them are trained midway. */
function partners(times: number) {
  const rng = new Rng().seed(3, 5);
  const members = Array.from({length: 40}, (_, i) => ({id: `P${i}`, from: 0, to: null}));
  const trained = new Map(members.slice(0, 20).map(({id}, i) => [id, 800 + 20 * i]));
  const creations = members.flatMap(({id}) => {
    const own = 0.004 + 0.012 * rng.next();
    return Array.from({length: AS_OF}, (_, day) => day).flatMap((day) =>
      rng.next() < own * (day > (trained.get(id) ?? AS_OF) ? times : 1) ? [{member: id, day}] : []
    );
  });
  return {members, creations, trained};
}

test("a planted effect is found again, drawn a little towards none; those without training are counted", () => {
  const {members, creations, trained} = partners(2);
  const found = trainingFacts(members, creations, trained, AS_OF)!;
  expect(found.n).toBe(20);
  const recent = new Set(creations.filter(({day}) => AS_OF - day < 365).map(({member}) => member));
  expect(found.nUntrained).toBe(members.filter(({id}) => recent.has(id) && !trained.has(id)).length);
  expect(Math.abs(Math.log(found.ratio / 2))).toBeLessThan(2 * found.error);
  expect(found.ratio).toBeLessThan(2.2);
});

test("no effect planted, none claimed; too few partners, nothing said", () => {
  const {members, creations, trained} = partners(1);
  const found = trainingFacts(members, creations, trained, AS_OF)!;
  expect(Math.abs(Math.log(found.ratio))).toBeLessThan(2 * found.error);
  expect(trainingFacts(members.slice(0, 4), creations, trained, AS_OF)).toBeNull();
});

test("training moves the partners' part of a source alone, and never more partners than have had none", () => {
  const facts = {ratio: 1.5, error: 0.2, nUntrained: 4};
  expect(trainingEffect(facts, 10, 0.5, 2)).toEqual({times: 1.05, relativeError: (0.1 * 1.5 * 0.2) / 1.05});
  expect(trainingEffect(facts, 10, 0, 2)).toEqual({times: 1, relativeError: 0});
  expect(trainingEffect(facts, 10, 1, 9)).toEqual(trainingEffect(facts, 10, 1, 4));
});

test("prices of quarters are of the same things: a mix that turns to dearer products does not move them", () => {
  const quarter = (back: number) => AS_OF - 91 * back;
  const sold = Array.from({length: 8}, (_, i) => i + 1).flatMap((back) => [
    {closed: quarter(back), product: "cheap", pieces: back, paid: 10 * back},
    {closed: quarter(back), product: "dear", pieces: 20 - back, paid: 1000 * (20 - back)}
  ]);
  const same = priceHistory(sold, AS_OF, 1)!;
  expect([same.lo, same.hi]).toEqual([1, 1]);
  const risen = sold.map((each) =>
    each.closed > AS_OF - 91 * 4 - 45 ? {...each, paid: 1.1 * each.paid} : each
  );
  const moved = priceHistory(risen, AS_OF, 1)!;
  expect(moved.hi).toBe(1);
  expect(moved.lo).toBeCloseTo(1 / 1.1, 2);
});
