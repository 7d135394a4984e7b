/**
 * What a deal that names no product yet would take: the lines of won deals like it (same pipeline, same value of the attribute that
 * tells products best, the nearest amounts), each as likely.
 */
import type {Lines} from "../../src/slices/material/planningData.ts";
import {filledLate} from "../forecast/deals/filledLate.ts";
import {closings, type PipelineHistory, WON} from "../forecast/history/pipelineHistory.ts";
import {pipelineOf} from "./linesKnown.ts";

/** Won deals whose lines a deal may take. */
export const LIKE_DEALS = 12;
/** Deals won longer ago say little of what is sold now. */
const RECENT_DAYS = 1095;

interface Donor {
  amount: number;
  lines: Lines;
}

export interface LikeDeals {
  /** Label of the attribute that tells products best; null when none tells anything. */
  attribute: string | null;
  /**
   * Sets of lines, each as likely; empty when nothing like it was won.
   * @param deal index into the history
   * @param stage index of its stage, -1 when unknown
   * @param amount expected if won, base currency
   */
  of(deal: number, stage: number, amount: number): Lines[];
}

/** Learns from the deals won by the end of a history. @param linesOf lines of products with a bill, empty for service alone; absent for a deal without lines */
export function likeDeals(history: PipelineHistory, linesOf: ReadonlyMap<string, Lines>): LikeDeals {
  const {outcome, closedOn, amount} = closings(history);
  const donors: {deal: number; lines: Lines; amount: number; pipeline: string}[] = [];
  for (let deal = 0; deal < history.nDeals; deal++) {
    const lines = linesOf.get(history.dealIds[deal]!);
    if (outcome[deal] !== WON || !lines || closedOn[deal]! <= history.asOf - RECENT_DAYS) continue;
    donors.push({
      deal,
      lines,
      amount: amount[deal]!,
      pipeline: pipelineAt(history, lastStage(history, deal))
    });
  }
  const name = tellingAttribute(history, donors);
  const codes = name === null ? null : history.attributes[name]!.codes;
  const byKey = new Map<string, Donor[]>();
  const add = (key: string, donor: Donor) => {
    const list = byKey.get(key);
    if (list) list.push(donor);
    else byKey.set(key, [donor]);
  };
  for (const {deal, pipeline, ...donor} of donors) {
    add(pipeline, donor);
    if (codes && codes[deal]! >= 0) add(`${pipeline}\n${codes[deal]}`, donor);
  }
  for (const list of byKey.values()) list.sort((a, b) => size(a.amount) - size(b.amount));
  return {
    attribute: name === null ? null : history.attributes[name]!.label,
    of(deal, stage, expected) {
      const pipeline = pipelineAt(history, stage);
      const alike = codes ? byKey.get(`${pipeline}\n${codes[deal]}`) : undefined;
      const pool = alike && alike.length >= LIKE_DEALS ? alike : (byKey.get(pipeline) ?? []);
      return nearest(pool, size(expected));
    }
  };
}

/** Amounts are alike by their ratio; one that is not known is as small as can be. */
function size(amount: number): number {
  return amount > 0 ? Math.log(amount) : 0;
}

/** The donors whose amounts lie nearest, of a list in order of amounts. */
function nearest(pool: readonly Donor[], at: number): Lines[] {
  // The first that is not smaller; from there to both sides, the nearer one first.
  let [low, above] = [0, pool.length];
  while (low < above) {
    const middle = (low + above) >> 1;
    if (size(pool[middle]!.amount) < at) low = middle + 1;
    else above = middle;
  }
  let high = low;
  while (high - low < LIKE_DEALS && (low > 0 || high < pool.length)) {
    const [before, after] = [pool[low - 1], pool[high]];
    if (!after || (before && at - size(before.amount) <= size(after.amount) - at)) low--;
    else high++;
  }
  return pool.slice(low, high).map(({lines}) => lines);
}

function pipelineAt({stages}: PipelineHistory, stage: number): string {
  return stage < 0 ? "" : pipelineOf(stages[stage]!.id);
}

function lastStage({spanStart, stage}: PipelineHistory, deal: number): number {
  return stage[spanStart[deal + 1]! - 1]!;
}

/**
 * The attribute by whose values the products of won deals differ most: the least AIC of multinomial shares of products by value
 * against one set of shares for all (a value of few deals costs more than it tells).
 */
function tellingAttribute(
  history: PipelineHistory,
  donors: readonly {deal: number; lines: Lines}[]
): string | null {
  const late = filledLate(history);
  const products = new Set(donors.flatMap(({lines}) => lines.map(([product]) => product)));
  const aic = (codeOf: (deal: number) => number) => {
    const counts = new Map<number, Map<number, number>>();
    for (const {deal, lines} of donors) {
      const value = counts.get(codeOf(deal)) ?? new Map<number, number>();
      counts.set(codeOf(deal), value);
      for (const [product] of lines) value.set(product, (value.get(product) ?? 0) + 1);
    }
    let logLikelihood = 0;
    for (const value of counts.values()) {
      const n = [...value.values()].reduce((sum, each) => sum + each, 0);
      for (const each of value.values()) logLikelihood += each * Math.log(each / n);
    }
    return 2 * counts.size * (products.size - 1) - 2 * logLikelihood;
  };
  let best: string | null = null;
  let least = aic(() => 0);
  for (const [name, {codes}] of Object.entries(history.attributes)) {
    if (late.has(name)) continue;
    const found = aic((deal) => codes[deal]!);
    if (found < least) [best, least] = [name, found];
  }
  return best;
}
