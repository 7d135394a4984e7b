import {expect, test} from "vitest";
import {dealFeatures} from "../../../loaders/forecast/deals/dealFeatures.ts";
import {filledLate} from "../../../loaders/forecast/deals/filledLate.ts";
import {landmarks} from "../../../loaders/forecast/deals/landmarks.ts";
import {buildHistory, type SpanRow} from "../../../loaders/forecast/history/buildHistory.ts";
import {knownAt} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {dataFields} from "../../../loaders/forecast/publish/dataFields.ts";

/** `n` won and `n` lost deals, one closing a day in turn, so many of each without a product; all with a source. */
function firm(n: number, wonWithout: number, lostWithout: number) {
  const rows: SpanRow[] = [];
  const product = new Map<string, string | null>();
  const source = new Map<string, string | null>();
  for (let i = 0; i < 2 * n; i++) {
    const [outcome, without] =
      i % 2 === 0 ? (["won", wonWithout] as const) : (["lost", lostWithout] as const);
    const deal = `D${i}`;
    rows.push({deal, from: i, outcome: "open", stage: "New", amount: 10});
    rows.push({deal, from: i + 60, outcome, stage: outcome === "won" ? "Won" : "Lost", amount: 10});
    product.set(deal, i / 2 < without ? null : i % 4 < 2 ? "Press" : "Robot");
    source.set(deal, i % 3 === 0 ? "Web" : "Fair");
  }
  const stage = (id: string, order: number, kind: "open" | "won" | "lost") => ({
    ...{id, name: id, order, kind},
    probability: null
  });
  return buildHistory({
    rows,
    stages: [stage("New", 1, "open"), stage("Won", 2, "won"), stage("Lost", 3, "lost")],
    attributes: {product, source},
    labels: {product: "Product", source: "Source"},
    asOf: 2 * n + 60
  });
}

test("a field missing far more often of lost deals than of won ones is filled in late, one missing alike is not", () => {
  expect([...filledLate(firm(100, 0, 80))]).toEqual(["product"]);
  expect([...filledLate(firm(100, 80, 0))]).toEqual(["product"]);
  expect([...filledLate(firm(100, 40, 48))]).toEqual([]);
  // Twelve of a hundred more is beyond the bound, but of ten deals each luck; below ten nothing is said.
  expect([...filledLate(firm(10, 3, 5))]).toEqual([]);
  expect([...filledLate(firm(8, 0, 8))]).toEqual([]);
});

test("only what had closed by the day is asked, so that a forecast of the day cannot tell later outcomes", () => {
  const whole = firm(100, 0, 80);
  expect([...filledLate(knownAt(whole, 60 + 15))]).toEqual([]);
  expect([...filledLate(knownAt(whole, 60 + 40))]).toEqual(["product"]);
});

test("neither the deal model nor the price of bad data uses it", () => {
  const names = (lostWithout: number) => {
    const history = firm(100, 0, lostWithout);
    return {
      features: dealFeatures(history, landmarks(history, {})).groups.map(({name}) => name),
      fields: dataFields(history).map(({label}) => label)
    };
  };
  expect(names(5).features).toEqual(expect.arrayContaining(["Product", "Source"]));
  expect(names(5).fields).toEqual(expect.arrayContaining(["Product", "Source"]));
  for (const list of Object.values(names(80))) {
    expect(list).toContain("Source");
    expect(list).not.toContain("Product");
  }
});
