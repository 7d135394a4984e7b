import {expect, test} from "vitest";
import {balanceWeeks} from "../../src/slices/material/net.ts";
import type {Band, PlanMaterial, PlanningData} from "../../src/slices/material/planningData.ts";
import type {SiteData} from "../../src/slices/site.ts";
import {ledgerRows, leftOf} from "../../src/views/material/ledger.ts";
import {MaterialPage, materialAnswer} from "../../src/views/material/page.ts";

const definitions = new Proxy({}, {get: () => ({label: "", formula: "", unit: "count", computed_by: ""})});
const SITE = {catalogue: {definitions}, asOf: "2026-05-22"} as unknown as SiteData;
const band = (mean: number): Band => ({mean, p10: 0, p50: mean, p90: 2 * mean});
const material = (id: string, leadDays: number | null, decide: number[]): PlanMaterial => ({
  ...{id, name: id, leadDays, unitCost: 10, isStocked: null, firm: [4], pipeline: [band(9)], whole: band(9)},
  ...{decide: leadDays === null ? null : decide.map(band), firmDue: leadDays === null ? null : [0, 0, 0]},
  ...{nextOrderOn: null, held: {n: 0, inside80: 0}, supply: null}
});
const centre = (id: string, hoursPerWeek: number | null) => ({
  ...{id, name: id, hoursPerWeek, firm: [30], pipeline: [5], held: {n: 0, inside80: 0}}
});

function data(more: Partial<PlanningData>): PlanningData {
  const demand = {firm: [100], pipeline: [band(50)], whole: band(50)};
  return {
    ...{asOf: "2026-05-22", currency: "USD", months: [{from: "2026-05-01", to: "2026-05-31"}]},
    ...{weeks: ["2026-05-23"], products: [], orders: [], deals: [], nOrders: 0, nDeals: 0, nAssumed: 0},
    materials: [material("Frame", 62, [0, 1, 3])],
    cost: demand,
    centres: [centre("Welding", 40)],
    offsets: {materialDays: 60, materialLow: 50, materialHigh: 70, productionDays: 14, nOrders: 9},
    supply: {
      ...{hasStock: false, hasPurchases: false, countedFrom: null, countedTo: null, countedAfter: null},
      ...{nMaterials: 1, nUncounted: 1, nShortBeyond: 0}
    },
    ...{likeBy: null, assumedShare: null, leftOut: []},
    record: {
      scores: [
        {
          ...{kind: "next 26 weeks", what: "all material", n: 7, inside80: 6, nCompared: 0},
          ...{error: null, naiveError: null, bias: null}
        }
      ],
      past: [],
      fromLaterDeals: null
    },
    ...more
  };
}

function said(more: Partial<PlanningData>, weeks: number): string {
  const answer = materialAnswer({data: data(more), reason: null}, {material: null, weeks});
  return (answer as (string | Node)[])
    .map((part) => (typeof part === "string" ? part : part.textContent))
    .join("");
}

test("what is not due yet is not said to be able to wait", () => {
  expect(said({}, 0)).toContain("nothing has to be ordered by today before the deals are won");
  expect(said({materials: [material("Frame", 50, [0, 0, 0])]}, 0)).toContain(
    "nothing has to be ordered before the deals are won"
  );
  expect(said({}, 4)).toContain("in 1 material must be ordered within 4 weeks, before the deals are won");
});

test("materials without a lead time are said, as is how often such a figure held", () => {
  const words = said({materials: [material("Frame", 50, [0, 0, 0]), material("Bolt", null, [])]}, 4);
  expect(words).toContain("of 1 of 2 materials no lead time is known");
  expect(words).toContain("are expected to take $50 more (an 80% band around it held 6 of 7 times)");
  expect(said({}, 4)).not.toContain("no lead time");
});

test("a centre that does not say what it offers is not said to be free", () => {
  expect(said({}, 4)).toContain("No work centre is asked for more than it offers.");
  expect(said({centres: [centre("Welding", null)]}, 4)).toContain(
    "No work centre says how many hours it offers."
  );
  expect(said({centres: [centre("Welding", 25)]}, 4)).toContain("Welding is the fullest: 140%");
});

test("what orders make short is said first, with the day to order by; without stock the page has nothing of it", () => {
  const supply = {hasStock: true, hasPurchases: true, countedFrom: "2026-05-22", countedTo: "2026-05-22"};
  const facts = {...supply, countedAfter: null, nMaterials: 1, nUncounted: 0, nShortBeyond: 0};
  const none = new Array<number>(26).fill(0);
  const stocked = (needs: [string, number][]): PlanMaterial => ({
    ...material("Frame", 62, [0, 0, 0]),
    supply: {
      ...{onHand: 4, sites: [["Works", 4]], countedOn: "2026-05-22", receipts: [], undated: 0, needs},
      ...{expected: none, expectedP90: none}
    }
  });
  const short = stocked([["2026-07-01", 9]]);
  // 62 days before July 1 is April 30.
  expect(said({supply: facts, materials: [short]}, 4)).toMatch(
    /^Frame is short for open orders from 1 Jul 2026: 5 are missing at the worst, and the first had to be ordered by 30 Apr 2026, 22.d ago\. Open orders wait/
  );
  expect(said({supply: facts, materials: [stocked([])]}, 4)).toMatch(
    /^Stock and purchase orders cover what open orders need\. /
  );
  expect(said({}, 4)).toMatch(/^Open orders wait/);
  // Those that are short and not listed are short too.
  const others = (nShortBeyond: number, ...more: PlanMaterial[]) =>
    said({supply: {...facts, nShortBeyond}, materials: [short, ...more]}, 4);
  expect(others(150, {...short, id: "Bolt", name: "Bolt"})).toContain("; 151 more materials are short. ");
  expect(others(1)).toContain("; 1 more material is short. ");

  const page = (more: Partial<PlanningData>) =>
    MaterialPage(SITE, {data: data(more), reason: null}, {material: null, weeks: 4}).textContent!;
  expect(page({supply: facts, materials: [short]})).toContain("What runs short, and by when to order it");
  expect(page({supply: facts, materials: [short]})).toContain("Stock is as counted on 22 May 2026");
  expect(page({})).not.toContain("runs short");
  expect(page({})).toContain("is not in the exports");
  expect(page({supply: {...facts, hasStock: false, countedFrom: null, countedTo: null}})).toContain(
    "purchase orders and no stock, so what is short cannot be told"
  );
  const late = {...facts, hasStock: false, countedFrom: null, countedTo: null, countedAfter: "2026-05-23"};
  for (const hasPurchases of [true, false]) {
    const words = page({supply: {...late, hasPurchases}});
    expect(words).toContain("Stock was counted after the as-of day, from 23 May 2026 on, and is not taken");
    expect(words).not.toMatch(/no stock|not in the exports/);
  }
  const both = page({supply: {...facts, countedAfter: "2026-05-23"}, materials: [short]});
  expect(both).toContain("Stock is as counted on 22 May 2026");
  expect(both).toContain("Counts after the as-of day, from 23 May 2026 on, are not taken.");
  expect(page({supply: facts, materials: [short]})).not.toContain("are not taken");
  const cut = "What deals make short is told of the 1 material of this table alone";
  expect(page({supply: {...facts, nMaterials: 900}, materials: [short]})).toContain(cut);
  expect(page({supply: facts, materials: [short]})).not.toContain("of this table alone");
  expect(page({supply: {...facts, hasPurchases: false}, materials: [short]})).toContain(
    "what is short may be on its way"
  );
});

test("the rows behind what is left sum to it, and it is what the chart's last week leaves", () => {
  const frame: PlanMaterial = {
    ...material("Frame", 62, [0, 0, 0]),
    ...{firm: [9], whole: band(1.5)},
    supply: {
      ...{
        onHand: 4,
        sites: [
          ["Works", 3],
          ["Store", 1]
        ],
        countedOn: "2026-05-22",
        undated: 2
      },
      receipts: [
        {id: "PO1", on: "2026-06-01", dueOn: "2026-06-01", units: 3, isOverdue: false, isAssumed: false}
      ],
      needs: [["2026-07-01", 9]],
      expected: [1.5],
      expectedP90: [3]
    }
  };
  const all = data({
    materials: [frame],
    products: [{name: "Press", takes: [[0, 2]], hours: [], otherCost: 0}],
    ...{nOrders: 2, nDeals: 0},
    orders: [
      {
        ...{orderId: "SO1", dealId: null, account: "Acme", lines: [[0, 3]], cost: 60, needOn: "2026-07-01"},
        ...{buildFrom: "2026-07-02", buildTo: "2026-07-16", buildShare: 1}
      }
    ]
  });
  // 4 and 3 less 9 and 1.5: the listed order takes six, three and the deals are not listed. What has no day is in no week.
  expect(leftOf(frame)).toBe(-3.5);
  expect(balanceWeeks(frame.supply!, all).at(-1)!.afterExpected).toBe(-3.5);
  const rows = ledgerRows(all, frame);
  expect(rows.map(({name, units}) => [name, units])).toEqual([
    ["Works", 3],
    ["Store", 1],
    ["PO1", 3],
    ["2 on order without a day", 0],
    ["SO1", -6],
    ["1 smaller orders and deals", -4.5]
  ]);
  // Where all are listed a rest is rounding if it is that small; else the panel says that its rows do not add up.
  const ends = (mean: number) => {
    const whole = {...frame, firm: [6], whole: band(mean)};
    return ledgerRows({...all, materials: [whole], nOrders: 1}, whole).at(-1)!;
  };
  expect(ends(0.04)).toMatchObject({name: "Rounding of what deals are expected to need", kind: "rounding"});
  expect(ends(0.04).units).toBeCloseTo(-0.04, 9);
  expect(ends(0.4).name).toBe("SO1");
});

test("weeks are counted of the centres that say what they offer", () => {
  const planning = {data: data({centres: [centre("Welding", 25), centre("Test", null)]}), reason: null};
  const {textContent} = MaterialPage(SITE, planning, {material: null, weeks: 4});
  expect(textContent).toContain("of 1 week of 1 centre; 1 more does not say what it offers");
});
