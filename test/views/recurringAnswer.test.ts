/** What the Recurring revenue page says of a firm worked through by hand, and which rows stand behind it. */
import {expect, test} from "vitest";
import {recurringPage} from "../../src/figures/recurring.ts";
import {dayNumber, type FactColumn, type FactTable} from "../../src/slices/facts.ts";
import type {RecurringData} from "../../src/slices/recurring/recurringData.ts";
import type {SiteData} from "../../src/slices/site.ts";
import {recurring} from "../../src/views/recurring/context.ts";
import {recurringAnswer} from "../../src/views/recurring/kpis.ts";
import {AtRisk} from "../../src/views/recurring/renewals.ts";
import {key} from "../slices/recurring/tables.ts";

const period = {label: "2025 Q2", from: "2025-04-01", to: "2025-06-30"};
const site = {
  ...{currency: "USD", asOf: "2025-06-30", quarters: [period], catalogue: {}, parts: null}
} as unknown as SiteData;

const numbers = (values: (number | null)[], kind: "cents" | "number" = "number"): FactColumn => ({
  kind,
  values
});
const days = (list: (string | null)[]): FactColumn => ({
  kind: "day",
  values: list.map((iso) => (iso ? dayNumber(iso) : null))
});

interface Contract {
  ends: string;
  state: string;
  arr: number;
  lead?: number;
}

/** Customers with one contract each since 2024, 100 of ARR; the last one begins and ends within the quarter. */
function dataOf(contracts: readonly Contract[], hasRenewalDeals: boolean): RecurringData {
  const empty: FactTable = {n: 0, columns: {}};
  const n = 12;
  const began = Array.from({length: n}, () => "2024-01-01");
  return {
    ...{reason: null, asOf: "2025-06-30", graceDays: 30, hasRenewalDeals, doubts: [], ledger: empty},
    ...{pipeline: empty, chances: null, noChances: null},
    quarters: [period, {label: "2025 Q3", from: "2025-07-01", to: "2025-09-30"}],
    accounts: {
      n: n + 1,
      columns: {
        account_name: key(Array.from({length: n + 1}, (_, i) => `Customer ${i}`)),
        region: key(Array.from({length: n + 1}, () => null)),
        segment: key(Array.from({length: n + 1}, () => null)),
        first_on: days([...began, "2025-04-10"]),
        next_end_on: days(Array.from({length: n + 1}, () => null))
      }
    },
    // Customer 0 left in May, customer 12 came in April and left in June.
    changes: {
      n: n + 3,
      columns: {
        account: numbers([0, 0, ...Array.from({length: n - 1}, (_, i) => i + 1), n, n]),
        moved_on: days(["2024-01-01", "2025-05-05", ...began.slice(1), "2025-04-10", "2025-06-10"]),
        change: numbers([100, -100, ...began.slice(1).map(() => 100), 70, -70], "cents"),
        step_arr: numbers(
          Array.from({length: n + 3}, () => 0),
          "cents"
        ),
        state: key(["new", "churned", ...began.slice(1).map(() => "new"), "new", "churned"]),
        product: key(Array.from({length: n + 3}, () => "P"))
      }
    },
    contracts: {
      n: contracts.length,
      columns: {
        account: numbers(contracts.map((_, i) => i + 1)),
        starts_on: days(contracts.map(() => "2024-01-01")),
        ends_on: days(contracts.map(({ends}) => ends)),
        runs_to: days(contracts.map(({ends}) => ends)),
        end_state: key(contracts.map(({state}) => state)),
        standing: key(contracts.map(() => "running")),
        arr: numbers(
          contracts.map(({arr}) => arr),
          "cents"
        ),
        earlier_arr: numbers(
          contracts.map(() => null),
          "cents"
        ),
        renewed_arr: numbers(
          contracts.map(() => null),
          "cents"
        ),
        lead_days: numbers(contracts.map(({lead}) => lead ?? null)),
        ...Object.fromEntries(
          ["product", "subscription_id", "region", "segment", "renewal_deal", "renewal_owner"].map((name) => [
            name,
            key(contracts.map(() => null))
          ])
        ),
        renewal_close_on: days(contracts.map(() => null))
      }
    }
  };
}

function shownOf(contracts: readonly Contract[], hasRenewalDeals: boolean, parts: object | null = null) {
  const chosen = {filters: {}, period} as unknown as Parameters<typeof recurringPage.still>[0]["chosen"];
  const asked = {
    ...{site: {...site, parts} as SiteData, facts: {}, chosen},
    files: {recurring: dataOf(contracts, hasRenewalDeals)}
  };
  const figures = {...recurringPage.still(asked), ...recurringPage.quarter(asked)};
  const context = {site, facts: {}} as unknown as Parameters<typeof recurring>[0];
  const view = recurring(context, figures, chosen as Parameters<typeof recurring>[2]);
  const said = recurringAnswer(view);
  const nodes = (Array.isArray(said) ? said : [said]).map((part) =>
    part instanceof Node ? part.textContent : String(part ?? "")
  );
  return {figures, view, answer: nodes.join("")};
}

/** Ten renewed contracts whose deals were there 90 days before, one that ends in 20 days and one in 150. */
const DUE: Contract[] = [
  ...Array.from({length: 10}, () => ({ends: "2026-06-30", state: "renewed", arr: 1, lead: 90})),
  {ends: "2025-07-20", state: "due, no renewal deal", arr: 2000},
  {ends: "2025-11-27", state: "due, no renewal deal", arr: 70000}
];

test("what ends without a deal that should be there is what the list adds up to, and what is not up yet is in neither", () => {
  const {figures, view, answer} = shownOf(DUE, true);
  expect(figures.renewals.late).toEqual({n: 1, cents: 2000});
  expect(figures.renewals.risk.list.map(({arr}) => arr)).toEqual([20]);
  expect(answer).toMatch(
    /Within half a year \$20\S* ends without an open renewal deal where there should be one/
  );
  expect(AtRisk(view).textContent).toMatch(/Money at risk/);
});

test("nothing is called late where no deal says that it is a renewal, or too few renewals are known", () => {
  for (const {figures, view, answer} of [shownOf(DUE, false), shownOf(DUE.slice(5), true)]) {
    expect(figures.renewals.late).toBeNull();
    expect(answer).not.toMatch(/renewal deal/);
    expect(AtRisk(view).textContent).not.toMatch(/Money at risk/);
    expect(figures.renewals.risk.list.map(({arr}) => arr)).toEqual([700, 20]);
  }
});

test("a customer that came and went within the quarter is counted and listed", () => {
  const {figures} = shownOf(DUE, true);
  expect(figures.moved.n).toBe(2);
  expect(
    figures.moved.list.map(({account, begin, end, new: came, churn}) => [account, begin, end, came, churn])
  ).toEqual([
    [0, 100, 0, 0, 100],
    [12, 0, 0, 70, 70]
  ]);
});

test("customers that left are a list of their own, which a large firm's cut does not take away", () => {
  const {figures} = shownOf(DUE, true, {});
  expect(figures.lost.n).toBe(1);
  expect(figures.lost.list.map(({account, cents, before}) => [account, cents, before])).toEqual([
    [0, 0, 100]
  ]);
  expect(figures.cohort.n).toBe(12);
  expect(figures.standing.n).toBe(figures.nCustomers);
});
