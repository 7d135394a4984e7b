/** How alike compared deals are, in words: an adjusted difference of deals that are not alike is not the kind's alone. */
import type {DoublyRobustEffect} from "../slices/doublyRobust.js";

/** Levels of a factor whose shares differ by more standard deviations than this are not balanced (Austin 2009, Stat Med 28:3083-3107). */
const BALANCED = 0.1;

/** Whether the weighed others are like the deals they are compared with; not where nothing was compared. */
export function areAlike({imbalance}: Pick<DoublyRobustEffect, "imbalance">): boolean {
  return imbalance !== null && imbalance <= BALANCED;
}

/** Largest standardized difference of any level, before and after weighing: "not quite: 0.33 SD, was 4.73"; null of nothing. */
export function alikeWords({
  imbalance,
  imbalanceRaw
}: Pick<DoublyRobustEffect, "imbalance" | "imbalanceRaw">): string | null {
  if (imbalance === null || imbalanceRaw === null) return null;
  return `${areAlike({imbalance}) ? "yes" : "not quite"}: ${imbalance.toFixed(2)} SD, was ${imbalanceRaw.toFixed(2)}`;
}
