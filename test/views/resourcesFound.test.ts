/** What the Resources page says of how much more a little more brings. */
import {expect, test} from "vitest";
import type {Resource} from "../../src/scenario/plan/resource.ts";
import {elasticityWords} from "../../src/views/resources/found.ts";

const reps = ({prior = 0.5, ...elasticity}: Omit<Resource["elasticity"], "prior"> & {prior?: number}) =>
  elasticityWords({
    resource: {
      ...{key: "reps_region", label: "Reps to regions", one: "rep", many: "reps", isMoney: false, unit: 1},
      ...{
        options: [],
        means: "",
        measuredOn: "deals created against reps there, quarter by quarter",
        elasticity: {...elasticity, prior}
      }
    }
  });

test("a record that does not tell is told as its interval, and the plan is said to rest on an assumption", () => {
  const words = reps({
    ...{mean: 0.22, error: 0.14, n: 48, isMeasured: false},
    record: {low: -0.38, high: 0.34, nGroups: 4, nMoved: 3}
  });
  expect(words).toContain("does not tell what more brings");
  expect(words).toContain("in 3 of 4 options the amount ever moved by a tenth");
  // 1.1 to the power of -0.38 is 0.9644, of 0.34 it is 1.0329.
  expect(words).toContain("may have brought 3.6% less to 3.3% more (95%)");
  expect(words).toContain(
    "ten percent more brings about 2.1% more, drawn from the middle of that towards the usual square root (4.9%), with"
  );
  expect(words).toContain("the plan rests on that");
  expect(words).toContain("not what one brings on average (all that was won over all reps)");
});

test("where fewer than three options moved the assumption is the usual one, whatever the record would leave open", () => {
  const assumed = (prior: number) =>
    reps({
      ...{mean: prior, prior, error: 0.2, n: 48, isMeasured: false},
      record: {low: -0.36, high: -0.1, nGroups: 6, nMoved: 2}
    });
  expect(assumed(0.5)).toContain("brings about 4.9% more, the usual square root, with wide uncertainty");
  expect(assumed(0.85)).toContain("brings about 8.4% more, what is usual, with wide uncertainty");
  expect(assumed(0.5)).not.toContain("drawn");
  expect(assumed(0.5)).toContain("may have brought 3.4% to 0.9% less (95%)");
});

test("a record that tells is told with its doubt, and without any nothing is said of it", () => {
  const measured = reps({
    ...{mean: 0.5, error: 0.1, n: 48, isMeasured: true},
    record: {low: 0.3, high: 0.7, nGroups: 9, nMoved: 8}
  });
  expect(measured).toMatch(/^By the firm's own record .* about 4\.9% more, give or take 1\.0 points/);
  expect(measured).not.toContain("assumed");
  expect(reps({mean: 0.5, error: 0.2, n: 0, isMeasured: false, record: null})).toMatch(
    /^How returns diminish could not be measured here\. It is assumed that ten percent more brings about 4\.9% more, with wide/
  );
});
