/** Which tier a partner's results belong to, against the partners that are in each tier today; as far as luck leaves it open. */
import {dayNumber, type FactTable} from "../facts.js";
import {luckRange} from "../marketing/luckRange.js";
import {FEW_TRIALS, fitPeers, type ShrunkenRate, shrunkenRates} from "../shrunkenRates.js";
import {centsAt, dayAt, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";
import type {ProgrammeData, TierRule} from "./programmeData.js";

const TWO_YEARS = 730;
const YEAR = 365;
/** Fewer partners in a tier than this do not say what is usual there. */
const FEWEST_IN_TIER = 3;
const SEED = 8;

export type TierAdvice = "up" | "down" | "keep" | "too early" | "not enough data";

export interface TierRow {
  partner: string;
  tier: string;
  advice: TierAdvice;
  /** The tier it is advised for; its own unless up or down. */
  to: string;
  /** Won money a year of what it brought in two years (or since it signed), cents, with the 80% range of luck. */
  yearCents: number;
  lo: number;
  hi: number;
  /**
   * What its tier, the one above and the one below take a year, cents: what the programme asks, else what the middle partner wins; null with
   * neither.
   */
  own: number | null;
  above: number | null;
  below: number | null;
  rate: ShrunkenRate | null;
  nWon: number;
  nTrainings: number;
  /** What the programme asks of the tier above and of its own; null where it asks nothing of money. */
  askedAbove: TierRule | null;
  asked: TierRule | null;
}

export interface TierAdviceData {
  rows: TierRow[];
  /** From the lowest to the highest; null for a tier with too few partners. `isAsked`: by the programme, not the middle partner. */
  middles: {tier: string; cents: number | null; n: number; isAsked: boolean}[];
}

/**
 * One row a partner with a tier that the workspace orders, those to move first. Up: with 90% it wins more a year than the middle
 * partner both of its tier and of the next, and does not win fewer of its deals than its peers. Down: less than both that of its tier and
 * the one below. Where the programme asks a tier for money a year, that stands in the middle partner's place: up with 90% above what the next
 * asks, and its trainings done; down with 90% below what its own asks. Of partners that signed within a year it is too early to say.
 */
export function tierAdvice(
  {partners, parts, tiers, tierRules, asOf}: ProgrammeData,
  deals: FactTable
): TierAdviceData {
  const today = dayNumber(asOf);
  const brought = groupBy(
    rowsOf(parts).filter((row) => numberAt(parts, "is_origin", row) === 1),
    (row) => wordAt(parts, "partner", row)!
  );
  const known = rowsOf(partners).flatMap((row) => {
    const tier = wordAt(partners, "tier", row);
    const signed = dayAt(partners, "signed_on", row);
    if (tier === null || !tiers.includes(tier) || (signed !== null && signed > today)) return [];
    const from = Math.max(today - TWO_YEARS, signed ?? Number.NEGATIVE_INFINITY);
    const partner = wordAt(partners, "partner", row)!;
    const closed = (brought.get(partner) ?? [])
      .map((part) => numberAt(parts, "deal", part)!)
      .filter((deal) => {
        const day = dayAt(deals, "closed_on", deal);
        return day !== null && day > from && day <= today && wordAt(deals, "outcome", deal) !== "open";
      });
    const won = closed.filter((deal) => wordAt(deals, "outcome", deal) === "won");
    const amounts = won.map((deal) => centsAt(deals, "won_amount", deal) ?? 0);
    return [{row, partner, tier, years: (today - from) / YEAR, closed, amounts}];
  });
  const every = known.flatMap(({amounts}) => amounts);
  const typical = every.length > 0 ? sum(every) / every.length : 0;
  const trials = known.map(({partner, closed, amounts}) => ({
    key: partner,
    trials: closed.length,
    successes: amounts.length
  }));
  const peers = fitPeers(trials);
  const rates = new Map(peers ? shrunkenRates(trials, peers).map((rate) => [rate.key, rate]) : []);
  const settled = known.filter(({years}) => years >= 1);
  const middles = tiers.map((tier) => {
    const mine = settled.filter((each) => each.tier === tier).map(({amounts, years}) => sum(amounts) / years);
    const asked = tierRules[tiers.indexOf(tier)]?.yearCents ?? null;
    const middle = mine.length < FEWEST_IN_TIER ? null : median(mine);
    return {tier, n: mine.length, cents: asked ?? middle, isAsked: asked !== null};
  });
  const rows = known.map(({row, partner, tier, years, closed, amounts}): TierRow => {
    const at = tiers.indexOf(tier);
    const luck = luckRange(amounts, typical, SEED + row);
    const facts = {
      partner,
      tier,
      yearCents: sum(amounts) / Math.max(years, 1 / YEAR),
      lo: luck.lo / Math.max(years, 1 / YEAR),
      hi: luck.hi / Math.max(years, 1 / YEAR),
      own: middles[at]!.cents,
      above: middles[at + 1]?.cents ?? null,
      below: middles[at - 1]?.cents ?? null,
      rate: rates.get(partner) ?? null,
      asked: ruleOf(tierRules[at]),
      askedAbove: ruleOf(tierRules[at + 1]),
      nWon: amounts.length,
      nTrainings: numberAt(partners, "n_trainings", row) ?? 0
    };
    const advice = adviceOf(facts, years, closed.length);
    const to = advice === "up" ? tiers[at + 1]! : advice === "down" ? tiers[at - 1]! : tier;
    return {...facts, advice, to};
  });
  const order: TierAdvice[] = ["up", "down", "keep", "not enough data", "too early"];
  return {
    middles,
    rows: rows.sort(
      (a, b) =>
        order.indexOf(a.advice) - order.indexOf(b.advice) ||
        b.yearCents - a.yearCents ||
        (a.partner < b.partner ? -1 : 1)
    )
  };
}

function adviceOf(
  {
    lo,
    hi,
    own,
    above,
    below,
    rate,
    nTrainings,
    asked,
    askedAbove
  }: Pick<TierRow, "lo" | "hi" | "own" | "above" | "below" | "rate" | "nTrainings" | "asked" | "askedAbove">,
  years: number,
  nClosed: number
): TierAdvice {
  if (years < 1) return "too early";
  if (own === null || (above === null && below === null)) return "not enough data";
  const isTrained = nTrainings >= (askedAbove?.nTrainings ?? 0);
  // What a programme asks is enough by itself; a middle partner's money must not lie below that of its own tier's.
  const toRise = above === null || askedAbove?.yearCents ? above : Math.max(own, above);
  if (toRise !== null && lo > toRise && isTrained && nClosed >= FEW_TRIALS && rate?.verdict !== "below")
    return "up";
  const toStay = below === null || asked?.yearCents ? own : Math.min(own, below);
  if (below !== null && hi < toStay) return "down";
  return "keep";
}

function ruleOf(rule: TierRule | undefined): TierRule | null {
  return rule && (rule.yearCents !== null || rule.nTrainings !== null) ? rule : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
