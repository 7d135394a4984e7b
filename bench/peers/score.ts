/** How often verdicts, intervals and bands of a comparison are right where the truth is known. */
import {
  type ComparedPartner,
  comparePeers,
  fitGroup
} from "../../src/slices/partners/compare/comparePeers.ts";
import {
  COMPARED,
  type Counted,
  MEASURE_KEYS,
  type MeasureKey,
  type PartnerCounts
} from "../../src/slices/partners/compare/measures.ts";

/** What is said of one partner against others. */
export interface Answer {
  /** Own records. */
  n: number;
  /** Whether a side is told: above or below. */
  isTold: boolean;
  /** The chance of the likelier side, 0.5..1. */
  chance: number;
  /** Whether the truth is on that side; null where there is no difference. */
  isThere: boolean | null;
  /** Whether the truth is in the 80% interval as it is told. */
  isHeld: boolean;
  /** What is drawn as one; the answers of one share its luck. */
  draw: number;
}

/** One figure of one partner of which the group may be told; its sides are of the middle of the group's true figures. */
export interface Said extends Answer {
  key: MeasureKey;
  /** Partners with something to count. */
  group: number;
  /** Whether the truth is in the group's middle half as it is told. */
  isInBand: boolean;
}

/** A partner's true figure: a share, or a mean of logarithms. */
export type TruthOf = (key: MeasureKey, partnerId: string) => number | null;

/**
 * Compares the partners of a firm as the page does, and holds what is told against the truth.
 * @param hasNone that no partner differs from another, so that no verdict can be right
 */
export function judge(
  partners: readonly PartnerCounts[],
  tiers: readonly string[],
  truthOf: TruthOf,
  {draw, hasNone = false}: {draw: number; hasNone?: boolean}
): Said[] {
  const countsOf = new Map(partners.map(({partnerId, counts}) => [partnerId, counts]));
  const groups = new Map<ComparedPartner["group"], ComparedPartner[]>();
  for (const each of comparePeers(partners, tiers))
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return [...groups.values()].flatMap((members) =>
    MEASURE_KEYS.flatMap((key) => {
      const told = members.flatMap(({partnerId, measures}) => {
        const measure = measures.find((one) => one.key === key)!;
        const counted = countsOf.get(partnerId)![key];
        return counted && measure.peers && measure.verdict ? [{partnerId, measure, counted}] : [];
      });
      const truths = told.map(({partnerId}) => truthOf(key, partnerId));
      if (told.length === 0 || truths.includes(null)) return [];
      const known = truths as number[];
      const middle = median(known);
      const fitted = fitGroup(
        key,
        told.map(({counted}) => counted)
      )!;
      return told.map(({measure, counted}, i): Said => {
        const {above} = fitted.own(counted);
        const truth = known[i]!;
        const isAbove = measure.verdict === "cannot be told" ? above > 0.5 : measure.verdict === "above";
        const {lo, hi, peers} = measure;
        return {
          key,
          n: sizeOf(counted),
          group: told.length,
          isTold: measure.verdict !== "cannot be told",
          chance: Math.max(above, 1 - above),
          isThere: hasNone ? null : isAbove ? truth > middle : truth < middle,
          isHeld: isBetween(key, truth, lo!, hi!),
          isInBand: isBetween(key, truth, peers!.lo, peers!.hi),
          draw
        };
      });
    })
  );
}

function sizeOf(counted: Counted): number {
  return "trials" in counted ? counted.trials : counted.n;
}

function isBetween(key: MeasureKey, truth: number, lo: number, hi: number): boolean {
  const value = COMPARED[key].kind === "rate" ? truth : Math.exp(truth);
  return value >= lo && value <= hi;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** A share with its standard error, the draws being independent and the answers of one not; null of nothing. */
export interface Share {
  of: number;
  share: number;
  error: number;
}

export function shareOf<T extends {draw: number}>(
  list: readonly T[],
  is: (each: T) => boolean
): Share | null {
  if (list.length === 0) return null;
  const share = list.filter(is).length / list.length;
  const byDraw = new Map<number, number>();
  for (const each of list) byDraw.set(each.draw, (byDraw.get(each.draw) ?? 0) + Number(is(each)) - share);
  const squares = [...byDraw.values()].reduce((sum, off) => sum + off ** 2, 0);
  return {of: list.length, share, error: Math.sqrt(squares) / list.length};
}
