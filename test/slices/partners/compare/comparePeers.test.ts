import {describe, expect, test} from "vitest";
import {
  bandOf,
  type ComparedPartner,
  comparePeers
} from "../../../../src/slices/partners/compare/comparePeers.ts";
import {isApart, isTellable, RULES} from "../../../../src/slices/partners/compare/disclosure.ts";
import {
  type Counted,
  MEASURE_KEYS,
  type PartnerCounts
} from "../../../../src/slices/partners/compare/measures.ts";
import fc from "../../../support/fc.ts";

const rate = (successes: number, trials: number): Counted => ({successes, trials});

/** Dealers of one tier with these win rates. */
function dealers(counts: readonly Counted[]): PartnerCounts[] {
  return counts.map((win_rate, i) => ({
    ...{partnerId: `P${i}`, partner: `Partner ${i}`, kind: "dealer", tier: "Gold"},
    counts: {win_rate}
  }));
}

const seven = [rate(4, 10), rate(5, 9), rate(2, 12), rate(6, 11), rate(1, 7), rate(3, 10), rate(4, 8)];

const winRate = ({measures}: ComparedPartner) => measures.find(({key}) => key === "win_rate")!;

describe("whether a figure of a group may be told", () => {
  test("needs six partners with something to count", () => {
    expect(isTellable(seven)).toBe(true);
    expect(isTellable(seven.slice(0, 6))).toBe(true);
    expect(isTellable(seven.slice(0, 5))).toBe(false);
    expect(isTellable([...seven.slice(0, 5), rate(0, 0), rate(0, 0)])).toBe(false);
  });

  test("not where one partner has more than half, or the two largest nearly all, of deals or of money", () => {
    expect(isTellable([...seven.slice(1), rate(30, 58)])).toBe(false);
    expect(isTellable([...seven.slice(1), rate(30, 57)])).toBe(true);
    // 40 and 40 beside 7: the second could work out the first to within 7 of 40.
    const two = [rate(20, 40), rate(20, 40)];
    expect(isTellable([...two, ...[rate(2, 3), rate(1, 1), rate(1, 1), rate(1, 2)]])).toBe(false);
    expect(isTellable([...two, ...[rate(2, 3), rate(1, 1), rate(1, 1), rate(1, 3)]])).toBe(true);
    const money = (total: number): Counted => ({n: 5, mean: 4, squares: 1, total});
    expect(isTellable([100, 120, 90, 110, 130, 80].map(money))).toBe(true);
    expect(isTellable([100, 120, 90, 110, 130, 600].map(money))).toBe(false);
  });

  test("not where nearly all came out alike: each one's would be known", () => {
    expect(isTellable(seven.map((each) => rate(0, "trials" in each ? each.trials : 0)))).toBe(false);
    // Without the partner that has most of them four were lost.
    expect(isTellable([rate(4, 10), ...Array.from({length: 6}, (_, i) => rate(9 - Number(i < 4), 9))])).toBe(
      false
    );
    expect(isTellable([rate(4, 10), ...Array.from({length: 6}, (_, i) => rate(9 - Number(i < 5), 9))])).toBe(
      true
    );
  });
});

describe("whether the band of a group tells each one's own figure", () => {
  test("does where it spans less than a tenth of its middle, of days and of money", () => {
    expect(isApart({median: 1000, lo: 1000, hi: 1000}, "deal_size")).toBe(false);
    expect(isApart({median: 1000, lo: 960, hi: 1050}, "deal_size")).toBe(false);
    expect(isApart({median: 1000, lo: 950, hi: 1050}, "deal_size")).toBe(true);
    expect(isApart({median: 30, lo: 29, hi: 31}, "cycle")).toBe(false);
  });

  test("of a share by the larger of both outcomes', whichever is counted", () => {
    for (const [median, lo, hi, is] of [
      [0.5, 0.49, 0.51, false],
      [0.95, 0.93, 0.97, false],
      [0.3, 0.25, 0.35, true],
      [0.95, 0.85, 0.98, true]
    ] as const) {
      expect(isApart({median, lo, hi}, "win_rate")).toBe(is);
      expect(isApart({median: 1 - median, lo: 1 - hi, hi: 1 - lo}, "win_rate")).toBe(is);
    }
  });
});

const hasAny = (each: Counted) => ("trials" in each ? each.trials : each.n) > 0;

/** Five deals, or days of five, near this. */
const money = (typical: number): Counted => ({
  ...{n: 5, mean: Math.log(typical), squares: 0.0005},
  total: 5 * typical
});

/** Any group of one kind and tier, with something of each figure. */
const group = fc.array(
  fc.record({
    win_rate: fc.tuple(fc.nat({max: 20}), fc.nat({max: 20})).map(([won, lost]) => rate(won, won + lost)),
    deal_size: fc
      .tuple(fc.integer({min: 1, max: 9}), fc.double({min: 8, max: 13, noNaN: true}))
      .map(([n, mean]): Counted => ({n, mean, squares: (n - 1) * 0.3, total: n * Math.exp(mean)}))
  }),
  {minLength: 2, maxLength: 9}
);
const partnersOf = (list: readonly PartnerCounts["counts"][]): PartnerCounts[] =>
  list.map((counts, i) => ({...dealers([rate(0, 0)])[0]!, partnerId: `P${i}`, counts}));

describe("what a site tells of a partner's peers", () => {
  test("is the same in every site of the group, in round figures, and no partner's own", () => {
    const told = comparePeers(dealers(seven), ["Gold"]);
    expect(new Set(told.map((each) => JSON.stringify(winRate(each).peers))).size).toBe(1);
    const {n, median, lo, hi} = winRate(told[0]!).peers!;
    expect(n).toBe(7);
    for (const each of [median, lo, hi]) expect(each * 100).toBeCloseTo(Math.round(each * 100), 9);
    expect(lo).toBeGreaterThan(1 / 7);
    expect(hi).toBeLessThan(6 / 11);
  });

  test("says nothing of a group whose partners are all alike, nor of where one of them stands in it", () => {
    const alike = (counts: readonly PartnerCounts["counts"][]) =>
      comparePeers(partnersOf(counts), ["Gold"]).flatMap(({measures}) =>
        measures.filter(({n}) => n > 0).map(({raw, value, verdict, peers}) => ({raw, value, verdict, peers}))
      );
    // Deals at the list price but for a rounding, and a fixed period of decision.
    const near = (factor: number, i: number): Counted => {
      const mean = Math.log(1000) + factor * (i / 6);
      return {n: 5, mean, squares: i === 0 ? 4e-6 : 0.0005, total: 5 * Math.exp(mean)};
    };
    for (const factor of [0, 0.02])
      for (const {raw, ...told} of alike(
        Array.from({length: 7}, (_, i) => ({deal_size: near(factor, i), decision: near(factor, i)}))
      ))
        expect(told).toEqual({value: raw, verdict: null, peers: null});
    // Half of six hundred each, as far as chance goes; and hardly a registration that is not approved.
    const shares = Array.from({length: 7}, (_, i) => ({
      win_rate: rate(297 + i, 600),
      approval: rate(572 + (i % 2), 600)
    }));
    for (const {raw, ...told} of alike(shares))
      expect(told).toEqual({value: raw, verdict: null, peers: null});
    // So it is where one alone is not like the others: it knows its own.
    for (const own of [1100, 1500, 3000, 400]) {
      const apart = {n: 5, mean: Math.log(own), squares: 0.0005, total: 5 * own};
      const others = Array.from({length: 8}, (_, i) => ({deal_size: near(0, i)}));
      for (const {raw, ...told} of alike([{deal_size: apart}, ...others]))
        expect(told).toEqual({value: raw, verdict: null, peers: null});
    }
    // As alike in what little there is of them: where the group lies is then open enough.
    const few = alike(Array.from({length: 7}, () => ({win_rate: rate(4, 8)})));
    for (const {peers} of few) expect(peers!.hi - peers!.lo).toBeGreaterThan(0.05);
  });

  // Who is in its group, and that a tier is told with its neighbours, does depend on them: the group's words and number say so.
  test("in a figure of one kind and tier does not depend on any peer where it may not be told", () => {
    fc.assert(
      fc.property(group, group, (list, other) => {
        const before = comparePeers(partnersOf(list), ["Gold"]);
        for (const [i, own] of list.entries()) {
          // The others are other firms altogether, as many of them; this one stays.
          const others = list.map((each, j) => (j === i ? own : (other[j] ?? each)));
          const after = comparePeers(partnersOf(others), ["Gold"]);
          for (const key of MEASURE_KEYS) {
            const measure = (told: readonly ComparedPartner[]) =>
              told.find(({partnerId}) => partnerId === `P${i}`)?.measures.find((each) => each.key === key);
            const [then, now] = [measure(before), measure(after)];
            if (!then || !now || then.peers || now.peers) continue;
            expect(now).toEqual(then);
            expect(then.verdict).toBeNull();
          }
        }
      }),
      {numRuns: 25}
    );
  });

  test("is told where the rules of the group hold, and only there", () => {
    let nTold = 0;
    fc.assert(
      fc.property(group, (list) => {
        for (const {measures} of comparePeers(partnersOf(list), ["Gold"]))
          for (const {key, peers} of measures) {
            const counts = list.flatMap((each) => each[key as keyof typeof each] ?? []).filter(hasAny);
            const isOpen = (of: readonly Counted[]) => {
              const band = bandOf(key, of);
              return band !== null && isApart(band, key);
            };
            const may = isTellable(counts) && isOpen(counts);
            if (!may) expect(peers).toBeNull();
            // Without whichever partner, so without the farthest.
            else if (counts.every((_, i) => isOpen(counts.toSpliced(i, 1)))) expect(peers).not.toBeNull();
            if (!peers) continue;
            nTold++;
            expect(peers.n).toBeGreaterThanOrEqual(RULES.least);
            expect(isApart(peers, key)).toBe(true);
          }
      }),
      {numRuns: 15}
    );
    expect(nTold).toBeGreaterThan(0);
  });

  test("tells days and money of seven that are far enough from each other", () => {
    const list = [8, 12, 20, 30, 45, 70, 100].map((typical): PartnerCounts["counts"] => ({
      deal_size: money(1000 * typical),
      cycle: money(typical)
    }));
    for (const {measures} of comparePeers(partnersOf(list), ["Gold"]))
      for (const {key, value, peers} of measures.filter(({n}) => n > 0)) {
        const unit = key === "cycle" ? 1 : 1000;
        expect([key, peers?.n]).toEqual([key, 7]);
        expect(peers!.lo).toBeGreaterThan(8 * unit);
        expect(peers!.hi).toBeLessThan(100 * unit);
        expect(value).not.toBeNull();
      }
  });

  test("counts firms, not ids: with five others of whom one is the reader again nothing is told", () => {
    const figures = [800, 1200, 900, 1500, 700, 1800];
    const ids = figures.map(
      (typical, i): PartnerCounts => ({...partnersOf([{deal_size: money(typical)}])[0]!, partnerId: `P${i}`})
    );
    const told = (list: readonly PartnerCounts[]) =>
      comparePeers(list, ["Gold"]).map(({group, measures}) => ({
        nFirms: group.n,
        ...measures.find(({key}) => key === "deal_size")!
      }));
    expect(told(ids).map(({peers}) => peers?.n)).toEqual(Array(6).fill(6));
    const firm = (first: PartnerCounts, all: Counted) => ({
      ...{firmId: first.partnerId, kind: first.kind, tier: first.tier},
      counts: {deal_size: all}
    });
    const both = firm(ids[0]!, {n: 10, mean: Math.log(980), squares: 0.8, total: 10_000});
    const two = ids.map((each, i) => (i < 2 ? {...each, firm: both} : each));
    for (const {nFirms, raw, value, peers, verdict} of told(two)) {
      expect([nFirms, peers, verdict]).toEqual([5, null, null]);
      expect(value).toBe(raw);
    }
    // Who alone is apart has two ids to be apart with.
    const alike = [...Array(7).fill(1000), 1500, 1500].map(
      (typical, i): PartnerCounts => ({...ids[0]!, partnerId: `P${i}`, counts: {deal_size: money(typical)}})
    );
    const apart = firm(alike[7]!, {n: 10, mean: Math.log(1500), squares: 0.001, total: 15_000});
    for (const {nFirms, peers} of told(alike.map((each, i) => (i < 7 ? each : {...each, firm: apart}))))
      expect([nFirms, peers]).toEqual([8, null]);
  });

  test("says to each id of a firm where its own records lie, and to none the kind and tier of another", () => {
    const list = dealers(seven);
    const firm = {firmId: "P0", kind: "dealer", tier: "Gold", counts: {win_rate: rate(6, 14)}};
    const second = {
      ...list[0]!,
      ...{partnerId: "pk", kind: null, tier: null},
      counts: {win_rate: rate(4, 6)}
    };
    const told = comparePeers([{...list[0]!, firm}, ...list.slice(1), {...second, firm}], ["Gold"]);
    const [first, last] = [told[0]!, told.at(-1)!];
    expect([first.group, last.group]).toEqual([
      {words: "dealers of tier Gold", n: 7},
      {words: "partners", n: 7}
    ]);
    expect([winRate(first).raw, winRate(last).raw]).toEqual([0.4, 4 / 6]);
    expect(winRate(last).peers).toEqual(winRate(first).peers);
    expect(winRate(first).peers!.n).toBe(7);
  });

  test("says nothing of which peer is which: two that change places change nothing for a third", () => {
    const [first, second, ...rest] = seven;
    const of = (list: readonly Counted[]) => winRate(comparePeers(dealers(list), ["Gold"])[6]!);
    expect(of([second!, first!, ...rest])).toEqual(of(seven));
  });

  test("moves by no more than some points when a peer's own rate becomes quite another", () => {
    for (const [i, each] of seven.entries()) {
      if (i === 6 || !("trials" in each)) continue;
      const with_ = (successes: number) =>
        winRate(comparePeers(dealers(seven.with(i, rate(successes, each.trials))), ["Gold"])[6]!).peers!;
      // From three wins in ten to five in ten, say: less than a fifth of that is seen.
      const moved = Math.abs(
        with_(Math.round(0.5 * each.trials)).median - with_(Math.round(0.3 * each.trials)).median
      );
      expect(moved).toBeLessThanOrEqual(0.05);
    }
  });
});

describe("a partner's own figures", () => {
  test("are shrunk towards the group's with an interval, and judged only where that is sure", () => {
    const list = [...Array.from({length: 9}, () => rate(3, 12)), rate(11, 12), rate(2, 4)];
    const told = comparePeers(dealers(list), ["Gold"]).map(winRate);
    expect(told[9]).toMatchObject({n: 12, verdict: "above"});
    expect(told[9]!.value!).toBeLessThan(11 / 12);
    expect(told[9]!.value!).toBeGreaterThan(0.5);
    expect(told[0]).toMatchObject({verdict: "cannot be told"});
    // Half of four is more than the others win, and too little to say so.
    expect(told[10]).toMatchObject({n: 4, raw: 0.5, verdict: "cannot be told"});
  });

  test("are judged by the middle that is drawn: what lies on it is neither above nor below", () => {
    // A quarter win more than half, the rest next to nothing: the mean of the group is far above its middle.
    const others = [
      ...Array.from({length: 5}, () => rate(33, 60)),
      ...Array.from({length: 15}, (_, i) => rate(1 + (i % 4), 50))
    ];
    for (const own of [rate(12, 100), rate(16, 130), rate(24, 200)]) {
      const mine = winRate(comparePeers(dealers([own, ...others]), ["Gold"])[0]!);
      expect(Math.abs(mine.value! - mine.peers!.median)).toBeLessThanOrEqual(0.01);
      expect(mine.verdict).toBe("cannot be told");
    }
    const told = comparePeers(dealers([rate(30, 100), rate(1, 100), ...others]), ["Gold"]).map(winRate);
    expect(told.slice(0, 2).map(({verdict}) => verdict)).toEqual(["above", "below"]);
  });

  test("are above or below only on that side of the middle, as both are told", () => {
    fc.assert(
      fc.property(group, (list) => {
        for (const {measures} of comparePeers(partnersOf(list), ["Gold"]))
          for (const {verdict, value, peers} of measures) {
            if (verdict === "above") expect(value!).toBeGreaterThan(peers!.median);
            if (verdict === "below") expect(value!).toBeLessThan(peers!.median);
          }
      }),
      {numRuns: 40}
    );
  });

  test("stand as counted, with their own interval, where the group may not be told", () => {
    const [first] = comparePeers(dealers([rate(5, 10), rate(1, 9)]), ["Gold"]);
    const told = winRate(first!);
    expect(first!.group).toEqual({words: "dealers", n: 2});
    expect(told).toMatchObject({raw: 0.5, value: 0.5, verdict: null, peers: null});
    // Wilson by hand: 0.5 -+ 1.28155 / 1.16424 * sqrt(0.025 + 1.64238 / 400)
    expect(told.lo).toBeCloseTo(0.3122, 3);
    expect(told.hi).toBeCloseTo(0.6878, 3);
    const mean = {n: 4, mean: Math.log(100), squares: 3 * 0.25, total: 420};
    const [only] = comparePeers(partnersOf([{cycle: mean}]), []);
    const cycle = only!.measures.find(({key}) => key === "cycle")!;
    // exp(log(100) -+ qt(0.9, 3) * 0.5 / 2), qt(0.9, 3) = 1.637744
    expect(cycle.lo).toBeCloseTo(100 * Math.exp(-1.637744 / 4), 3);
    expect(cycle.hi).toBeCloseTo(100 * Math.exp(1.637744 / 4), 3);
  });

  test("are null, not nought, without a record behind them", () => {
    const told = comparePeers(
      [...dealers(seven), {...dealers([rate(1, 2)])[0]!, partnerId: "Q", counts: {approval: rate(1, 2)}}],
      ["Gold"]
    );
    const mine = winRate(told.at(-1)!);
    expect(mine).toMatchObject({n: 0, raw: null, value: null, lo: null, hi: null, verdict: null});
    expect(mine.peers!.n).toBe(7);
  });
});
