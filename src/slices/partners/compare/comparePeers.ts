/** Partners beside their peers: one's own figures with how sure they are, and the peers' as far as they may be told. */
import {betaQuantile} from "../../betaDistribution.js";
import {rateInterval} from "../../rateInterval.js";
import {fitMeans, peersQuantile, shrunkenMean} from "../../shrunkenMeans.js";
import {
  aboveMiddle,
  FEW_TRIALS,
  fitPeers,
  ratesQuantile,
  shrunkenRates,
  sureSide
} from "../../shrunkenRates.js";
import {type Band, isApart, isTellable, RULES} from "./disclosure.js";
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
  peers: (Band & {n: number}) | null;
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

const Z80 = 1.281552;

/**
 * Compares every partner that has anything to compare. A group is made of firms: one under two ids is in it once, with what both have, or
 * its reader would be two of the six. Each id is told where its own records lie.
 * @param tiers of the programme, from the lowest to the highest
 */
export function comparePeers(list: readonly PartnerCounts[], tiers: readonly string[]): ComparedPartner[] {
  const members = list.filter(({counts}) => Object.values(counts).some((each) => sizeOf(each) > 0));
  const firms = firmsOf(members);
  // A tier whose win rate may not be told alone is told with its neighbours.
  const groups = peerGroups(
    firms,
    tiers,
    (of) =>
      of.length >= RULES.least && told("win_rate", knownOf(of.map(({counts}) => counts.win_rate))) !== null
  );
  const byGroup = new Map<PeerGroup, Firm[]>();
  for (const each of firms) {
    const group = groups.get(each.partnerId)!;
    byGroup.set(group, [...(byGroup.get(group) ?? []), each]);
  }
  const figures = new Map(
    [...byGroup].map(([group, of]) => [
      group,
      MEASURE_KEYS.map((key) => figureOf(key, knownOf(of.map(({counts}) => counts[key]))))
    ])
  );
  return members.map((member) => {
    const {partnerId, partner, kind, tier, counts} = member;
    const firm = firmOf(member);
    const group = groups.get(firm.partnerId)!;
    // A name is no proof that two ids are one firm: by it none is told the kind and tier of the other.
    const isAlike = kind === firm.kind && tier === firm.tier;
    return {
      partnerId,
      partner,
      group: isAlike ? group : {...group, words: "partners"},
      measures: figures.get(group)!.map((figure) => compare(figure, counts[figure.key]))
    };
  });
}

type Firm = Pick<PartnerCounts, "partnerId" | "kind" | "tier" | "counts">;

function firmOf({firm, ...alone}: PartnerCounts): Firm {
  return firm ? {...firm, partnerId: firm.firmId} : alone;
}

function firmsOf(members: readonly PartnerCounts[]): Firm[] {
  return [...new Map(members.map(firmOf).map((firm) => [firm.partnerId, firm])).values()];
}

/** One figure of a group: of how many firms, and what may be told of it. */
interface Figure {
  key: MeasureKey;
  n: number;
  found: Fitted | null;
}

function figureOf(key: MeasureKey, known: readonly Counted[]): Figure {
  return {key, n: known.length, found: told(key, known)};
}

/** One partner's own beside its group's. Where that may not be told nothing of one partner depends on another. */
function compare({key, n: nPeers, found}: Figure, each: Counted | undefined): ComparedMeasure {
  const n = each ? sizeOf(each) : 0;
  const alone = {key, n, raw: each && n > 0 ? rawOf(each) : null};
  const peers = found ? {n: nPeers, ...found.band} : null;
  if (!each || n === 0) return {...alone, value: null, lo: null, hi: null, verdict: null, peers};
  if (!found) return {...alone, value: alone.raw, ...ownInterval(each), verdict: null, peers: null};
  const {above, ...estimate} = found.own(each);
  const said = rounded(estimate, key);
  return {...alone, ...said, verdict: verdictOf(n, above, said.value - found.band.median), peers};
}

function knownOf(list: readonly (Counted | undefined)[]): Counted[] {
  return list.flatMap((each) => (each && sizeOf(each) > 0 ? [each] : []));
}

/** What may be told of a figure, and each partner's own beside it; null where nothing may be, or nothing can be fitted. */
function told(key: MeasureKey, known: readonly Counted[]): Fitted | null {
  if (!isTellable(known)) return null;
  const fitted = fitGroup(key, known);
  if (!fitted) return null;
  const band = rounded(fitted.band, key);
  if (!isApart(band, key)) return null;
  // Who alone is apart knows that all others are alike.
  const far = farthest(fitted, known);
  const others = bandOf(
    key,
    known.filter((_, i) => i !== far)
  );
  return others && isApart(others, key) ? {...fitted, band} : null;
}

/** The band of a group as it would be told, whether it may be or not; null where nothing can be fitted. */
export function bandOf(key: MeasureKey, known: readonly Counted[]): Band | null {
  const fitted = fitGroup(key, known);
  return fitted && rounded(fitted.band, key);
}

/** The distribution fitted to a group's figure, whether it may be told or not; null where nothing can be fitted. */
export function fitGroup(key: MeasureKey, known: readonly Counted[]): Fitted | null {
  return COMPARED[key].kind === "rate" ? rates(known) : means(known);
}

/** The place of the partner that most of the group's width may come of, its figure shrunk: a wild one of few records makes little. */
function farthest({own, band}: Fitted, known: readonly Counted[]): number {
  const away = known.map((each) => Math.abs(own(each).value - band.median));
  return away.indexOf(Math.max(...away));
}

/** @param apart how far one's own value lies above the group's middle, both as they are told: what reads alike is neither above nor below */
function verdictOf(n: number, above: number, apart: number): Verdict {
  const side = n < FEW_TRIALS ? null : sureSide(above);
  return side !== null && apart !== 0 && side === (apart > 0 ? "above" : "below") ? side : "cannot be told";
}

export interface Fitted {
  band: Band;
  /** Where one with such records lies, shrunk towards the group. */
  own: (each: Counted) => Estimate;
}

export interface Estimate {
  value: number;
  lo: number;
  hi: number;
  /** The chance to be above the band's middle. */
  above: number;
}

function rates(known: readonly Counted[]): Fitted | null {
  const common = fitPeers(ratesIn(known));
  if (!common) return null;
  const at = (p: number) => ratesQuantile(common, p);
  const above = aboveMiddle(common);
  // Those with the same counts lie at the same place.
  const places = new Map<string, Estimate>();
  return {
    band: {median: at(0.5), lo: at(0.25), hi: at(0.75)},
    own: (each) => {
      const [trial] = ratesIn([each]);
      const key = `${trial!.successes} ${trial!.trials}`;
      const found = places.get(key);
      if (found) return found;
      const {rate, lo, hi, ...own} = shrunkenRates([trial!], common)[0]!;
      const made = {value: rate, lo, hi, above: above(own)};
      places.set(key, made);
      return made;
    }
  };
}

function ratesIn(known: readonly Counted[]) {
  return known.flatMap((each, i) => ("trials" in each ? [{key: String(i), ...each}] : []));
}

function means(known: readonly Counted[]): Fitted | null {
  const common = fitMeans(meansIn(known));
  if (!common) return null;
  const at = (p: number) => Math.exp(peersQuantile(common, p));
  return {
    band: {median: at(0.5), lo: at(0.25), hi: at(0.75)},
    own: (each) => {
      const {mean, lo, hi, above} = shrunkenMean(meansIn([each])[0]!, common);
      return {value: Math.exp(mean), lo: Math.exp(lo), hi: Math.exp(hi), above};
    }
  };
}

function meansIn(known: readonly Counted[]) {
  return known.flatMap((each) => ("mean" in each ? [each] : []));
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
function rounded<T extends Band | Omit<Estimate, "above">>(values: T, key: MeasureKey): T {
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
