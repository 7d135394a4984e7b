/** Lets a drawn deal be lived and written down. */
import type {DealFacts} from "./deal.ts";
import {DealWalk, type HazardTable} from "./dealWalk.ts";
import {liveDeal} from "./liveDeal.ts";
import {type RecordRules, recordDeal} from "./recordDeal.ts";
import type {SoldDeal} from "./soldDeal.ts";
import {isEmployed, type World} from "./world.ts";

/** How one kind of sale goes, and how the CRM holds it. */
export interface SellingRules
  extends Pick<RecordRules, "quoteStage" | "categories" | "remainingDays" | "missingAmount"> {
  hazards: HazardTable;
}

export interface SaleOptions {
  /** The owner pushes at the end of a quarter. */
  isPushed: boolean;
  /** Lines exist from the start. */
  amountIsKnown: boolean;
}

/** A deal's life and record, from streams named by its account and its number there; null when never entered. */
export type DealSeller = (
  facts: DealFacts,
  nth: number,
  options: SaleOptions
) => Pick<SoldDeal, "life" | "record" | "multipliers"> | null;

/** The seller of one process of the world. */
export function dealSeller(world: World, rules: SellingRules): DealSeller {
  const {streams, rhythm, cast} = world;
  const walk = new DealWalk(rules.hazards, rhythm);
  const lifeRng = streams.reuse("deal.life");
  const recordRng = streams.reuse("deal.record");
  const recordRules: RecordRules = {
    ...rules,
    exportDay: rhythm.exportDay,
    nStages: rules.hazards.advance.length,
    reps: cast.people,
    operations: cast.operations,
    successor(rep, day, draw) {
      const list = cast.repsOf.get(rep.region)!;
      const at = Math.floor(draw * list.length);
      for (let i = 0; i < list.length; i++) {
        const candidate = list[(at + i) % list.length]!;
        if (isEmployed(candidate, day + 1)) return candidate.index;
      }
      return list[0]!.index;
    }
  };
  return (facts, nth, {isPushed, amountIsKnown}) => {
    const multipliers = {pull: Math.exp(facts.total.pull), loss: Math.exp(facts.total.loss), isPushed};
    const rng = lifeRng(facts.account, nth);
    const life = liveDeal(walk, multipliers, facts.startDay, rhythm.exportDay, rng);
    const record = recordDeal(facts, life, amountIsKnown, recordRules, recordRng(facts.account, nth));
    return record && {life, record, multipliers};
  };
}
