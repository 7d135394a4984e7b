/** Open deals scored: chance by date, why, what would change it, and what is hard to believe of what they state. */
import type {DealScoresData, ScoredDeal, ScoredFactor} from "../../../src/slices/dealScores.ts";
import {hasCloseDates} from "../bookings/pastWindows.ts";
import type {DealState} from "../deals/dealFeatures.ts";
import {explainDeals, type Factor, outcomeCurve} from "../deals/outcomeModel.ts";
import {fiscalPeriod, isoOf, type Span} from "../history/calendar.ts";
import {CATEGORIES, NO_DAY} from "../history/pipelineHistory.ts";
import {chanceWithin, type DealAsking} from "./askDeals.ts";
import {cents, passed, places} from "./heldBy.ts";
import {usualAmounts} from "./usualAmounts.ts";

/** Weeks ahead at which chances are stated. */
const SCORE_WEEKS = [1, 2, 4, 6, 8, 10, 13, 17, 21, 26];
/** Deals listed: with what every page of a firm of a million deals reads (126 kB), what fits into 400 kB, compressed (191 bytes each). */
const MOST_DEALS = 1_350;
const UNIT = 1e4;

export type Scores = Pick<DealScoresData, "weeks" | "nWhole" | "base" | "words" | "deals">;

/** Scores the open deals of an asking, the largest expected amount first; `amounts` is what they state today. */
export function dealScores(
  asking: DealAsking,
  dealNames: ReadonlyMap<string, string>,
  amounts: ReadonlyMap<string, number>
): Scores {
  const {day, known, model, projection} = asking;
  const {dealIds, stages, owners, firstMonth} = known;
  const quarter = {from: day + 1, to: fiscalPeriod(day + 1, "quarter", firstMonth).to};
  const {base, scores, factors} = explainDeals(
    model.outcomes,
    projection.open.map(({state}) => state)
  );
  const usual = usualAmounts(known);
  const isDated = hasCloseDates(known);
  const words = new Map<string, number>();
  const wordOf = (what: string) => {
    const at = words.get(what) ?? words.size;
    words.set(what, at);
    return at;
  };
  const order = projection.open
    .map((deal, i) => ({i, expected: chanceWithin(deal, day, quarter) * deal.amount}))
    .sort((a, b) => b.expected - a.expected || a.i - b.i)
    .slice(0, MOST_DEALS);
  const baseUnits = Math.round(base * UNIT);
  const deals = order.map(({i}): ScoredDeal => {
    const {state, curve, amount} = projection.open[i]!;
    const chance = chanceWithin(projection.open[i]!, day, quarter);
    const id = dealIds[state.deal]!;
    const said = Number.isNaN(state.amount) ? null : state.amount;
    const stated = said === null ? null : (amounts.get(id) ?? said);
    const score = Math.round(scores[i]! * UNIT);
    const doubt =
      doubtOf(state, day, quarter.to, chance, curve.won[25]!, isDated) ?? usual(said, known, state.deal);
    return {
      deal_id: id,
      deal_name: dealNames.get(id) ?? id,
      stage: stages[state.stage]?.name ?? null,
      owner: owners[state.owner] ?? null,
      amount: stated,
      close_on: state.closeOn === NO_DAY ? null : isoOf(state.closeOn),
      p_quarter: places(chance),
      p_half_year: places(curve.won[25]!),
      p_lost: places(curve.lost[25]!),
      expected: cents(chance * amount),
      why: inWords(factors[i]!),
      doubt: doubt?.words ?? null,
      doubtful: doubt ? cents(Math.max(0, doubt.money ?? (stated ?? amount) - chance * amount)) : null,
      ifWon: cents(amount),
      won: SCORE_WEEKS.map((week) => places(curve.won[week - 1]!)),
      lost: SCORE_WEEKS.map((week) => places(curve.lost[week - 1]!)),
      score,
      factors: whole(factors[i]!, score - baseUnits).map(
        ([what, effect]): ScoredFactor => [wordOf(what), effect]
      ),
      ifs: ifsOf(asking, state, quarter, isDated)
    };
  });
  return {
    weeks: SCORE_WEEKS,
    nWhole: projection.open.length,
    base: baseUnits,
    words: [...words.keys()],
    deals
  };
}

/** Effects in whole ten-thousandths that sum to the total; what rounding leaves goes to the largest. */
function whole(factors: readonly Factor[], total: number): [string, number][] {
  const told = factors
    .map(({what, effect}): [string, number] => [what, Math.round(effect * UNIT)])
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const gap = total - told.reduce((sum, [, effect]) => sum + effect, 0);
  if (told[0]) told[0][1] += gap;
  return told.filter(([, effect]) => effect !== 0);
}

/** The chance by the quarter's end if one thing of the deal were otherwise. */
function ifsOf(
  {day, known, model}: DealAsking,
  state: DealState,
  quarter: Span,
  isDated: boolean
): ScoredDeal["ifs"] {
  const weeks = Math.max(1, Math.ceil((quarter.to - day) / 7));
  const asked = (what: string, changed: Partial<DealState>) => ({
    what,
    p_quarter: places(
      chanceWithin({curve: outcomeCurve(model.outcomes, {...state, ...changed}, weeks)}, day, quarter)
    )
  });
  const pipeline = (id: string) => id.slice(0, id.lastIndexOf("/"));
  const here = known.stages[state.stage];
  const next = here
    ? known.stages
        .map((stage, at) => ({...stage, at}))
        .filter(
          ({id, kind, order}) => kind === "open" && order > here.order && pipeline(id) === pipeline(here.id)
        )
        .sort((a, b) => a.order - b.order)[0]
    : undefined;
  const commit = CATEGORIES.indexOf("commit");
  const isDue = state.closeOn !== NO_DAY && state.closeOn > day && state.closeOn <= quarter.to;
  return [
    ...(next ? [asked(`already in ${next.name}`, {stage: next.at, stageDays: 0})] : []),
    ...(!isDated
      ? []
      : isDue
        ? [
            asked("close date moved to the next quarter", {
              closeOn: quarter.to + 45,
              nPushes: state.nPushes + 1
            })
          ]
        : [asked("close date at the end of this quarter", {closeOn: quarter.to})]),
    ...(state.category >= 0 && state.category !== commit ? [asked("in commit", {category: commit})] : []),
    ...(state.nPushes > 0 ? [asked("close date never pushed out", {nPushes: 0})] : [])
  ];
}

/** The strongest parts of a score: "Stage: Negotiation (odds ×2.1); ...". */
export function inWords(factors: readonly Factor[], most = 3): string {
  const strongest = [...factors]
    .filter(
      ({effect, group}) =>
        Math.abs(effect) > 0.1 && !group.startsWith("Weeks ahead") && !group.startsWith("Week of the quarter")
    )
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, most);
  if (strongest.length === 0) return "like the average open deal";
  return strongest
    .map(({what, effect}) => `${what} (odds ×${Math.exp(effect).toFixed(effect < -0.69 ? 2 : 1)})`)
    .join("; ");
}

/** What of a stated date is hard to believe; money is what of the amount the quarter will not see, unless stated. */
function doubtOf(
  {closeOn}: DealState,
  asOf: number,
  quarterEnd: number,
  chance: number,
  half: number,
  /** Whether open deals have close dates at all: where none has, the exports lack them, not the deal. */
  isDated: boolean
): {words: string; money?: number} | null {
  if (closeOn === NO_DAY && isDated) return {words: "no close date"};
  if (closeOn !== NO_DAY && closeOn < asOf) return {words: passed(asOf - closeOn)};
  if (closeOn !== NO_DAY && closeOn <= quarterEnd && chance < 0.1)
    return {words: "due this quarter, but deals like it are hardly ever won that fast"};
  return half < 0.05 ? {words: "deals like this are hardly ever won"} : null;
}
