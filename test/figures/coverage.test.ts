import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import {coveragePage} from "../../src/figures/coverage.ts";
import type {FactColumn} from "../../src/slices/facts.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import type {SiteData} from "../../src/slices/site.ts";

const site = {
  asOf: "2026-05-22",
  quarters: [{label: "2026 Q2", from: "2026-04-01", to: "2026-06-30"}],
  dimensions: [],
  stages: [],
  catalogue: readMetrics()
} as unknown as SiteData;

/** Open deals of one state each, with their cents and close dates, and one that was won. */
function unknownOf(open: readonly {cents: number | null; due: string | null}[], wonCents: number | null) {
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
  const chosen = chooseAsOf({site}, {period: null, filters: {}});
  return coveragePage.quarter({site, facts: {}, files: {movement}, chosen}).pace.unknown;
}

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
