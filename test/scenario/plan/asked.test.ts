/** What the Resources page is asked, from its address and back. */
import {expect, test} from "vitest";
import {defaultLimits, type ResourceData} from "../../../src/scenario/plan/resource.ts";
import {readAsked, writeAsked} from "../../../src/views/resources/state.ts";

const option = (name: string, today: number) => ({name, today, value: 100_000, valueError: 0.1});
const data: ResourceData = {
  currency: "USD",
  asOf: "2026-05-22",
  resources: [
    {
      key: "reps_region",
      label: "Reps to regions",
      one: "rep",
      many: "reps",
      isMoney: false,
      unit: 1,
      options: [option("North", 9), option("A~B", 2)],
      elasticity: {mean: 0.5, error: 0.2, n: 0, isMeasured: false, prior: 0.5, record: null},
      means: "",
      measuredOn: null
    }
  ]
};

test("an address says what differs from today, and opens as it was", () => {
  const today = readAsked("", data);
  expect(today.limits).toEqual([
    {min: 5, max: 14},
    {min: 1, max: 3}
  ]);
  expect(writeAsked(today, data)).toBe("");
  const asked = {
    ...today,
    total: 12,
    goal: "p20" as const,
    mostMoved: 2,
    limits: [
      {min: 6, max: 14},
      {min: 0, max: 3}
    ]
  };
  expect(readAsked(writeAsked(asked, data), data)).toEqual(asked);
});

test("an address with anything wrong is refused as a whole, with what is wrong", () => {
  const asked = readAsked("?resource=ships&total=many&goal=best&limit=Mars~1~2&limit=North~x~9", data);
  expect(asked.problems).toEqual([
    'resource: nothing here is called "ships"',
    'goal: expected "expected" or "p20", found "best"',
    'total: expected an amount of 0 or more, found "many"',
    'limit: Reps to regions knows no "Mars"',
    'limit of North: expected an amount of 0 or more, found "x"'
  ]);
  expect({...asked, problems: []}).toEqual(readAsked("", data));
});

test("parts of a unit are refused: rounded they would ask for what nobody asked", () => {
  expect(readAsked("?total=6.5&moved=1.2&limit=North~2.2~2.8", data).problems).toEqual([
    'total: reps are given out in steps of 1, found "6.5"',
    'moved: reps are given out in steps of 1, found "1.2"',
    'limit of North: reps are given out in steps of 1, found "2.2"',
    'limit of North: reps are given out in steps of 1, found "2.8"'
  ]);
  const halves = {...data, resources: [{...data.resources[0]!, unit: 0.5}]};
  expect(readAsked("?total=6.5", halves)).toMatchObject({problems: [], total: 6.5});
  const money = {...data, resources: [{...data.resources[0]!, unit: 1000, isMoney: true}]};
  expect(readAsked("?total=6500", money).problems).toEqual([]);
});

test("limits go from half of today to half as much again, in whole steps", () => {
  expect(defaultLimits({unit: 1}, 1)).toEqual({min: 1, max: 2});
  expect(defaultLimits({unit: 0.5}, 1.5)).toEqual({min: 1, max: 2.5});
  expect(defaultLimits({unit: 5000}, 20_000)).toEqual({min: 10_000, max: 30_000});
});
