/** What the pages say of their own verdicts: how often they were right where the truth is known. */

import {COMPARED} from "../../src/slices/partners/compare/measures.ts";
import type {VerdictRecord} from "../../src/slices/partners/verdictRecord.ts";
import {FEW_TRIALS} from "../../src/slices/shrunkenRates.ts";
import type {Judged} from "./page.ts";
import type {Answer, Said} from "./score.ts";

/** Of markets and whole twins together, by page. */
export function recordOf({planted, alike, twins}: Pick<Judged, "planted" | "alike" | "twins">): {
  compare: Required<VerdictRecord>;
  benchmark: VerdictRecord;
} {
  return {
    compare: {
      ...count([...planted.compare, ...twins.compare], alike.compare),
      least: leastRight([...planted.compare, ...twins.compare])
    },
    benchmark: count([...planted.benchmark, ...twins.benchmark], alike.benchmark)
  };
}

function count(known: readonly Answer[], alike: readonly Answer[]): VerdictRecord {
  const told = known.filter(({isTold}) => isTold);
  const none = alike.filter(({n}) => n >= FEW_TRIALS);
  return {
    right: told.filter(({isThere}) => isThere).length,
    told: told.length,
    falseTold: none.filter(({isTold}) => isTold).length,
    alike: none.length
  };
}

/** The figure of which the smallest share of verdicts was right. */
function leastRight(list: readonly Said[]): Required<VerdictRecord>["least"] {
  const told = list.filter(({isTold}) => isTold);
  return [...new Set(told.map(({key}) => key))]
    .map((key) => {
      const own = told.filter((each) => each.key === key);
      return {key, right: own.filter(({isThere}) => isThere).length, told: own.length};
    })
    .reduce((least, each) => (each.right * least.told < least.right * each.told ? each : least));
}

export function recordWords({right, told, falseTold, alike, least}: VerdictRecord): string {
  const of = (part: number, all: number) =>
    `${part.toLocaleString("en")} of ${all.toLocaleString("en")} (${((100 * part) / all).toFixed(0)}%)`;
  const fewest = least
    ? `, fewest of ${COMPARED[least.key].label.toLowerCase()}: ${of(least.right, least.told)}`
    : "";
  return `Of all verdicts in markets and whole twins ${of(right, told)} were right${fewest}. Where no partner differs from another a verdict was given in ${of(falseTold, alike)} comparisons.`;
}

/** src/slices/partners/verdictRecord.ts with the figures. */
export function recordModule(judged: Judged): string {
  const {compare, benchmark} = recordOf(judged);
  const {key, right, told} = compare.least;
  const least = `,\n  least: {key: "${key}", right: ${right}, told: ${told}}`;
  const words = ({right, told, falseTold, alike}: VerdictRecord, more = "") =>
    `{\n  right: ${right},\n  told: ${told},\n  falseTold: ${falseTold},\n  alike: ${alike}${more}\n}`;
  return `/**
 * How often verdicts on partners were right on made-up firms whose truth is known: written by \`npx tsx bench/peerVerdicts.ts\`, with
 * docs/partner-verdicts.md, and not edited by hand.
 */
import type {MeasureKey} from "./compare/measures.js";

export interface VerdictRecord {
  /** Verdicts that were right, of those told. */
  right: number;
  told: number;
  /** Verdicts told, none of which can be right, of comparisons where no partner differs from another. */
  falseTold: number;
  alike: number;
  /** The figure of which the smallest share was right. */
  least?: {key: MeasureKey; right: number; told: number};
}

/** Of How you compare. */
export const COMPARE_RECORD: VerdictRecord = ${words(compare, least)};

/** Of Partner benchmark. */
export const BENCHMARK_RECORD: VerdictRecord = ${words(benchmark)};
`;
}
