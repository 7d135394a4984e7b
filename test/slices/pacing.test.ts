import {beforeAll, describe, expect, test} from "vitest";
import {movementData} from "../../loaders/pages/movementData.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import type {MovementData} from "../../src/slices/movementData.ts";
import {
  outOfReachFrom,
  ownConversion,
  pastDeals,
  pastPoint,
  standing,
  standingDeals,
  takenByQuarter,
  wonByDay
} from "../../src/slices/pacing.ts";
import {type DealLife, daySpan, dealLives} from "../../src/slices/stretches.ts";
import {type Simulation, simulateCrm} from "../models/simulatedCrm.ts";
import {withBuilt} from "../models/timeCase.ts";

const QUARTER = {from: "2024-04-01", to: "2024-06-30"};

describe("a quarter as it stood on each of its days", () => {
  let crm: Simulation;
  let data: MovementData;
  let lives: DealLife[];

  beforeAll(async () => {
    crm = simulateCrm({seed: 21, firstDay: "2024-03-10", nDays: 70, timeZone: "UTC"});
    await withBuilt(crm.export, async ({engine}) => {
      data = await movementData(engine);
    });
    lives = dealLives(data.stretches, data.deals);
  });

  test("has the open amount due in it of the true pipeline of every day", () => {
    for (const day of crm.days) {
      const due = crm.truth
        .get(day)!
        .filter(
          ({outcome, close_on}) =>
            outcome === "open" && close_on !== null && close_on >= QUARTER.from && close_on <= QUARTER.to
        );
      const found = standing(lives, daySpan(QUARTER), dayNumber(day));
      expect(found.nOpenDue, day).toBe(due.length);
      expect(found.openDue, day).toBe(
        due.reduce((sum, deal) => sum + Math.round(Number(deal.amount_base ?? 0) * 100), 0)
      );
    }
  });

  test("the deals behind a conversion sum to what it is worked out of, on every day", () => {
    for (let day = 0; day <= 45; day++) {
      const deals = pastDeals(lives, daySpan(QUARTER), day);
      const {openDue, won, wonAfter, corrected} = pastPoint(lives, daySpan(QUARTER), day);
      expect(won + wonAfter + corrected).toBe(standing(lives, daySpan(QUARTER), daySpan(QUARTER).to).won);
      expect(deals.reduce((sum, deal) => sum + deal.openDue, 0)).toBe(openDue);
      expect(deals.reduce((sum, deal) => sum + deal.wonAfter, 0)).toBe(wonAfter);
      expect(deals.every((deal) => deal.openDue !== 0 || deal.wonAfter !== 0)).toBe(true);
    }
  });

  test("what is won by day ends in what is won on the last", () => {
    const last = dayNumber(crm.days.at(-1)!);
    const days = wonByDay(lives, daySpan(QUARTER), last);
    expect(days.length).toBe(last - dayNumber(QUARTER.from) + 1);
    expect(days.at(-1)).toBe(standing(lives, daySpan(QUARTER), last).won);
    expect(days.at(-1)).toBeGreaterThan(0);
    expect(days.every((cents, i) => i === 0 || cents >= days[i - 1]!)).toBe(true);
  });
});

describe("by hand", () => {
  const deal = (...states: [number, "open" | "won" | "lost", number | null, number][]): DealLife => ({
    deal: 0,
    states: states.map(([fromOn, status, dueOn, cents], row) => ({
      row,
      fromOn,
      status,
      cameFrom: states[row - 1]?.[1] ?? null,
      stage: null,
      dueOn,
      cents,
      own: null,
      currency: null,
      correctedOn: null,
      correctedCents: null,
      isMine: true
    }))
  });
  const quarter = {from: 100, to: 190};
  const lives = [
    deal([90, "open", 150, 1000], [140, "won", 140, 1200]),
    deal([95, "open", 120, 500], [115, "open", 210, 500]),
    deal([104, "open", 180, 700], [170, "lost", 180, 700]),
    deal([102, "open", 130, 300], [108, "won", 108, 300])
  ];

  test("conversion at a day is what was won after it over what was open and due on it; slipped deals count below", () => {
    const point = pastPoint(lives, quarter, 10);
    expect(point).toMatchObject({won: 300, openDue: 2200, nOpenDue: 3, generated: 1000, wonAfter: 1200});
    expect(point.conversion).toBeCloseTo(1200 / 2200, 12);
    expect(ownConversion([point, {...point, openDue: 800, wonAfter: 300}])).toBeCloseTo(1500 / 3000, 12);
    expect(ownConversion([])).toBeNull();
  });

  test("an amount changed after the deal was won counts from the day it was changed", () => {
    const [sold] = lives;
    const won = {...sold!.states[1]!, correctedOn: 160, correctedCents: 900};
    const corrected = [{...sold!, states: [sold!.states[0]!, won]}, ...lives.slice(1)];
    expect(standing(corrected, quarter, 159).won).toBe(1500);
    expect(standing(corrected, quarter, 160).won).toBe(1200);
    expect(standingDeals(corrected, quarter, 190, "won").map(({state}) => state.cents)).toEqual([900, 300]);
    expect(pastPoint(corrected, quarter, 10).wonAfter).toBe(900);
    expect(pastDeals(corrected, quarter, 10).reduce((sum, {wonAfter}) => sum + wonAfter, 0)).toBe(900);
    expect(wonByDay(corrected, quarter, 190).at(-1)).toBe(1200);
  });

  test("what is changed later about a deal won by the day, amount or outcome, is no win after it and stands apart", () => {
    const won = deal([90, "open", 150, 1000], [105, "won", 105, 1000]);
    const cheaper = {
      ...won,
      states: [won.states[0]!, {...won.states[1]!, correctedOn: 160, correctedCents: 400}]
    };
    const unpriced = deal([90, "open", 150, 0], [105, "won", 105, 0], [130, "won", 105, 700]);
    const reopened = deal([90, "open", 150, 50], [106, "won", 106, 50], [140, "open", 180, 50]);
    const open = deal([90, "open", 180, 500]);
    const all = [cheaper, unpriced, reopened, open];
    expect(pastPoint(all, quarter, 20)).toMatchObject({
      ...{won: 1050, openDue: 500, wonAfter: 0, corrected: 50, conversion: 0}
    });
    expect(standing(all, quarter, quarter.to).won).toBe(1100);
    expect(pastDeals(all, quarter, 20)).toMatchObject([{openDue: 500, wonAfter: 0}]);
    expect(takenByQuarter([pastPoint(all, quarter, 20)], 1)).toMatchObject({least: null, most: null});
  });

  test("target coverage is 1 / own conversion, which is not 1 / win rate, because deals slip", () => {
    const {conversion} = pastPoint(lives, quarter, 10);
    // Of the three that closed two were won.
    expect(1 / conversion!).not.toBeCloseTo(1 / (2 / 3), 2);
  });

  test("a target is out of reach from the day no past quarter won as much from then on", () => {
    const past = [
      [10, 20, 60, 100],
      [0, 0, 30, 90]
    ];
    // From day 0: 100, from 1: 90, from 2: 90 (second quarter), from 3: 60, from 4: nothing.
    expect(outOfReachFrom(past, 95, 0)).toBe(1);
    expect(outOfReachFrom(past, 90, 0)).toBe(3);
    expect(outOfReachFrom(past, 61, 2)).toBe(3);
    expect(outOfReachFrom(past, 60, 2)).toBe(4);
    expect(outOfReachFrom(past, 1000, 2)).toBe(2);
    expect(outOfReachFrom(past, 0, 0)).toBeNull();
    expect(outOfReachFrom([], 10, 0)).toBeNull();
  });

  test("a deal is qualified once, on the first day in a qualified stage, at the amount of that day", () => {
    const at = (...states: [number, string, number][]): DealLife => {
      const life = deal(
        ...states.map(([day, , cents]): [number, "open", number, number] => [day, "open", 180, cents])
      );
      for (const [i, state] of life.states.entries()) state.stage = states[i]![1];
      return life;
    };
    const some = [
      at([90, "New", 100], [105, "Demo", 150], [110, "New", 150], [120, "Offer", 900]),
      at([95, "Demo", 10], [115, "Offer", 20]),
      at([101, "New", 7]),
      at([101, "Offer", 5])
    ];
    const isQualified = ({stage}: {stage: string | null}) => stage === "Demo" || stage === "Offer";
    const by = (day: number) => {
      const {qualified, nQualified} = standing(some, quarter, day, isQualified);
      return [qualified, nQualified];
    };
    expect([by(100), by(104), by(190)]).toEqual([
      [0, 0],
      [5, 1],
      [155, 2]
    ]);
    expect(standingDeals(some, quarter, 190, "qualified", isQualified).map(({state}) => state.cents)).toEqual(
      [150, 5]
    );
    expect(standing(some, quarter, 190)).toMatchObject({qualified: null, nQualified: null});
  });

  test("what single quarters took is their range, and in how many a coverage would have been enough", () => {
    const point = pastPoint(lives, quarter, 10);
    const points = [0.5, 0.25, 0.2, null].map((conversion) => ({...point, conversion}));
    expect(takenByQuarter(points, 4)).toEqual({n: 3, least: 2, most: 5, enough: 2});
    expect(takenByQuarter([...points, {...point, conversion: 0}], null)).toEqual({
      n: 4,
      least: 2,
      most: null,
      enough: null
    });
    expect(takenByQuarter([], 3)).toEqual({n: 0, least: null, most: null, enough: 0});
  });
});
