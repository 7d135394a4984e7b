/** Whether deals with partners are won more often than like direct deals: by strata, and deal by deal. */
import {type AdjustedEffect, adjustedEffect, strataOf} from "../adjustedEffect.js";
import {type DoublyRobustEffect, doublyRobust} from "../doublyRobust.js";
import type {FactTable} from "../facts.js";
import {dayAt, numberAt, wordAt} from "./columns.js";
import {type Factors, factorsOf, likeOf} from "./likeDeals.js";

/** Above this many deals every second, third ... is taken: the interval is narrow long before. */
const MOST_DEALS = 20_000;

export interface PartnerEffect {
  label: string;
  /** Within strata of like deals. */
  strata: AdjustedEffect;
  /** Deal by deal, by all factors. */
  robust: DoublyRobustEffect;
  factors: Factors;
}

type Part = "brought" | "helped" | "direct";
const KINDS: readonly {label: string; is: (part: Part) => boolean}[] = [
  {label: "With a partner", is: (part) => part !== "direct"},
  {label: "of these brought by it", is: (part) => part === "brought"},
  {label: "of these only helped by it", is: (part) => part === "helped"}
];
/** What a deal that passes all tests but the last fails: whether it closed in time is known only with its end. */
const TOO_LATE = "not closed within the window";

/** The partner's part as it was known before the deal ended: to ask whether it closed in time would select by outcome. */
export function partOf(origins: FactTable, row: number): Part {
  const origin = wordAt(origins, "origin", row);
  if (origin === "direct") return "direct";
  return origin === "sourced" || wordAt(origins, "failed_tests", row) === TOO_LATE ? "brought" : "helped";
}

/**
 * Each kind of deals with partners, closed from one day to another, against direct deals of the same selection.
 * @param rows of `origins` that are selected; each names its row of `deals`
 */
export function partnerEffects(
  origins: FactTable,
  deals: FactTable,
  rows: readonly number[],
  {from, to}: {from: number; to: number}
): PartnerEffect[] {
  const closed = rows.flatMap((row) => {
    const deal = numberAt(origins, "deal", row)!;
    const day = dayAt(deals, "closed_on", deal);
    const outcome = wordAt(deals, "outcome", deal);
    if (day === null || day < from || day > to || (outcome !== "won" && outcome !== "lost")) return [];
    return [{deal, part: partOf(origins, row), isWon: outcome === "won"}];
  });
  return KINDS.map(({label, is}) => {
    const mine = closed.filter(({part}) => part === "direct" || is(part));
    const of = new Map(mine.map((each) => [each.deal, each]));
    const every = Math.ceil(mine.length / MOST_DEALS);
    const some = mine.filter((_, i) => i % every === 0);
    const strata = strataOf(
      [...of.keys()],
      (deal) => likeOf(deals, deal),
      (deal) => of.get(deal)!.part !== "direct",
      (deal) => of.get(deal)!.isWon
    );
    const factors = factorsOf(
      deals,
      some.map(({deal}) => deal)
    );
    return {
      label,
      strata: adjustedEffect(strata),
      factors,
      robust: doublyRobust({
        isTreated: some.map(({part}) => part !== "direct"),
        isWon: some.map(({isWon}) => isWon),
        factors: factors.words
      })
    };
  });
}
