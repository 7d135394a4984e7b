/**
 * Deals on the day they were created and whether they were won within half a year: what the effects of factors are estimated on.
 * Of deals of that day what no field shows is spread alike over every level of a factor; of deals still open it is not, because those
 * with a worse level are still there for a reason.
 */
import {observedFrom} from "../bookings/dailyWon.ts";
import {
  addWords,
  type DealFeatures,
  type DealState,
  type FeatureGroup,
  stateOn
} from "../deals/dealFeatures.ts";
import {band} from "../deals/featureBands.ts";
import {type Add, featuresOf, type GroupCode} from "../deals/featureWriters.ts";
import {filledLate} from "../deals/filledLate.ts";
import {FOLLOWED_WEEKS} from "../deals/landmarks.ts";
import {GONE, type PipelineHistory, WON} from "../history/pipelineHistory.ts";

/** Of more deals those of some owners are enough. */
const MOST_DEALS = 25_000;
/** Days within which a new deal is won, or is not. */
export const FOLLOWED_DAYS = 7 * FOLLOWED_WEEKS;

export interface NewDeals {
  /** Each deal on the day it was created. */
  states: DealState[];
  /** 1: won within the days followed. */
  isWon: Uint8Array;
  /** Deals created since, whose time is not over. */
  recent: DealState[];
}

/** Deals created since closings are seen: those whose half year is over, with how it ended, and those since. */
export function newDeals(history: PipelineHistory): NewDeals {
  const {asOf, nDeals, createdOn, spanStart, from, outcome} = history;
  const seenFrom = observedFrom(history) - 1;
  const found = {states: [] as DealState[], won: [] as number[], recent: [] as DealState[]};
  for (let deal = 0; deal < nDeals; deal++) {
    const day = createdOn[deal]!;
    if (day < seenFrom) continue;
    const state = stateOn(history, deal, spanStart[deal]!, day);
    if (!state) continue;
    if (asOf - day < FOLLOWED_DAYS) {
      found.recent.push(state);
      continue;
    }
    let isWon = 0;
    let isGone = false;
    for (let s = spanStart[deal]! + 1; s < spanStart[deal + 1]! && from[s]! <= day + FOLLOWED_DAYS; s++) {
      if (outcome[s] === WON) isWon = 1;
      if (outcome[s] === GONE) isGone = true;
    }
    if (isGone) continue;
    found.states.push(state);
    found.won.push(isWon);
  }
  const {won, recent} = found;
  const share = MOST_DEALS / found.states.length;
  const kept = found.states.flatMap((state, i) => (isDrawn(state, share) ? [i] : []));
  return {
    states: kept.map((i) => found.states[i]!),
    isWon: Uint8Array.from(kept, (i) => won[i]!),
    recent
  };
}

/** Whole owners are drawn, so that how much they differ stays to be seen. */
function isDrawn({deal, owner}: DealState, share: number): boolean {
  const of = owner < 0 ? deal : owner;
  return share >= 1 || (((of + 1) * 2_654_435_761) >>> 8) / 2 ** 24 < share;
}

/** With more levels a group's levels are drawn from one spread, as the data say. */
const MOST_FREE = 12;
/** Holds a level that no outcome parts; an odds ratio of twenty costs half a unit of the deviance. */
const FREE_RIDGE = 0.1;
/**
 * Levels that groups of many share among them. Owners and partners of few deals each differ too: an effect of their region is unsure by
 * what they are.
 */
const POOLED_LEVELS = 500;
const POOLED_RIDGE = 12;
/** Names of groups: the deal's type, and the stage it was in when it was created. */
export const KIND = "Deal type";
export const BEGUN_IN = "Stage at the beginning";
const AMOUNT_BANDS = 20;
const FEWEST_AMOUNTS = 100;
const QUARTER_DAYS = 91;
const FIFTHS = [
  "smallest fifth",
  "second fifth",
  "middle fifth",
  "fourth fifth",
  "largest fifth",
  "no amount"
];

/** What a deal is on the day it is created: stage, amount, attributes, owner; and the quarter it was created in. */
export function newDealFeatures(history: PipelineHistory, states: readonly DealState[]): DealFeatures {
  const groups: FeatureGroup[] = [];
  const writers: GroupCode[] = [];
  let size = 1;
  const add: Add = (group, code, changes) => {
    if (group.levels.length < 2) return;
    const isFree = group.smooth === 0 && group.levels.length <= MOST_FREE;
    groups.push({...group, ...(isFree ? {ridge: FREE_RIDGE, isFixed: true} : {}), offset: size});
    writers.push({code, changes});
    size += group.levels.length;
  };
  const late = filledLate(history);
  const attributes = Object.entries(history.attributes).map(([name, column], at) => ({name, at, ...column}));
  const known = attributes.filter(({name}) => !late.has(name));
  const nLarge = [history.owners, ...known.map(({words: list}) => list)].filter(
    (list) => list.length > MOST_FREE
  ).length;
  const most = Math.floor(POOLED_LEVELS / Math.max(1, nLarge));
  const words = (name: string, list: readonly string[], codeOf: (state: DealState) => number) =>
    addWords(name, list, codeOf, POOLED_RIDGE, states, add, Math.max(MOST_FREE, most));
  words(
    BEGUN_IN,
    history.stages.map(({name}) => name),
    ({stage}) => stage
  );
  addAmount(states, add);
  for (const {name, label, words: list, at} of known)
    words(name === "deal_type" ? KIND : label, list, ({attributes: codesOf}) => codesOf[at]!);
  words("Owner", history.owners, ({owner}) => owner);
  const nQuarters = Math.ceil(
    (history.asOf - states.reduce((min, {day}) => Math.min(min, day), history.asOf) + 1) / QUARTER_DAYS
  );
  const newest = Math.floor(FOLLOWED_DAYS / QUARTER_DAYS);
  add(
    {
      name: "Created",
      levels: Array.from(
        {length: nQuarters - newest},
        (_, i) => `${i + newest} to ${i + newest + 1} quarters ago`
      ),
      ridge: 1,
      smooth: 1
    },
    // Of deals created since nothing is known of their quarter: they are taken for the newest's.
    ({day}) => Math.max(0, Math.floor((history.asOf - day) / QUARTER_DAYS) - newest),
    "with the calendar"
  );
  return featuresOf(groups, size, writers);
}

/** Many narrow bands drawn to their neighbours, so that deals of one level that are larger than those of another are compared with like ones. */
function addAmount(states: readonly DealState[], add: Add): void {
  const known = states
    .map(({amount}) => amount)
    .filter((amount) => !Number.isNaN(amount))
    .sort((a, b) => a - b);
  if (known.length < FEWEST_AMOUNTS) return;
  const cuts = Array.from(
    {length: AMOUNT_BANDS - 1},
    (_, i) => known[Math.floor(((i + 1) / AMOUNT_BANDS) * (known.length - 1))]!
  );
  const levels = [...Array.from({length: AMOUNT_BANDS}, (_, i) => `band ${i + 1}`), "no amount"];
  add(
    {
      name: "Amount",
      levels,
      ridge: 1,
      smooth: 4,
      run: AMOUNT_BANDS,
      coarse: {
        name: "Amount",
        levels: FIFTHS,
        of: Int32Array.from(levels, (_, level) => Math.floor((5 * level) / AMOUNT_BANDS))
      }
    },
    ({amount}) => (Number.isNaN(amount) ? AMOUNT_BANDS : band(amount, cuts)),
    "never"
  );
}
