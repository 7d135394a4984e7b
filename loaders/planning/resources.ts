/** Everything that is planned, side by side: each material, each work centre, all material in money, all hours. */
import type {Lines, PlanProduct} from "../../src/slices/material/planningData.ts";

export interface Resources {
  nMaterials: number;
  nCentres: number;
  /** Indices of the two sums. */
  cost: number;
  hours: number;
  n: number;
  /** What one piece of each product takes: indices and amounts side by side. */
  takes: readonly {index: Int32Array; amount: Float64Array}[];
}

/** @param unitCosts by material, base currency; a material without one adds nothing to the sum of money */
export function resourcesOf(
  products: readonly PlanProduct[],
  unitCosts: readonly (number | null)[],
  nCentres: number
): Resources {
  const nMaterials = unitCosts.length;
  const [cost, hours] = [nMaterials + nCentres, nMaterials + nCentres + 1];
  return {
    nMaterials,
    nCentres,
    cost,
    hours,
    n: hours + 1,
    takes: products.map((product) => {
      const sums = new Map<number, number>();
      const add = (at: number, amount: number) => sums.set(at, (sums.get(at) ?? 0) + amount);
      if (product.otherCost !== 0) add(cost, product.otherCost);
      for (const [material, units] of product.takes) {
        add(material, units);
        add(cost, units * (unitCosts[material] ?? 0));
      }
      for (const [centre, each] of product.hours) {
        add(nMaterials + centre, each);
        add(hours, each);
      }
      return {index: Int32Array.from(sums.keys()), amount: Float64Array.from(sums.values())};
    })
  };
}

/** What lines take, by resource. */
export function takenBy(lines: Lines, {n, takes}: Resources): Float64Array {
  const sums = new Float64Array(n);
  for (const [product, quantity] of lines) {
    const {index, amount} = takes[product]!;
    for (let i = 0; i < index.length; i++) sums[index[i]!]! += quantity * amount[i]!;
  }
  return sums;
}
