/** Levers on a whole pipeline, against a simulation that knows nothing of terms: deals walked week by week. */
import {describe, expect, test} from "vitest";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import {termsOf} from "../../../src/scenario/levers/termsOf.ts";
import type {Scenario} from "../../../src/scenario/scenario.ts";
import {cell, dayNumber} from "../../../src/slices/facts.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const input = {...makeInput(), shockSd: 0};
const mean = (scenario: Partial<Scenario>) => moments(termsOf(input, {...NOTHING, ...scenario})).mean;
const onlyOpen = {...input, arrivals: []};
const openMean = (scenario: Partial<Scenario>) => moments(termsOf(onlyOpen, {...NOTHING, ...scenario})).mean;

describe("a scenario as terms", () => {
  test("nothing assumed: each deal's chance in the window times what it closes at, and what is already won", () => {
    let expected = 10_000 + 20_000.5 + 30_000;
    const weeks = (dayNumber("2026-12-31") - dayNumber("2026-05-15")) / 7;
    for (let row = 0; row < input.deals.n; row++) {
      const [w, l] = [
        [0.08, 0.04],
        [0.04, 0.05],
        [0.015, 0.06]
      ][Math.floor(row / 2) % 3] as [number, number];
      const by = (k: number) => (w / (w + l)) * (1 - (1 - w - l) ** k);
      const k = Math.floor(weeks);
      expected += Number(cell(input.deals, "expected", row)) * (by(k) + (weeks - k) * (by(k + 1) - by(k)));
    }
    expect(openMean({})).toBeCloseTo(expected, 4);
  });

  test("windows add up to the year, slices to the whole", () => {
    const windows = [
      {from: "2026-01-01", to: "2026-06-30"},
      {from: "2026-07-01", to: "2026-12-31"}
    ];
    const parts = windows.map((window) => moments(termsOf(input, NOTHING, window)).mean);
    expect(parts[0]! + parts[1]!).toBeCloseTo(mean({}), 6);
    const regions = ["North", "South"].map((value) => mean({filters: {region: [value]}}));
    expect(regions[0]! + regions[1]!).toBeCloseTo(mean({}), 6);
  });

  test("levers and forced deals together agree with deals walked week by week", () => {
    const scenario: Scenario = {
      ...NOTHING,
      levers: [
        {kind: "win_rate", value: 1.3, where: {dimension: "region", value: "South"}, from: "2026-06-13"},
        {kind: "amount", value: 1.1},
        {kind: "new_pipeline", value: 1.5, from: "2026-07-04"}
      ],
      deals: [
        {deal: "D0", action: "won", on: "2026-06-01", amount: 50_000},
        {deal: "D1", action: "lost"},
        {deal: "D2", action: "priced", amount: 70_000}
      ]
    };
    const rng = new Rng().seed(3, 4);
    const nRuns = 4000;
    let total = 0;
    let square = 0;
    for (let run = 0; run < nRuns; run++) {
      const sum = walk(scenario, rng);
      total += sum;
      square += sum * sum;
    }
    const [simulated, error] = [total / nRuns, Math.sqrt((square / nRuns - (total / nRuns) ** 2) / nRuns)];
    const found = moments(termsOf(input, scenario));
    expect(Math.abs(found.mean - simulated)).toBeLessThan(4 * error);
    expect(Math.sqrt(found.variance) / (error * Math.sqrt(nRuns))).toBeCloseTo(1, 1);
  });

  test("a deal moved past the window is not won in it", () => {
    const id = "D3";
    const before = openMean({window: "2026 Q2"});
    const after = openMean({window: "2026 Q2", deals: [{deal: id, action: "moved", on: "2027-06-01"}]});
    const lost = openMean({window: "2026 Q2", deals: [{deal: id, action: "lost"}]});
    expect(after).toBeLessThan(before);
    expect(after).toBeCloseTo(lost, 6);
  });

  test("hires bring nothing at first, then more each quarter; of campaigns only their sources move", () => {
    const levers = [{kind: "hiring" as const, value: 3}];
    const gain = (window: string) => mean({window, levers}) - mean({window});
    expect(gain("2026 Q2")).toBeGreaterThan(0);
    expect(gain("2026 Q3")).toBeGreaterThan(5 * gain("2026 Q2"));
    const spent = termsOf(input, {...NOTHING, levers: [{kind: "campaigns", value: 2}]}).arrivals;
    const plain = termsOf(input, NOTHING).arrivals;
    expect(spent[0]!.wins / plain[0]!.wins).toBeCloseTo(2 ** 0.3, 9);
    expect(spent[0]!.rateVariance).toBeCloseTo(0.02 + (Math.LN2 * 0.1) ** 2, 12);
    expect(spent[1]).toEqual(plain[1]);
  });

  // By hand: of deals to come in the North, a third of each two is Web's (2 x 0.25 a week) and the rest Partner's (1 a week).
  test("hires of a region all work there, not the share of them that the region has of all deals", () => {
    const levers = [{kind: "hiring" as const, value: 3, where: {dimension: "region", value: "North"}}];
    const made = (k: number) => {
      const months = (k + 0.5) / (52.18 / 12);
      return 3 * 0.5 * ([0, 0.25, 0.5, 0.75][Math.floor(months)] ?? 1) * 0.98 ** months;
    };
    const more = input.arrivals.map((source, s) => ({
      ...source,
      perWeek: source.perWeek.map((each, k) => each + made(k) * [1 / 3, 2 / 3][s]!)
    }));
    const gain = moments(termsOf({...input, arrivals: more}, NOTHING)).mean - mean({});
    expect(mean({levers}) - mean({})).toBeCloseTo(gain, 4);
    const inRegion = (region: string) => {
      const filters = {region: [region]};
      return mean({filters, levers}) - mean({filters});
    };
    expect(inRegion("North")).toBeCloseTo(gain, 4);
    expect(inRegion("South")).toBeCloseTo(0, 6);
  });

  test("a discount in the middle of the window takes off only from what is won later", () => {
    const levers = (from: string) => [{kind: "discount" as const, value: 0.2, from}];
    const [always, never, midway] = ["2026-05-15", "2027-01-01", "2026-08-01"].map((from) =>
      openMean({levers: levers(from)})
    );
    expect(always! - 60_000.5).toBeCloseTo(0.8 * (openMean({}) - 60_000.5), 4);
    expect(never).toBeCloseTo(openMean({}), 6);
    expect(midway).toBeGreaterThan(always!);
    expect(midway).toBeLessThan(never!);
  });

  /** Bookings of the year in one run: every week every open deal may be won or lost; new ones come in mid-week. */
  function walk({levers, deals}: Scenario, rng: Rng): number {
    const weeks = (dayNumber("2026-12-31") - dayNumber("2026-05-15")) / 7;
    const rates = [
      [0.08, 0.04],
      [0.04, 0.05],
      [0.015, 0.06]
    ] as const;
    let sum = 60_000.5 + 50_000;
    const [winRate, amount, arrivals] = levers;
    const play = (curve: number, isSouth: boolean, born: number, value: number) => {
      const [w, l] = rates[curve]!;
      for (let t = born; t < weeks; t++) {
        const u = rng.next();
        const factor = isSouth && t >= 4 ? winRate!.value : 1;
        const part = Math.min(1, weeks - t);
        if (u >= (w + l) * part) continue;
        if (u < Math.min(w + l, w * factor) * part) sum += value;
        return;
      }
    };
    for (let row = 0; row < input.deals.n; row++) {
      if (row < 2) continue;
      const said = row === 2 ? deals[2]!.amount! : Number(cell(input.deals, "expected", row)) * amount!.value;
      play(Math.floor(row / 2) % 3, row % 2 === 1, 0, said * input.spread[rng.int(5)]!);
    }
    for (const {key, perWeek, amounts, rateVariance} of input.arrivals) {
      // A gamma rate of variance 0.02 is drawn as a normal one of the same mean and variance.
      const rate = Math.max(0, 1 + Math.sqrt(rateVariance) * rng.normal());
      for (let c = 0; c < Math.ceil(weeks); c++) {
        const n = rng.poisson(perWeek[c]! * rate * (c >= 7 ? arrivals!.value : 1));
        for (let k = 0; k < n; k++) {
          const isSouth = key === "Web" && rng.next() < 0.75;
          play(2, isSouth, c + 0.5, amounts[rng.int(amounts.length)]! * amount!.value);
        }
      }
    }
    return sum;
  }
});
