// @vitest-environment jsdom
import {expect, test} from "vitest";
import type {CoverageFigures} from "../../src/figures/coverage.js";
import {PastQuarters} from "../../src/views/coverage.js";
import {type PageContext, undatedNote} from "../../src/views/pageContext.js";

test("what was won, or open and due, in a past quarter is not told as $0 where none of those deals states an amount", () => {
  const past = [0, 2].map((n) => ({
    quarter: {label: `${n} due`},
    point: {
      ...{nOpenDue: n, openDue: 0, nWon: n, won: 0, nWonAfter: 0, wonAfter: 0},
      ...{nGenerated: n, generated: 0, qualified: null, conversion: null}
    }
  }));
  const figures = {pace: {past, on: 40, span: {from: 0}, unknown: {money: null, open: null}}};
  const table = PastQuarters({site: {currency: "USD"}} as PageContext, figures as unknown as CoverageFigures);
  const told = (column: number) =>
    [...table.querySelectorAll("tbody tr")].flatMap((row) => row.children[column]?.textContent ?? []);
  for (const column of [1, 2, 5, 6]) expect(told(column)).toEqual(["–not known", "$0"]);
  expect(told(3)).toEqual(["$0", "$0"]);
});

test("what is new up to the newest day holds the open deals that nobody knows the beginning of, and says so", () => {
  const site = {nUndated: 500, asOf: "2017-12-31"};
  expect(undatedNote(site, "2017-12-31")).toBe(
    "500 open deals of the firm have no day of creation and count as new on 31 Dec 2017."
  );
  expect(undatedNote(site, "2017-12-24")).toBeNull();
  expect(undatedNote({...site, nUndated: 0}, "2017-12-31")).toBeNull();
});
