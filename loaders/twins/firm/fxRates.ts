/** Exchange rates of a simulation: one a month and currency, by a random walk. */
import {type Day, monthOf, monthStart} from "../calendar/days.ts";
import type {CurrencyCode} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";

export interface FxRate {
  currency: CurrencyCode;
  from: Day;
  /** First day of the next rate. */
  to: Day;
  /** Units of the currency for one US dollar. */
  rate: number;
}

export interface FxRates {
  list: FxRate[];
  /** Units of the currency for one US dollar on a day; days outside take the nearest rate. */
  rate(currency: CurrencyCode, day: Day): number;
}

/** Rates for all months from `first` to `last`. */
export function drawFxRates(
  currencies: Record<CurrencyCode, {start: number; drift: number}>,
  first: Day,
  last: Day,
  rng: Rng
): FxRates {
  const firstMonth = monthOf(first);
  const nMonths = monthOf(last) - firstMonth + 1;
  const list: FxRate[] = [];
  const byCurrency = new Map<CurrencyCode, number[]>();
  for (const [code, {start, drift}] of Object.entries(currencies)) {
    const currency = code as CurrencyCode;
    const rates: number[] = [];
    let rate = start;
    for (let month = 0; month < nMonths; month++) {
      const rounded = Number(rate.toPrecision(6));
      rates.push(rounded);
      list.push({
        currency,
        from: monthStart(firstMonth + month),
        to: monthStart(firstMonth + month + 1),
        rate: rounded
      });
      const step = drift / 12 + 0.014 * rng.normal();
      if (currency !== "USD") rate *= Math.exp(step);
    }
    byCurrency.set(currency, rates);
  }
  return {
    list,
    rate(currency, day) {
      const at = Math.min(nMonths - 1, Math.max(0, monthOf(day) - firstMonth));
      return byCurrency.get(currency)![at]!;
    }
  };
}
