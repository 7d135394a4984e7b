import {expect, test} from "vitest";
import {
  acquisitionCost,
  type Costed,
  type MarketingRow,
  maturity,
  paybackMonths,
  returnOn
} from "../../src/slices/marketing/marketingData.ts";

const row = (over: Partial<MarketingRow>) => over as MarketingRow;

test("a return needs a cost, and is of the margin where that is known", () => {
  expect(returnOn(100, 150)).toBe(0.5);
  expect(returnOn(100, 150, 0.6)).toBeCloseTo(-0.1, 12);
  expect(returnOn(null, 150)).toBeNull();
  expect(returnOn(0, 150)).toBeNull();
  expect(returnOn(-5, 150)).toBeNull();
});

test("a customer's cost is undefined without customers, payback without recurring money", () => {
  expect(acquisitionCost(row({costLagged: 1000, costed: {nNewCustomers: 4} as Costed}))).toBe(250);
  expect(acquisitionCost(row({costLagged: 1000, costed: {nNewCustomers: 0} as Costed}))).toBeNull();
  expect(acquisitionCost(row({costLagged: null, costed: {nNewCustomers: 4} as Costed}))).toBeNull();
  // 1000 over 50 a month is 20 months of revenue; at 80 % margin 25.
  expect(paybackMonths(row({costLagged: 1000, costed: {newMonthlyRecurring: 50} as Costed}), null)).toBe(20);
  expect(paybackMonths(row({costLagged: 1000, costed: {newMonthlyRecurring: 50} as Costed}), 0.8)).toBe(25);
  expect(
    paybackMonths(row({costLagged: 1000, costed: {newMonthlyRecurring: null} as Costed}), 0.8)
  ).toBeNull();
  // What cost nothing has nothing to pay back: no months, not none.
  expect(paybackMonths(row({costLagged: 0, costed: {newMonthlyRecurring: 50} as Costed}), 0.8)).toBeNull();
});

test("a campaign is judged one journey after its end, not before", () => {
  const on = (startsOn: string | null, endsOn: string | null, journey: number | null = 30) =>
    maturity({startsOn, endsOn}, "2026-05-31", journey);
  expect(on("2026-04-01", "2026-05-01")).toBe("settled");
  expect(on("2026-04-01", "2026-05-02")).toBe("young");
  expect(on("2026-04-01", "2026-05-01", null)).toBe("young");
  expect(on("2026-05-01", "2026-06-01")).toBe("running");
  expect(on("2026-06-01", "2026-07-01")).toBe("to come");
  expect(on(null, "2026-07-01")).toBe("no dates");
});
