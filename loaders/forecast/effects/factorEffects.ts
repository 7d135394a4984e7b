/** What each factor of a deal does to its chance to be won within half a year, all else alike, with intervals. */
import type {FactorEffect, FactorEffects} from "../../../src/slices/factorEffects.ts";
import type {DealFeatures, DealState} from "../deals/dealFeatures.ts";
import {isoOf} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {contrastOf, fitNewDeals, LEAST_EITHER, meanChance, type NewDealModel} from "./newDealModel.ts";
import {KIND, type NewDeals, newDeals} from "./newDeals.ts";

const Z95 = 1.959964;
/** Levels of a factor that are shown, the commonest: more would not be read. */
const MOST_LEVELS = 6;
/** Levels with fewer deals followed are not shown. */
const FEWEST = 30;
/** A deal is asked when in each of its other factors both sides have so many deals like it. */
const FEWEST_LIKE = 10;
/** Fewer deals with like ones on both sides, and nothing is said. */
const FEWEST_ASKED = 30;
const MOST_ASKED = 500;

/** Every level of the attributes of few levels against one of them, factor by factor. */
export function factorEffects(history: PipelineHistory): FactorEffects {
  const deals = newDeals(history);
  const nWon = deals.isWon.reduce((sum, won) => sum + won, 0);
  const days = deals.states.map(({day}) => day);
  const about = {
    nDeals: days.length,
    nWon,
    from: days.length > 0 ? isoOf(days.reduce((a, b) => Math.min(a, b))) : null,
    to: days.length > 0 ? isoOf(days.reduce((a, b) => Math.max(a, b))) : null
  };
  const model = fitNewDeals(history, deals);
  if (!model)
    return {
      ...about,
      effects: [],
      alone: [],
      reason:
        Math.min(nWon, days.length - nWon) < LEAST_EITHER
          ? `It needs ${LEAST_EITHER} deals won and ${LEAST_EITHER} not won within half a year of being created; there are ${nWon} and ${days.length - nWon}.`
          : "The deals have more attributes than can be told apart."
    };
  const seen = seenOf(model.features, deals);
  const found: FactorEffects = {...about, effects: [], alone: [], reason: null};
  Object.entries(history.attributes).forEach(([name, {label, words}], at) => {
    const group = model.features.groups.findIndex(
      (each) => each.name === (name === "deal_type" ? KIND : label) && each.coarse
    );
    if (group < 0) return;
    const levels = words
      .map((word, code) => ({word, code, ...seen.tally(group, word)}))
      .filter(({n}) => n >= FEWEST)
      .sort((a, b) => b.n - a.n || a.code - b.code)
      .slice(0, MOST_LEVELS);
    const all = levels.map((usual) => ({
      usual,
      pairs: levels
        .filter((level) => level !== usual)
        .map((level) => ({level, asked: seen.alike(group, level.word, usual.word)}))
    }));
    const comparable = ({pairs}: {pairs: {asked: DealState[]}[]}) =>
      pairs.filter(({asked}) => asked.length >= FEWEST_ASKED).length;
    // Against the level that most others have like deals of, the commonest of several.
    const [best] = all.sort((a, b) => comparable(b) - comparable(a));
    for (const {level, asked} of best?.pairs ?? []) {
      if (asked.length < FEWEST_ASKED) found.alone.push(`${label}: ${level.word}`);
      else found.effects.push({factor: label, ...compared(model, asked, at, level, best!.usual)});
    }
  });
  if (found.effects.length === 0)
    found.reason = "No attribute has two levels with thirty deals each that are otherwise alike.";
  return found;
}

function compared(
  model: NewDealModel,
  asked: readonly DealState[],
  at: number,
  level: {word: string; code: number; n: number; nWon: number},
  usual: {word: string; code: number}
): Omit<FactorEffect, "factor"> {
  const mean = (code: number) =>
    meanChance(
      model,
      asked.map((state) => ({...state, attributes: state.attributes.with(at, code)}))
    );
  const [one, other] = [mean(level.code), mean(usual.code)];
  const {points, pointsError} = contrastOf(model, one, other);
  return {
    level: level.word,
    against: usual.word,
    points,
    lo: points - Z95 * pointsError,
    hi: points + Z95 * pointsError,
    chance: one.chance,
    chanceAgainst: other.chance,
    n: level.n,
    nWon: level.nWon
  };
}

/** Which deals have which levels, and which of the newest have like ones. */
function seenOf({groups, width, write}: DealFeatures, {states, isWon, recent}: NewDeals) {
  const codesOf = (list: readonly DealState[]) => {
    const codes = new Int32Array(list.length * width);
    list.forEach((state, i) => {
      write(codes, i * width, state, 1);
    });
    return codes;
  };
  const codes = codesOf(states);
  // The newest deals are those of whom a reader asks; a firm that has few of them asks of all.
  const newest = recent.length >= MOST_ASKED ? recent : [...states, ...recent];
  const newestCodes = codesOf(newest);
  const feature = (group: number, word: string) =>
    groups[group]!.offset + groups[group]!.levels.indexOf(word);
  const held = groups.flatMap(({coarse, isFixed}, g) => (coarse && isFixed ? [g] : []));
  return {
    tally(group: number, word: string) {
      const of = feature(group, word);
      let [n, nWon] = [0, 0];
      for (let i = 0; i < states.length; i++)
        if (codes[i * width + group + 1] === of) {
          n++;
          nWon += isWon[i]!;
        }
      return {n, nWon};
    },
    alike(group: number, word: string, other: string): DealState[] {
      const sides = [feature(group, word), feature(group, other)];
      const others = held.filter((g) => g !== group);
      const counts = sides.map(() => new Map<number, number>());
      for (let i = 0; i < states.length; i++) {
        const side = sides.indexOf(codes[i * width + group + 1]!);
        if (side < 0) continue;
        for (const g of others) {
          const code = codes[i * width + g + 1]!;
          counts[side]!.set(code, (counts[side]!.get(code) ?? 0) + 1);
        }
      }
      const able = newest.filter(
        (_, i) =>
          sides.includes(newestCodes[i * width + group + 1]!) &&
          others.every((g) =>
            counts.every((count) => (count.get(newestCodes[i * width + g + 1]!) ?? 0) >= FEWEST_LIKE)
          )
      );
      const step = Math.max(1, able.length / MOST_ASKED);
      return Array.from({length: Math.min(able.length, MOST_ASKED)}, (_, i) => able[Math.floor(i * step)]!);
    }
  };
}
