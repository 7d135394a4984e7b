import {describe, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import type {Facts, FactTable} from "../../src/slices/facts.js";
import {dayNumber} from "../../src/slices/facts.js";
import type {ForecastData} from "../../src/slices/forecast.js";
import type {SiteData} from "../../src/slices/site.js";
import {forecastAnswer} from "../../src/views/forecast/page.js";
import {howOf} from "../../src/views/metricKpi.js";
import {
  MetricTrend,
  type OverviewContext,
  overviewAnswer,
  overviewKpis,
  WonByMonth
} from "../../src/views/overview.js";
import type {Chosen} from "../../src/views/pageContext.js";

const quarter = {label: "2026 Q2", from: "2026-04-01", to: "2026-06-30"};
const chosen = {filters: {}, period: quarter} as unknown as Chosen;
const ahead = {
  label: "2026 Q2",
  mean: 900,
  low80: 700,
  high80: 1100,
  target: 2000,
  held: {n: 8, inside50: 4, inside80: 6, inside95: 8},
  parts: []
};

/** Two open deals due in the quarter, one of them without an amount, and a third that is won or open. */
function context(isWon: boolean, targetChance: number, n = 8): OverviewContext {
  const cents = (values: (number | null)[]) => ({kind: "cents", values}) as const;
  const number = (values: number[]) => ({kind: "number", values}) as const;
  const day = (values: (string | null)[]) =>
    ({kind: "day", values: values.map((on) => (on === null ? null : dayNumber(on)))}) as const;
  const won = isWon ? 1 : 0;
  const deals: FactTable = {
    n: 3,
    columns: {
      n_open: number([1, 1, 1 - won]),
      n_won: number([0, 0, won]),
      n_lost: number([0, 0, 0]),
      n_derailed: number([0, 0, 0]),
      open_amount: cents([80_000, 0, isWon ? 0 : 50_000]),
      won_amount: cents([0, 0, isWon ? 50_000 : 0]),
      lost_amount: cents([0, 0, 0]),
      closed_on: day([null, null, isWon ? "2026-05-01" : null]),
      close_on: day(["2026-06-01", "2026-06-10", "2026-05-01"])
    }
  };
  const quotas: FactTable = {
    n: 1,
    columns: {quota_amount: cents([200_000]), month_on: day(["2026-04-01"])}
  };
  const facts: Facts = {deals, quotas};
  const site = {
    currency: "USD",
    asOf: "2026-05-15",
    quarters: [quarter],
    catalogue: readMetrics(),
    sql: {},
    pages: [],
    audience: null
  };
  return {
    site: site as unknown as SiteData,
    facts,
    outlook: [{...ahead, targetChance, held: {...ahead.held, n}}]
  };
}

const answer = (isWon: boolean, chance: number, n?: number) => {
  const said = overviewAnswer(context(isWon, chance, n), chosen) as (string | Node)[];
  return said
    .map((part) => (typeof part === "string" ? part : part.textContent))
    .join("")
    .replaceAll("\u202f", " ");
};

describe("the Overview answers", () => {
  test("first how likely the quota is, then what is won of it and how much of the quarter is gone", () => {
    expect(answer(true, 0.085)).toBe(
      "Reaching the 2026 Q2 quota of $2 k is very unlikely (8.5%). So far $500 is won, 25% of it, with 49% of the quarter gone. Expected by its end: $900 (80% band $700 to $1.1 k, which held in 6 of 8 past quarters)."
    );
    expect(answer(true, 0.5)).toContain("could go either way (50%)");
    expect(answer(true, 0.99)).toContain("is very likely (more than 97%)");
  });

  test("a chance no closer than to a tenth while nobody knows how often such bands held", () => {
    expect(answer(true, 0.001, 2)).toContain("is very unlikely (less than 10%)");
    expect(answer(true, 0.99, 0)).toContain("is very likely (more than 90%)");
    expect(answer(true, 0.3, 0)).toContain("is unlikely (30%)");
  });

  test("certain where the quota is won already, however few quarters are past", () => {
    expect(answer(true, 1, 0)).toContain("Reaching the 2026 Q2 quota of $2 k is certain. So far $500 is won");
    const quarters = [{...ahead, targetChance: 1, held: {...ahead.held, n: 0}}];
    const said = forecastAnswer({quarters, currency: "USD", verdicts: []} as unknown as ForecastData);
    const words = (said as (string | Node)[]).map((part) => (part as Node).textContent ?? part);
    expect(words.join("").replaceAll("\u202f", " ")).toContain("; certain to reach the target of $2 k.");
  });

  test("charts with a query that says what of them it gives", () => {
    const {outlook, ...of} = context(true, 0.3);
    const months = [
      {label: "Apr", from: "2026-04-01", to: "2026-04-30"},
      {label: "May", from: "2026-05-01", to: "2026-05-31"}
    ];
    const sql = {won_amount: "select 'FROM'", win_rate: "select 'FROM'"};
    const asked = {...of, site: {...of.site, months, sql}};
    const query = (chart: HTMLElement) => chart.querySelector(".weir-how pre")?.textContent;
    expect(query(WonByMonth(asked, chosen))).toBe("-- The last month drawn.\nselect '2026-05-01'");
    expect(query(MetricTrend(asked, "win_rate", chosen, "?"))).toBe(
      "-- The last quarter drawn.\nselect '2026-04-01'"
    );
    expect(howOf(asked, "win_rate", {...chosen, asOf: "2026-05-14"}).sql).toBeNull();
    expect(howOf(asked, "win_rate", {...chosen, asOf: "2026-05-15"}).sql).toBe("select '2026-04-01'");
  });

  test("when nothing is won yet, with the quota as it is", () => {
    expect(answer(false, 0.3)).toContain("quota of $2 k is unlikely (30%). So far $0 is won, 0% of it");
  });

  test("coverage says what it is of, and counts a deal without an amount", () => {
    const card = overviewKpis(context(true, 0.3), chosen).querySelector("[aria-label=Coverage]")!;
    const text = card.textContent!.replaceAll("\u202f", " ");
    expect(text).toContain("$800 open and due, $1.5 k still to win");
    expect(text).toContain("2 deals");
  });
});
