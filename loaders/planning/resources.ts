/** Everything that is planned, side by side: each material, each work centre, all material in money, all hours. */
import type {Lines, PlanProduct} from "../../src/slices/material/planningData.ts";

/** Only what is taken: indices of resources and amounts side by side. */
export interface Sparse {
  index: Int32Array;
  amount: Float64Array;
}

export interface Resources {
  nMaterials: number;
  nCentres: number;
  /** Indices of the two sums. */
  cost: number;
  hours: number;
  n: number;
  /** What one piece of each product takes. */
  takes: readonly Sparse[];
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
      const sums = new Float64Array(hours + 1);
      const add = (at: number, amount: number) => {
        sums[at]! += amount;
      };
      if (product.otherCost !== 0) add(cost, product.otherCost);
      for (const [material, units] of product.takes) {
        add(material, units);
        add(cost, units * (unitCosts[material] ?? 0));
      }
      for (const [centre, each] of product.hours) {
        add(nMaterials + centre, each);
        add(hours, each);
      }
      return sparse(sums);
    })
  };
}

/** Of sums by resource, those that are not 0. */
export function sparse(sums: Float64Array): Sparse {
  const index = Int32Array.from([...sums.keys()].filter((r) => sums[r] !== 0));
  return {index, amount: Float64Array.from(index, (r) => sums[r]!)};
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
