import {describe, expect, test} from "vitest";
import {type ProductPair, productPairs} from "../../src/slices/crossSell.ts";
import {dayNumber, type FactTable} from "../../src/slices/facts.ts";
import {
  dealsByProduct,
  discountOf,
  mixByPeriod,
  productRows,
  wonRows
} from "../../src/slices/productLines.ts";
import {productTrend} from "../../src/slices/productTrend.ts";
import {NONE} from "../../src/slices/select.ts";
import fc from "../support/fc.ts";

type Outcome = "open" | "won" | "lost";
const OUTCOMES: Outcome[] = ["open", "won", "lost"];

/** Deals as [outcome, closed on, cycle days]. */
function dealsOf(list: readonly [Outcome, string | null, number | null][]): FactTable {
  return {
    n: list.length,
    columns: {
      outcome: {kind: "key", words: OUTCOMES, codes: list.map(([outcome]) => OUTCOMES.indexOf(outcome))},
      closed_on: {kind: "day", values: list.map(([, on]) => (on === null ? null : dayNumber(on)))},
      cycle_days: {kind: "number", values: list.map(([, , cycle]) => cycle)}
    }
  };
}

interface Line {
  deal: number;
  account?: number | null;
  product: string | null;
  cents: number;
  own?: number | null;
  list?: number | null;
  quantity?: number | null;
}

function linesOf(list: readonly Line[]): FactTable {
  const words = [...new Set(list.flatMap(({product}) => (product === null ? [] : [product])))];
  const codes = list.map(({product}) => (product === null ? null : words.indexOf(product)));
  return {
    n: list.length,
    columns: {
      deal: {kind: "number", values: list.map(({deal}) => deal)},
      account: {kind: "number", values: list.map(({account}) => account ?? null)},
      line_product: {kind: "key", words, codes},
      line_family: {kind: "key", words, codes},
      amount_base: {kind: "cents", values: list.map(({cents}) => cents)},
      line_amount: {kind: "cents", values: list.map(({own, cents}) => (own === undefined ? cents : own))},
      list_amount: {kind: "cents", values: list.map(({list}) => list ?? null)},
      quantity: {kind: "number", values: list.map(({quantity}) => quantity ?? null)}
    }
  };
}

const QUARTER = {label: "Q1", from: "2026-01-01", to: "2026-03-31"};
const every = ({n}: FactTable) => [...Array(n).keys()];

describe("what products bring", () => {
  const deals = dealsOf([
    ["won", "2026-01-10", 20],
    ["won", "2026-03-31", 40],
    ["lost", "2026-02-01", null],
    ["won", "2025-12-31", 5],
    ["open", null, null],
    ["open", null, null]
  ]);
  const lines = linesOf([
    {deal: 0, product: "A", cents: 600_00, list: 800_00, quantity: 6},
    {deal: 0, product: "B", cents: 400_00, list: 400_00},
    {deal: 1, product: "A", cents: 1000_00, list: 1000_00, quantity: 4},
    {deal: 2, product: "A", cents: 99_00, list: 400_00},
    {deal: 3, product: "B", cents: 77_00, list: 100_00},
    {deal: 4, product: "B", cents: 50_00},
    {deal: 5, product: null, cents: 25_00}
  ]);

  test("by hand: money of the lines, deals of the quarter, what is known of price", () => {
    const rows = productRows(lines, deals, every(lines), "line_product", QUARTER);
    expect(rows.map(({product}) => product)).toEqual(["A", "B", NONE]);
    expect(rows[0]).toMatchObject({
      nWon: 2,
      nLost: 1,
      wonCents: 1600_00,
      openCents: 0,
      cycleDays: 30,
      priceCents: 160_00
    });
    expect(rows[0]!.winRate).toBeCloseTo(2 / 3, 12);
    expect(rows[0]!.discount).toBeCloseTo(1 - 1600 / 1800, 12);
    expect(rows[0]!.mix).toBeCloseTo(0.8, 12);
    expect(rows[0]!.attach).toBe(1);
    expect(rows[1]).toMatchObject({
      nWon: 1,
      nOpen: 1,
      openCents: 50_00,
      discount: 0,
      attach: 0.5,
      priceCents: null
    });
    expect(rows[2]).toMatchObject({
      nWon: 0,
      nLost: 0,
      winRate: null,
      discount: null,
      cycleDays: null,
      attach: null
    });
  });

  test("a deal that ended before products are known counts for no share, though it is won or lost", () => {
    const rows = productRows(lines, deals, every(lines), "line_product", QUARTER, (deal) => deal !== 2);
    expect(rows[0]).toMatchObject({product: "A", nWon: 2, nLost: 1, winRate: 1});
    const none = productRows(lines, deals, every(lines), "line_product", QUARTER, () => false);
    expect(none[0]).toMatchObject({product: "A", nWon: 2, nLost: 1, winRate: null, lo: null, hi: null});
  });

  test("a quarter in which nothing closed has no rates, not 0", () => {
    const [row] = productRows(lines, deals, every(lines), "line_product", {
      from: "2024-01-01",
      to: "2024-03-31"
    });
    expect(row).toMatchObject({winRate: null, mix: null, attach: null, discount: null});
  });

  test("shares of a period make one, and a period without wins has none", () => {
    const mix = mixByPeriod(lines, deals, every(lines), [
      QUARTER,
      {label: "Q0", from: "2024-01-01", to: "2024-03-31"}
    ]);
    expect(mix.filter(({label}) => label === "Q1").reduce((sum, {share}) => sum + share!, 0)).toBeCloseTo(
      1,
      12
    );
    expect(mix.filter(({label}) => label === "Q0").every(({share}) => share === null)).toBe(true);
  });

  test("deals of each product, each once", () => {
    expect([...dealsByProduct(lines, every(lines), "line_product").get("A")!]).toEqual([0, 1, 2]);
    expect(wonRows(lines, deals, every(lines), QUARTER).map(({row}) => row)).toEqual([0, 1, 2]);
  });

  test("products add up to the deals, to the cent, whatever the lines", () => {
    const line = fc.record({
      deal: fc.integer({min: 0, max: 5}),
      product: fc.constantFrom("A", "B", "C", null),
      cents: fc.integer({min: -5_000, max: 900_000})
    });
    fc.assert(
      fc.property(fc.array(line, {maxLength: 30}), (list) => {
        const table = linesOf(list);
        const rows = productRows(table, deals, every(table), "line_product", QUARTER);
        const of = (wanted: readonly number[]) =>
          list.filter(({deal}) => wanted.includes(deal)).reduce((sum, {cents}) => sum + cents, 0);
        expect(rows.reduce((sum, {wonCents}) => sum + wonCents, 0)).toBe(of([0, 1]));
        expect(rows.reduce((sum, {openCents}) => sum + openCents, 0)).toBe(of([4, 5]));
      })
    );
  });

  test("discounts of two currencies are weighed in one", () => {
    // 100 of 200 in a currency worth a tenth, 90 of 100 in base: 1 - (10 + 90) / (20 + 100).
    const mixed = linesOf([
      {deal: 0, product: "A", cents: 10_00, own: 100_00, list: 200_00},
      {deal: 1, product: "A", cents: 90_00, own: 90_00, list: 100_00},
      {deal: 1, product: "A", cents: 90_00, own: null, list: 100_00},
      {deal: 1, product: "A", cents: 90_00, own: 90_00, list: null}
    ]);
    expect(discountOf(mixed, every(mixed))).toBeCloseTo(1 - 100 / 120, 12);
  });
});

describe("bought together", () => {
  /** `counts` customers hold each basket. */
  function customers(baskets: readonly [string, number][]): FactTable {
    let account = 0;
    return linesOf(
      baskets.flatMap(([products, n]) =>
        Array.from({length: n}, () => {
          account++;
          return [...products].map((product): Line => ({deal: account, account, product, cents: 1}));
        }).flat()
      )
    );
  }
  const pair = (table: FactTable, a: string, b: string): ProductPair =>
    productPairs(table, every(table)).pairs.find((each) => each.a === a && each.b === b)!;

  test("by hand: 60 of 200 hold both where chance gives 50", () => {
    const table = customers([
      ["AB", 60],
      ["A", 40],
      ["B", 40],
      ["C", 60]
    ]);
    const ab = pair(table, "A", "B");
    expect(ab).toMatchObject({nA: 100, nB: 100, nBoth: 60, bAmongA: 0.6});
    expect(ab.lift).toBeCloseTo(1.2, 12);
    // Three pairs: the normal's quantile at 1 - 0.025 / 3 is 2.39398. By chance the variance is 50 x 100 x 100 / (200 x 199);
    // at either end the count is 2.39398 errors from what that lift would give.
    const variance = (50 * 100 * 100) / (200 * 199);
    expect((60 - 50 * ab.lo!) / Math.sqrt(variance * ab.lo!)).toBeCloseTo(2.39398, 4);
    expect((60 - 50 * ab.hi!) / Math.sqrt(variance * ab.hi!)).toBeCloseTo(-2.39398, 4);
    expect(ab.verdict).toBe(1);
    expect(pair(table, "A", "C")).toMatchObject({nBoth: 0, lift: 0, lo: 0, verdict: -1});
  });

  test("few customers say nothing", () => {
    expect(
      pair(
        customers([
          ["AB", 3],
          ["A", 3]
        ]),
        "A",
        "B"
      )
    ).toMatchObject({lift: null, lo: null, verdict: 0});
  });

  test("lines without a customer or product are no basket", () => {
    const table = linesOf([
      {deal: 0, account: null, product: "A", cents: 1},
      {deal: 1, account: 1, product: null, cents: 1},
      {deal: 2, account: 2, product: "A", cents: 1}
    ]);
    expect(productPairs(table, every(table))).toEqual({pairs: [], nCustomers: 1});
  });

  test("products bought at random are hardly ever called news: all pairs together in at most one of twenty firms", () => {
    let random = 12345;
    const next = () => {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      return random / 2 ** 32;
    };
    const firms = 200;
    let wrong = 0;
    for (let firm = 0; firm < firms; firm++) {
      // All hold Z, so that every customer is seen.
      const baskets = Array.from(
        {length: 300},
        () => `Z${[..."ABCDEF"].filter(() => next() < 0.3).join("")}`
      );
      const table = customers(baskets.map((each) => [each, 1]));
      if (productPairs(table, every(table)).pairs.some(({verdict}) => verdict !== 0)) wrong++;
    }
    // 5% are allowed; 200 firms tell it from 9%.
    expect(wrong / firms).toBeLessThanOrEqual(0.08);
  });
});

describe("a product's quarters", () => {
  const quarters = [
    {label: "Q1", from: "2025-01-01", to: "2025-03-31", partial: false},
    {label: "Q2", from: "2025-04-01", to: "2025-06-30", partial: true}
  ];
  // Eight deals won: five in the first quarter at 100 a seat, three in the second at 80; each with A, the first two with B.
  const deals = dealsOf(
    Array.from({length: 8}, (_, i) => ["won", i < 5 ? "2025-02-01" : "2025-05-01", 10] as const)
  );
  const lines = linesOf(
    Array.from({length: 8}, (_, deal) => ({
      deal,
      product: "A",
      cents: deal < 5 ? 20_000 : 16_000,
      quantity: 2,
      list: 25_000
    })).concat([0, 1].map((deal) => ({deal, product: "B", cents: 500, quantity: 1, list: 500})))
  );
  const rows = Array.from({length: lines.n}, (_, row) => row);
  const said = productTrend(lines, deals, rows, quarters, 6);
  const of = (product: string, label: string) =>
    said.find((each) => each.product === product && each.label === label)!;

  test("say price against its mean, discount and attach, with the deals", () => {
    // Mean price: (5 x 20,000 + 3 x 16,000) / 16 seats = 9,250; the first quarter's is 10,000.
    expect(of("A", "Q1")).toMatchObject({
      priceCents: 10_000,
      nLines: 5,
      nWithLines: 5,
      attach: 1,
      deals: [0, 1, 2, 3, 4]
    });
    expect(of("A", "Q1").priceIndex).toBeCloseTo(10_000 / 9_250, 12);
    expect(of("A", "Q1").discount).toBeCloseTo(0.2, 12);
    expect(of("B", "Q1")).toMatchObject({attach: 0.4, deals: [0, 1]});
    // Wilson for 2 of 5 (R: binom::binom.wilson(2, 5) gives 0.1176 to 0.7693).
    expect(of("B", "Q1").lo).toBeCloseTo(0.1176, 4);
    expect(of("B", "Q1").hi).toBeCloseTo(0.7693, 4);
  });

  test("say nothing of fewer than five lines, and only list what they hold", () => {
    expect(of("A", "Q2")).toMatchObject({
      priceCents: null,
      priceIndex: null,
      discount: null,
      attach: null,
      nLines: 3
    });
    expect(of("B", "Q1")).toMatchObject({priceCents: null, discount: null});
    expect(of("B", "Q2").deals).toEqual([]);
  });

  test("are of the products won most", () => {
    expect(new Set(productTrend(lines, deals, rows, quarters, 1).map(({product}) => product))).toEqual(
      new Set(["A"])
    );
    expect(productTrend(lines, deals, rows, [], 6)).toEqual([]);
  });
});
