/** A firm with more movements than a page has room for: what the page still holds says what the whole history says. */
import {beforeAll, describe, expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {movementData} from "../../loaders/pages/movementData.ts";
import {dayNumber, isoDay} from "../../src/slices/facts.ts";
import {type Movement, movement} from "../../src/slices/movement.ts";
import type {MovementData} from "../../src/slices/movementData.ts";
import {pastPoint, standing} from "../../src/slices/pacing.ts";
import type {Filters} from "../../src/slices/select.ts";
import {passages} from "../../src/slices/stageFlow.ts";
import {cutLives, daySpan, dealLives} from "../../src/slices/stretches.ts";
import {weeklyMovement} from "../../src/slices/weeklyMovement.ts";
import {simulateCrm} from "../models/simulatedCrm.ts";
import {withBuilt} from "../models/timeCase.ts";

const QUARTER = {from: "2024-04-01", to: "2024-06-30"};

let whole: MovementData;
let short: MovementData;
let least: MovementData;
let crowded: MovementData;
/** Stretches that reach into the quarter, those of deals closed by then too. */
let lasting: number;

beforeAll(async () => {
  const crm = simulateCrm({seed: 5, firstDay: "2024-02-20", nDays: 100, timeZone: "UTC", arrivals: 3});
  await withBuilt(crm.export, async ({engine}) => {
    whole = await movementData(engine);
    lasting = await countLasting(engine);
    short = await movementData(engine, {most: lasting, leastDays: 0});
    least = await movementData(engine, {most: lasting, leastDays: 365});
    crowded = await movementData(engine, {most: 1, leastDays: 30});
  });
});

async function countLasting(engine: Engine): Promise<number> {
  const [found] = await engine.rows<{n: number}>(
    `select count(*)::double as n from marts.deal_stretches where to_on >= date '${QUARTER.from}'`
  );
  return found!.n;
}

const weeksOf = (data: MovementData) => data.weeks.map((week) => ({label: week.from, ...daySpan(week)}));

/** A movement with deals by id, for tables number them as they hold them. */
function plain({deals}: MovementData, {moves, ...stock}: Movement) {
  const ids = deals.columns["deal_id"] as {values: string[]};
  return {
    ...stock,
    moves: moves
      .map(({deal, class: name, lines}) => ({deal: ids.values[deal]!, name, lines}))
      .sort((a, b) => (a.deal < b.deal ? -1 : 1))
  };
}

describe("a history that is shortened", () => {
  test("begins with a quarter, fits, and leaves out deals that had closed by then", () => {
    expect(whole.isShortened).toBe(false);
    expect(short).toMatchObject({since: QUARTER.from, isShortened: true});
    expect(short.weeks[0]!.from).toBe(QUARTER.from);
    expect(short.stretches.n).toBeLessThan(lasting);
    expect(short.deals.n).toBeLessThan(whole.deals.n);
    // What the firm's last day is like is known however little room there is.
    expect(crowded).toMatchObject({since: QUARTER.from, isShortened: true});
  });

  test("holds a year however many movements that is", () => {
    expect(least).toEqual(whole);
  });

  test("has the same movement between any two days, deal by deal and to the cent, whole and by owner", () => {
    const first = dayNumber(short.since) - 1;
    const last = dayNumber(whole.weeks.at(-1)!.to);
    let moved = 0;
    for (let from = first; from < last; from += 5)
      for (const to of [from + 1, from + 9, last])
        for (const filters of [{}, {owner: ["ann", "bob"]}] as Filters[])
          for (const period of [null, daySpan(QUARTER)]) {
            const of = (data: MovementData) =>
              plain(data, movement(dealLives(data.stretches, data.deals, filters), from, to, period));
            const found = of(short);
            expect(found, isoDay(from)).toEqual(of(whole));
            moved += found.moves.length;
          }
    expect(moved).toBeGreaterThan(1000);
  });

  test("has the same weeks, the first of which begins with what was open before it", () => {
    for (const period of [null, daySpan(QUARTER)]) {
      const of = (data: MovementData) =>
        weeklyMovement(dealLives(data.stretches, data.deals), weeksOf(data), period).map(
          ({week, ...moved}) => ({week, ...plain(data, moved)})
        );
      const found = of(short);
      expect(found[0]!.begin).toBeGreaterThan(0);
      expect(found).toEqual(of(whole).slice(-found.length));
    }
  });

  test("has the same quarters as they stood, the same passages, and the same slices", () => {
    const span = daySpan(QUARTER);
    const [a, b] = [whole, short].map((data) => dealLives(data.stretches, data.deals)) as [
      ReturnType<typeof dealLives>,
      ReturnType<typeof dealLives>
    ];
    for (let day = span.from; day < span.from + 50; day += 7)
      expect(standing(b, span, day)).toEqual(standing(a, span, day));
    expect(pastPoint(b, span, 20)).toEqual(pastPoint(a, span, 20));
    const flows = (lives: typeof a) =>
      passages(lives, span.from - 1, span.from + 40)
        .map(({from, to, n, cents}) => `${from} ${to} ${n} ${cents}`)
        .sort();
    expect(flows(b)).toEqual(flows(a));
    const byOwner = (data: MovementData, lives: typeof a) =>
      [...cutLives(lives, data, "owner")]
        .map(([owner, own]) => ({owner, ...plain(data, movement(own, span.from - 1, span.from + 40))}))
        .filter(({nBegin, nEnd, moves}) => nBegin + nEnd + moves.length > 0)
        .sort((x, y) => (x.owner < y.owner ? -1 : 1));
    expect(byOwner(short, b)).toEqual(byOwner(whole, a));
  });
});
