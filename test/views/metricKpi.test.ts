import {afterEach, beforeAll, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.js";
import type {Facts} from "../../src/slices/facts.js";
import type {SiteData} from "../../src/slices/site.js";
import {howOf, MetricKpi} from "../../src/views/metricKpi.js";

const period = {label: "2026 Q1", from: "2026-01-01", to: "2026-03-31"};
const catalogue = readMetrics();

beforeAll(() => {
  // jsdom draws no dialogs.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(() => document.body.replaceChildren());

test("a published site, which has no queries, shows none, whatever it is filtered by", () => {
  const site = {catalogue, sql: {}, asOf: "2026-05-05"} as unknown as SiteData;
  expect(howOf({site, facts: {}}, "win_rate", {filters: {region: ["North"]}, period})).toMatchObject({
    label: "Win rate",
    sql: null
  });
});

/** Two won, of 300 and 100, and one lost, of 400. */
const facts: Facts = {
  deals: {
    n: 3,
    columns: {
      deal_id: {kind: "text", values: ["a", "b", "c"]},
      deal_name: {kind: "text", values: ["A", "B", "C"]},
      n_won: {kind: "number", values: [1, 1, 0]},
      n_lost: {kind: "number", values: [0, 0, 1]},
      won_amount: {kind: "cents", values: [30000, 10000, 0]},
      lost_amount: {kind: "cents", values: [0, 0, 40000]},
      cycle_days: {kind: "number", values: [20, 40, null]},
      closed_on: {kind: "day", values: [20_500, 20_500, 20_500]}
    }
  }
};

test.each([
  {key: "win_rate", made: "3 deals behind this figure: 2 / 3 = 67%."},
  {key: "win_rate_amount", made: "3 deals behind this figure: $400 / $800 = 50%."},
  {key: "average_won", made: "2 deals behind this figure: $400 / 2 = $200."},
  {key: "cycle_days", made: "2 deals behind this figure: the median, with as many below as above."},
  {key: "won_amount", made: "2 deals; they add up to $400, the figure shown."}
])("the panel of $key says how it comes of its deals", ({key, made}) => {
  const site = {
    ...{catalogue, sql: {}, asOf: "2026-05-05", currency: "USD", stages: [], quarters: [period]},
    dealUrl: null
  } as unknown as SiteData;
  MetricKpi({site, facts}, key, {filters: {}, period}).querySelector<HTMLElement>(".weir-textlink")!.click();
  const said = document.querySelector(".weir-panel-sum")!.textContent!.replaceAll("\u202f", " ");
  expect(said.replaceAll(/\s+/g, " ")).toBe(made);
});
