import {poolOf} from "./pool.js";
import type {BookingTerms} from "./terms.js";

/** Up to so many deals are taken one by one. */
export const ONE_BY_ONE = 600;

/** Terms whose single deals, where there are many, are pooled, each a group of its own; others as they are. */
export function pooledOf(terms: BookingTerms): BookingTerms {
  const {amount, logBefore, logAfter, pooled} = terms;
  let n = 0;
  for (let i = 0; i < amount.length; i++) if (amount[i]! > 0 && logBefore[i]! > logAfter[i]!) n++;
  if (pooled || n <= ONE_BY_ONE) return terms;
  const none = new Float64Array(0);
  return {
    ...terms,
    amount: none,
    logBefore: none,
    logAfter: none,
    pooled: {
      pool: poolOf(
        amount,
        Int32Array.from(amount, (_, i) => i),
        amount.length
      ),
      logBefore,
      logAfter,
      factor: new Float64Array(amount.length).fill(1)
    }
  };
}
