/** A bill cut to the materials that cost most, and those that are short: a page lists hundreds, not thousands. */
import type {Lines, PlanProduct} from "../../src/slices/material/planningData.ts";
import type {Bill} from "./readPlanning.ts";

const MOST_MATERIALS = 300;

/**
 * Materials in order of what the lines take of them, in money; those beyond `most` are left out, and what they cost stays with the
 * products that take them.
 * @param sure materials that are kept however little they cost, the dearest of them first
 */
export function largestFirst(
  {products, materials, centres}: Pick<Bill, "products" | "materials" | "centres">,
  all: readonly Lines[],
  {most = MOST_MATERIALS, sure = new Set()}: {most?: number; sure?: ReadonlySet<number>} = {}
): Pick<Bill, "products" | "materials" | "centres"> {
  const pieces = new Float64Array(products.length);
  for (const lines of all) for (const [product, quantity] of lines) pieces[product]! += quantity;
  const cost = new Float64Array(materials.length);
  for (const [p, {takes}] of products.entries())
    for (const [material, units] of takes)
      cost[material]! += pieces[p]! * units * (materials[material]!.unitCost ?? 0);
  const dearest = (a: number, b: number) => cost[b]! - cost[a]! || a - b;
  const order = [...materials.keys()]
    .sort((a, b) => Number(sure.has(b)) - Number(sure.has(a)) || dearest(a, b))
    .slice(0, most)
    .sort(dearest);
  const place = new Map(order.map((material, i) => [material, i]));
  return {
    centres,
    materials: order.map((material) => materials[material]!),
    products: products.map(
      (product): PlanProduct => ({
        ...product,
        takes: product.takes.flatMap(([material, units]) =>
          place.has(material) ? [[place.get(material)!, units] as const] : []
        ),
        otherCost: product.takes.reduce(
          (sum, [material, units]) =>
            place.has(material) ? sum : sum + units * (materials[material]!.unitCost ?? 0),
          product.otherCost
        )
      })
    )
  };
}
