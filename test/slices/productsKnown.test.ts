import {describe, expect, test} from "vitest";
import type {FactTable} from "../../src/slices/facts.ts";
import {productsKnown, stagesWithout, stagesWithoutLines} from "../../src/slices/productsKnown.ts";
import type {Ladder, Path} from "../../src/slices/stagePaths.ts";

const ladder: Ladder = {pipeline: "sales", stages: ["Qualify", "Propose", "Agree"]};

/** A deal that entered the stages and ended. */
function path(deal: number, stages: readonly string[], outcome: Path["outcome"]): Path {
  const visits = stages.map((stage, i) => ({
    stage,
    order: ladder.stages.indexOf(stage) + 1,
    enteredOn: i,
    leftOn: i + 1
  }));
  return {deal, ladder, visits, outcome, endedOn: outcome ? stages.length : null};
}

describe("from where products are known", () => {
  const paths = [
    path(0, ["Qualify"], "lost"),
    path(1, ["Qualify", "Propose"], "lost"),
    path(2, ["Qualify"], "won"),
    path(3, ["Qualify", "Propose", "Qualify"], "lost")
  ];
  const counted = (isEarly: (stage: string) => boolean) => {
    const {from, counts} = productsKnown(isEarly, [ladder], paths);
    return {from, deals: paths.flatMap(({deal}) => (counts(deal) ? [deal] : []))};
  };

  test("a deal lost in a stage without lines does not count; one that came further, or was won past it, does", () => {
    expect(counted((stage) => stage === "Qualify")).toEqual({from: ["Propose"], deals: [1, 2, 3]});
    expect(counted((stage) => stage === "Propose")).toEqual({from: ["Agree"], deals: [2]});
  });

  test("known from the start, all count; known only of won deals, none", () => {
    expect(counted(() => false)).toEqual({from: null, deals: [0, 1, 2, 3]});
    expect(counted(() => true)).toEqual({from: [], deals: []});
  });

  test("a stage lacks lines when most of its open deals do; closed deals and stages nobody stands in say nothing", () => {
    const words = ["open", "lost"];
    const stages = [...ladder.stages];
    const deals: FactTable = {
      n: 5,
      columns: {
        outcome: {kind: "key", words, codes: [0, 0, 0, 0, 1]},
        stage: {kind: "key", words: stages, codes: [0, 0, 1, 1, 2]}
      }
    };
    const lines: FactTable = {
      n: 5,
      columns: {
        deal: {kind: "number", values: [0, 1, 2, 3, 4]},
        line_product: {kind: "key", words: ["A"], codes: [null, null, 0, null, null]}
      }
    };
    const isEarly = stagesWithoutLines(lines, deals, [0, 1, 2, 3, 4]);
    expect(stages.map(isEarly)).toEqual([true, false, false]);
  });
});

test("what deals themselves say tells the same: most open deals of a stage have none", () => {
  const deals: FactTable = {
    n: 6,
    columns: {
      stage: {kind: "key", words: ["Agree", "Qualify", "Propose"], codes: [1, 1, 1, 2, 2, 1]},
      outcome: {kind: "key", words: ["open", "lost"], codes: [0, 0, 0, 0, 0, 1]},
      product: {kind: "key", words: ["Pump"], codes: [null, null, 0, null, 0, 0]}
    }
  };
  const isEarly = stagesWithout(deals, [0, 1, 2, 3, 4, 5], "product");
  expect(["Qualify", "Propose", "Agree"].map(isEarly)).toEqual([true, false, false]);
});
