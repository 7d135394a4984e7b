import {describe, expect, test} from "vitest";
import {meanOf, moments} from "../../../src/scenario/bookings/moments.ts";
import {bridge, shapley, wholeCents} from "../../../src/scenario/levers/bridge.ts";
import {LEVER_KINDS, LEVERS} from "../../../src/scenario/levers/leverKinds.ts";
import {halvesOf, termsOf} from "../../../src/scenario/levers/termsOf.ts";
import type {LeverSetting, Scenario} from "../../../src/scenario/scenario.ts";
import fc from "../../support/fc.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const input = makeInput(12);

const anyLever = fc
  .record({
    kind: fc.constantFrom(...LEVER_KINDS),
    at: fc.double({min: 0, max: 1, noNaN: true}),
    south: fc.boolean()
  })
  .map(({kind, at, south}): LeverSetting => {
    const {min, max} = LEVERS[kind];
    return {
      kind,
      value: min + at * (max - min),
      ...(south ? {where: {dimension: "region", value: "South"}} : {})
    };
  });

describe("the bridge", () => {
  test("adds up to the cent, whatever the levers, by either rule", () => {
    fc.assert(
      fc.property(fc.array(anyLever, {maxLength: 8}), fc.boolean(), (levers, isForced) => {
        const scenario: Scenario = {
          ...NOTHING,
          levers,
          deals: isForced ? [{deal: "D3", action: "won", on: "2026-06-02"}] : []
        };
        const {fromCents, toCents, steps, rule} = bridge(input, scenario);
        expect(steps.reduce((sum, {cents}) => sum + cents, fromCents)).toBe(toCents);
        expect(toCents).toBe(Math.round(100 * moments(termsOf(input, scenario)).mean));
        expect(fromCents).toBe(Math.round(100 * moments(termsOf(input, NOTHING)).mean));
        expect(rule).toBe(steps.length <= 6 ? "shapley" : "in order");
      }),
      {numRuns: 25}
    );
  });

  test("two levers that act on the same money share what they do together: neither comes first", () => {
    const levers: LeverSetting[] = [
      {kind: "amount", value: 1.2},
      {kind: "discount", value: -0.2}
    ];
    const [first, second] = bridge(input, {...NOTHING, levers}).steps;
    expect(Math.abs(first!.cents - second!.cents)).toBeLessThanOrEqual(1);
    const swapped = bridge(input, {...NOTHING, levers: levers.toReversed()}).steps;
    expect(Math.abs(swapped[0]!.cents - second!.cents)).toBeLessThanOrEqual(1);
  });

  test("open deals and deals to come apart have the mean they have together, whatever the levers", () => {
    fc.assert(
      fc.property(
        fc.array(anyLever, {maxLength: 4}),
        fc.double({min: 0, max: 0.4, noNaN: true}),
        (levers, shockSd) => {
          const shocked = {...input, shockSd};
          const scenario: Scenario = {
            ...NOTHING,
            levers,
            deals: [{deal: "D3", action: "won", on: "2026-06-02"}]
          };
          const {open, arrivals} = halvesOf(shocked, scenario);
          const {mean} = moments(termsOf(shocked, scenario));
          expect(meanOf(open, arrivals, shockSd) / mean).toBeCloseTo(1, 10);
        }
      ),
      {numRuns: 25}
    );
  });

  test("a lever at its neutral value is no step", () => {
    expect(bridge(input, {...NOTHING, levers: [{kind: "win_rate", value: 1}]}).steps).toEqual([]);
  });

  test("the Shapley value of the glove game is 2/3, 1/6, 1/6", () => {
    // One left glove, two right ones: a pair is worth 1.
    const value = (mask: number) => Number((mask & 1) !== 0 && (mask & 6) !== 0);
    expect(shapley(3, value).map((each) => Number(each.toFixed(12)))).toEqual([
      0.666666666667, 0.166666666667, 0.166666666667
    ]);
  });

  test("whole cents sum to the total and differ from the amounts by less than a cent each, when they can", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({min: -1e6, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 9}),
        (amounts) => {
          const total = Math.round(100 * amounts.reduce((sum, each) => sum + each, 0));
          const cents = wholeCents(amounts, total);
          expect(cents.reduce((sum, each) => sum + each, 0) - total).toBe(0);
          cents.forEach((each, i) => {
            expect(Math.abs(each - 100 * amounts[i]!)).toBeLessThan(1.01);
          });
        }
      )
    );
  });
});
