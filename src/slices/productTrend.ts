/** What products are sold at, below list and along with, quarter by quarter. */
import type {FactTable} from "./facts.js";
import {discountOf, productRows, wonRows} from "./productLines.js";
import {rateInterval} from "./rateInterval.js";
import {NONE, type Period} from "./select.js";

/** A product in a quarter. Figures of fewer than {@link FEW_LINES} won lines (or deals) are null: not enough data. */
export interface ProductQuarter {
  product: string;
  label: string;
  /** First day. */
  on: string;
  partial: boolean;
  /** Won lines of the product; won deals that hold it; won deals with any product. */
  nLines: number;
  nWon: number;
  nWithLines: number;
  /** Money a piece in cents of base currency, and over the product's mean of all quarters shown. */
  priceCents: number | null;
  priceIndex: number | null;
  /** 1 - paid / list. */
  discount: number | null;
  /** Share of won deals with products that hold it, with its 95% Wilson interval. */
  attach: number | null;
  lo: number | null;
  hi: number | null;
  /** The won deals that hold it. */
  deals: number[];
}

export const FEW_LINES = 5;

/**
 * The products that were won most over the quarters, each quarter of each.
 * @param rows of `lines` that count
 * @param most products at most
 */
export function productTrend(
  lines: FactTable,
  deals: FactTable,
  rows: readonly number[],
  quarters: readonly (Period & {label: string; partial: boolean})[],
  most: number
): ProductQuarter[] {
  const [first, last] = [quarters[0], quarters.at(-1)];
  if (!first || !last) return [];
  const whole = productRows(lines, deals, rows, "line_product", {from: first.from, to: last.to});
  const named = whole.filter(({product, nWon}) => product !== NONE && nWon > 0).slice(0, most);
  return quarters.flatMap((quarter) => {
    const won = wonRows(lines, deals, rows, quarter);
    const nWithLines = new Set(won.map(({deal}) => deal)).size;
    const ofQuarter = productRows(lines, deals, rows, "line_product", quarter);
    return named.map(({product, priceCents: usual}): ProductQuarter => {
      const mine = won.filter((line) => line.product === product);
      const holders = [...new Set(mine.map(({deal}) => deal))];
      const isEnough = mine.length >= FEW_LINES;
      const price = isEnough ? (ofQuarter.find((row) => row.product === product)?.priceCents ?? null) : null;
      const interval = nWithLines >= FEW_LINES ? rateInterval(holders.length, nWithLines) : null;
      return {
        product,
        label: quarter.label,
        on: quarter.from,
        partial: quarter.partial,
        nLines: mine.length,
        nWon: holders.length,
        nWithLines,
        priceCents: price,
        priceIndex: price !== null && usual !== null && usual > 0 ? price / usual : null,
        discount: isEnough
          ? discountOf(
              lines,
              mine.map(({row}) => row)
            )
          : null,
        attach: interval ? holders.length / nWithLines : null,
        lo: interval?.lo ?? null,
        hi: interval?.hi ?? null,
        deals: holders
      };
    });
  });
}
