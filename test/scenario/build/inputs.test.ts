/** What the build finds out for scenarios, against worlds whose truth is known. */
import {describe, expect, test} from "vitest";
import {fitDealModel, project} from "../../../loaders/forecast/deals/projectDeals.ts";
import {fiscalPeriod} from "../../../loaders/forecast/history/calendar.ts";
import {closings, WON} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {arrivalSources, OTHER_SOURCE} from "../../../loaders/scenario/arrivals.ts";
import {elasticityOf, type PanelCell} from "../../../loaders/scenario/elasticity.ts";
import {leverHistory} from "../../../loaders/scenario/leverHistory.ts";
import {openDeals, sharedCurves, spreadOf} from "../../../loaders/scenario/openDeals.ts";
import {
  activeHistory,
  type Creation,
  headcountHistory,
  type Member,
  partnerFacts,
  repFacts
} from "../../../loaders/scenario/people.ts";
import {openTable} from "../../../loaders/scenario/readDeals.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import type {ArrivalSource, OutcomeCurve} from "../../../src/scenario/input.ts";
import {chanceBy} from "../../../src/scenario/levers/outcomeCurves.ts";
import {simulatedHistory} from "../../forecast/simulatedHistory.ts";

const history = simulatedHistory(900, 1200, 4);

describe("the past of levers", () => {
  test("win rates of quarters are those counted one by one", () => {
    const found = leverHistory(history)["win_rate"]!;
    const now = closings(history);
    const rates: number[] = [];
    for (let back = 12; back >= 1; back--) {
      const {from, to} = fiscalPeriod(history.asOf + 1, "quarter", 1, -back);
      const closed = history.dealIds
        .map((_, d) => d)
        .filter((d) => now.closedOn[d]! >= from && now.closedOn[d]! <= to);
      const won = closed.filter((d) => now.outcome[d] === WON).length;
      if (from >= Math.min(...history.createdOn) && closed.length >= 5) rates.push(won / closed.length);
    }
    const recent = rates.slice(-4).reduce((sum, rate) => sum + rate, 0) / 4;
    expect(found.n).toBe(rates.length);
    expect(found.lo).toBeCloseTo(Math.min(...rates) / recent, 2);
    expect(found.hi).toBeCloseTo(Math.max(...rates) / recent, 2);
  });

  test("slipping is the share of wins said to come in a quarter that came in the next one", () => {
    const found = leverHistory(history)["slip"]!;
    const now = closings(history);
    const shares: number[] = [];
    for (let back = 13; back >= 2; back--) {
      const {from, to} = fiscalPeriod(history.asOf + 1, "quarter", 1, -back);
      const {to: later} = fiscalPeriod(history.asOf + 1, "quarter", 1, 1 - back);
      const said = history.dealIds.flatMap((_, d) => {
        const spans = Array.from(
          {length: history.spanStart[d + 1]! - history.spanStart[d]!},
          (_, i) => history.spanStart[d]! + i
        );
        const at = spans.filter((span) => history.from[span]! < from).at(-1);
        const isSaid =
          at !== undefined &&
          history.outcome[at] === 0 &&
          history.closeOn[at]! >= from &&
          history.closeOn[at]! <= to;
        return isSaid && now.outcome[d] === WON && now.closedOn[d]! <= later ? [now.closedOn[d]!] : [];
      });
      if (said.length >= 5) shares.push(said.filter((day) => day > to).length / said.length);
    }
    const recent = shares.slice(-4).reduce((sum, share) => sum + share, 0) / 4;
    expect(found.n).toBe(shares.length);
    expect(found.lo).toBeCloseTo(Math.min(...shares) - recent, 2);
    expect(found.hi).toBeCloseTo(Math.max(...shares) - recent, 2);
  });

  test("a young history says nothing rather than a range of two", () => {
    expect(leverHistory(simulatedHistory(200, 200, 4))).toEqual({});
  });
});

describe("deals for scenarios", () => {
  const model = fitDealModel(history)!;
  const projection = project(history, model, 40);

  test("open deals keep the model's chances and expected amounts", () => {
    const deals = openDeals(history, projection.open);
    expect(deals.length).toBe(projection.open.length);
    deals.forEach(({curve, expected}, i) => {
      expect(expected).toBeCloseTo(projection.open[i]!.amount, 2);
      const exact = projection.open[i]!.curve.won;
      expect(Math.max(...curve.won.map((value, k) => Math.abs(value - exact[k]!)))).toBeLessThan(6e-6);
    });
  });

  test("of many deals those of like chances share a curve, and what they come to together stays", () => {
    const deals = openDeals(history, projection.open);
    const {curves, indexOf} = sharedCurves(deals, 20);
    expect(curves.length).toBeLessThanOrEqual(20);
    expect(sharedCurves(deals).curves.length).toBe(deals.length);
    for (const week of [0, 12, 39]) {
      const exact = deals.reduce((sum, {curve}) => sum + curve.won[week]!, 0);
      expect(indexOf.reduce((sum, at) => sum + curves[at]!.won[week]!, 0)).toBeCloseTo(exact, 1);
    }
  });

  test("amounts at closing are spread around 1", () => {
    const spread = spreadOf(model);
    expect(spread.length).toBeLessThanOrEqual(41);
    expect(spread.reduce((sum, value) => sum + value, 0) / spread.length).toBeCloseTo(1, 10);
  });

  test("sources of new deals add up to all that are expected, and so do their shares", () => {
    const curves: OutcomeCurve[] = [];
    const word = (id: string, slice: string) =>
      slice === "lead_source"
        ? `S${Number(id.slice(1)) % 11}`
        : Number(id.slice(1)) % 3 === 0
          ? "North"
          : "South";
    const sources = arrivalSources(
      {history, model, fresh: projection.fresh!, weeks: 40, wordOf: word, slices: ["lead_source", "region"]},
      curves
    );
    expect(sources.length).toBe(7);
    expect(sources.at(-1)!.key).toBe(OTHER_SOURCE);
    for (const week of [0, 13, 39])
      expect(sources.reduce((sum, {perWeek}) => sum + perWeek[week]!, 0)).toBeCloseTo(
        projection.fresh!.arrivals[week]!,
        3
      );
    for (const {shares, curve} of sources) {
      expect(Object.values(shares["region"]!).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      expect(curves[curve]!.won.every((value, k, all) => k === 0 || value >= all[k - 1]! - 1e-5)).toBe(true);
    }
  });

  test("new deals win as many and as much as the forecast says, at the rates at which like deals came true", () => {
    const fresh = projection.fresh!;
    const said = (ratios: typeof fresh.ratios) => {
      const curves: OutcomeCurve[] = [];
      const [{perWeek, curve, amounts}] = arrivalSources(
        {history, model, fresh: {...fresh, ratios}, weeks: 40, wordOf: () => "all", slices: []},
        curves
      ) as [ArrivalSource];
      const {won, lost} = curves[curve]!;
      const wins = perWeek.reduce((sum, each, week) => sum + each * chanceBy(won, 40 - week - 0.5), 0);
      const mean = amounts.reduce((sum, each) => sum + each, 0) / amounts.length;
      return {wins, money: wins * mean, closed: won.at(-1)! + lost.at(-1)!};
    };
    const total = (list: Float64Array) => list.reduce((sum, each) => sum + each, 0);
    // Both take samples: of a source's year here, of the last half-year there.
    const {wins, money} = said(fresh.ratios);
    expect(Math.abs(wins / total(fresh.wins) - 1)).toBeLessThan(0.03);
    expect(Math.abs(money / total(fresh.amount) - 1)).toBeLessThan(0.06);
    const [plain, half] = [1, 0.5].map((count) => said([{to: 26, count, money: 0.8 * count}]));
    expect(half!.wins / plain!.wins).toBeCloseTo(0.5, 3);
    expect(half!.money / plain!.money).toBeCloseTo(0.5, 3);
    expect(said([{to: 26, count: 1, money: 1}]).money / plain!.money).toBeCloseTo(1 / 0.8, 3);
    expect(half!.closed).toBeCloseTo(plain!.closed, 4);
  });

  test("a deal the model does not know wins nothing", () => {
    const table = {n: 2, columns: {deal_id: {kind: "text" as const, values: ["A", "B"]}}};
    const [known] = openDeals(history, projection.open);
    expect(openTable(table, [{...known!, dealId: "B"}], [0]).columns["curve"]).toEqual({
      kind: "number",
      values: [null, 0]
    });
  });
});

/** Reps who each create a deal a week at full speed, half as many in their first three months; every tenth leaves. */
function plantedReps(): {members: Member[]; creations: Creation[]} {
  const rng = new Rng().seed(9, 2);
  const members: Member[] = [];
  const creations: Creation[] = [];
  for (let i = 0; i < 60; i++) {
    const from = i * 20;
    const to = i % 10 === 0 ? from + 500 : null;
    members.push({id: `R${i}`, from, to});
    for (let day = from; day < Math.min(1500, to ?? 1500); day++)
      if (rng.chance((day - from < 91 ? 0.5 : 1) / 7)) creations.push({member: `R${i}`, day});
  }
  return {members, creations};
}

describe("people", () => {
  const {members, creations} = plantedReps();

  test("what a rep creates, the ramp and the attrition are found again", () => {
    const found = repFacts(members, creations, 1500)!;
    expect(found.n).toBe(members.filter(({to, from}) => from! <= 1500 && (to === null || to > 1500)).length);
    expect(found.dealsPerWeek).toBeGreaterThan(0.95);
    expect(found.dealsPerWeek).toBeLessThan(1.05);
    for (const month of found.ramp.slice(0, 2)) expect(Math.abs(month - 0.5)).toBeLessThan(0.1);
    for (const month of found.ramp.slice(4)) expect(month).toBeGreaterThan(0.9);
    expect(found.attrition).toBeGreaterThan(0);
    expect(found.attrition).toBeLessThan(0.02);
    // Counted from the plan itself, half speed for three months.
    const there = (day: number) =>
      members.filter(({to, from}) => from! <= day && (to === null || to > day)).map(({from}) => day - from!);
    expect(found.young).toHaveLength(there(1500).filter((age) => age < 9 * 30.44).length);
    expect(found.atWork).toHaveLength(24);
    for (const back of [0, 6, 23]) {
      const planted = there(1500 - (back + 0.5) * 30.44).reduce((sum, age) => sum + (age < 91 ? 0.5 : 1), 0);
      expect(Math.abs(found.atWork[back]! / planted - 1)).toBeLessThan(0.03);
    }
  });

  test("more creations than one call takes as arguments give what a few of them do", () => {
    const many = Array.from({length: 400}, () => creations).flat();
    expect(many.length).toBeGreaterThan(200_000);
    expect(repFacts(members, many, 1500)!.ramp).toHaveLength(repFacts(members, creations, 1500)!.ramp.length);
  });

  test("nobody with a starting day, nobody to count", () => {
    expect(
      repFacts(
        members.map((each) => ({...each, from: null})),
        creations,
        1500
      )
    ).toBeNull();
    expect(repFacts(members.slice(0, 2), creations, 1500)).toBeNull();
    expect(partnerFacts(members, [], 1500)).toBeNull();
  });

  test("headcount moved by what came less what went, in each quarter", () => {
    const found = headcountHistory(members, 1500, "reps")!;
    const there = (day: number) =>
      members.filter(({from, to}) => from! <= day && (to === null || to > day)).length;
    const changes = Array.from(
      {length: found.n},
      (_, q) => there(1500 - 91 * q) - there(1500 - 91 * (q + 1))
    );
    expect([found.lo, found.hi]).toEqual([Math.min(...changes), Math.max(...changes)]);
  });

  test("partners nobody noted the signing of count from the deals they bring", () => {
    // One partner more in each of the first eight quarters, each with a deal a month; then all go on.
    const brought = Array.from({length: 8}, (_, p) =>
      Array.from({length: 60}, (_, month) => ({member: `P${p}`, day: 91 * p + 30 * month}))
    ).flat();
    const found = activeHistory(
      brought.filter(({day}) => day <= 1000),
      1000
    )!;
    expect(found).toMatchObject({lo: 0, hi: 1});
    expect(activeHistory(brought.slice(0, 5), 200)).toBeNull();
  });
});

describe("how returns diminish", () => {
  const rng = new Rng().seed(3, 3);
  const cells = (slope: number, noise: number): PanelCell[] =>
    Array.from({length: 60}, (_, i) => {
      const [group, period] = [`G${i % 5}`, Math.floor(i / 5)];
      const amount = Math.exp(rng.normal());
      return {
        group,
        period,
        amount,
        outcome: amount ** slope * Math.exp((i % 5) + 0.2 * period + noise * rng.normal())
      };
    });

  test("is measured within groups and periods where the data tell", () => {
    const found = elasticityOf(cells(0.3, 0.02));
    expect(found.isMeasured).toBe(true);
    expect(found.mean).toBeCloseTo(0.3, 1);
    expect(found.error).toBeLessThan(0.02);
  });

  test("noise leaves the prior, and the interval of what was measured says why", () => {
    const found = elasticityOf(cells(0.3, 20));
    expect(found.isMeasured).toBe(false);
    expect(Math.abs(found.mean - 0.5)).toBeLessThan(0.1);
    expect(found.error).toBeGreaterThan(0.17);
    expect(found.record!.high - found.record!.low).toBeGreaterThan(0.6);
    expect(found.record).toMatchObject({nGroups: 5, nMoved: 5});
  });

  test("where the amount moved in two places alone the record does not tell, however many quarters it has", () => {
    const still = cells(0.3, 0.02).map((cell) =>
      cell.group === "G0" || cell.group === "G1" ? cell : {...cell, amount: 4}
    );
    expect(elasticityOf(still)).toMatchObject({
      mean: 0.5,
      isMeasured: false,
      record: {nMoved: 2, nGroups: 5}
    });
  });

  test("quarters of one place that miss alike count once in the error", () => {
    // A shift in one place, half way through, that no amount explains: each quarter alone would seem to tell.
    const shifted = (by: number) =>
      cells(0.3, 0.02).map((cell) => ({
        ...cell,
        amount: cell.period < 6 ? 2 : 2 + Number(cell.group.slice(1)),
        outcome: cell.period < 6 && cell.group === "G2" ? by : 1
      }));
    const {record} = elasticityOf(shifted(3));
    expect(record!.high - record!.low).toBeGreaterThan(0.6);
  });

  test("the prior that was asked for is told beside what it led to", () => {
    const plants = {mean: 0.85, error: 0.1};
    expect(elasticityOf([], plants)).toMatchObject({mean: 0.85, prior: 0.85});
    expect(elasticityOf(cells(0.3, 0.02), plants)).toMatchObject({isMeasured: true, prior: 0.85});
  });

  test("few cells, or an amount that never changes, measure nothing", () => {
    expect(elasticityOf(cells(0.3, 0.1).slice(0, 8))).toEqual({
      mean: 0.5,
      error: 0.2,
      n: 8,
      isMeasured: false,
      prior: 0.5,
      record: null
    });
    expect(elasticityOf(cells(0.3, 0.1).map((cell) => ({...cell, amount: 4}))).isMeasured).toBe(false);
  });
});
