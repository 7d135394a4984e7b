/** Estimators over the exports recover what was planted, and the two ways to the truth agree with each other. */
import {beforeAll, describe, expect, test} from "vitest";
import {readTruth, type Truth} from "../../../loaders/twins/score/readTruth.ts";
import {scoreBookings} from "../../../loaders/twins/score/scoreBookings.ts";
import {scoreEstimates} from "../../../loaders/twins/score/scoreEstimates.ts";
import {scoreProbabilities} from "../../../loaders/twins/score/scoreProbabilities.ts";
import type {Firm} from "../../../loaders/twins/writeTwin.ts";
import {groupBy, type Row, type SmallTwin, smallTwin} from "../support.ts";

/** Deals entered before this day have all come to their end. */
const MATURE = "2025-02-01";

const SIZES: Record<Firm, number> = {software: 3000, equipment: 3000};

describe.each(["software", "equipment"] as const)("the truth of the %s twin", (firm) => {
  let twin: SmallTwin;
  let truth: Truth;
  beforeAll(async () => {
    twin = await smallTwin(firm, SIZES[firm], 31);
    truth = readTruth(twin.dir);
  });

  const created = () => truth.odds.filter((row) => row.is_at_creation && row.as_of < MATURE);
  const outcomes = () => new Map(truth.deals.map((deal) => [deal.deal_id, deal]));

  test("knows chances that come true, low ones and high ones", () => {
    const deals = outcomes();
    const rows = created()
      .map(({deal_id, p_won}) => ({p: p_won, won: deals.get(deal_id)!.outcome === "won" ? 1 : 0}))
      .sort((a, b) => a.p - b.p);
    expect(rows.length).toBeGreaterThan(500);
    const tenth = Math.ceil(rows.length / 10);
    for (let from = 0; from < rows.length; from += tenth) {
      const part = rows.slice(from, from + tenth);
      const expected = part.reduce((sum, {p}) => sum + p, 0);
      const deviation = Math.sqrt(part.reduce((sum, {p}) => sum + p * (1 - p), 0));
      const won = part.reduce((sum, row) => sum + row.won, 0);
      expect(Math.abs(won - expected) / deviation, `tenth from ${from}`).toBeLessThan(3.3);
    }
  });

  test("is recovered by a win-rate estimator, type by type and segment by segment", () => {
    const deals = outcomes();
    const won = wonInCrm(firm, twin);
    const rows = created();
    const estimates = (["deal_type", "segment"] as const).flatMap((factor) =>
      [...groupOf(rows, (row) => deals.get(row.deal_id)![factor])].map(([, group]) => {
        const n = group.length;
        const rate = group.filter(({deal_id}) => won.has(deal_id)).length / n;
        return {
          estimate: rate,
          truth: group.reduce((sum, row) => sum + row.p_won, 0) / n,
          standard_error: Math.sqrt((rate * (1 - rate)) / n),
          weight: n
        };
      })
    );
    for (const {estimate, truth: planted, standard_error} of estimates)
      expect(Math.abs(estimate - planted)).toBeLessThan(3.3 * standard_error);
    expect(scoreEstimates(estimates).skill).toBeGreaterThan(0.9);
  });

  test("tells a better forecaster of deals from a worse one", () => {
    const deals = outcomes();
    const rows = created();
    const rateOf = (group: typeof rows) =>
      group.filter(({deal_id}) => deals.get(deal_id)!.outcome === "won").length / group.length;
    const base = rateOf(rows);
    const byType = new Map(
      [...groupOf(rows, (row) => deals.get(row.deal_id)!.deal_type)].map(([type, group]) => [
        type,
        rateOf(group)
      ])
    );
    const score = (estimate: (id: string, p: number) => number) =>
      scoreProbabilities(rows.map(({deal_id, p_won}) => ({estimate: estimate(deal_id, p_won), truth: p_won})))
        .excess_log_loss;
    const knowing = score((id) => byType.get(deals.get(id)!.deal_type)!);
    expect(score((_, p) => p)).toBeCloseTo(0, 10);
    expect(knowing).toBeGreaterThan(0.001);
    expect(knowing).toBeLessThan(score(() => base));
  });

  test("expects of open deals what their exact chances add up to", () => {
    const usd = usdOf(firm, twin, truth);
    let [simulated, exact] = [0, 0];
    for (const [asOf, rows] of groupOf(truth.odds, (row) => row.as_of)) {
      // Ninety days from these month ends lead to a month's end, give or take two days.
      if (!/^202[345]-(03|06|09|12)-(30|31)$/.test(asOf)) continue;
      const months = nextMonths(asOf, 3);
      simulated += truth.bookings
        .filter((row) => row.as_of === asOf && row.part === "open" && months.includes(row.month))
        .reduce((sum, row) => sum + row.mean_usd, 0);
      for (const {deal_id, p_won_90d} of uniqueDeals(rows)) exact += p_won_90d * usd(deal_id);
    }
    expect(exact).toBeGreaterThan(1e6);
    expect(simulated / exact).toBeGreaterThan(0.9);
    expect(simulated / exact).toBeLessThan(1.1);
  });

  test("expects bookings as they come, within its intervals about as often as it says", () => {
    const usd = usdOf(firm, twin, truth);
    const came = new Map<string, number>();
    for (const {deal_id, outcome, outcome_on} of truth.deals)
      if (outcome === "won") {
        const month = outcome_on!.slice(0, 7);
        came.set(month, (came.get(month) ?? 0) + usd(deal_id));
      }
    const rows = truth.bookings.filter(
      (row) =>
        row.part === "total" &&
        row.month === nextMonths(row.as_of, 1)[0] &&
        row.month < "2026-05" &&
        row.as_of > "2023-06"
    );
    expect(rows.length).toBeGreaterThan(30);
    const expected = rows.reduce((sum, row) => sum + row.mean_usd, 0);
    const booked = rows.reduce((sum, row) => sum + (came.get(row.month) ?? 0), 0);
    expect(booked / expected).toBeGreaterThan(0.88);
    expect(booked / expected).toBeLessThan(1.12);
    const inside = rows.filter((row) => {
      const amount = came.get(row.month) ?? 0;
      return amount >= row.p10_usd && amount <= row.p90_usd;
    }).length;
    expect(inside / rows.length).toBeGreaterThan(0.6);
    expect(inside / rows.length).toBeLessThan(0.97);
    const naive = rows.map((row) => ({
      as_of: row.as_of,
      month: row.month,
      mean_usd: came.get(row.as_of.slice(0, 7)) ?? 0,
      p10_usd: null,
      p90_usd: null
    }));
    const right = scoreBookings(
      rows.map(({as_of, month, mean_usd, p10_usd, p90_usd}) => ({as_of, month, mean_usd, p10_usd, p90_usd})),
      truth.bookings
    );
    expect(right).toMatchObject({wape_to_expected: 0, bias_to_expected: 0, relative_width_80: 1});
    expect(scoreBookings(naive, truth.bookings).wape_to_expected).toBeGreaterThan(0.1);
  });
});

test("partners' planted effects show in the win rates of the deals they brought", async () => {
  const twin = await smallTwin("software", 9000, 8);
  const {partners, deals} = readTruth(twin.dir);
  const planted = new Map(partners.map((partner) => [partner.partner_id, partner.effect_with_training]));
  const sourced = deals.filter((deal) => deal.partner_role === "sourced" && deal.outcome !== "open");
  const overall = sourced.filter((deal) => deal.outcome === "won").length / sourced.length;
  const rows = [...groupOf(sourced, (deal) => deal.partner_id!)]
    .filter(([, group]) => group.length >= 10)
    .map(([partner, group]) => {
      // Shrunk to the mean as ten more deals would.
      const rate =
        (group.filter((deal) => deal.outcome === "won").length + 10 * overall) / (group.length + 10);
      return {
        estimate: Math.log(rate / (1 - rate)) - Math.log(overall / (1 - overall)),
        truth: planted.get(partner)!,
        standard_error: null,
        weight: group.length
      };
    });
  expect(rows.length).toBeGreaterThan(20);
  const score = scoreEstimates(rows);
  expect(score.rank_correlation).toBeGreaterThan(0.25);
  const shuffled = scoreEstimates(
    rows.map((row, i) => ({...row, truth: rows[(i * 7 + 3) % rows.length]!.truth}))
  );
  expect(score.rank_correlation!).toBeGreaterThan(shuffled.rank_correlation!);
});

function groupOf<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** A deal entered on a month's end has two rows of that day's state in one. */
function uniqueDeals<T extends {deal_id: string}>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.deal_id, row])).values()];
}

function wonInCrm(firm: Firm, twin: SmallTwin): Set<string> {
  return firm === "software"
    ? new Set(
        twin
          .rows("Opportunity.csv")
          .filter((row) => row["IsWon"] === "true")
          .map((row) => row["Id"]!)
      )
    : new Set(
        twin
          .rows("deals.csv")
          .filter((row) => row["hs_is_closed_won"] === "true")
          .map((row) => row["hs_object_id"]!)
      );
}

/** What a deal is signed for, US dollars at the rate of the day it began. */
function usdOf(firm: Firm, twin: SmallTwin, truth: Truth): (dealId: string) => number {
  const isSoftware = firm === "software";
  const rates = groupBy(
    twin.rows(isSoftware ? "DatedConversionRate.csv" : "exchange_rates.csv"),
    isSoftware ? "IsoCode" : "from_currency"
  );
  const usdPer = (currency: string, day: string) => {
    const from = (rate: Row) => rate[isSoftware ? "StartDate" : "effective_date"]!;
    const row = (rates.get(currency) ?? []).filter((rate) => from(rate) <= day).at(-1);
    if (!row) return 1;
    return isSoftware ? 1 / Number(row["ConversionRate"]) : Number(row["conversion_rate"]);
  };
  const deals = new Map(truth.deals.map((deal) => [deal.deal_id, deal]));
  return (id) => {
    const {final_cents, currency, started_on} = deals.get(id)!;
    return (final_cents / 100) * usdPer(currency, started_on);
  };
}

/** YYYY-MM of the months after a day. */
function nextMonths(day: string, n: number): string[] {
  const [year, month] = day.split("-").map(Number);
  return Array.from({length: n}, (_, i) =>
    new Date(Date.UTC(year!, month! + i, 1)).toISOString().slice(0, 7)
  );
}
