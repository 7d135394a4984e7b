/** The customers that the CRM's deals name, and which of them a registration could mean. */
import {groupBy} from "./groupBy.ts";
import {nameIndex} from "./nameIndex.ts";
import {nameSimilarity, type WordWeights, wordWeights} from "./nameSimilarity.ts";
import {type Business, domainLabel, OTHER_NAME} from "./scorePair.ts";

/** Core name and core domain, as deals have them together; null where they have none. */
export type Customer = Pick<Business, "name" | "domain">;

export interface CustomerIndex {
  customers: readonly Customer[];
  /** How much each word of a name says among these customers. */
  weights: WordWeights;
  /** Indexes of the customers of the very same name, or of the same domain but for its ending. */
  same(asked: Customer): number[];
  /** Indexes of the customers of names so near to this one that they could be meant. */
  near(asked: Customer): number[];
}

/** Asking twice for a name costs as much as once. */
export function customerIndex(customers: readonly Customer[]): CustomerIndex {
  const all = Array.from(customers.keys());
  const byName = groupBy(all, (customer) => customers[customer]!.name);
  const byDomain = groupBy(all, (customer) => {
    const {domain} = customers[customer]!;
    return domain && domainLabel(domain);
  });
  const names = [...byName.keys()];
  const index = nameIndex(names);
  const weights = wordWeights(names);
  const nearNames = new Map<string, number[]>();
  return {
    customers,
    weights,
    same({name, domain}) {
      const named = (name && byName.get(name)) || [];
      const hosted = (domain && byDomain.get(domainLabel(domain))) || [];
      return [...new Set([...named, ...hosted])];
    },
    near({name}) {
      if (!name) return [];
      let found = nearNames.get(name);
      if (!found) {
        const alike = index
          .near(name)
          .filter((each) => nameSimilarity(name, names[each]!, weights) > OTHER_NAME);
        found = alike.flatMap((each) => byName.get(names[each]!)!);
        nearNames.set(name, found);
      }
      return found;
    }
  };
}
