/** The part of the data sheet that is about orders in the works. */
import type {SheetSection} from "../../../src/slices/dataSheet.ts";
import {
  CANCELLED,
  CONGESTION,
  LEAD_SPREAD,
  MATERIALS,
  SHORTAGE,
  STOCK_SHARE,
  SUPPLY_SHOCK,
  UTILISATION
} from "./machines.ts";

const SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Material and the works. */
export function orderSections(): SheetSection[] {
  const full = CONGESTION.map((factor, i) => ({factor, month: SHORT_MONTHS[i]!}))
    .filter(({factor}) => factor >= 1.1)
    .map(({factor, month}) => `${month} × ${factor}`)
    .join(", ");
  return [
    {
      title: "How orders are made",
      about: `An order is engineered, waits for its last material, is built, tested, shipped and delivered, one after the other. A stocked material is there with a chance of ${STOCK_SHARE}; else a replenishment is on its way. Others take the stated lead time times a factor (standard deviation of the logarithm ${LEAD_SPREAD}). Electronics ordered from ${SUPPLY_SHOCK.from} to ${SUPPLY_SHOCK.to} took × ${SUPPLY_SHOCK.factor}. Production takes longer when the works are full (${full}); they offer hours for ${UTILISATION} of the orders of the last year. ${CANCELLED * 100} % of the orders are cancelled. What is in stock and on order with suppliers covers what the orders in hand need of every material but one: of ${MATERIALS.find(({number}) => number === SHORTAGE.material)!.name.toLowerCase()} it covers ${SHORTAGE.covered * 100} %.`,
      caption: "Materials",
      columns: [
        {key: "name", label: "Material", unit: "text"},
        {key: "weeks", label: "Stated lead time, weeks", unit: "count"},
        {key: "factor", label: "Real over stated", unit: "text"},
        {key: "stocked", label: "Kept on stock", unit: "text"}
      ],
      rows: MATERIALS.map(({name, leadDays, leadFactor, isStocked}) => ({
        name,
        weeks: leadDays / 7,
        factor: `×\u00a0${leadFactor.toFixed(2)}`,
        stocked: isStocked ? "yes" : "no"
      }))
    }
  ];
}
