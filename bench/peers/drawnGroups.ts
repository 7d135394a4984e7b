/**
 * Groups of partners drawn straight from the law that the twins plant them by: a partner's effect, the exact chance of a deal in its
 * hands, and so many deals won of so many closed. The truth is exact, and no two deals are alike but by their partner.
 */
import {PARTNER_SPREAD} from "../../loaders/twins/firm/drawCast.ts";
import {TRAINING_EFFECT} from "../../loaders/twins/firm/partnerEffect.ts";
import {buildRhythm} from "../../loaders/twins/firm/rhythm.ts";
import type {Rng} from "../../loaders/twins/random/rng.ts";
import {createStreams} from "../../loaders/twins/random/streams.ts";
import {HAZARDS, SOFTWARE_FIRM} from "../../loaders/twins/software/softwareFirm.ts";
import {dealOdds} from "../../loaders/twins/truth/odds.ts";
import type {PartnerCounts} from "../../src/slices/partners/compare/measures.ts";
import type {TruePartner} from "../recovery/judgedFirm.ts";
import {judgeBenchmark} from "./benchmark.ts";
import {type Answer, judge, type Said} from "./score.ts";

export const GROUP_SIZES = [6, 8, 12, 20] as const;
/** How far partners differ, times what is planted. */
export const SPREADS = [0, 0.5, 1, 2] as const;
/** From the smallest partners to the largest: closed deals of two years. */
const FEWEST = 5;
const MOST = 150;

export function drawnStream(seed: number, concern: string): Rng {
  return createStreams(seed).stream(concern);
}

interface Drawn {
  spread: number;
  partners: (PartnerCounts & {counts: {win_rate: Pick<TruePartner, "successes" | "trials">}})[];
  /** True win rates, in the order of the partners. */
  rates: number[];
}

/** One group for each size and spread, as How you compare judges it. */
export function drawnGroups(seed: number): {spread: number; said: Said[]}[] {
  return draw(seed).map(({spread, partners, rates}) => ({
    spread,
    said: judge(partners, [], (_, id) => rates[Number(id)]!, {draw: seed, hasNone: spread === 0})
  }));
}

/** The same groups as Partner benchmark judges them. */
export function drawnBenchmark(seed: number): {spread: number; answers: Answer[]}[] {
  return draw(seed).map(({spread, partners, rates}) => {
    const known = partners.map(({counts}, i) => ({...counts.win_rate, winRate: rates[i]!}));
    return {spread, answers: judgeBenchmark(known, {draw: seed, hasNone: spread === 0})};
  });
}

function draw(seed: number): Drawn[] {
  const rng = drawnStream(seed, "peers.drawn");
  return GROUP_SIZES.flatMap((n) =>
    SPREADS.map((spread): Drawn => {
      const rates = Array.from({length: n}, () => rateOf(spread * effect(rng)));
      const partners = rates.map((rate, i) => {
        const trials = Math.round(FEWEST * (MOST / FEWEST) ** rng.next());
        const successes = Array.from({length: trials}, () => rng.chance(rate)).filter(Boolean).length;
        const counts = {win_rate: {successes, trials}};
        return {partnerId: String(i), partner: String(i), kind: null, tier: null, counts};
      });
      return {spread, partners, rates};
    })
  );
}

function effect(rng: Rng): number {
  return rng.normal() * PARTNER_SPREAD + TRAINING_EFFECT * Math.min(3, rng.poisson(1.4));
}

const rhythm = buildRhythm(SOFTWARE_FIRM.rhythm);
const START = rhythm.first + 200;
/** Effects by which the chance is worked out; between them it is drawn straight. */
const STEP = 0.05;
const known = new Map<number, number>();

/** The chance that a deal of an else plain partner is won, of those that end. */
function rateOf(effectOf: number): number {
  const below = Math.floor(effectOf / STEP);
  const share = effectOf / STEP - below;
  return (1 - share) * exactRate(below) + share * exactRate(below + 1);
}

function exactRate(step: number): number {
  const found = known.get(step);
  if (found !== undefined) return found;
  const at = step * STEP;
  const multipliers = {pull: Math.exp(at), loss: Math.exp(-0.5 * at), isPushed: false};
  const odds = dealOdds(HAZARDS, rhythm, multipliers, 0, START, rhythm.last - START - 1);
  const rate = odds.wonWithin / (odds.wonWithin + odds.lostWithin + odds.stuckWithin);
  known.set(step, rate);
  return rate;
}
