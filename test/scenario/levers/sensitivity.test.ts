import {describe, expect, test} from "vitest";
import {distribution} from "../../../src/scenario/bookings/distribution.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import {chanceOfAtLeast} from "../../../src/scenario/bookings/quantile.ts";
import {LEVERS} from "../../../src/scenario/levers/leverKinds.ts";
import {breakEven, tornado, usableKinds} from "../../../src/scenario/levers/sensitivity.ts";
import {termsOf} from "../../../src/scenario/levers/termsOf.ts";
import {warnings} from "../../../src/scenario/levers/warnings.ts";
import type {Scenario} from "../../../src/scenario/scenario.ts";
import {makeInput, NOTHING, WEEKS} from "../makeInput.ts";

const input = makeInput();

/** A deal that is won, if at all, as likely in its weeks 10 and 11 as in its weeks 25 and 26. */
function humped() {
  const passed = (k: number, from: number) => Math.min(1, Math.max(0, (k + 1 - from) / 2));
  const won = Array.from({length: WEEKS}, (_, k) => 0.3 * (passed(k, 9) + passed(k, 24)));
  return {won, lost: won.map(() => 0.2)};
}

describe("the tornado", () => {
  const bars = tornado(input, NOTHING);

  test("moves each lever through what has been seen, widest first", () => {
    const winRate = bars.find(({kind}) => kind === "win_rate")!;
    expect(winRate).toMatchObject({lo: 0.9, hi: 1.15, isHistorical: true});
    expect(winRate.atLo).toBeCloseTo(
      moments(termsOf(input, {...NOTHING, levers: [{kind: "win_rate", value: 0.9}]})).mean,
      6
    );
    const widths = bars.map(({atLo, atHi}) => Math.abs(atHi - atLo));
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(bars.find(({kind}) => kind === "amount")!.isHistorical).toBe(false);
  });

  test("leaves out what the exports do not hold", () => {
    expect(usableKinds({...input, reps: null, campaigns: null})).not.toContain("hiring");
    expect(usableKinds({...input, arrivals: []})).not.toContain("new_pipeline");
  });
});

describe("what must be true", () => {
  const target = 1.08 * moments(termsOf(input, NOTHING)).mean;
  const found = breakEven(input, NOTHING, target);
  const chance = (levers: Scenario["levers"]) =>
    chanceOfAtLeast(distribution(termsOf(input, {...NOTHING, levers})), target);

  test("each value reaches the target, one step less does not", () => {
    const reached = found.filter(({value}) => value !== null);
    expect(reached.length).toBeGreaterThan(3);
    for (const {kind, value} of reached) {
      const {neutral, step} = LEVERS[kind];
      expect(chance([{kind, value: value!}])).toBeGreaterThan(0.498);
      const less = value! - 1.5 * Math.sign(value! - neutral) * step;
      if (value !== neutral) expect(chance([{kind, value: less}])).toBeLessThan(0.502);
    }
  });

  test("a lever that cannot reach it says so, and one that must go beyond the past too", () => {
    const far = breakEven(input, NOTHING, 50 * target);
    expect(far.every(({value}) => value === null)).toBe(true);
    const hard = breakEven(input, NOTHING, 1.25 * target).find(({kind}) => kind === "win_rate")!;
    expect(hard.value).toBeGreaterThan(1.15);
    expect(hard.isWithinHistory).toBe(false);
    expect(found.find(({kind}) => kind === "win_rate")!.isWithinHistory).toBe(true);
  });

  // The quarter lasts from week 6.6 to 19.7: faster by a quarter it has both, twice as fast it has lost the first to the one before.
  test("a cycle time that reaches it in the middle of its range is found, though neither end does", () => {
    const far = {...input, arrivals: [], curves: input.curves.map(() => humped())};
    const later = {...NOTHING, window: "2026 Q3"};
    const at = (value: number) => {
      const levers = [{kind: "cycle_time" as const, value}];
      return distribution(termsOf(far, {...later, levers}));
    };
    const aim = at(0.77).mean;
    const reaches = (value: number) => chanceOfAtLeast(at(value), aim) > 0.4;
    expect([0.5, 1, 2].map(reaches)).toEqual([false, false, false]);
    const {value} = breakEven(far, later, aim, 0.4).find(({kind}) => kind === "cycle_time")!;
    expect(value).toBeGreaterThan(0.7);
    expect(value).toBeLessThan(0.85);
    expect(reaches(value!)).toBe(true);
    expect(reaches(value! + 0.02)).toBe(false);
  });

  test("a target already reached needs nothing", () => {
    for (const {kind, value} of breakEven(input, NOTHING, 1000)) expect(value).toBe(LEVERS[kind].neutral);
  });
});

describe("warnings", () => {
  const words = (scenario: Partial<Scenario>, data = input) =>
    warnings(data, {...NOTHING, ...scenario}).map((each) => each.words);

  test("a value never seen, a lever without data, an unknown slice, a deal that is not open", () => {
    expect(words({levers: [{kind: "win_rate", value: 1.5}]})[0]).toMatch(
      /Win rate of \+50% has not been seen before: in the last 8 quarters it was between −10% and \+15%/
    );
    expect(words({levers: [{kind: "hiring", value: 2}]}, {...input, reps: null})[0]).toMatch(
      /changes nothing/
    );
    expect(
      words({levers: [{kind: "win_rate", value: 1.1, where: {dimension: "planet", value: "Mars"}}]})[0]
    ).toMatch(/not cut by planet/);
    expect(words({deals: [{deal: "D999", action: "lost"}]})[0]).toMatch(/D999 is not open/);
  });

  test("an unknown value of a slice, a period that is not there, more training than there are partners without", () => {
    const found = warnings(input, {
      ...NOTHING,
      window: "2031 Q1",
      levers: [
        {kind: "win_rate", value: 1.1, where: {dimension: "region", value: "Mars"}},
        {kind: "enablement", value: 9}
      ]
    }).map(({words}) => words);
    expect(found[0]).toBe("2031 Q1 is no period of this data; 2026 Q2 is shown.");
    expect(found[1]).toBe("Win rate: no deal has region Mars, so it changes nothing.");
    expect(found.at(-1)).toMatch(/only 4 active partners have had no training/);
  });

  test("no money in campaigns at all: the response knows nothing of it", () => {
    const at = (value: number) => words({levers: [{kind: "campaigns", value}]});
    expect(at(0)).toEqual([
      "Campaign spend: what comes without any money is not known; 2% of today's is taken."
    ]);
    expect(at(0.05)).toEqual([]);
  });

  test("nothing to warn of within the past", () => {
    expect(
      words({
        levers: [
          {kind: "win_rate", value: 1.1},
          {kind: "amount", value: 1.7}
        ],
        deals: [{deal: "D1", action: "lost"}]
      })
    ).toEqual([]);
  });
});
