import {expect, test} from "vitest";
import {days} from "../../src/components/format.js";
import type {BacklogFigures} from "../../src/figures/backlog.js";
import {backlogAnswer} from "../../src/views/backlog/answer.js";
import type {PageContext} from "../../src/views/pageContext.js";

const context = {site: {currency: "USD"}} as unknown as PageContext;
const figures = (changed: object): BacklogFigures =>
  ({
    ...{hasOrders: true, nOrders: 9, lasts: null, nPastPromise: 0, late: {n: 0, list: []}},
    open: {cents: 500_00, nUnpriced: 0, list: {n: 5, list: []}},
    promised: {overdue: {cents: 0, n: 0}, n: 5, nNone: 0},
    onTime: {share: 0.75, interval: null, n: 8, nKept: 6, nUnknown: 0},
    errors: {year: {median: 0, p80: 12}},
    ...changed
  }) as unknown as BacklogFigures;
const said = (changed: object) =>
  [backlogAnswer(context, figures(changed))]
    .flat()
    .map((part) => (typeof part === "string" ? part : (part as Node).textContent))
    .join("");

test("the answer says of which orders nothing is past the promise, and that those without one have none", () => {
  expect(said({})).toContain("; none of the 5 orders with a promised day is past it.");
  expect(said({promised: {overdue: {cents: 0, n: 0}, n: 3, nNone: 2}})).toContain(
    "; none of the 3 orders with a promised day is past it; 2 have none."
  );
  expect(said({promised: {overdue: {cents: 0, n: 0}, n: 0, nNone: 5}})).toContain(
    "; none has a promised day."
  );
});

test("orders past their promise are told where they state no amount, with those behind plan and how promises held", () => {
  const late = {
    ...{nPastPromise: 2, late: {n: 3, list: []}},
    promised: {overdue: {cents: 0, n: 2}, n: 5, nNone: 0}
  };
  expect(said(late)).toBe(
    "$500 in 5 orders is still to be shipped; 2 orders are past the promised day, and 1 more is behind plan. " +
      `Of what was promised for the last twelve months, 75% arrived by the promised day; four of five deliveries came no more than ${days(12)} after it.`
  );
  expect(said({onTime: {share: null}})).toContain("Whether promises hold is not known");
});
