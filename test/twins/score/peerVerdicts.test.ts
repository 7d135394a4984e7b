/**
 * A quick version of bench/peerVerdicts.ts: groups of partners drawn from the twins' law, whose truth is exact, on seeds that the bench does
 * not use; and one market told in memory, where no partner differs from another.
 */
import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {drawnGroups, drawnStream} from "../../../bench/peers/drawnGroups.ts";
import {tellPartners, withoutDifference} from "../../../bench/peers/market.ts";
import {benchmarkWords, compareWords} from "../../../bench/peers/record.ts";
import {judge, shareOf} from "../../../bench/peers/score.ts";
import {BENCHMARK_RECORD, COMPARE_RECORD} from "../../../src/slices/partners/verdictRecord.ts";

describe("verdicts on partners", () => {
  let drawn: ReturnType<typeof drawnGroups>;
  beforeAll(() => {
    drawn = Array.from({length: 6}, (_, i) => drawnGroups(900 + i)).flat();
  });
  const said = (spread: number) =>
    drawn.filter((each) => each.spread === spread).flatMap((each) => each.said);

  test("are right nine times in ten and more where partners differ as planted, and intervals hold as stated", () => {
    const planted = said(1);
    const told = planted.filter(({isTold}) => isTold);
    expect(told.length).toBeGreaterThan(40);
    expect(shareOf(told, ({isThere}) => isThere!)!.share).toBeGreaterThan(0.9);
    // Some 270 intervals: two standard errors are five points.
    expect(Math.abs(shareOf(planted, ({isHeld}) => isHeld)!.share - 0.8)).toBeLessThan(0.06);
    // What is short of a verdict is right less often: the measure tells them apart.
    const unsure = planted.filter(({chance}) => chance < 0.7);
    expect(shareOf(unsure, ({isThere}) => isThere!)!.share).toBeLessThan(0.75);
  });

  test("are hardly given where no partner differs, and more often the further they do", () => {
    const [none, half, twice] = [0, 1, 2].map((spread) => shareOf(said(spread), ({isTold}) => isTold)!.share);
    expect(none).toBeLessThan(0.1);
    expect(half).toBeGreaterThan(none!);
    expect(twice).toBeGreaterThan(half!);
  });
});

test("a market's deals keep their customers and outcomes where partners are given out anew", () => {
  const market = tellPartners("software", {deals: 3_000, partners: 12, firms: [1_000, 500]}, 7);
  const rng = drawnStream(7, "test");
  const alike = withoutDifference(market, (n) => rng.int(n));
  expect(market.deals.length).toBeGreaterThan(50);
  expect(new Set(market.deals.map(({firm}) => firm))).toEqual(new Set([-1, 0, 1]));
  expect(alike.deals.map(({partner, ...rest}) => rest)).toEqual(
    market.deals.map(({partner, ...rest}) => rest)
  );
  expect(alike.deals.map(({partner}) => partner)).not.toEqual(market.deals.map(({partner}) => partner));
  const pairs = (deals: typeof market.deals) =>
    new Set(deals.map((each) => `${each.account} ${each.partner}`)).size;
  expect(pairs(alike.deals)).toBeLessThanOrEqual(pairs(market.deals));
});

test("a verdict that says the wrong side is scored as wrong", () => {
  const rates = [0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.6, 0.65];
  const partners = rates.map((rate, i) => ({
    ...{partnerId: String(i), partner: String(i), kind: null, tier: null},
    counts: {win_rate: {successes: Math.round(60 * rate), trials: 60}}
  }));
  const judged = (truth: (i: number) => number) => {
    const told = judge(partners, [], (_, id) => truth(Number(id)), {draw: 1}).filter(({isTold}) => isTold);
    return shareOf(told, ({isThere}) => isThere!)!;
  };
  expect(judged((i) => rates[i]!)).toMatchObject({share: 1});
  expect(judged((i) => rates[7 - i]!)).toMatchObject({share: 0});
});

test("the pages say what the benchmark's page says", () => {
  const page = readFileSync("docs/partner-verdicts.md", "utf8");
  expect(page).toContain(compareWords(COMPARE_RECORD));
  expect(page).toContain(benchmarkWords(BENCHMARK_RECORD));
  expect(BENCHMARK_RECORD.right / BENCHMARK_RECORD.told).toBeGreaterThan(0.9);
});
