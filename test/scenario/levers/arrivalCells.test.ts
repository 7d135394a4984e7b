/** The cells into which levers cut a source: what they must add up to, whether each can be asked or not. */
import {describe, expect, test} from "vitest";
import {arrivalCells} from "../../../src/scenario/levers/arrivalCells.ts";
import type {LeverSetting} from "../../../src/scenario/scenario.ts";
import {makeInput} from "../makeInput.ts";

const SHARES = [0.42, 0.21, 0.12, 0.09, 0.08, 0.05, 0.03];
const TIMES = [1.3, 0.8, 1.1, 0.7, 1.25, 1.4];

/** Slices of seven values, six of them with a lever; with four of them there are 2,401 cells. */
function cut(nSlices: number) {
  const slices = Array.from({length: nSlices}, (_, s) =>
    SHARES.map((share, v) => [`${v}`, SHARES[(v + s) % 7] ?? share] as const)
  );
  const source = {
    ...makeInput().arrivals[0]!,
    shares: Object.fromEntries(slices.map((values, s) => [`slice ${s}`, Object.fromEntries(values)]))
  };
  const levers = slices.flatMap((_, s) =>
    TIMES.map(
      (value, v): LeverSetting => ({
        ...{kind: "new_pipeline", value},
        where: {dimension: `slice ${s}`, value: `${v}`}
      })
    )
  );
  const shareOf = ({where}: LeverSetting) => source.shares[where!.dimension]![where!.value]!;
  return {source, levers, shareOf, cells: arrivalCells(source, levers, {})};
}

describe.each([2, 4, 5])("levers on six of seven values of each of %i slices", (nSlices) => {
  const {levers, shareOf, cells} = cut(nSlices);

  test("act on just the share of deals that has the value, and the cells add up to all", () => {
    expect(cells.length).toBeLessThanOrEqual(1024);
    expect(cells.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 12);
    levers.forEach((lever, i) => {
      const acted = cells.reduce((sum, {share, acting}) => sum + (acting.includes(i) ? share : 0), 0);
      expect(acted).toBeCloseTo(shareOf(lever), 12);
    });
  });

  test("values of one slice exclude each other in every cell", () => {
    for (const {acting} of cells) {
      const slices = acting.map((i) => levers[i]!.where!.dimension);
      expect(new Set(slices).size).toBe(slices.length);
    }
  });

  test("slices come together as though they were independent, to two in a thousand of what is created", () => {
    const exact = Array.from({length: nSlices}, (_, s) =>
      levers
        .filter(({where}) => where!.dimension === `slice ${s}`)
        .reduce((sum, lever) => sum + shareOf(lever) * (lever.value - 1), 1)
    ).reduce((all, each) => all * each, 1);
    const found = cells.reduce(
      (sum, {share, acting}) => sum + acting.reduce((all, i) => all * levers[i]!.value, share),
      0
    );
    expect(Math.abs(found / exact - 1)).toBeLessThan(2e-3);
  });
});

test("shares written as parts of one that come to a little less or more are taken as they are", () => {
  const {source, levers} = cut(4);
  const less = {
    ...source,
    shares: {...source.shares, "slice 0": {...source.shares["slice 0"], 0: 0.52}}
  };
  expect(arrivalCells(less, levers, {}).reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(
    arrivalCells(less, levers.slice(0, 6), {}).reduce((sum, {share}) => sum + share, 0),
    12
  );
});
