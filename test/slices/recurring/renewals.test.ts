/** Hand-worked renewals, what is signed ahead, and what open deals may bring. */
import {describe, expect, test} from "vitest";
import {dayNumber, type FactTable} from "../../../src/slices/facts.ts";
import {
  contractedAhead,
  dealKind,
  expectedCents,
  pipelineToArr
} from "../../../src/slices/recurring/arrAhead.ts";
import {
  dueByQuarter,
  dueState,
  dueWithoutDeal,
  renewalRate,
  usualLead
} from "../../../src/slices/recurring/renewals.ts";
import fc from "../../support/fc.ts";
import {all, key} from "./tables.ts";

interface Contract {
  account: number;
  ends: string | null;
  state: string;
  arr: number;
  renewed?: number;
  lead?: number;
  starts?: string;
  runsTo?: string | null;
  earlier?: number;
  standing?: string;
}

function contractsOf(list: readonly Contract[]): FactTable {
  const day = (iso: string | null | undefined) => (iso ? dayNumber(iso) : null);
  return {
    n: list.length,
    columns: {
      account: {kind: "number", values: list.map(({account}) => account)},
      starts_on: {kind: "day", values: list.map(({starts = "2024-01-01"}) => day(starts))},
      ends_on: {kind: "day", values: list.map(({ends}) => day(ends))},
      runs_to: {kind: "day", values: list.map(({runsTo, ends}) => day(runsTo === undefined ? ends : runsTo))},
      end_state: key(list.map(({state}) => state)),
      standing: key(list.map(({standing = "running"}) => standing)),
      arr: {kind: "cents", values: list.map(({arr}) => arr)},
      earlier_arr: {kind: "cents", values: list.map(({earlier}) => earlier ?? null)},
      renewed_arr: {kind: "cents", values: list.map(({renewed}) => renewed ?? null)},
      lead_days: {kind: "number", values: list.map(({lead}) => lead ?? null)}
    }
  };
}

describe("renewals", () => {
  const ended: Contract[] = [
    ...Array.from({length: 9}, (_, account) => ({
      account,
      ends: "2025-03-31",
      state: "renewed",
      arr: 100,
      renewed: account === 0 ? 80 : 100,
      lead: 90 + account
    })),
    {account: 9, ends: "2025-03-31", state: "over, customer left", arr: 300},
    {account: 0, ends: "2025-04-30", state: "over, customer stays", arr: 50},
    {account: 3, ends: "2025-06-20", state: "over, within grace", arr: 70},
    {account: 5, ends: "2025-06-10", state: "renewed", arr: 30, renewed: 30},
    {account: 4, ends: "2025-03-31", state: "goes on as agreed", arr: 1000}
  ];
  const contracts = contractsOf(ended);
  // Ends up to 9 June are decided.
  const on = {asOf: dayNumber("2025-07-10"), graceDays: 30};

  test("are of what came to its end and is decided; a year's agreed step and ends within the grace days are not, renewed early or not", () => {
    const span = (from: string) => ({from: dayNumber(from), to: dayNumber("2025-06-30")});
    const found = renewalRate(contracts, all(contracts), span("2025-01-01"), on);
    expect(found).toMatchObject({
      n: 11,
      nRenewed: 9,
      nStays: 1,
      dueCents: 1250,
      renewedCents: 880,
      nOpen: 2,
      nOpenRenewed: 1,
      openCents: 100
    });
    expect(found.rate).toBeCloseTo(9 / 11, 12);
    // Wilson by hand at 9 of 11: (0.8182 + 0.1746 -+ 1.96 * 0.1465) / 1.3492; two contracts of one customer here are not alike.
    expect(found.range!.lo).toBeCloseTo(0.523, 3);
    expect(found.range!.hi).toBeCloseTo(0.9486, 3);
    expect(found.moneyRate).toBeCloseTo(0.704, 12);
    expect(renewalRate(contracts, all(contracts), span("2025-04-01"), on).rate).toBeNull();
  });

  test("of today leave out what ends today, for it is due", () => {
    const today = contractsOf([{account: 0, ends: "2025-07-10", state: "renewed", arr: 1, renewed: 1}]);
    const to = on.asOf;
    expect(renewalRate(today, [0], {from: to - 365, to}, {...on, graceDays: 0})).toMatchObject({
      n: 0,
      nOpen: 0
    });
    expect(dueState(today, 0, {asOf: to, hasRenewalDeals: true, lead: null})).toBe("renewed already");
  });

  test("usually have their deal so early; of fewer than ten nobody knows", () => {
    expect(usualLead(contracts, all(contracts))).toBeNull();
    const more = contractsOf([...ended, {...ended[0]!, lead: 100}]);
    // Of 90..98 and 100 the tenth percentile is 90.9.
    expect(usualLead(more, all(more))).toBe(90);
  });

  test("that are due are by what is known of them, each once; the most ARR without a deal first", () => {
    const due = contractsOf([
      {account: 0, ends: "2025-07-31", state: "renewed", arr: 1},
      {account: 1, ends: "2025-08-31", state: "due, renewal deal open", arr: 2},
      {account: 2, ends: "2025-08-31", state: "due, no renewal deal", arr: 4},
      {account: 3, ends: "2025-12-20", state: "due, no renewal deal", arr: 8},
      {account: 4, ends: "2025-09-30", state: "due, renewal deal lost", arr: 16},
      {account: 5, ends: null, state: "no end", arr: 32}
    ]);
    const on = {asOf: dayNumber("2025-06-30"), hasRenewalDeals: true, lead: 100};
    const quarters = [
      {label: "Q3", from: dayNumber("2025-07-01"), to: dayNumber("2025-09-30")},
      {label: "Q4", from: dayNumber("2025-10-01"), to: dayNumber("2025-12-31")}
    ];
    const cells = dueByQuarter(due, all(due), quarters, on).filter(({n}) => n > 0);
    expect(cells.map(({quarter, state, cents}) => `${quarter} ${state} ${cents}`)).toEqual([
      "Q3 renewed already 1",
      "Q3 renewal deal open 2",
      "Q3 no renewal deal 4",
      "Q3 renewal deal lost 16",
      "Q4 not up yet 8"
    ]);
    // What is not up yet is not late.
    expect(dueWithoutDeal(due, all(due), on, 183)).toEqual([4, 2]);
    const unmarked = {...on, hasRenewalDeals: false};
    expect(dueState(due, 2, unmarked)).toBe("not renewed yet");
    expect(dueState(due, 3, unmarked)).toBe("not renewed yet");
  });
});

test("what is signed: begin, starts, renewals and ends make the end of each quarter", () => {
  const contracts = contractsOf([
    {account: 0, ends: "2025-07-31", state: "renewed", arr: 100, runsTo: "2025-07-31"},
    {
      account: 0,
      starts: "2025-08-01",
      ends: "2026-07-31",
      state: "due, no renewal deal",
      arr: 120,
      earlier: 100,
      standing: "ahead"
    },
    {account: 1, ends: "2025-08-31", state: "due, no renewal deal", arr: 40},
    {account: 2, starts: "2025-09-01", ends: null, state: "no end", arr: 7, standing: "ahead"}
  ]);
  const quarters = [
    {label: "Q3", to: dayNumber("2025-09-30")},
    {label: "Q4", to: dayNumber("2025-12-31")}
  ];
  expect(contractedAhead(contracts, all(contracts), quarters, dayNumber("2025-06-30"))).toEqual([
    {quarter: "Q3", begin: 140, starts: 7, renewals: 20, ends: 40, end: 127},
    {quarter: "Q4", begin: 127, starts: 0, renewals: 0, ends: 0, end: 127}
  ]);
});

test("begin, starts, renewals and ends, each counted by itself, make the end whatever contracts do", () => {
  const link = fc.record({
    gap: fc.integer({min: 0, max: 90}),
    days: fc.integer({min: 1, max: 400}),
    arr: fc.integer({min: 0, max: 1000}),
    goesOn: fc.boolean()
  });
  const from = dayNumber("2025-01-01");
  const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  fc.assert(
    fc.property(fc.array(fc.array(link, {minLength: 1, maxLength: 5}), {maxLength: 6}), (customers) => {
      const list = customers.flatMap((chain, account) => {
        let next = from;
        return chain.map(({gap, days, arr, goesOn}, i): Contract => {
          const before = chain[i - 1];
          const isNext = before?.goesOn === true;
          const starts = isNext ? next : next + gap;
          next = starts + days;
          return {
            ...{account, arr, starts: iso(starts), ends: iso(next - 1)},
            state: goesOn && i < chain.length - 1 ? "renewed" : "due, no renewal deal",
            ...(isNext ? {earlier: before.arr} : {})
          };
        });
      });
      const contracts = contractsOf(list);
      const quarters = [90, 181, 273, 365].map((to) => ({label: String(to), to: from + to}));
      for (const each of contractedAhead(contracts, all(contracts), quarters, from + 30))
        expect(each.begin + each.starts + each.renewals - each.ends).toBe(each.end);
    })
  );
});

describe("open deals", () => {
  const deals = (chances: (number | null)[]): FactTable => ({
    n: 3,
    columns: {
      recurring_arr: {kind: "cents", values: [1000, 400, 50]},
      deal_type: key(["New", "Renewal", "Renewal"]),
      chance_this: {kind: "number", values: chances}
    }
  });

  test("bring what they state by their chances, kind by kind", () => {
    expect(pipelineToArr(deals([0.5, 0.25, 1]), [0, 1, 2])).toEqual([
      {kind: "New", n: 1, cents: 1000, thisQuarter: 500},
      {kind: "Renewal", n: 2, cents: 450, thisQuarter: 150}
    ]);
  });

  test("of which one has no chance are expected to bring nobody knows what", () => {
    expect(pipelineToArr(deals([0.5, null, 1]), [0, 1, 2])[1]).toMatchObject({cents: 450, thisQuarter: null});
  });

  test("are called by their type", () => {
    expect(
      ["New Business", "Upsell", "Renewal", null, "Existing Business", "Services"].map(dealKind)
    ).toEqual([...["New", "Expansion", "Renewal", "Other", "Expansion", "Other"]]);
  });

  test("sum to what is told of each, to the cent", () => {
    const third = deals([1 / 3, 1 / 3, 1 / 3]);
    const [, renewals] = pipelineToArr(third, [0, 1, 2]);
    expect(renewals!.thisQuarter).toBe(expectedCents(third, 1)! + expectedCents(third, 2)!);
    expect(expectedCents(third, 1)).toBe(133);
  });
});
