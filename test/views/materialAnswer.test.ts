import {expect, test} from "vitest";
import type {Band, PlanMaterial, PlanningData} from "../../src/slices/material/planningData.ts";
import type {SiteData} from "../../src/slices/site.ts";
import {MaterialPage, materialAnswer} from "../../src/views/material/page.ts";

const band = (mean: number): Band => ({mean, p10: 0, p50: mean, p90: 2 * mean});
const material = (id: string, leadDays: number | null, decide: number[]): PlanMaterial => ({
  ...{id, name: id, leadDays, unitCost: 10, isStocked: null, firm: [4], pipeline: [band(9)], whole: band(9)},
  ...{decide: leadDays === null ? null : decide.map(band), firmDue: leadDays === null ? null : [0, 0, 0]},
  ...{nextOrderOn: null, held: {n: 0, inside80: 0}}
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

test("weeks are counted of the centres that say what they offer", () => {
  const definitions = new Proxy({}, {get: () => ({label: "", formula: "", unit: "count", computed_by: ""})});
  const site = {catalogue: {definitions}, asOf: "2026-05-22"} as unknown as SiteData;
  const planning = {data: data({centres: [centre("Welding", 25), centre("Test", null)]}), reason: null};
  const {textContent} = MaterialPage(site, planning, {material: null, weeks: 4});
  expect(textContent).toContain("of 1 week of 1 centre; 1 more does not say what it offers");
});
