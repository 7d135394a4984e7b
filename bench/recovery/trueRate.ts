/** A partner's true win rate: what the firm's partner deals would come to in its hands and its region. */
import type {JudgedFirm} from "./judgedFirm.ts";
import type {PlantedDeal} from "./trueChances.ts";

/** Deals of all partners over which it is taken. */
const POOL = 240;

/** Deals with a partner begun by the day, evenly spread over all of them. */
export function partnerPool({planted, asOf}: JudgedFirm): PlantedDeal[] {
  const everybody = planted.filter((deal) => deal?.role && deal.started <= asOf).map((deal) => deal!);
  const every = Math.ceil(everybody.length / POOL);
  return everybody.filter((_, i) => i % every === 0);
}

/**
 * Won among won and lost, of those that close between two days.
 * @param effect log hazard ratio of a deal that the partner sourced
 */
export function trueRate(
  {chances}: JudgedFirm,
  pool: readonly PlantedDeal[],
  {effect, region}: {effect: number; region: string},
  days: {from: number; to: number}
): number {
  const ends = pool.map((deal) => chances.endsWith(deal, effect, region, days));
  const won = ends.reduce((sum, each) => sum + each.won, 0);
  return won / (won + ends.reduce((sum, each) => sum + each.lost, 0));
}
