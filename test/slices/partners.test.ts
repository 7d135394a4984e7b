import {describe, expect, test} from "vitest";
import {dayNumber, type FactColumn, type FactTable} from "../../src/slices/facts.ts";
import {entryCents, ledgerTotals} from "../../src/slices/ledger.ts";
import {originTotals} from "../../src/slices/origins.ts";
import {registrationFunnel, registrationRows, undecided} from "../../src/slices/registrations.ts";
import fc from "../support/fc.ts";

function key(values: readonly (string | null)[]): FactColumn {
  const words = [...new Set(values.filter((value) => value !== null))];
  return {kind: "key", words, codes: values.map((value) => (value === null ? null : words.indexOf(value)))};
}
const numbers = (values: (number | null)[]): FactColumn => ({kind: "number", values});
const cents = (values: (number | null)[]): FactColumn => ({kind: "cents", values});
const days = (values: (string | null)[]): FactColumn => ({
  kind: "day",
  values: values.map((value) => (value === null ? null : dayNumber(value)))
});
const every = ({n}: FactTable) => [...Array(n).keys()];
const QUARTER = {from: "2026-01-01", to: "2026-03-31"};

describe("who brought the deals", () => {
  const deals: FactTable = {
    n: 5,
    columns: {
      outcome: key(["won", "won", "lost", "open", "won"]),
      closed_on: days(["2026-01-01", "2026-03-31", "2026-02-02", null, "2025-12-31"]),
      open_amount: cents([0, 0, 0, 700, 0]),
      won_amount: cents([100, 200, 0, 0, 999])
    }
  };
  const origins: FactTable = {
    n: 5,
    columns: {
      deal: numbers([0, 1, 2, 3, 4]),
      origin: key(["sourced", "direct", "sourced", "sourced", "influenced"]),
      origin_partner: key(["Ann", null, "Ann", "Bob", "Bob"])
    }
  };

  test("each deal under its one origin: open now, won and lost in the period", () => {
    expect(originTotals(origins, deals, every(origins), "origin", QUARTER)).toEqual([
      {key: "direct", nOpen: 0, openCents: 0, nWon: 1, wonCents: 200, nLost: 0, open: [], won: [1], lost: []},
      {
        key: "sourced",
        nOpen: 1,
        openCents: 700,
        nWon: 1,
        wonCents: 100,
        nLost: 1,
        open: [3],
        won: [0],
        lost: [2]
      },
      {key: "influenced", nOpen: 0, openCents: 0, nWon: 0, wonCents: 0, nLost: 0, open: [], won: [], lost: []}
    ]);
  });

  test("by partner, deals without one are in none", () => {
    const totals = originTotals(origins, deals, every(origins), "origin_partner", QUARTER);
    expect(totals.map(({key, wonCents, openCents}) => [key, wonCents, openCents])).toEqual([
      ["Ann", 100, 0],
      ["Bob", 0, 700]
    ]);
  });

  test("origins sum to all deals, whatever the selection", () => {
    fc.assert(
      fc.property(fc.subarray(every(origins)), (rows) => {
        const totals = originTotals(origins, deals, rows, "origin", QUARTER);
        const sum = (name: "openCents" | "wonCents") => totals.reduce((all, each) => all + each[name], 0);
        const won = deals.columns["won_amount"] as {values: number[]};
        expect(sum("openCents")).toBe(rows.includes(3) ? 700 : 0);
        expect(sum("wonCents")).toBe(
          rows.filter((row) => row < 2).reduce((all, row) => all + won.values[row]!, 0)
        );
      })
    );
  });
});

test("the ledger: classes to mend first, sums as in both systems", () => {
  const ledger: FactTable = {
    n: 4,
    columns: {
      class: key(["agrees", "leak", "agrees", "no registration"]),
      mend: key([null, "put the partner on the deal", null, "ask for it"]),
      portal_amount: cents([500, 50, 300, null]),
      crm_amount: cents([400, 70, 400, 20]),
      crm_amount_counted: cents([400, 70, 0, 20])
    }
  };
  const totals = ledgerTotals(ledger, every(ledger));
  expect(
    totals.map(({class: name, n, nToMend, portalCents, crmCents}) => [
      name,
      n,
      nToMend,
      portalCents,
      crmCents
    ])
  ).toEqual([
    ["leak", 1, 1, 50, 70],
    ["no registration", 1, 1, 0, 20],
    ["agrees", 2, 0, 800, 400]
  ]);
  expect(totals.reduce((sum, {portalCents}) => sum + portalCents, 0)).toBe(850);
  expect(totals.reduce((sum, {crmCents}) => sum + crmCents, 0)).toBe(490);
  expect([0, 1, 2, 3].map((row) => entryCents(ledger, row))).toEqual([400, 70, 400, 20]);
});

describe("registrations", () => {
  const table: FactTable = {
    n: 6,
    columns: {
      deal: numbers([0, 1, null, null, null, 2]),
      tier: key(["Gold", "Gold", "Gold", null, "Gold", "Gold"]),
      state: key(["converted", "converted", "rejected", "pending", "expired", "rejected"]),
      is_approved: numbers([1, 1, 0, 0, 1, 0]),
      outcome: key(["won", "lost", null, null, null, "won"]),
      decision_days: numbers([2, 4, 1, null, 9, 4]),
      submitted_on: days([
        "2026-01-01",
        "2026-01-01",
        "2026-01-01",
        "2026-01-08",
        "2026-01-01",
        "2026-01-01"
      ]),
      has_rival: numbers([0, 0, 0, 0, 0, 1]),
      estimated_amount_base: cents([10, 20, 30, 40, 50, null])
    }
  };
  const asOf = dayNumber("2026-01-10");

  test("each step is part of the one before; a rejected one whose deal another won is not won", () => {
    expect(registrationFunnel(table, every(table))).toMatchObject({
      submitted: {n: 6, cents: 150},
      approved: {n: 3, cents: 80},
      converted: {n: 2, cents: 30},
      won: {n: 1, cents: 10},
      pending: {n: 1},
      rejected: {n: 2},
      expired: {n: 1},
      withdrawn: {n: 0},
      rival: {n: 1}
    });
  });

  test("pending ones have waited at least until now", () => {
    // Decided after 1, 2, 4, 4 and 9 days; one waits since 2. At day 4 it is no longer watched: (5/6)(4/5)(1 - 2/3).
    const curve = undecided(table, every(table), asOf);
    expect(curve.map(({t, nAtRisk}) => [t, nAtRisk])).toEqual([
      [0, 6],
      [1, 6],
      [2, 5],
      [4, 3],
      [9, 1]
    ]);
    expect(curve.find(({t}) => t === 4)!.s).toBeCloseTo((5 / 6) * (4 / 5) * (1 / 3), 12);
  });

  test("by tier: approved of decided, won of closed, and null where nothing is known", () => {
    const [gold, none] = registrationRows(table, every(table), "tier", asOf);
    expect(gold).toMatchObject({
      key: "Gold",
      n: 5,
      nDecided: 5,
      approved: 3 / 5,
      nClosed: 3,
      won: 2 / 3,
      rival: 1
    });
    expect(none).toMatchObject({
      key: "(none)",
      n: 1,
      approved: null,
      lo: null,
      won: null,
      daysToDecide: null
    });
  });
});
