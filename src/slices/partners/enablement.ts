/** Training against results: deals of partners that were trained when the deal began, beside those that were not. */
import {type AdjustedEffect, adjustedEffect, strataOf} from "../adjustedEffect.js";
import type {FactTable} from "../facts.js";
import {rateInterval} from "../rateInterval.js";
import {dayAt, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";
import {likeOf} from "./likeDeals.js";

/** Three trainings or more are one group. */
const MOST = 3;

/** Closed deals of partners by how many trainings the partner had when the deal began. */
export interface TrainingGroup {
  label: string;
  nTrainings: number;
  n: number;
  won: number;
  /** Won of closed with its 95% Wilson interval. */
  rate: number;
  lo: number;
  hi: number;
}

export interface Enablement {
  groups: TrainingGroup[];
  /** Trained against not yet trained, among deals of the same segment, type, region and pipeline. */
  amongLike: AdjustedEffect;
  /** The same among deals of the same partner: before its first training and after. */
  ownBefore: AdjustedEffect;
}

/** @param events those that count; @param parts with `is_origin`: each deal counts once, under who brought it */
export function enablement(events: FactTable, parts: FactTable, deals: FactTable): Enablement {
  const trainings = groupBy(
    rowsOf(events).filter((row) => wordAt(events, "kind", row) === "training"),
    (row) => wordAt(events, "partner", row)
  );
  const closed = rowsOf(parts)
    .filter((row) => numberAt(parts, "is_origin", row) === 1)
    .flatMap((row) => {
      const deal = numberAt(parts, "deal", row)!;
      const partner = wordAt(parts, "partner", row);
      const began = dayAt(deals, "created_on", deal);
      const outcome = wordAt(deals, "outcome", deal);
      if (began === null || (outcome !== "won" && outcome !== "lost")) return [];
      const before = (trainings.get(partner) ?? []).filter((event) => {
        const day = dayAt(events, "happened_on", event);
        return day !== null && day <= began;
      });
      return [{deal, partner, isWon: outcome === "won", nTrainings: Math.min(MOST, before.length)}];
    });
  const of = new Map(closed.map((each) => [each.deal, each]));
  const effect = (like: (deal: number) => string) =>
    adjustedEffect(
      strataOf(
        [...of.keys()],
        like,
        (deal) => of.get(deal)!.nTrainings > 0,
        (deal) => of.get(deal)!.isWon
      )
    );
  return {
    groups: [...groupBy(closed, ({nTrainings}) => nTrainings)]
      .sort(([a], [b]) => a - b)
      .map(([nTrainings, mine]) => {
        const won = mine.filter(({isWon}) => isWon).length;
        const label = ["No training yet", "One training", "Two trainings", "Three or more"][nTrainings]!;
        return {
          label,
          nTrainings,
          n: mine.length,
          won,
          rate: won / mine.length,
          ...rateInterval(won, mine.length)!
        };
      }),
    amongLike: effect((deal) => likeOf(deals, deal)),
    ownBefore: effect((deal) => of.get(deal)!.partner ?? "")
  };
}
