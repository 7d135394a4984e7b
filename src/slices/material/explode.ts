/** From pieces of products to material and hours: each line times its bill. */
import type {Lines, PlanProduct} from "./planningData.js";

/** Units of one material that lines take. */
export function unitsOf(lines: Lines, products: readonly PlanProduct[], material: number): number {
  let sum = 0;
  for (const [product, quantity] of lines)
    for (const [each, units] of products[product]!.takes) if (each === material) sum += quantity * units;
  return sum;
}

/** Hours at one work centre that lines take. */
export function hoursAt(lines: Lines, products: readonly PlanProduct[], centre: number): number {
  let sum = 0;
  for (const [product, quantity] of lines)
    for (const [each, hours] of products[product]!.hours) if (each === centre) sum += quantity * hours;
  return sum;
}

/** What materials beyond the list cost in lines. */
export function otherCostOf(lines: Lines, products: readonly PlanProduct[]): number {
  return lines.reduce((sum, [product, quantity]) => sum + quantity * products[product]!.otherCost, 0);
}

/** What all material of lines costs; material without a cost counts nothing. */
export function costOf(
  lines: Lines,
  products: readonly PlanProduct[],
  unitCosts: readonly (number | null)[]
): number {
  let sum = otherCostOf(lines, products);
  for (const [product, quantity] of lines) {
    for (const [material, units] of products[product]!.takes)
      sum += quantity * units * (unitCosts[material] ?? 0);
  }
  return sum;
}

/** The mean of several sets of lines, each as likely: pieces by product, in order of the products. */
export function meanLines(sets: readonly Lines[]): Lines {
  const pieces = new Map<number, number>();
  for (const lines of sets)
    for (const [product, quantity] of lines)
      pieces.set(product, (pieces.get(product) ?? 0) + quantity / sets.length);
  return [...pieces].sort(([a], [b]) => a - b);
}
