/** Lever values and settings in words. */
import {NONE} from "../../slices/select.js";
import type {CampaignFacts, TrainingFacts} from "../input.js";
import type {ForcedDeal, LeverSetting} from "../scenario.js";
import {LEVERS, type LeverKind} from "./leverKinds.js";

const MINUS = "\u2212";

/** "+10%" for a factor of 1.1 or a share of 0.1, "+3" for a number. */
export function leverValue(kind: LeverKind, value: number): string {
  const {unit} = LEVERS[kind];
  const change = unit === "factor" ? value - 1 : value;
  const size =
    unit === "number" ? String(Math.abs(change)) : `${Number((Math.abs(change) * 100).toFixed(1))}%`;
  if (Number.parseFloat(size) === 0) return unit === "number" ? "none" : "as forecast";
  return `${change < 0 ? MINUS : "+"}${size}`;
}

/** "Win rate +10% where stage is Proposal, from 2026-07-01". @param labels names of slices, by key */
export function leverWords(
  {kind, value, where, from}: LeverSetting,
  labels: Readonly<Record<string, string>> = {}
): string {
  const parts = [`${LEVERS[kind].label} ${leverValue(kind, value)}`];
  if (where)
    parts.push(
      `where ${(labels[where.dimension] ?? where.dimension).toLowerCase()} is ${where.value === NONE ? "not stated" : where.value}`
    );
  return parts.join(" ") + (from ? `, from ${from}` : "");
}

/** "Deal 42 won on 2026-06-01 at 12 000". @param name how the deal is called */
export function forcedWords({deal, action, on, amount}: ForcedDeal, name = deal): string {
  const at = amount === undefined ? "" : ` at ${amount}`;
  if (action === "won") return `${name} won${on ? ` on ${on}` : ""}${at}`;
  if (action === "lost") return `${name} lost`;
  return action === "moved" ? `${name} moved to ${on ?? "another day"}` : `${name} re-priced${at}`;
}

/** What a change of price must not cost, or must bring, for the money to stay; "" for other levers. */
export function paysWords(kind: LeverKind, value: number): string {
  const factor = kind === "price" ? value : kind === "discount" ? 1 - value : 1;
  if (!(factor > 0) || Math.abs(factor - 1) < 1e-9) return "";
  return factor > 1
    ? `Pays as long as fewer than ${percents(1 - 1 / factor)} of the wins are lost over it.`
    : `Pays only if at least ${percents(1 / factor - 1)} more are won for it.`;
}

function percents(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}

/** What was measured of training: "Over 12 partners ...". */
export function trainingWords({ratio, error, n, nUntrained}: TrainingFacts): string {
  const [lo, hi] = [ratio * Math.exp(-1.96 * error), ratio * Math.exp(1.96 * error)];
  return `By ${n} partners, each before and after its first training, a trained one brings ${ratio.toFixed(2)} times as many deals (drawn towards no effect as far as they leave it open; 95% interval ${lo.toFixed(2)} to ${hi.toFixed(2)}); that uncertainty widens the band. ${nUntrained} active partners have had none. Those trained early may have been the keen ones.`;
}

/** What was measured of campaigns: "One percent more money brought 0.4% more of their deals (standard error 0.1, ...)". */
export function campaignWords({elasticity, standardError, n, shares}: CampaignFacts): string {
  const sources = Object.entries(shares)
    .sort(([, a], [, b]) => b - a)
    .map(([source, share]) => `${source === NONE ? "none stated" : source} ${Math.round(100 * share)}%`);
  return `Over ${n} finished campaigns one percent more money went with ${elasticity.toFixed(2)}% more deals (standard error ${standardError.toFixed(2)}); that uncertainty widens the band. Shares of deals that campaigns bring: ${sources.join(", ")}. Dearer campaigns may differ in more than their cost.`;
}
