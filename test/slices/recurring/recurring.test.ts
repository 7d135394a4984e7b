/** Hand-worked movements and retention, and identities that hold whatever customers do. */
import {describe, expect, test} from "vitest";
import {dayNumber, type FactTable} from "../../../src/slices/facts.ts";
import {monthOf} from "../../../src/slices/months.ts";
import {
  ARR_LINES,
  accountMonths,
  arrMonths,
  bridge,
  LOST_LINES,
  movedBetween
} from "../../../src/slices/recurring/arrMonths.ts";
import {accountLevels, levelAt} from "../../../src/slices/recurring/levels.ts";
import {cohortCells, monthsLater, retention, yearBefore} from "../../../src/slices/recurring/retention.ts";
import {selectRows} from "../../../src/slices/select.ts";
import fc from "../../support/fc.ts";
import {all, key} from "./tables.ts";

interface Change {
  account: number;
  on: string;
  change: number;
  step?: number;
  state: string;
  product?: string;
}

function changesOf(list: readonly Change[]): FactTable {
  return {
    n: list.length,
    columns: {
      account: {kind: "number", values: list.map(({account}) => account)},
      moved_on: {kind: "day", values: list.map(({on}) => dayNumber(on))},
      change: {kind: "cents", values: list.map(({change}) => change)},
      step_arr: {kind: "cents", values: list.map(({step = 0}) => step)},
      state: key(list.map(({state}) => state)),
      product: key(list.map(({product = "P"}) => product))
    }
  };
}

const only = (lines: object) => Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== 0));

describe("customers month by month", () => {
  const changes = changesOf([
    {account: 0, on: "2025-01-10", change: 1000, state: "new", product: "A"},
    {account: 0, on: "2025-06-01", change: -1000, state: "stays", product: "A"},
    {account: 0, on: "2025-06-20", change: 1300, state: "stays", product: "B"},
    {account: 0, on: "2026-01-01", change: 60, step: 50, state: "stays", product: "B"},
    {account: 1, on: "2025-03-01", change: 500, state: "new", product: "A"},
    {account: 1, on: "2026-03-01", change: -500, state: "churned", product: "A"}
  ]);
  const pick = ({account, month, ...lines}: ReturnType<typeof accountMonths>[number]) => only(lines);

  test("are in one class, products set against each other, steps apart", () => {
    expect(accountMonths(changes, all(changes)).map(pick)).toEqual([
      {end: 1000, new: 1000},
      {begin: 1000, end: 1300, expansion: 300, upByProduct: 1300, downByProduct: 1000},
      {begin: 1300, end: 1360, step: 50, expansion: 10, upByProduct: 10},
      {end: 500, new: 500},
      {begin: 500, churn: 500}
    ]);
  });

  test("of a product taken alone: one given up by a customer that stays is contraction, one taken is expansion", () => {
    const of = (product: string) =>
      accountMonths(changes, selectRows(changes, {product: [product]})).map(pick);
    expect(of("B")[0]).toEqual({end: 1300, expansion: 1300, upByProduct: 1300});
    expect(of("A")[1]).toEqual({begin: 1000, contraction: 1000, downByProduct: 1000});
  });

  test("come to the firm's months, with its customers", () => {
    const months = arrMonths(accountMonths(changes, all(changes)), monthOf(dayNumber("2026-03-31")));
    expect(months).toHaveLength(15);
    expect(months.map(({nCustomers}) => nCustomers)).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1]);
    expect(only(bridge(months.slice(3))!)).toMatchObject({
      begin: 1500,
      expansion: 310,
      step: 50,
      churn: 500,
      end: 1360
    });
  });
});

const anyChanges = fc
  .array(
    fc.record({
      account: fc.integer({min: 0, max: 3}),
      month: fc.integer({min: 0, max: 30}),
      day: fc.integer({min: 1, max: 28}),
      product: fc.constantFrom("A", "B", "C"),
      arr: fc.constantFrom(0, 0, 100, 250, 400)
    }),
    {maxLength: 40}
  )
  // What a customer's product brings from a day on; states as int_arr_change tells them, by the whole customer's month.
  .map((told) => {
    const at = ({month, day}: {month: number; day: number}) =>
      `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    const list = told
      .map((each) => ({...each, on: at(each)}))
      .sort((a, b) => a.account - b.account || (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    const level = new Map<string, number>();
    const moves = list.map(({account, on, product, arr, month}) => {
      const change = arr - (level.get(`${account} ${product}`) ?? 0);
      level.set(`${account} ${product}`, arr);
      return {account, on, product, change, month};
    });
    const sum = (some: readonly {change: number}[]) => some.reduce((total, {change}) => total + change, 0);
    return moves.map((move): Change => {
      const mine = moves.filter(({account}) => account === move.account);
      const earlier = mine.filter(({month}) => month < move.month);
      const begin = sum(earlier);
      const end = sum(mine.filter(({month}) => month <= move.month));
      if (begin === 0 && end === 0) return {...move, state: "none"};
      if (begin === 0) return {...move, state: earlier.length > 0 ? "reactivated" : "new"};
      return {...move, state: end === 0 ? "churned" : "stays"};
    });
  });

describe("whatever customers do", () => {
  test("begin and changes make the end, lines are not negative, and slices' net is the whole's", () => {
    fc.assert(
      fc.property(anyChanges, (list) => {
        const changes = changesOf(list);
        const last = 2027 * 12;
        const netOf = (rows: readonly number[]) => {
          const months = arrMonths(accountMonths(changes, rows), last);
          for (const [i, month] of months.entries()) {
            const gained = ARR_LINES.reduce(
              (sum, line) => sum + (LOST_LINES.includes(line) ? -month[line] : month[line]),
              0
            );
            expect(month.begin + gained).toBe(month.end);
            expect(month.begin).toBe(months[i - 1]?.end ?? 0);
            for (const line of ARR_LINES) expect(month[line]).toBeGreaterThanOrEqual(0);
          }
          return new Map(months.map(({month, begin, end}) => [month, end - begin]));
        };
        const whole = netOf(all(changes));
        const parts = ["A", "B", "C"].map((product) => netOf(selectRows(changes, {product: [product]})));
        for (const [month, net] of whole)
          expect(parts.reduce((sum, part) => sum + (part.get(month) ?? 0), 0)).toBe(net);
      })
    );
  });

  test("retention keeps to its bounds: gross is at most 100% and at most net", () => {
    fc.assert(
      fc.property(anyChanges, (list) => {
        const changes = changesOf(list);
        const levels = accountLevels(changes, all(changes));
        const to = dayNumber("2026-03-31");
        const found = retention(levels, yearBefore(to), to);
        expect(found.kept).toBeLessThanOrEqual(found.begin);
        expect(found.kept).toBeLessThanOrEqual(found.end - found.agreed);
        expect(found.begin).toBe(levels.reduce((sum, each) => sum + levelAt(each, yearBefore(to)), 0));
      })
    );
  });

  test("what moved in a span is each customer once, from its begin to its end", () => {
    fc.assert(
      fc.property(anyChanges, (list) => {
        const changes = changesOf(list);
        const months = accountMonths(changes, all(changes));
        const [from, to] = [2024 * 12 + 6, 2025 * 12 + 2];
        const moved = movedBetween(months, from, to);
        const whole = bridge(arrMonths(months, to).filter(({month}) => month >= from));
        expect(new Set(moved.map(({account}) => account)).size).toBe(moved.length);
        expect(moved.reduce((sum, {begin, end}) => sum + end - begin, 0)).toBe(
          whole ? whole.end - whole.begin : 0
        );
      })
    );
  });
});

describe("customers of a year ago", () => {
  // Ten at 100 each; a year later: seven as they were, one at 150 of which 20 were agreed, one at 40, one gone. Two are new.
  const list: Change[] = Array.from({length: 10}, (_, account) => ({
    account,
    on: "2024-05-01",
    change: 100,
    state: "new"
  }));
  list.push(
    {account: 7, on: "2025-01-01", change: 50, step: 20, state: "stays"},
    {account: 8, on: "2025-02-01", change: -60, state: "stays"},
    {account: 9, on: "2025-03-01", change: -100, state: "churned"},
    {account: 10, on: "2025-03-01", change: 900, state: "new"}
  );
  list.sort((a, b) => a.account - b.account);
  const levels = accountLevels(changesOf(list), all(changesOf(list)));
  const to = dayNumber("2025-06-30");
  const found = retention(levels, yearBefore(to), to);

  test("net: 700 + 130 + 40 of 1000; gross: 700 + 100 + 40; one of ten left; new ones in neither", () => {
    expect(found).toMatchObject({
      n: 10,
      nLeft: 1,
      begin: 1000,
      end: 890,
      agreed: 20,
      nrr: 0.87,
      grr: 0.84,
      logoChurn: 0.1
    });
  });

  test("with the interval of a ratio of sums", () => {
    // R: y <- c(rep(100,7),130,40,0); x <- rep(100,10); r <- sum(y)/sum(x); r + c(-1,1)*1.959964*sqrt(10*sum((y-r*x)^2)/9)/sum(x)
    // sum((y - 87)^2) = 7*169 + 1849 + 2209 + 7569 = 12810; sqrt(10/9 * 12810)/1000 = 0.119304
    expect(found.nrrRange!.lo).toBeCloseTo(0.87 - 1.959964 * 0.1193035, 5);
    expect(found.nrrRange!.hi).toBeCloseTo(0.87 + 1.959964 * 0.1193035, 5);
    expect(found.grrRange!.hi).toBeLessThanOrEqual(1);
  });

  test("of fewer than ten nothing is told", () => {
    expect(retention(levels.slice(0, 9), yearBefore(to), to)).toMatchObject({
      n: 9,
      nrr: null,
      grr: null,
      logoChurn: null,
      nrrRange: null
    });
  });

  test("by start quarter: money and customers left, and nothing of what is not that long ago", () => {
    const quarter = {label: "Q2", from: dayNumber("2024-04-01"), to: dayNumber("2024-06-30")};
    expect(cohortCells(levels, [quarter], [6, 12, 18], to)).toEqual([
      {cohort: "Q2", months: 6, n: 10, begin: 1000, money: 1, logos: 1},
      {cohort: "Q2", months: 12, n: 10, begin: 1000, money: 0.89, logos: 0.9},
      {cohort: "Q2", months: 18, n: 10, begin: 1000, money: null, logos: null}
    ]);
  });
});

test("a year before a leap day, and months after a month's end", () => {
  expect(yearBefore(dayNumber("2024-02-29"))).toBe(dayNumber("2023-02-28"));
  expect(monthsLater(dayNumber("2024-08-31"), 6)).toBe(dayNumber("2025-02-28"));
});
