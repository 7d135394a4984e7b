/** Which orders and deals make the demand for a material. */
import {costOf, unitsOf} from "./explode.js";
import {type Behind, largest} from "./load.js";
import {type Lines, PLAN_WEEKS, type PlanMaterial, type PlanningData} from "./planningData.js";

/**
 * Orders that wait for the material and deals expected to be won within 26 weeks, the largest first. What is not listed is the figure
 * (firm plus expected) less their sum.
 * @param material null for all material, at standard cost
 */
export function demandBehind(data: PlanningData, material: PlanMaterial | null): Behind[] {
  const at = material === null ? -1 : data.materials.indexOf(material);
  const costs = data.materials.map(({unitCost}) => unitCost);
  const of = (lines: Lines) =>
    material === null ? costOf(lines, data.products, costs) : unitsOf(lines, data.products, at);
  const orders = data.orders
    .filter(({needOn}) => needOn !== null)
    .map((order): Behind => {
      const whole = of(order.lines);
      return {
        ...{
          kind: "order",
          id: order.orderId,
          dealId: order.dealId,
          name: order.orderId,
          account: order.account
        },
        ...{whole, chance: 1, counted: whole, isAssumed: false}
      };
    });
  const deals = data.deals.map((deal): Behind => {
    const whole = of(deal.lines);
    const chance = deal.won[PLAN_WEEKS - 1] ?? 0;
    return {
      ...{kind: "deal", id: deal.dealId, dealId: deal.dealId, name: deal.name, account: deal.account},
      ...{whole, chance, counted: whole * chance, isAssumed: deal.isAssumed}
    };
  });
  return largest([...orders, ...deals]);
}
