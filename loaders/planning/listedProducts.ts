/** Products cut to those that listed orders and deals have: a firm may have tens of thousands, and its page lists hundreds of lines. */
import type {Lines, PlanProduct} from "../../src/slices/material/planningData.ts";

interface Listed<Order, Deal> {
  products: PlanProduct[];
  orders: Order[];
  deals: Deal[];
}

/** @returns the products that the lines name, in their order, and the same orders and deals with lines that point at them */
export function listedProducts<Order extends {lines: Lines}, Deal extends {lines: Lines}>({
  products,
  orders,
  deals
}: Listed<Order, Deal>): Listed<Order, Deal> {
  const named = new Set([...orders, ...deals].flatMap(({lines}) => lines.map(([product]) => product)));
  const kept = [...named].sort((a, b) => a - b);
  const place = new Map(kept.map((product, i) => [product, i]));
  const pointed = <Each extends {lines: Lines}>(each: Each): Each => ({
    ...each,
    lines: each.lines.map(([product, pieces]) => [place.get(product)!, pieces] as const)
  });
  return {
    products: kept.map((product) => products[product]!),
    orders: orders.map(pointed),
    deals: deals.map(pointed)
  };
}
