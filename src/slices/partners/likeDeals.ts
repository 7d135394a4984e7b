/** What makes deals alike, as far as it is known before a deal is won or lost. */
import type {FactTable} from "../facts.js";
import {wordAt} from "./columns.js";

/** Columns of the deals that name a stratum. */
export const LIKE = ["segment", "deal_type", "region", "pipeline"];

/** The stratum of a deal, as a text. */
export function likeOf(deals: FactTable, deal: number): string {
  return LIKE.map((key) => wordAt(deals, key, deal) ?? "").join(" / ");
}
