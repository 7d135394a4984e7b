import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import {coveragePage} from "../../src/figures/coverage.ts";
import type {FactColumn, Facts, FactTable} from "../../src/slices/facts.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import type {SiteData} from "../../src/slices/site.ts";

const site = {
  asOf: "2026-05-22",
  quarters: [{label: "2026 Q2", from: "2026-04-01", to: "2026-06-30"}],
  dimensions: [],
  stages: [],
  catalogue: readMetrics()
} as unknown as SiteData;

/** Of open deals of one state each, with their cents and close dates, and one that was won. */
function figuresOf(
  open: readonly {cents: number | null; due: string | null}[],
  wonCents: number | null,
  {facts = {}, on = site.asOf}: {facts?: Facts; on?: string} = {}
) {
  const deals = [...open, {cents: wonCents, due: "2026-05-01"}];
  const numbers = (values: (number | null)[], kind: "cents" | "number" | "day" = "number"): FactColumn => ({
    kind,
    values
  });
  const words = (list: string[]): FactColumn => ({
    kind: "key",
    words: [...new Set(list)],
    codes: list.map((word) => [...new Set(list)].indexOf(word))
  });
  const movement = {
    since: "2026-04-01",
    deals: {n: deals.length, columns: {}},
    stretches: {
      n: deals.length,
      columns: {
        deal: numbers(deals.map((_, i) => i)),
        from_on: numbers(
          deals.map(() => dayNumber("2026-04-02")),
          "day"
        ),
        due_on: numbers(
          deals.map(({due}) => (due === null ? null : dayNumber(due))),
          "day"
        ),
        amount: numbers(
          deals.map(({cents}) => cents),
          "cents"
        ),
        status: words([...open.map(() => "open"), "won"]),
        stage: words(deals.map(() => "Demo"))
      }
    }
  };
  const chosen = chooseAsOf({site}, {period: null, filters: {}, dates: {on}});
  return coveragePage.quarter({site, facts, files: {movement}, chosen});
}

const unknownOf = (...asked: Parameters<typeof figuresOf>) => figuresOf(...asked).pace.unknown;

test("what is open and due is not known where no open deal has a close date, or none that is due an amount", () => {
  const [later, due] = ["2026-09-01", "2026-06-01"];
  expect(unknownOf([{cents: 100, due}], 50)).toEqual({money: null, open: null});
  // 0, for all that is open is due later.
  expect(unknownOf([{cents: 100, due: later}], 50)).toEqual({money: null, open: null});
  expect(unknownOf([{cents: 100, due: null}], 50).open).toBe("no open deal has a close date");
  expect(unknownOf([{cents: null, due}], 50)).toEqual({
    money: null,
    open: "no deal that is open and due states an amount"
  });
  expect(unknownOf([{cents: null, due}], null).money).toBe("no deal of this selection states an amount");
});

test("the line of coverage by week ends on the day asked, where the headline stands, from a week's first day to its last", () => {
  const quotas: FactTable = {
    n: 1,
    columns: {
      month_on: {kind: "day", values: [dayNumber("2026-04-01")]},
      quota_amount: {kind: "cents", values: [250]}
    }
  };
  // The quarter's eighth week is that of 20 to 26 May.
  for (const on of ["2026-05-20", "2026-05-22", "2026-05-26"]) {
    const {pace, weeks} = figuresOf([{cents: 100, due: "2026-06-01"}], 50, {facts: {quotas}, on});
    const headline = pace.now.openDue / (pace.quota! - pace.now.won);
    expect(headline).toBe(0.5);
    expect(weeks[7]).toMatchObject({day: dayNumber(on), week: 8, coverage: headline});
    expect(weeks.map(({coverage}) => coverage !== null)).toEqual(weeks.map(({week}) => week <= 8));
  }
});
