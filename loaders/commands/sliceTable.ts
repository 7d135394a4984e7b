/** Scores of slices as lines of text. */
import {SHOWN} from "../forecast/backtest/combine.ts";
import type {SliceScore} from "../forecast/backtest/scoreSlices.ts";
import {RUN_RATE, SAME_DAYS} from "../forecast/publish/sliceBacktest.ts";

const HEAD = [
  "askings",
  "apart",
  "WAPE",
  "bias",
  "same days",
  "run rate",
  "days in 80%",
  "in 80%",
  "  by luck (80%)"
];

/**
 * The shown forecast of each slice beside naive methods' errors, by dimension and window. "apart": outcomes that do not overlap; "days in 80%": how often a band
 * around the same days held, as wide as they were off before; "by
 * luck": where the share inside the band may lie with so few (80%).
 */
export function sliceTable(scores: readonly SliceScore[]): string[] {
  const part = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value) ? "-" : value.toFixed(3);
  const keyOf = ({dimension, kind, value}: SliceScore, method: string) =>
    JSON.stringify([dimension, kind, value, method]);
  const byKey = new Map(scores.map((score) => [keyOf(score, score.method), score]));
  const line = ([name, ...cells]: string[]) =>
    `${name!.slice(0, 33).padEnd(34)}${cells.map((cell) => cell.padStart(11)).join("")}`.trimEnd();
  const shown = scores.filter(({method}) => method === SHOWN);
  const heads = [...new Set(shown.map(({label, kind}) => `${label}, ${kind}`))];
  return heads.flatMap((head) => [
    "",
    head,
    line(["slice", ...HEAD]),
    ...shown
      .filter(({label, kind}) => `${label}, ${kind}` === head)
      .map((score) =>
        line([
          score.value ?? "all slices",
          String(score.n),
          score.nIndependent.toFixed(1),
          part(score.wape),
          part(score.bias),
          part(byKey.get(keyOf(score, SAME_DAYS))?.wape),
          part(byKey.get(keyOf(score, RUN_RATE))?.wape),
          part(byKey.get(keyOf(score, SAME_DAYS))?.held80),
          part(score.held80),
          score.heldLow === null ? "-" : `  ${score.heldLow.toFixed(2)} to ${score.heldHigh!.toFixed(2)}`,
          score.verdict === null ? "  too few to say" : `  ${score.verdict}`
        ])
      )
  ]);
}
