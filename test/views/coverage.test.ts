// @vitest-environment jsdom
import {expect, test} from "vitest";
import type {CoverageFigures} from "../../src/figures/coverage.js";
import {PastQuarters} from "../../src/views/coverage.js";
import type {PageContext} from "../../src/views/pageContext.js";

test("what was open and due in a past quarter is not told as $0 where none of those deals states an amount", () => {
  const past = [0, 2].map((nOpenDue) => ({
    quarter: {label: `${nOpenDue} due`},
    point: {nOpenDue, openDue: 0, won: 0, wonAfter: 0, generated: 0, qualified: null, conversion: null}
  }));
  const figures = {pace: {past, on: 40, span: {from: 0}, unknown: {money: null, open: null}}};
  const table = PastQuarters({site: {currency: "USD"}} as PageContext, figures as unknown as CoverageFigures);
  const open = [...table.querySelectorAll("tbody tr")].flatMap((row) => row.children[2]?.textContent ?? []);
  expect(open).toEqual(["–not known", "$0"]);
});
