/** How far prices have moved before: what was paid for the same things, quarter by quarter. */
import type {LeverHistory} from "../../src/scenario/input.ts";
import {fiscalPeriod} from "../forecast/history/calendar.ts";
import {MOST_QUARTERS, ratioHistory} from "./leverHistory.ts";

/** Pieces of a product (in one currency) won on a day, and what was paid for them. */
export interface Sold {
  closed: number;
  product: string;
  pieces: number;
  paid: number;
}

/**
 * Paid in each whole past quarter over the same pieces at the mean prices of all those quarters (a Paasche index), against
 * the mean of the newest four; the mix of products does not move it. Null with fewer than four quarters.
 */
export function priceHistory(sold: readonly Sold[], asOf: number, firstMonth: number): LeverHistory | null {
  const quarters: Sold[][] = [];
  for (let back = MOST_QUARTERS; back >= 1; back--) {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, -back);
    quarters.push(sold.filter(({closed}) => closed >= from && closed <= to));
  }
  const totals = new Map<string, {pieces: number; paid: number}>();
  for (const {product, pieces, paid} of quarters.flat()) {
    const total = totals.get(product) ?? {pieces: 0, paid: 0};
    totals.set(product, {pieces: total.pieces + pieces, paid: total.paid + paid});
  }
  return ratioHistory(
    quarters.map((own) => {
      const usual = own.reduce((sum, {product, pieces}) => {
        const {pieces: all, paid} = totals.get(product)!;
        return sum + (pieces * paid) / all;
      }, 0);
      return usual > 0 ? own.reduce((sum, {paid}) => sum + paid, 0) / usual : null;
    })
  );
}
