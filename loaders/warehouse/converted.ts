/** Money at a rate, in SQL: the one place that multiplies the two. */

/** Beyond it (in cents) a double may be wrong by more than a thousandth of a cent. */
const MOST_CENTS = "1e11";
/** Cents as near to a half as this are rounded by the exact way. */
const NEAR_HALF = "0.001";

/**
 * SQL of `amount` times `rate` (both decimals), rounded once to the cent, halves away from zero: the product of decimals to the last
 * digit. Such a product is 128 bits wide and costs fifty times as much as one of doubles, whose cents are the same unless they lie near
 * a half: only those are multiplied as decimals.
 */
export function converted(amount: string, rate: string): string {
  const cents = `(cast(${amount} as double) * cast(${rate} as double) * 100)`;
  return `case
    when ${rate} = 1 then cast(${amount} as decimal(18, 2))
    when abs(${cents}) < ${MOST_CENTS} and abs(${cents} - floor(${cents}) - 0.5) > ${NEAR_HALF}
      then cast(floor(${cents} + 0.5) / 100 as decimal(18, 2))
    else cast(${amount} * ${rate} as decimal(18, 2))
  end`;
}
