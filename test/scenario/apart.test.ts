import {expect, test} from "vitest";
import {inOrder, neededParts, partsOfNames, putBack, putNames, takeApart} from "../../src/scenario/apart.ts";
import {dealsById, findDeals} from "../../src/scenario/findDeals.ts";
import type {ScenarioInput} from "../../src/scenario/input.ts";
import {numbers} from "../../src/scenario/levers/selected.ts";
import {answer, deeper} from "../../src/scenario/outlook/answer.ts";
import {packInput, unpackInput} from "../../src/scenario/packedInput.ts";
import type {Scenario} from "../../src/scenario/scenario.ts";
import {makeInput, NOTHING} from "./makeInput.ts";

/** As a browser has it: what travelled is another object. */
const travelled = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Ids in another order than the rows, so that parts of names are not rows in a row; 4,500 of them are three parts. */
function makeLarge(): ScenarioInput {
  const input = makeInput(4500);
  const ids = input.deals.columns["deal_id"]!;
  if (ids.kind === "text") ids.values = ids.values.map((_, i) => `D${(i * 7919) % 4500}`);
  const rounded = (chances: readonly number[]) => chances.map((chance) => Math.round(chance * 1e5) / 1e5);
  const curves = input.curves.map(({won, lost}) => ({won: rounded(won), lost: rounded(lost)}));
  return inOrder({...input, curves});
}

const ASKED: Scenario[] = [
  NOTHING,
  {...NOTHING, levers: [{kind: "partners", value: 3}]},
  {...NOTHING, window: "2026 Q3", filters: {region: ["South"]}},
  {...NOTHING, filters: {owner: ["Nobody"]}},
  {
    ...NOTHING,
    filters: {region: ["North"]},
    levers: [
      {kind: "win_rate", value: 1.1, where: {dimension: "stage", value: "Propose"}},
      {kind: "new_pipeline", value: 1.2, where: {dimension: "lead_source", value: "Web"}}
    ]
  },
  {
    ...NOTHING,
    deals: [
      {deal: "D17", action: "moved", on: "2026-09-30"},
      {deal: "D4000", action: "won"},
      {deal: "gone", action: "lost"}
    ]
  }
];

test("what was taken apart answers as the whole does once the parts that a question names are back", () => {
  const whole = makeLarge();
  const {input, index, parts} = travelledApart(whole);
  expect(Object.keys(input.deals.columns)).toEqual(["expected", "curve"]);
  for (const scenario of ASKED) {
    for (const file of neededParts(index, scenario)) putBack(input, file, travelled(parts.get(file)));
    expect(answer(input, scenario)).toEqual(answer(whole, scenario));
    expect(deeper(input, scenario, 0.5)).toEqual(deeper(whole, scenario, 0.5));
  }
});

test("a question fetches only what it asks of", () => {
  const {index, parts} = takeApart(makeLarge());
  expect(ASKED.map((scenario) => neededParts(index, scenario))).toEqual([
    [],
    [],
    ["scenario/won/rows", "scenario/by/region", "scenario/quotas/teams"],
    ["scenario/won/rows", "scenario/quotas/people"],
    [
      "scenario/won/rows",
      "scenario/by/region",
      "scenario/by/stage",
      "scenario/by/lead_source",
      "scenario/quotas/teams"
    ],
    ["scenario/names/0", "scenario/names/1", "scenario/names/2"]
  ]);
  for (const file of ASKED.flatMap((scenario) => neededParts(index, scenario)))
    expect(parts.has(file)).toBe(true);
});

test("the largest deals are known by name at first, any other one once its part is there", () => {
  const whole = makeLarge();
  const {input, index, parts} = travelledApart(whole);
  putNames(input, index.listed);
  expect(findDeals(input, "").map(({amount}) => amount)).toEqual(
    findDeals(whole, "").map(({amount}) => amount)
  );
  const small = dealsById(whole, ["D3", "D1234", "D4499"]).filter(
    ({id}) => dealsById(input, [id]).length === 0
  );
  expect(small.length).toBeGreaterThan(0);
  for (const deal of small) {
    const files = partsOfNames(index, [deal.id]);
    expect(files).toHaveLength(1);
    putBack(input, files[0]!, travelled(parts.get(files[0]!)));
    expect(dealsById(input, [deal.id])).toEqual([deal]);
  }
});

test("amounts and curves travel as steps from deal to deal and come out as they went in, nulls too", () => {
  const {input, index} = takeApart(makeLarge());
  const expected = numbers(input.deals.columns["expected"]) as (number | null)[];
  [expected[7], expected[4499]] = [null, null];
  const packed = travelled(packInput(input, index));
  const told = numbers(packed.deals.columns["expected"]);
  expect(told.slice(0, 3)).toEqual([expected[0], expected[1]! - expected[0]!, expected[2]! - expected[1]!]);
  expect(unpackInput(packed).deals).toEqual(travelled(input.deals));
});

function travelledApart(whole: ScenarioInput) {
  const {input, index, parts} = takeApart(whole);
  return {input: unpackInput(travelled(packInput(input, index))), index, parts};
}
