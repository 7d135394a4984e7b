/** Hand-worked movements, retention, renewals and what is ahead; and identities that hold whatever the changes. */
import {describe, expect, test} from "vitest";
import {chanceWithin} from "../../../loaders/pages/openChances.ts";
import {dayNumber, type FactColumn, type FactTable} from "../../../src/slices/facts.ts";
import {contractedAhead, dealKind, pipelineToArr} from "../../../src/slices/recurring/arrAhead.ts";
import {
  ARR_LINES,
  accountMonths,
  arrMonths,
  bridge,
  LOST_LINES,
  monthOf,
  movedBetween
} from "../../../src/slices/recurring/arrMonths.ts";
import {accountLevels, levelAt} from "../../../src/slices/recurring/levels.ts";
import {
  dueByQuarter,
  dueWithoutDeal,
  renewalRate,
  usualLead
} from "../../../src/slices/recurring/renewals.ts";
import {cohortCells, monthsLater, retention, yearBefore} from "../../../src/slices/recurring/retention.ts";
import {selectRows} from "../../../src/slices/select.ts";
import fc from "../../support/fc.ts";

interface Change {
  account: number;
  on: string;
  change: number;
  step?: number;
  state: string;
  product?: string;
}

function key(values: (string | null)[]): FactColumn {
  const words = [...new Set(values.filter((word) => word !== null))];
  return {kind: "key", words, codes: values.map((word) => (word === null ? null : words.indexOf(word)))};
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

const all = ({n}: FactTable) => Array.from({length: n}, (_, row) => row);
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
    {account: 4, ends: "2025-03-31", state: "goes on as agreed", arr: 1000}
  ];
  const contracts = contractsOf(ended);

  test("are of what came to its end and is decided; a year's agreed step and what may still come are not", () => {
    const found = renewalRate(contracts, all(contracts), dayNumber("2025-01-01"), dayNumber("2025-06-30"));
    expect(found).toMatchObject({
      n: 11,
      nRenewed: 9,
      nStays: 1,
      dueCents: 1250,
      renewedCents: 880,
      nOpen: 1,
      openCents: 70
    });
    expect(found.rate).toBeCloseTo(9 / 11, 12);
    expect(found.range!.lo).toBeGreaterThan(0.4);
    expect(found.moneyRate).toBeCloseTo(0.704, 12);
    expect(
      renewalRate(contracts, all(contracts), dayNumber("2025-04-01"), dayNumber("2025-06-30")).rate
    ).toBeNull();
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
    const on = {asOf: dayNumber("2025-06-30"), lead: 100};
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
    expect(dueWithoutDeal(due, all(due), on, 183)).toEqual([4, 3, 2]);
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

describe("open deals", () => {
  const deals = (chances: (number | null)[]): FactTable => ({
    n: 3,
    columns: {
      recurring_arr: {kind: "cents", values: [1000, 400, 50]},
      deal_type: key(["New", "Renewal", "Renewal"]),
      chance_this: {kind: "number", values: chances},
      chance_next: {kind: "number", values: [0.1, 0.2, 0.2]}
    }
  });

  test("bring what they state by their chances, kind by kind", () => {
    expect(pipelineToArr(deals([0.5, 0.25, 1]), [0, 1, 2])).toEqual([
      {kind: "New", n: 1, cents: 1000, thisQuarter: 500, nextQuarter: 100},
      {kind: "Renewal", n: 2, cents: 450, thisQuarter: 150, nextQuarter: 90}
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

  test("have chances between the weeks at which they are stated, and none beyond", () => {
    expect(chanceWithin([2, 4], [0.2, 0.3], 1)).toBeCloseTo(0.1, 12);
    expect(chanceWithin([2, 4], [0.2, 0.3], 3)).toBeCloseTo(0.25, 12);
    expect(chanceWithin([2, 4], [0.2, 0.3], 4)).toBeCloseTo(0.3, 12);
    expect(chanceWithin([2, 4], [0.2, 0.3], 5)).toBeNull();
  });
});
