/** What the pages say of their own verdicts: how often they were right where the truth is known. */

import {COMPARED, MEASURE_KEYS, type MeasureKey} from "../../src/slices/partners/compare/measures.ts";
import type {AlikeGroups, CompareRecord, VerdictRecord} from "../../src/slices/partners/recordShape.ts";
import {FEW_TRIALS} from "../../src/slices/shrunkenRates.ts";
import {GROUP_SIZES} from "./drawnGroups.ts";
import type {Judged} from "./page.ts";
import type {Answer, Said} from "./score.ts";

type Recorded = Pick<Judged, "planted" | "alike" | "twins" | "drawn">;

/** Right and told of markets and whole twins together, by page and figure; false ones of How you compare by the size of groups without any difference. */
export function recordOf({planted, alike, twins, drawn}: Recorded): {
  compare: CompareRecord;
  benchmark: VerdictRecord;
} {
  const none = drawn.filter(({spread}) => spread === 0).flatMap(({said}) => said);
  return {
    compare: {
      figures: byFigure([...planted.compare, ...twins.compare]),
      alike: GROUP_SIZES.map((partners) => ({
        partners,
        ...falseOf(none.filter(({group}) => group === partners))
      }))
    },
    benchmark: {...rightOf([...planted.benchmark, ...twins.benchmark]), ...falseOf(alike.benchmark)}
  };
}

function byFigure(list: readonly Said[]): CompareRecord["figures"] {
  const own = (key: MeasureKey) => rightOf(list.filter((each) => each.key === key));
  return Object.fromEntries(
    MEASURE_KEYS.map((key) => [key, own(key)] as const).filter(([, {told}]) => told > 0)
  );
}

function rightOf(known: readonly Answer[]): {right: number; told: number} {
  const told = known.filter(({isTold}) => isTold);
  return {right: told.filter(({isThere}) => isThere).length, told: told.length};
}

function falseOf(list: readonly Answer[]): {falseTold: number; alike: number} {
  const none = list.filter(({n}) => n >= FEW_TRIALS);
  return {falseTold: none.filter(({isTold}) => isTold).length, alike: none.length};
}

const of = (part: number, all: number) =>
  `${part.toLocaleString("en")} of ${all.toLocaleString("en")} (${((100 * part) / all).toFixed(0)}%)`;

/** What docs/partner-verdicts.md says first of How you compare. */
export function compareWords({figures, alike}: CompareRecord): string {
  const right = Object.entries(figures).map(
    ([key, {right, told}]) => `${COMPARED[key as MeasureKey].label.toLowerCase()} ${of(right, told)}`
  );
  const none = alike.map((each: AlikeGroups) => `${of(each.falseTold, each.alike)} with ${each.partners}`);
  return `Right of the verdicts in markets and whole twins: ${right.join(", ")}. Where no partner differs from another a verdict on a win rate was given, by the number of partners in a group, in ${none.join(", ")}.`;
}

/** And of Partner benchmark. */
export function benchmarkWords({right, told, falseTold, alike}: VerdictRecord): string {
  return `Of all verdicts in markets and whole twins ${of(right, told)} were right. Where no partner differs from another a verdict was given in ${of(falseTold, alike)} comparisons.`;
}

/** src/slices/partners/verdictRecord.ts with the figures. */
export function recordModule(judged: Recorded): string {
  const {compare, benchmark} = recordOf(judged);
  const figures = Object.entries(compare.figures).map(
    ([key, {right, told}]) => `    ${key}: {right: ${right}, told: ${told}}`
  );
  const alike = compare.alike.map(
    (each) => `    {partners: ${each.partners}, falseTold: ${each.falseTold}, alike: ${each.alike}}`
  );
  return `/**
 * How often verdicts on partners were right on made-up firms whose truth is known: written by \`npx tsx bench/peerVerdicts.ts\`, with
 * docs/partner-verdicts.md, and not edited by hand.
 */
import type {CompareRecord, VerdictRecord} from "./recordShape.js";

/** Of How you compare. */
export const COMPARE_RECORD: CompareRecord = {
  figures: {
${figures.join(",\n")}
  },
  alike: [
${alike.join(",\n")}
  ]
};

/** Of Partner benchmark. */
export const BENCHMARK_RECORD: VerdictRecord = {
  right: ${benchmark.right},
  told: ${benchmark.told},
  falseTold: ${benchmark.falseTold},
  alike: ${benchmark.alike}
};
`;
}
