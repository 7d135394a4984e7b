/**
 * What the deal model says that one factor does, beside what it was planted to do. Planted are log ratios of daily hazards of moving
 * on, of being won and of being lost; the model fits log-odds of being won in a coming week, given the stage. Neither is the
 * other, so both are asked the same question: the same deals with the factor one way and the other, how far apart are
 * the log-odds of the mean chance to be won? Asked of new deals on the day they were created, within 26 weeks: what no field shows is then
 * spread alike over every level. And of all open deals, within 13 weeks: of those that are still open, those with a worse level have a better fit.
 */
import {openNow} from "../../loaders/forecast/bookings/pastWindows.ts";
import {type DealState, stateOn} from "../../loaders/forecast/deals/dealFeatures.ts";
import {fitOutcomes, type OutcomeModel, outcomeCurve} from "../../loaders/forecast/deals/outcomeModel.ts";
import {contrastOf, fitNewDeals, meanChance} from "../../loaders/forecast/effects/newDealModel.ts";
import {newDeals} from "../../loaders/forecast/effects/newDeals.ts";
import type {Effect} from "../../loaders/twins/firm/effect.ts";
import type {Level} from "../../loaders/twins/firm/firmSpec.ts";
import {partnerEffect} from "../../loaders/twins/firm/partnerEffect.ts";
import {ranks} from "../../loaders/twins/score/scoreEstimates.ts";
import {correlation} from "../../loaders/twins/score/scoreProbabilities.ts";
import {WEEKS} from "./calibration.ts";
import {chanceToWin, type ToldDeal, type ToldFirm, TRUTHS} from "./toldHistory.ts";

/** Deals asked, evenly taken: the rest would change little. */
const MOST_ASKED = 500;
/** New deals are asked how they end within the weeks that the model speaks of. */
const NEW_WEEKS = 26;
const NEW_DAYS = 182;

/** One level of a factor against another, as estimated and as planted. */
export interface EffectFound {
  factor: string;
  level: string;
  against: string;
  /** Planted difference of the log hazard ratio on moving on and being won. */
  pull: number;
  /** Of new deals within 26 weeks: difference of the log-odds of their mean chance, as stated and from the planted hazards. */
  estimate: number;
  truth: number;
  /** The stated standard error. */
  error: number;
  /** The same from the deal model, whose chances are pooled. */
  pooled: number;
  /** Of all open deals, within 13 weeks: from the deal model, and planted. */
  openPooled: number;
  openTruth: number;
}

interface Side {
  name: string;
  /** Words by attribute that deals of this side have. */
  words: Record<string, string>;
  planted: Effect;
  /** Median amount of such deals where it is part of the level; 1 where it is not. */
  usual: number;
}

interface Contrast {
  factor: string;
  a: Side;
  b: Side;
  isAsked: (deal: ToldDeal) => boolean;
  /** The side that a deal is on now. */
  own: (deal: ToldDeal) => Pick<Side, "planted" | "usual">;
}

export interface FirmEffects {
  effects: EffectFound[];
  /** Rank correlation of fitted with planted, over the owners and the partners that the model tells apart. */
  people: number;
  partners: number;
}

/** The effects of one firm, asked of its open deals on its last day; null when the model cannot be fitted. */
export function effectsOf(told: ToldFirm): FirmEffects | null {
  const {history} = told;
  const model = fitOutcomes(history);
  const stated = fitNewDeals(history, newDeals(history));
  if (!model || !stated) return null;
  const open = openNow(history).flatMap(({deal, span}) => {
    const state = stateOn(history, deal, span, history.asOf);
    return state ? [{state, deal: dealOf(told, deal)}] : [];
  });
  const fresh = history.dealIds.flatMap((_, deal) => {
    const day = history.createdOn[deal]!;
    if (history.asOf - day >= NEW_DAYS) return [];
    const state = stateOn(history, deal, history.spanStart[deal]!, day);
    return state ? [{state, deal: dealOf(told, deal)}] : [];
  });
  return {
    effects: contrastsOf(told).map((contrast) => {
      const {a, b} = contrast;
      const newOnes = ask(told, contrast, fresh, NEW_WEEKS);
      const openOnes = ask(told, contrast, open, WEEKS);
      const {logOdds, logOddsError} = contrastOf(
        stated,
        meanChance(stated, newOnes.a),
        meanChance(stated, newOnes.b)
      );
      const pooled = (asked: Asked, weeks: number) =>
        logit(meanWithin(model, asked.a, weeks)) - logit(meanWithin(model, asked.b, weeks));
      return {
        factor: contrast.factor,
        level: a.name,
        against: b.name,
        pull: a.planted.pull - b.planted.pull,
        estimate: logOdds,
        error: logOddsError,
        truth: newOnes.truth,
        pooled: pooled(newOnes, NEW_WEEKS),
        openPooled: pooled(openOnes, WEEKS),
        openTruth: openOnes.truth
      };
    }),
    people: rankOf(model, "Owner", (word) => told.world.cast.people[Number(word.split(" ").at(-1))]!.skill),
    partners: rankOf(model, "Partner", (word) =>
      partnerEffect(told.world.cast.partners[Number(word)]!, history.asOf)
    )
  };
}

function dealOf({deals, history}: ToldFirm, deal: number): ToldDeal {
  return deals[Number(history.dealIds[deal]!.slice(1))]!;
}

/** The same deals one way and the other, and how far apart they truly are. */
interface Asked {
  a: DealState[];
  b: DealState[];
  truth: number;
}

function ask(
  told: ToldFirm,
  {a, b, isAsked, own}: Contrast,
  all: readonly {state: DealState; deal: ToldDeal}[],
  weeks: number
): Asked {
  const able = all.filter(({deal}) => isAsked(deal));
  const step = Math.max(1, able.length / MOST_ASKED);
  const asked = Array.from(
    {length: Math.min(able.length, MOST_ASKED)},
    (_, i) => able[Math.floor(i * step)]!
  );
  const changed = (side: Side) =>
    asked.map(({state, deal}) => {
      const amount = (state.amount * side.usual) / own(deal).usual;
      return {...state, amount, attributes: withWords(told, state.attributes, side.words)};
    });
  const planted = (side: Side) =>
    asked.reduce((sum, {state, deal}) => {
      const {pull, loss} = own(deal).planted;
      const more = {pull: side.planted.pull - pull, loss: side.planted.loss - loss};
      return sum + chanceToWin(told, deal, state.day, 7 * weeks, more);
    }, 0) / asked.length;
  return {a: changed(a), b: changed(b), truth: logit(planted(a)) - logit(planted(b))};
}

function meanWithin(model: OutcomeModel, states: readonly DealState[], weeks: number): number {
  return (
    states.reduce((sum, state) => sum + outcomeCurve(model, state, weeks).won[weeks - 1]!, 0) / states.length
  );
}

/** Each level against the usual one, of every factor that the model sees and that is not tied to another. */
function contrastsOf(told: ToldFirm): Contrast[] {
  const {firm, world, deals} = told;
  const {dealTypes, sources} = TRUTHS[firm];
  const {regions, segments, families} = world.spec;
  const processed = ({sold}: ToldDeal) => TRUTHS[firm].processOf(sold.facts) === 0;
  const side = (attribute: string, {name, ...planted}: Level, usual = 1): Side => ({
    name,
    words: {[attribute]: name},
    planted,
    usual
  });
  const levels = (
    factor: string,
    list: readonly Side[],
    usual: string,
    isAsked: Contrast["isAsked"],
    own: Contrast["own"]
  ) => {
    const b = list.find(({name}) => name === usual)!;
    return list.filter((a) => a !== b).map((a): Contrast => ({factor, a, b, isAsked, own}));
  };
  const segmentSides = segments.map((segment) => side("segment", segment, segment.medianUsd));
  const regionSides = Object.values(regions).map((region) => side("region", region));
  const familySides = families.map((family) => side("product_family", family));
  // A campaign's effect is not among the model's fields: a source has that of its campaigns, on average.
  const sourceSides = sources.map((source, code) => {
    const of = deals.filter(({sold}) => sold.facts.source === code);
    const campaigns = of.reduce((sum, {sold}) => sum + sold.facts.effects.campaign.pull, 0);
    const {pull} = source;
    return side("lead_source", {...source, pull: pull + (of.length > 0 ? campaigns / of.length : 0)});
  });
  const isNew = ({sold}: ToldDeal) => sold.facts.type === 0;
  const free = sourceSides.filter(({name}) => !/partner|dealer|customer/i.test(name));
  const web = free.find(({name}) => /web/i.test(name))!;
  const customer = sourceSides.find(({name}) => /^existing customer$/i.test(name))!;
  const [fresh, again] = dealTypes.map((type) => side("deal_type", type)) as [Side, Side];
  const both = (type: Side, source: Side): Side => ({
    name: `${type.name}, ${source.name.toLowerCase()}`,
    words: {...type.words, ...source.words},
    planted: {
      pull: type.planted.pull + source.planted.pull,
      loss: type.planted.loss + source.planted.loss
    },
    usual: 1
  });
  const typed: Contrast = {
    factor: "Deal type and source",
    a: both(again, customer),
    b: both(fresh, web),
    isAsked: ({sold}) => sold.facts.type <= 1 && sold.facts.partner < 0,
    own: ({sold: {facts}}) => {
      const {deal_type, source, campaign} = facts.effects;
      const sum = (key: "pull" | "loss") => deal_type[key] + source[key] + campaign[key];
      return {planted: {pull: sum("pull"), loss: sum("loss")}, usual: 1};
    }
  };
  return [
    typed,
    ...levels(
      "Segment",
      segmentSides,
      segments[1]!.name,
      processed,
      (deal) => segmentSides[deal.sold.facts.segment]!
    ),
    ...levels("Region", regionSides, "EMEA", processed, ({account}) => ({
      planted: regions[account.region],
      usual: 1
    })),
    ...levels("Source of new deals", free, web.name, isNew, ({sold: {facts}}) => {
      const {source, campaign} = facts.effects;
      return {planted: {pull: source.pull + campaign.pull, loss: source.loss}, usual: 1};
    }),
    ...levels("Product family", familySides, families[0]!.name, processed, ({sold}) => ({
      planted: families[sold.facts.family]!,
      usual: 1
    }))
  ];
}

function withWords({history}: ToldFirm, codes: Int32Array, words: Record<string, string>): Int32Array {
  const changed = codes.slice();
  Object.entries(history.attributes).forEach(([name, column], at) => {
    if (words[name] !== undefined) changed[at] = column.words.indexOf(words[name]);
  });
  return changed;
}

/** Rank correlation of a group's fitted log-odds with what was planted; NaN when either is constant. */
function rankOf({features, won}: OutcomeModel, name: string, plantedOf: (word: string) => number): number {
  const group = features.groups.find((each) => each.name === name);
  const words = group?.levels.slice(0, -1) ?? [];
  const fitted = words.map((_, level) => won[group!.offset + level]!);
  return correlation(ranks(fitted), ranks(words.map(plantedOf))) ?? Number.NaN;
}

function logit(chance: number): number {
  return Math.log(chance / (1 - chance));
}

export interface EffectSummary extends EffectFound {
  /** Mean of estimate minus truth over firms, and its standard error. */
  bias: number;
  biasError: number;
  /** Firms whose own 95% interval holds the truth. */
  held: number;
  firms: number;
}

/** The same effects of several firms, in one row an effect. */
export function summarise(firms: readonly (readonly EffectFound[])[]): EffectSummary[] {
  return firms[0]!.map((first, row): EffectSummary => {
    const all = firms.map((effects) => effects[row]!);
    const mean = (of: (each: EffectFound) => number) =>
      all.reduce((sum, each) => sum + of(each), 0) / all.length;
    const bias = mean(({estimate, truth}) => estimate - truth);
    const squares = all.reduce((sum, {estimate, truth}) => sum + (estimate - truth - bias) ** 2, 0);
    return {
      ...first,
      pull: mean(({pull}) => pull),
      estimate: mean(({estimate}) => estimate),
      truth: mean(({truth}) => truth),
      error: mean(({error}) => error),
      pooled: mean(({pooled}) => pooled),
      openPooled: mean(({openPooled}) => openPooled),
      openTruth: mean(({openTruth}) => openTruth),
      bias,
      biasError: Math.sqrt(squares / (all.length - 1) / all.length),
      held: all.filter(({estimate, truth, error}) => Math.abs(estimate - truth) <= 1.96 * error).length,
      firms: all.length
    };
  });
}
