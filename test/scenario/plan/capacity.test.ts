import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  capacityByQuarter,
  capacityOf,
  cycleMonths,
  rampedReps,
  strength
} from "../../../src/scenario/plan/capacity.ts";
import {makeInput, steady} from "../makeInput.ts";

const reps = {
  ...{n: 10, dealsPerWeek: 0.5, ramp: [0, 0.5], attrition: 0},
  ...{young: [] as number[], atWork: new Array<number>(24).fill(10)}
};
const quarter = (need: number, from = "2027-01-01", to = "2027-03-31") => ({
  label: "Q",
  from,
  to,
  need,
  needFrom: "quota" as const,
  won: 0
});
const ask = {reps, asOf: "2026-06-30", perRepYear: 400, cycle: 1};

describe("rep capacity", () => {
  test("without leaving and ramp is reps times a quarter of what one books in a year", () => {
    const [found] = capacityByQuarter(ask, [quarter(1000)]);
    expect(found!.capacity).toBeCloseTo(10 * 100);
    expect([found!.gap, found!.hires]).toEqual([0, 0]);
  });

  // By hand: eight at full strength, two a month in; with one month of cycle both work at a half in January and full from then on.
  test("reps who are not ramped yet count for the part of full strength they will have come to", () => {
    const own = {...reps, ramp: [0, 0, 0, 0, 0, 0, 0.5], young: [0.5, 0.5]};
    const [found] = capacityByQuarter({...ask, reps: own}, [quarter(1000)]);
    const parts = Array.from({length: 13}, (_, i) => (184.5 + ((i + 0.5) / 13) * 90) / 30.44 - 1 + 0.5);
    const part = parts.reduce((sum, months) => sum + (months < 6 ? 0 : months < 7 ? 0.5 : 1), 0) / 13;
    expect(found!.capacity).toBeCloseTo(100 * (8 + 2 * part), 6);
    expect(found!.gap).toBeCloseTo(200 * (1 - part), 6);
  });

  test("a quarter that has begun has what is won in it already, and its days to come", () => {
    const [found] = capacityByQuarter({...ask, asOf: "2026-08-15"}, [
      {...quarter(1500, "2026-07-01", "2026-09-30"), won: 700}
    ]);
    // 46 of its 92 days are left.
    expect(found!.capacity).toBeCloseTo(700 + 500);
    expect(found!.gap).toBeCloseTo(300);
  });

  test("a rep at full strength booked what was won over those at work a cycle before", () => {
    // Ten reps now, of whom four began in the last half year: what was won is six reps' work and a part of theirs.
    const atWork = [10, 10, 9, 8, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6];
    expect(rampedReps({atWork}, 4)).toBeCloseTo((7 + 11 * 6) / 12);
    expect(rampedReps({atWork}, 0)).toBeCloseTo((10 + 10 + 9 + 8 + 7 + 7 * 6) / 12);
    expect(rampedReps({atWork: []}, 2)).toBeNull();
    expect(rampedReps({atWork: atWork.slice(0, 15)}, 4)).toBeNull();
  });

  test("a gap of two and a half reps takes three hires when there is time for them to ramp up", () => {
    const [found] = capacityByQuarter(ask, [quarter(1250)]);
    expect(found!.gap).toBeCloseTo(250);
    expect(found!.hires).toBe(3);
    // Two months of ramp and one of cycle before the first of January.
    expect(found!.startBy).toBe("2026-10-02");
  });

  test("a quarter that hires cannot reach any more says so", () => {
    const [found] = capacityByQuarter({...ask, cycle: 9}, [quarter(1250, "2026-07-01", "2026-09-30")]);
    expect(found!.hires).toBe("too late");
    expect(capacityByQuarter(ask, [quarter(1e9)])[0]!.hires).toBe("too many");
  });

  test("those hired close the gap, one less does not, whatever the ramp and attrition", () => {
    fc.assert(
      fc.property(
        fc.record({
          attrition: fc.double({min: 0, max: 0.05, noNaN: true}),
          ramp: fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 9}),
          cycle: fc.double({min: 0, max: 4, noNaN: true}),
          need: fc.integer({min: 1000, max: 5000})
        }),
        ({attrition, ramp, cycle, need}) => {
          const own = {...reps, attrition, ramp};
          const [found] = capacityByQuarter({...ask, reps: own, cycle}, [quarter(need)]);
          const {hires, gap} = found!;
          if (gap === null || typeof hires !== "number" || hires === 0) return;
          // By simulation of each hire day by day through the quarter.
          const start = Date.parse("2026-06-30");
          let per = 0;
          for (let i = 0; i < 13; i++) {
            const day = Date.parse("2027-01-01") + ((i + 0.5) / 13) * 90 * 86_400_000;
            const months = (day - start) / 86_400_000 / 30.44 - cycle;
            per += months < 0 ? 0 : (100 / 13) * (ramp[Math.floor(months)] ?? 1) * (1 - attrition) ** months;
          }
          expect(hires * per).toBeGreaterThanOrEqual(gap - 1e-6);
          expect((hires - 1) * per).toBeLessThan(gap + 1e-6);
        }
      ),
      {numRuns: 60}
    );
  });

  test("a rep who may leave counts for less each month, and nobody counts before starting", () => {
    expect(strength({ramp: [], attrition: 0.1}, 2)).toBeCloseTo(0.81);
    expect(strength({ramp: [0.2], attrition: 0}, 0.5)).toBe(0.2);
    expect(strength({ramp: [], attrition: 0}, -1)).toBe(0);
  });

  test("the cycle is where half of the wins are in", () => {
    expect(cycleMonths([steady(0.1, 0)], [1])).toBeCloseTo((7 * 7) / 30.44, 1);
  });

  test("a workspace without reps has none to count", () => {
    expect(capacityOf({...makeInput(), reps: null}, 1000)).toBeNull();
    const found = capacityOf(makeInput(), 200_000)!;
    // The quota of Q2 is in the data; Q3 has none and takes the forecast.
    expect(found.map(({needFrom}) => needFrom)).toEqual(["quota", "forecast"]);
    expect(found[0]!.need).toBe(500_000);
    // A forecast is what the reps there are expected to book: nothing is missing of it.
    expect([found[1]!.gap, found[1]!.hires]).toEqual([null, null]);
  });
});
