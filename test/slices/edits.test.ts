import {describe, expect, test} from "vitest";
import {type EditDay, isEve, judgeEdits, learnReview, tailOf} from "../../src/slices/edits.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import fc from "../support/fc.ts";

const FIRST = dayNumber("2024-01-01");
const LAST = dayNumber("2025-12-31");
const weekday = (day: number) => new Date(day * 86_400_000).getUTCDay();
const WORKDAYS = Array.from({length: LAST - FIRST + 1}, (_, i) => FIRST + i).filter(
  (day) => weekday(day) % 6 !== 0
);
const SECOND_TUESDAY = {weekday: 2, nth: 2};

const edit = (actor: string, on: number, nTogether = 1, nPushed = 0): EditDay => ({
  actor,
  on,
  nDeals: nTogether,
  nTogether,
  nPushed,
  quarterEndsOn: null
});
/** Every nth workday, one deal at a time. */
const evenly = (actor: string, step: number) =>
  WORKDAYS.filter((_, i) => i % step === 0).map((on) => edit(actor, on));
const eves = WORKDAYS.filter((day) => isEve(day, SECOND_TUESDAY));

describe("the eve of a review", () => {
  test("is the workday before it: in 2024 of the second Tuesdays, by the calendar", () => {
    const found = eves.filter((day) => day < dayNumber("2024-06-01"));
    expect(found).toEqual(
      ["2024-01-08", "2024-02-12", "2024-03-11", "2024-04-08", "2024-05-13"].map(dayNumber)
    );
    expect(isEve(dayNumber("2024-03-01"), {weekday: 1, nth: 1})).toBe(true);
  });

  test("is learned from where mass edits bunch, and unknown where they do not", () => {
    const mass = eves.map((on) => edit("Ann", on, 6));
    expect(learnReview([...evenly("Bo", 3), ...mass])).toEqual(SECOND_TUESDAY);
    expect(learnReview(evenly("Bo", 3))).toBeNull();
    expect(learnReview(WORKDAYS.filter((_, i) => i % 9 === 0).map((on) => edit("Ann", on, 6)))).toBeNull();
  });

  test("who edits then is called out, who edits evenly is not, and five days are needed to say anything", () => {
    const days = [...eves.map((on) => edit("Ann", on, 6)), ...evenly("Bo", 3), ...evenly("Cy", 200)];
    const {people} = judgeEdits(days);
    const verdicts = Object.fromEntries(
      people.map(({actor, eve, isBulk}) => [actor, [eve!.verdict, isBulk]])
    );
    expect(verdicts).toEqual({
      Ann: ["more than chance", true],
      Bo: ["as chance", false],
      Cy: ["not enough data", false]
    });
  });
});

test("a quarter's last workday is the Friday when it ends on a Sunday, and counts among pushes alone", () => {
  const ends = dayNumber("2024-06-30");
  const at = (on: number, nPushed: number) => ({...edit("Ann", on, 1, nPushed), quarterEndsOn: ends});
  const [ann] = judgeEdits([at(ends - 2, 1), at(ends - 3, 1), at(ends - 2, 0)]).people;
  expect(ann!.quarterEnd).toMatchObject({days: 1, of: 2});
});

test("the tail of the binomial is that of its sum", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 30}),
      fc.nat(30),
      fc.double({min: 0.01, max: 0.9, noNaN: true}),
      (n, k, p) => {
        let sum = 0;
        for (let i = k; i <= n; i++) {
          let ways = 1;
          for (let j = 0; j < i; j++) ways = (ways * (n - j)) / (j + 1);
          sum += ways * p ** i * (1 - p) ** (n - i);
        }
        expect(tailOf(k, n, p)).toBeCloseTo(sum, 9);
      }
    )
  );
});

test("where nobody has the habit, hardly anybody is called out", () => {
  let state = 12_345;
  const chance = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let called = 0;
  for (let firm = 0; firm < 40; firm++) {
    const days = Array.from({length: 20}, (_, i) =>
      WORKDAYS.filter(() => chance() < 0.1).map((on) => edit(`p${i}`, on, chance() < 0.1 ? 4 : 1))
    ).flat();
    if (learnReview(days)) called++;
    else if (judgeEdits(days, SECOND_TUESDAY).people.some(({eve}) => eve?.verdict === "more than chance"))
      called++;
  }
  expect(called).toBeLessThanOrEqual(2);
});
