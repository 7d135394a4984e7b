/** Partners beside their peers: one's own figures with how sure they are, and the peers' as far as they may be told. */
import {betaQuantile} from "../../betaDistribution.js";
import {rateInterval} from "../../rateInterval.js";
import {fitMeans, peersQuantile, shrunkenMean} from "../../shrunkenMeans.js";
import {fitPeers, ratesQuantile, shrunkenRates} from "../../shrunkenRates.js";
import {isTellable, RULES} from "./disclosure.js";
import {COMPARED, type Counted, MEASURE_KEYS, type MeasureKey, type PartnerCounts} from "./measures.js";
import {type PeerGroup, peerGroups} from "./peerGroups.js";

export type Verdict = "above" | "below" | "cannot be told";

export interface ComparedMeasure {
  key: MeasureKey;
  /** Own records behind it. */
  n: number;
  /** What they come to as they stand; null without any. */
  raw: number | null;
  /** The same as far as so few can tell, with the 80% interval: shrunk towards the peers where these may be told. */
  value: number | null;
  lo: number | null;
  hi: number | null;
  /** Null where there is nothing to hold it against, or nothing to hold. */
  verdict: Verdict | null;
  /** Where the middle of the group and its middle half lie, rounded; null where they may not be told. */
  peers: {n: number; median: number; lo: number; hi: number} | null;
}

export interface ComparedPartner {
  partnerId: string;
  partner: string;
  group: PeerGroup;
  measures: ComparedMeasure[];
}

/** What the page draws from. */
export interface CompareData {
  /** The two years that are compared, ISO days: up to the end of a whole quarter. */
  from: string;
  to: string;
  partners: ComparedPartner[];
}

const SURE = 0.9;
/** Fewer records than this tell nothing, whatever came of them. */
const FEW = 5;
const Z80 = 1.281552;

/**
 * Compares every partner that has anything to compare.
 * @param tiers of the programme, from the lowest to the highest
 */
export function comparePeers(list: readonly PartnerCounts[], tiers: readonly string[]): ComparedPartner[] {
  const members = list.filter(({counts}) => Object.values(counts).some((each) => sizeOf(each) > 0));
  // A tier whose win rate may not be told alone is told with its neighbours.
  const groups = peerGroups(
    members,
    tiers,
    (of) => of.length >= RULES.least && isTellable(of.flatMap(({counts}) => counts.win_rate ?? []))
  );
  const byGroup = new Map<PeerGroup, PartnerCounts[]>();
  for (const each of members) {
    const group = groups.get(each.partnerId)!;
    byGroup.set(group, [...(byGroup.get(group) ?? []), each]);
  }
  const told = new Map<string, ComparedMeasure[]>();
  for (const of of byGroup.values())
    for (const key of MEASURE_KEYS) {
      const found = compare(
        key,
        of.map(({counts}) => counts[key])
      );
      for (const [i, {partnerId}] of of.entries())
        told.set(partnerId, [...(told.get(partnerId) ?? []), found[i]!]);
    }
  return members.map(({partnerId, partner}) => ({
    partnerId,
    partner,
    group: groups.get(partnerId)!,
    measures: told.get(partnerId)!
  }));
}

/** One figure of a group, partner by partner. Where it may not be told nothing of one partner depends on another. */
function compare(key: MeasureKey, list: readonly (Counted | undefined)[]): ComparedMeasure[] {
  const known = list.flatMap((each) => (each && sizeOf(each) > 0 ? [each] : []));
  const isTold = isTellable(known);
  const made = isTold ? (COMPARED[key].kind === "rate" ? rates(known) : means(known)) : null;
  let at = 0;
  return list.map((each): ComparedMeasure => {
    const n = each ? sizeOf(each) : 0;
    const alone = {key, n, raw: each && n > 0 ? rawOf(each) : null};
    const peers = made ? {n: known.length, ...rounded(made.band, key)} : null;
    if (!each || n === 0) return {...alone, value: null, lo: null, hi: null, verdict: null, peers};
    const own = made?.own[at++];
    if (!own) return {...alone, value: alone.raw, ...ownInterval(each), verdict: null, peers: null};
    const {above, ...estimate} = own;
    const verdict = n < FEW ? "cannot be told" : above > SURE ? "above" : above < 1 - SURE ? "below" : null;
    return {...alone, ...rounded(estimate, key), verdict: verdict ?? "cannot be told", peers};
  });
}

interface Fitted {
  band: {median: number; lo: number; hi: number};
  own: {value: number; lo: number; hi: number; above: number}[];
}

function rates(known: readonly Counted[]): Fitted | null {
  const trials = known.flatMap((each, i) => ("trials" in each ? [{key: String(i), ...each}] : []));
  const common = fitPeers(trials);
  if (!common) return null;
  const at = (p: number) => ratesQuantile(common, p);
  return {
    band: {median: at(0.5), lo: at(0.25), hi: at(0.75)},
    own: shrunkenRates(trials, common).map(({rate, lo, hi, above}) => ({value: rate, lo, hi, above}))
  };
}

function means(known: readonly Counted[]): Fitted | null {
  const values = known.flatMap((each) => ("mean" in each ? [each] : []));
  const common = fitMeans(values);
  if (!common) return null;
  const at = (p: number) => Math.exp(peersQuantile(common, p));
  return {
    band: {median: at(0.5), lo: at(0.25), hi: at(0.75)},
    own: values.map((each) => {
      const {mean, lo, hi, above} = shrunkenMean(each, common);
      return {value: Math.exp(mean), lo: Math.exp(lo), hi: Math.exp(hi), above};
    })
  };
}

function sizeOf(each: Counted): number {
  return "trials" in each ? each.trials : each.n;
}

function rawOf(each: Counted): number {
  return "trials" in each ? each.successes / each.trials : Math.exp(each.mean);
}

/** The 80% interval of one's own records alone: Wilson's of a rate, Student's of a mean of logarithms; null of a single value. */
function ownInterval(each: Counted): {lo: number | null; hi: number | null} {
  if ("trials" in each) return rateInterval(each.successes, each.trials, Z80)!;
  const freedom = each.n - 1;
  if (freedom < 1) return {lo: null, hi: null};
  // The square of Student's t over itself and its degrees of freedom is of a beta distribution.
  const share = betaQuantile(0.8, 0.5, freedom / 2);
  const t = Math.sqrt((freedom * share) / (1 - share));
  const half = t * Math.sqrt(each.squares / freedom / each.n);
  return {lo: Math.exp(each.mean - half), hi: Math.exp(each.mean + half)};
}

/** Whole points of a share, two digits of all else: finer ones would tell more of the peers than of the reader. */
function rounded<T extends Record<string, number>>(values: T, key: MeasureKey): T {
  const round =
    COMPARED[key].unit === "ratio"
      ? (value: number) => Math.round(value * 100) / 100
      : (value: number) => Number(value.toPrecision(2));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)])) as T;
}

/** Whether a partner's group is large enough for any of its figures to be told. */
export function isLargeEnough({group}: Pick<ComparedPartner, "group">): boolean {
  return group.n >= RULES.least;
}
