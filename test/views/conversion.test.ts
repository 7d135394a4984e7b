import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import type {ConversionFigures} from "../../src/figures/conversion.js";
import type {ChosenAsOf} from "../../src/views/asOf.js";
import {winRateKpis} from "../../src/views/cohorts.js";
import {WinRateBy} from "../../src/views/conversion.js";
import type {PageContext} from "../../src/views/pageContext.js";

test("a rate of the deals that came to a stage shows no query, which would count all that closed", () => {
  const site = {
    ...{currency: "USD", asOf: "2026-06-30", catalogue: readMetrics()},
    sql: {win_rate: "select 1", win_rate_amount: "select 1", win_rate_narrow: "select 1"}
  };
  const context = {site} as unknown as PageContext;
  const chosen = {
    ...{filters: {}, asOf: site.asOf, cut: null},
    period: {label: "2026 Q2", from: "2026-04-01", to: "2026-06-30"}
  } as unknown as ChosenAsOf;
  const late = {key: "product", from: ["Proposal"]};
  const rate = {rate: 0.5, n: 2, lo: 0.1, hi: 0.9};
  const figures = (of: object) =>
    ({
      ...{broad: rate, amount: rate, narrow: rate, made: {point: null, n: 0, won: {n: 0}}},
      winRates: {rows: [{label: "Gear", ...rate}], of: 1},
      ...of
    }) as unknown as ConversionFigures;
  const cards = winRateKpis(context, chosen, figures({late}));
  expect(cards.textContent).toContain("of deals that came to Proposal, or were won");
  expect(cards.querySelector(".weir-how pre")).toBeNull();
  const query = (of: object) =>
    WinRateBy(context, chosen, figures(of)).querySelector(".weir-how pre")?.textContent ?? null;
  expect(query({late: null})).toBe("-- The rate of all of them together.\nselect 1");
  expect(query({late})).toBeNull();
});
