import {expect, test} from "vitest";
import type {CoverageFigures} from "../../src/figures/coverage.js";
import {pastPoint} from "../../src/slices/pacing.js";
import type {DealLife, State} from "../../src/slices/stretches.js";
import {PastQuarters} from "../../src/views/coverage.js";
import {type PageContext, undatedNote} from "../../src/views/pageContext.js";

test("what was open and due in a past quarter is not told as $0 where none of those deals states an amount, and rows add up", () => {
  const quarter = {from: 100, to: 190};
  const life = (state: Partial<State>): DealLife => ({
    deal: 0,
    states: [{row: 0, fromOn: 105, dueOn: 180, isMine: true, ...state} as State]
  });
  const open = life({status: "open", cents: 0});
  const won = life({
    ...{status: "won", dueOn: 105, cents: 1000_00},
    ...{correctedOn: 160, correctedCents: 400_00}
  });
  const table = (...lives: DealLife[]) => {
    const past = [{quarter: {label: "Q"}, point: pastPoint(lives, quarter, 20)}];
    const figures = {pace: {past, on: 20, span: {from: 0}, unknown: {money: null, open: null}}};
    return PastQuarters({site: {currency: "USD"}} as PageContext, figures as unknown as CoverageFigures);
  };
  const told = (shown: HTMLElement) =>
    [...shown.querySelectorAll("tbody td")].map(({textContent}) => textContent?.replaceAll("\u202f", " "));
  expect(told(table())).toEqual(["$0", "$0", "$0", "–not enough data", "$0", "$0"]);
  expect(told(table(open))).toEqual(["$0", "–not known", "$0", "–not enough data", "$0", "$0"]);
  expect(table(open, won).textContent).toContain("Changes to what was won by then");
  expect(told(table(open, won))).toEqual([
    "$1 000",
    "–not known",
    "$0",
    "–not enough data",
    "−$600",
    "$400",
    "$1 000"
  ]);
});

test("what is new up to the newest day holds the open deals that nobody knows the beginning of, and says so", () => {
  const site = {nUndated: 500, asOf: "2017-12-31"};
  expect(undatedNote(site, "2017-12-31")).toBe(
    "500 open deals of the firm have no day of creation and count as new on 31 Dec 2017."
  );
  expect(undatedNote({...site, nUndated: 1}, "2017-12-31")).toBe(
    "1 open deal of the firm has no day of creation and counts as new on 31 Dec 2017."
  );
  expect(undatedNote(site, "2017-12-24")).toBeNull();
  expect(undatedNote({...site, nUndated: 0}, "2017-12-31")).toBeNull();
});
