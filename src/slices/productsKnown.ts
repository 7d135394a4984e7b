/**
 * Where products are filled in as deals advance, a deal lost early carries none: what is known by product are then only the deals
 * that came further, and shares won of them flatter every product. From which stage on products can be compared.
 */
import {cell, type FactTable} from "./facts.js";
import {dealsByProduct} from "./productLines.js";
import {groupRows, NONE} from "./select.js";
import type {Ladder, Path} from "./stagePaths.js";

export interface ProductsKnown {
  /**
   * The first stage of each pipeline from which products are known; null where they are known from the start, empty where only won
   * deals have them.
   */
  from: string[] | null;
  /** Whether a deal came as far as that, or was won. */
  counts: (deal: number) => boolean;
  /** Whether that stage is one of them, or later. */
  isFrom: (at: {pipeline: string; stage: string}) => boolean;
}

/** What deals are given as they advance: one that is lost early has none. */
export const GIVEN_LATE = ["product", "product_family"];

/** Stages in which most open deals have no lines. A stage without open deals is not among them: nothing speaks against it. */
export function stagesWithoutLines(
  lines: FactTable,
  deals: FactTable,
  rows: readonly number[]
): (stage: string) => boolean {
  const byStage = new Map<string, {n: number; nBare: number}>();
  for (const [product, mine] of dealsByProduct(lines, rows, "line_product"))
    for (const deal of mine) {
      if (cell(deals, "outcome", deal) !== "open") continue;
      const stage = String(cell(deals, "stage", deal));
      const counts = byStage.get(stage) ?? {n: 0, nBare: 0};
      byStage.set(stage, {n: counts.n + 1, nBare: counts.nBare + (product === NONE ? 1 : 0)});
    }
  return (stage) => {
    const counts = byStage.get(stage);
    return counts !== undefined && counts.nBare > counts.n / 2;
  };
}

/** The same by what deals themselves say: stages in which most open deals have no value of a column. */
export function stagesWithout(
  deals: FactTable,
  rows: readonly number[],
  key: string
): (stage: string) => boolean {
  const byStage = groupRows(deals, rows, "stage");
  return (stage) => {
    const open = (byStage.get(stage) ?? []).filter((row) => cell(deals, "outcome", row) === "open");
    return 2 * open.filter((row) => cell(deals, key, row) === null).length > open.length;
  };
}

/**
 * Which closed deals can be compared by product: those that entered a stage after the last one without lines, or were won. In a
 * pipeline whose last stage has none, all who hold a product have won, and no deal counts.
 */
export function productsKnown(
  isEarly: (stage: string) => boolean,
  ladders: readonly Ladder[],
  paths: readonly Path[]
): ProductsKnown {
  const firsts = new Map(
    ladders.map(({pipeline, stages}) => [pipeline, stages.findLastIndex(isEarly) + 1] as const)
  );
  if ([...firsts.values()].every((first) => first === 0))
    return {from: null, counts: () => true, isFrom: () => true};
  const came = new Set<number>();
  for (const {deal, ladder, visits, outcome} of paths) {
    const first = firsts.get(ladder.pipeline) ?? 0;
    if (first === ladder.stages.length) continue;
    if (outcome === "won" || visits.some(({order}) => order > first)) came.add(deal);
  }
  const from = ladders.flatMap(({pipeline, stages}) => stages[firsts.get(pipeline)!] ?? []);
  return {
    from: [...new Set(from)],
    counts: (deal) => came.has(deal),
    isFrom: ({pipeline, stage}) =>
      ladders.some(
        (ladder) =>
          ladder.pipeline === pipeline && ladder.stages.indexOf(stage) >= (firsts.get(pipeline) ?? 0)
      )
  };
}
