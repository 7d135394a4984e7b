import {describe, expect, test} from "vitest";
import {fitAmounts} from "../../../loaders/forecast/deals/amounts.ts";
import {expectedArrivals} from "../../../loaders/forecast/deals/arrivals.ts";
import {projectNewBusiness} from "../../../loaders/forecast/deals/newBusiness.ts";
import {cohortRatios, ratioAt} from "../../../loaders/forecast/deals/newCohorts.ts";
import {fitOutcomes} from "../../../loaders/forecast/deals/outcomeModel.ts";
import {buildHistory, type SpanRow} from "../../../loaders/forecast/history/buildHistory.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {FIRST_DAY, STAGES} from "../simulatedHistory.ts";

const DAYS = 900;
const [SMALL, LARGE] = [1_000, 20_000];

/** So many deals a week on the last day, fewer before in a firm that grows; half are small and end in their third week, half large and end in their twenty-first. */
function firm(growthAYear: number, seed: number, perWeek = 6) {
  const rng = new Rng().seed(seed, 1);
  const rows: SpanRow[] = [];
  for (let day = 0; day <= DAYS; day++)
    for (
      let many = rng.poisson((perWeek / 7) * (1 + growthAYear) ** ((day - DAYS) / 365));
      many > 0;
      many--
    ) {
      const deal = `D${rows.length}`;
      const amount = rng.chance(0.5) ? SMALL : LARGE;
      const from = FIRST_DAY + day;
      const ends = from + 7 * (amount === SMALL ? 2 : 20) + 1 + rng.int(7);
      const isWon = rng.chance(0.5);
      rows.push({deal, from, outcome: "open", stage: "s/1", amount, owner: "Rep"});
      rows.push({
        ...{deal, from: ends, amount, owner: "Rep"},
        ...(isWon ? {outcome: "won", stage: "s/w"} : {outcome: "lost", stage: "s/l"})
      } as SpanRow);
    }
  return buildHistory({rows, stages: STAGES, asOf: FIRST_DAY + DAYS});
}

const sum = (list: ArrayLike<number>, to: number) =>
  Array.from({length: to}, (_, i) => list[i]!).reduce((total, each) => total + each, 0);

/** Deals that are decided in their fifth to eighth week, and as many that are left lying and lost after half a year or more. */
function firmWithLeftDeals() {
  const rng = new Rng().seed(4, 2);
  const rows: SpanRow[] = [];
  for (let day = 0; day <= DAYS; day++)
    for (let many = rng.poisson(6 / 7); many > 0; many--) {
      const about = {deal: `D${rows.length}`, amount: SMALL, owner: "Rep"};
      const from = FIRST_DAY + day;
      const isLeft = rng.chance(0.5);
      const ends = from + (isLeft ? 200 + rng.int(300) : 29 + rng.int(28));
      rows.push({...about, from, outcome: "open", stage: "s/1"});
      rows.push({
        ...{...about, from: ends},
        ...(!isLeft && rng.chance(0.6) ? {outcome: "won", stage: "s/w"} : {outcome: "lost", stage: "s/l"})
      } as SpanRow);
    }
  return buildHistory({rows, stages: STAGES, asOf: FIRST_DAY + DAYS});
}

describe("arrivals", () => {
  test("of a firm that grows by half a year go on growing; of a steady one they stay", () => {
    const said = (growth: number) =>
      [1, 2, 3].map((seed) => sum(expectedArrivals(firm(growth, seed, 20), 26)!.perWeek, 26) / (26 * 20));
    const mean = (list: number[]) => sum(list, list.length) / list.length;
    // Half a year ahead, on average a quarter of a year: 1.5 to the power a quarter is 1.11. The level of two years past was 0.68.
    expect(mean(said(0.5))).toBeGreaterThan(1.01);
    expect(mean(said(0.5))).toBeLessThan(1.2);
    expect(Math.abs(mean(said(0)) - 1)).toBeLessThan(0.08);
  });

  test("of few weeks nothing is said", () => {
    const rows = [0, 7, 21].map(
      (day): SpanRow => ({deal: `D${day}`, from: FIRST_DAY + day, outcome: "open", stage: "s/1", amount: 1})
    );
    expect(expectedArrivals(buildHistory({rows, stages: STAGES, asOf: FIRST_DAY + 40}), 4)).toBeNull();
  });
});

describe("new business", () => {
  const history = firm(0, 4);
  const model = fitOutcomes(history)!;
  const amounts = fitAmounts(history);
  const found = projectNewBusiness(history, model, amounts, 26)!;

  test("brings small deals first and large ones after half a year", () => {
    // Of the small half every second one is won, on average in the middle of its third week; no large one ends before its twenty-first.
    const weekly = (sum(found.arrivals, 26) / 26) * 0.5 * 0.5;
    const near = sum(found.amount, 6);
    const truth = weekly * SMALL * (6 - 2.5);
    expect(near / truth).toBeGreaterThan(0.6);
    expect(near / truth).toBeLessThan(2);
    expect(found.scale[3]!).toBeLessThan(0.4);
    expect(found.scale[25]!).toBeGreaterThan(2 * found.scale[3]!);
  });

  test("what came over what is said at birth: of money less near, more far", () => {
    const ratios = cohortRatios(history, model, amounts);
    expect(ratios.map(({to}) => to)).toEqual([4, 8, 13, 26]);
    for (const {count, money} of ratios) {
      expect(Number.isFinite(count) && count > 0).toBe(true);
      expect(Number.isFinite(money) && money > 0).toBe(true);
    }
    expect(ratioAt(ratios, 3).money).toBeLessThan(ratioAt(ratios, 3).count);
    expect(ratioAt(ratios, 40)).toBe(ratios.at(-1));
  });

  test("a deal's first day is not told from what deals of any age become", () => {
    const left = firmWithLeftDeals();
    const [first, second, ...later] = cohortRatios(left, fitOutcomes(left)!, fitAmounts(left));
    // None is won in its first four weeks: what is said of them weighs less than half of the ten wins that came and said are drawn together by.
    expect(first!.count).toBeGreaterThan(1 / 1.5);
    expect(Math.abs(second!.count - 1)).toBeLessThan(0.25);
    for (const {count} of later) expect(Math.abs(count - 1)).toBeLessThan(0.2);
  });
});
