/** Everything that pages show of a forecast, made from a small simulated pipeline: it must add up and must not look ahead. */
import {describe, expect, test} from "vitest";
import {SHOWN} from "../../../loaders/forecast/backtest/combine.ts";
import {BACKTEST_DEFAULTS, originDays, runBacktest} from "../../../loaders/forecast/backtest/runBacktest.ts";
import {dailyWon} from "../../../loaders/forecast/bookings/dailyWon.ts";
import {stateOn} from "../../../loaders/forecast/deals/dealFeatures.ts";
import {fitOutcomes, outcomeCurve} from "../../../loaders/forecast/deals/outcomeModel.ts";
import {type DealModel, fitDealModel} from "../../../loaders/forecast/deals/projectDeals.ts";
import {dayOf, isoOf} from "../../../loaders/forecast/history/calendar.ts";
import {
  closings,
  knownAt,
  OPEN,
  type PipelineHistory,
  WON
} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {askDeals} from "../../../loaders/forecast/publish/askDeals.ts";
import {PriceRecorder} from "../../../loaders/forecast/publish/dataPrice.ts";
import {dealScores} from "../../../loaders/forecast/publish/dealScores.ts";
import {modelDays} from "../../../loaders/forecast/publish/modelDays.ts";
import {MoveRecorder, moveDays} from "../../../loaders/forecast/publish/moves.ts";
import {type Published, publishAll} from "../../../loaders/forecast/publish/publishAll.ts";
import {scoresWithin} from "../../../src/slices/dealScores.ts";
import {PART_LEVELS} from "../../../src/slices/forecastSlices.ts";
import {gapsOf, MOVE_LINES, movedBetween} from "../../../src/slices/moves.ts";
import {LEVELS} from "../../../src/slices/quantileLevels.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

const history = simulatedHistory(900, 900, 11);
const rows = runBacktest(history, {...BACKTEST_DEFAULTS, refitDays: 91});

function publish(
  of: PipelineHistory,
  from: typeof rows,
  fitted: (known: PipelineHistory) => DealModel | null = fitDealModel
): Published {
  return publishAll(
    {
      history: of,
      rows: from,
      ...{withheld: [], nUndated: 0},
      currency: "USD",
      seed: 1,
      dealNames: new Map(),
      amounts: new Map(),
      quotas: new Map(),
      quarterLabel: isoOf
    },
    [],
    fitted
  );
}
/** By day; a fit of the same history is the same to the bit. */
const models = new Map<number, DealModel | null>();
const fittedOnce = (known: PipelineHistory) => {
  if (!models.has(known.asOf)) models.set(known.asOf, fitDealModel(known));
  return models.get(known.asOf)!;
};
const published = publish(history, rows, fittedOnce);
const fittedOn = new Set(models.keys());
const {
  forecast,
  forecast_moves: moves,
  forecast_moves_next: next,
  deal_scores: scores,
  data_price: price,
  track_record: track
} = published;
const cents = (value: number) => Math.round(value * 100);

test("the days of the models that are asked for are known before the backtest", () => {
  const days = originDays(history, BACKTEST_DEFAULTS);
  expect(modelDays(history, days)).toEqual([...fittedOn].sort((a, b) => a - b));
});

describe("the forecast", () => {
  test("is the shown row of the backtest, and its parts sum to it to the cent", () => {
    const [quarter] = forecast.quarters;
    const row = rows.find(
      ({method, kind, origin}) =>
        method === SHOWN && kind === "rest of the quarter" && origin === history.asOf
    )!;
    expect(quarter!.mean).toBeCloseTo(quarter!.wonSoFar + row.mean, 2);
    expect(quarter!.parts.reduce((sum, {value}) => sum + cents(value), 0)).toBe(cents(quarter!.mean));
    expect(quarter!.parts.filter(({kind}) => kind === "open").reduce((sum, {n}) => sum + n!, 0)).toBe(
      openDeals(history).length
    );
  });

  test("its fan nests, never falls, and ends in the shown quantiles", () => {
    for (const {fan, low80, high80, low95, high95, mean, wonSoFar} of forecast.quarters) {
      expect(fan.length).toBeGreaterThan(1);
      expect(fan[0]!.high95).toBe(cents(wonSoFar) / 100);
      fan.forEach((point, i) => {
        const order = [
          point.low95,
          point.low80,
          point.low50,
          point.low10,
          point.high10,
          point.high50,
          point.high80,
          point.high95
        ];
        expect(order).toEqual([...order].sort((a, b) => a - b));
        if (i > 0) expect(point.high80).toBeGreaterThanOrEqual(fan[i - 1]!.high80);
      });
      expect(fan.at(-1)).toMatchObject({mean, low80, high80, low95, high95});
    }
  });

  test("every dimension's slices sum to the whole at every shown quantile, to the cent", () => {
    for (const {quantiles, mean, slices, wonSoFar} of forecast.quarters) {
      expect(slices.map(({key}) => key)).toEqual(["region", "owner"]);
      for (const dimension of slices) {
        const sum = (of: (slice: (typeof dimension.slices)[number]) => number) =>
          dimension.slices.reduce((total, slice) => total + cents(of(slice)), 0);
        expect(sum((slice) => slice.mean)).toBe(cents(mean));
        expect(sum((slice) => slice.wonSoFar)).toBe(cents(wonSoFar));
        PART_LEVELS.forEach((level, i) => {
          const whole = quantiles[LEVELS.findIndex((each) => Math.abs(each - level) < 1e-9)]!;
          expect(sum((slice) => slice.parts[i]!)).toBe(cents(whole));
        });
      }
    }
  });

  test("slices' own bands lie around what they are expected to bring and are judged on past quarters", () => {
    const [region] = forecast.quarters[0]!.slices;
    for (const {low80, high80, mean} of region!.slices) expect(low80 <= mean && mean <= high80).toBe(true);
    expect(region!.record.quarters).toBeGreaterThan(2);
    expect(region!.record.n).toBe(region!.record.quarters * region!.slices.length);
    // Half of 80% would be plainly broken; so few quarters can say no more.
    expect(region!.record.inside80 / region!.record.n).toBeGreaterThan(0.4);
  });
});

describe("why it moved", () => {
  test("adds up to the cent at every step, and the check sees a cent too much", () => {
    expect(moves.levels.length).toBeGreaterThan(8);
    expect(gapsOf(moves)).toEqual([]);
    const wrong = {
      ...moves,
      rows: {...moves.rows, cents: moves.rows.cents.map((value, i) => value + (i === 3 ? 1 : 0))}
    };
    expect(gapsOf(wrong)).toHaveLength(1);
  });

  test("steps make any two days: begin, the lines and the deals make the end", () => {
    const moved = movedBetween(moves, 2, moves.levels.length - 1);
    const change = moved.end.mean - moved.begin.mean;
    expect(moved.lines.reduce((sum, {cents: value}) => sum + value, 0)).toBe(change);
    const told = moved.deals.reduce((sum, deal) => sum + deal.cents, 0);
    expect(told + moved.unlisted.reduce((sum, {cents: value}) => sum + value, 0)).toBe(change);
  });

  test("the last level is the published forecast, its won part what was won", () => {
    const last = moves.levels.at(-1)!;
    expect(last.on).toBe(isoOf(history.asOf));
    expect(last.mean / 100).toBeCloseTo(forecast.quarters[0]!.mean, 1);
    expect(last.won / 100).toBeCloseTo(forecast.quarters[0]!.wonSoFar, 1);
  });

  test("the quarter after has moves of its own, which add up to its published forecast", () => {
    const [, after] = forecast.quarters;
    expect(moves.after).toBe(after!.label);
    expect(next.quarter!.label).toBe(after!.label);
    expect(next.levels.length).toBeGreaterThan(2);
    expect(gapsOf(next)).toEqual([]);
    const last = next.levels.at(-1)!;
    expect(last.mean / 100).toBeCloseTo(after!.mean, 1);
    expect(last.won).toBe(0);
    expect(next.rows.line.map((line) => MOVE_LINES[line])).not.toContain("won");
  });

  test("what an earlier build said is where it begins, and what is told otherwise now is a line of its own", () => {
    const level = moves.levels.at(-4)!;
    const said = {...level, mean: level.mean - 12_345, method: level.method - 12_345};
    // On a day that the backtest did not ask on, and on one that it did.
    for (const day of [dayOf(level.on) + 3, dayOf(level.on)]) {
      const build = {to: moves.quarter!.to, level: {...said, on: isoOf(day)}};
      const recorder = new MoveRecorder(history, rows, [build]);
      for (const asking of askDeals(history, moveDays(history, rows, [build]), 45, fittedOnce))
        recorder.add(asking);
      const told = recorder.data({
        currency: "USD",
        reason: null,
        label: "",
        target: null,
        after: null,
        dealNames: new Map()
      });
      expect(gapsOf(told)).toEqual([]);
      expect(told.published).toEqual(build.level);
      const from = told.levels.findIndex(({on}) => on === build.level.on);
      const moved = movedBetween(told, from, told.levels.length - 1, true);
      expect(moved.begin.mean).toBe(said.mean);
      expect(said.mean + moved.lines.reduce((sum, {cents: value}) => sum + value, 0)).toBe(
        told.levels.at(-1)!.mean
      );
      if (build.level.on === level.on)
        expect(moved.lines.find(({line}) => line === "restated")!.cents).toBe(12_345);
    }
  });

  test("a deal is told in the line of what happened to it", () => {
    const {from} = moves.quarter!;
    const now = closings(history);
    moves.rows.step.forEach((step, i) => {
      const line = MOVE_LINES[moves.rows.line[i]!]!;
      const d = history.dealIds.indexOf(moves.deals[moves.rows.deal[i]!]!.id);
      const [a, b] = [dayOf(moves.levels[step]!.on), dayOf(moves.levels[step + 1]!.on)];
      const isClosed = now.outcome[d] !== OPEN && now.closedOn[d]! > a && now.closedOn[d]! <= b;
      if (line === "won") expect(isClosed && now.outcome[d] === WON && b >= dayOf(from)).toBe(true);
      else if (line === "lost" || line === "outside") expect(isClosed).toBe(true);
      else if (line === "new") expect(history.createdOn[d]! > a && history.createdOn[d]! <= b).toBe(true);
      else expect(isClosed).toBe(false);
    });
    expect(moves.rows.line.map((line) => MOVE_LINES[line])).toEqual(
      expect.arrayContaining(["won", "lost", "new", "stage", "redated", "calendar", "rates"])
    );
  });
});

describe("deal scores", () => {
  test("base and factors add up to the score, which is the mean log-odds of the coming weeks", () => {
    const model = fitOutcomes(history)!;
    for (const deal of scores.deals.slice(0, 40)) {
      expect(deal.factors.reduce((sum, [, effect]) => sum + effect, scores.base)).toBe(deal.score);
      const d = history.dealIds.indexOf(deal.deal_id);
      const curve = outcomeCurve(
        model,
        stateOn(history, d, history.spanStart[d + 1]! - 1, history.asOf)!,
        13
      );
      let [sum, stays] = [0, 1];
      for (let k = 0; k < 13; k++) {
        const wins = (curve.won[k]! - (curve.won[k - 1] ?? 0)) / stays;
        sum += Math.log(wins / (1 - wins)) / 13;
        stays = 1 - curve.won[k]! - curve.lost[k]!;
      }
      expect(deal.score / 1e4).toBeCloseTo(sum, 3);
    }
  });

  test("a deal states what it does on every page, and is doubted by that; what is expected of it stays", () => {
    const stated = new Map(history.dealIds.map((id) => [id, 7_777.77]));
    const [asking] = [...askDeals(history, [history.asOf], 1, fittedOnce)];
    const again = dealScores(asking!, new Map(), stated).deals;
    expect(again.map(({expected}) => expected)).toEqual(scores.deals.map(({expected}) => expected));
    for (const deal of again.filter(({amount}) => amount !== null)) {
      expect(deal.amount).toBe(7_777.77);
      if (deal.doubt?.includes("passed"))
        expect(deal.doubtful).toBeCloseTo(Math.max(0, 7_777.77 - deal.expected), 2);
    }
    expect(again.some(({doubt}) => doubt?.includes("passed"))).toBe(true);
  });

  test("the forecast's open parts are what the deals of their stage are expected to bring", () => {
    const open = forecast.quarters[0]!.parts.filter(({kind}) => kind === "open");
    expect(open.length).toBeGreaterThan(1);
    for (const {stage, value} of open) {
      const {deals} = scoresWithin(scores, {stage: [stage!]});
      expect(deals.reduce((sum, {expected}) => sum + expected, 0)).toBeCloseTo(value, 0);
    }
  });

  test("every open deal is scored, the largest expected amount first, chances rising with time", () => {
    expect(scores.deals).toHaveLength(openDeals(history).length);
    const expected = scores.deals.map((deal) => deal.expected);
    expect(expected).toEqual([...expected].sort((a, b) => b - a));
    for (const {won, lost, p_half_year} of scores.deals) {
      expect(won).toEqual([...won].sort((a, b) => a - b));
      expect(won.at(-1)).toBe(p_half_year);
      expect(won.at(-1)! + lost.at(-1)!).toBeLessThanOrEqual(1.0001);
    }
  });

  test("on past days the expected words are judged against what came", () => {
    const {amounts, dates} = scores;
    // Simulated deals close at what they say.
    expect(amounts!.past!.statedWape).toBe(0);
    expect(amounts!.past!.inside80).toBe(amounts!.past!.n);
    expect(dates!.past!.inside80 / dates!.past!.n).toBeGreaterThan(0.6);
    expect(dates!.past!.expectedError).toBeLessThan(dates!.past!.statedError * 1.2);
  });
});

describe("the price of bad data", () => {
  function pricesOf(of: PipelineHistory, quartersBack: readonly number[]) {
    const recorder = new PriceRecorder(of, 1);
    const days = quartersBack.map((back) => of.asOf - 91 * back);
    for (const asking of askDeals(of, days, 91)) recorder.add(asking);
    const about = {currency: "USD", reason: null, quarter: null, asOf: ""};
    return recorder.data(null, {...about, dealNames: new Map(), amounts: new Map()});
  }

  test("a field that decides has a price, one that was drawn at random has none", () => {
    const planted = simulatedHistory(2500, 1100, 3, {winChance: {North: 0.5, South: 0.01}});
    const {fields} = pricesOf(planted, [1, 2, 3, 4]);
    const of = (field: string) => fields.find((each) => each.field === field && each.how === "blank")!.deals!;
    expect(of("region").low).toBeGreaterThan(0.02);
    expect(Math.abs(of("owner").value)).toBeLessThan(0.01);
    expect(of("region").low <= of("region").value && of("region").value <= of("region").high).toBe(true);
  });

  test("by fewer than 40 scored deals no field has a price, however many past days there are", () => {
    const {nDays, nDeals, fields} = pricesOf(simulatedHistory(60, 900, 2), [1, 2, 3]);
    expect([nDays, nDeals > 0, nDeals < 40]).toEqual([3, true, true]);
    expect(fields.filter(({error, deals}) => error !== null || deals !== null)).toEqual([]);
  });

  test("deals that lack something are listed with the money that hangs on it", () => {
    const overdue = openDeals(history).filter(
      (d) => history.closeOn[history.spanStart[d + 1]! - 1]! < history.asOf
    );
    expect(price.nRepairs).toBe(overdue.length);
    expect(price.swing).toBeCloseTo(
      price.repairs.reduce((sum, {swing}) => sum + swing, 0),
      2
    );
    for (const {what, swing} of price.repairs) {
      expect(what).toMatch(/close date passed \d+ days ago/);
      expect(swing).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("the track record", () => {
  test("chances of deals are in bins by size, and on the whole as many are won as they say", () => {
    const {bins, weeks, error} = track.chances!;
    expect(scores.held).toEqual({weeks, error, n: bins.reduce((sum, {n}) => sum + n, 0)});
    const n = bins.reduce((sum, bin) => sum + bin.n, 0);
    expect(n).toBeGreaterThan(200);
    bins.forEach((bin, i) => {
      expect(bin.from <= bin.said && bin.said <= bin.to).toBe(true);
      if (i > 0) expect(bin.from).toBeGreaterThanOrEqual(bins[i - 1]!.to);
    });
    const mean = (of: "said" | "came") => bins.reduce((sum, bin) => sum + bin.n * bin[of], 0) / n;
    expect(Math.abs(mean("said") - mean("came"))).toBeLessThan(0.1);
  });

  test("shares at or below rise with the quantile, and the askings of a kind add up", () => {
    for (const {shares} of track.reliability) expect(shares).toEqual([...shares].sort((a, b) => a - b));
    for (const kind of track.kinds) {
      const asked = rows.filter((row) => row.method === SHOWN && row.kind === kind).length;
      expect(track.followed.filter((each) => each.kind === kind).reduce((sum, {n}) => sum + n, 0)).toBe(
        asked
      );
    }
  });
});

test("with too little it says what is missing, and publishes nothing else", () => {
  for (const nDeals of [0, 1, 12]) {
    const small = simulatedHistory(nDeals, 120, 5);
    const all = publish(small, runBacktest(small, {...BACKTEST_DEFAULTS, refitDays: 91}));
    expect(all.forecast_moves.levels.length <= 1 || gapsOf(all.forecast_moves).length === 0).toBe(true);
    expect(all.deal_scores.deals).toEqual([]);
    expect(all.data_price.reason).toMatch(/\w/);
    expect([all.track_record.scores, all.forecast.quarters.length]).toEqual([[], nDeals < 12 ? 0 : 2]);
    expect(all.track_record.reason).toMatch(nDeals < 12 ? /needs/ : /outcome/);
  }
});

test("with fewer than 50 closed deals it answers, wider than a large firm's, and its 80% hold what came", () => {
  const widthOf = (quarters: Published["forecast"]["quarters"]) =>
    (quarters[1]!.high80 - quarters[1]!.low80) / quarters[1]!.mean;
  let [inside, least] = [0, Number.POSITIVE_INFINITY];
  for (let seed = 1; seed <= 12; seed++) {
    const later = simulatedHistory(80, 520, seed);
    const small = knownAt(later, later.asOf - 240);
    const closed = closings(small).outcome.filter((outcome) => outcome !== OPEN).length;
    expect(closed > 10 && closed < 50).toBe(true);
    const {forecast: few} = publish(small, runBacktest(small, {...BACKTEST_DEFAULTS, refitDays: 91}));
    expect([few.reason, few.quarters.length]).toEqual([null, 2]);
    least = Math.min(least, widthOf(few.quarters));
    for (const {from, to, low80, high80} of few.quarters) {
      const came = dailyWon(later, "amount").between(dayOf(from), dayOf(to));
      if (came >= low80 - 0.01 && came <= high80 + 0.01) inside++;
    }
  }
  expect(least).toBeGreaterThan(widthOf(forecast.quarters));
  // At 80% fewer than 15 of 24 is rare; the draws are seeded.
  expect(inside / 24).toBeGreaterThan(0.62);
});

function openDeals({nDeals, spanStart, outcome}: PipelineHistory): number[] {
  return Array.from({length: nDeals}, (_, d) => d).filter((d) => outcome[spanStart[d + 1]! - 1] === OPEN);
}
