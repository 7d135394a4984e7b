/** Filters by what deals get as they advance (products): shares won are then of the deals that came that far. */
import {GIVEN_LATE, type ProductsKnown, productsKnown, stagesWithout} from "../slices/productsKnown.js";
import {selectRows} from "../slices/select.js";
import type {Asked} from "./pageFigures.js";
import {openStages, pathsOf} from "./stages.js";

/** From where on deals have what the page is filtered by, where that is given late; null where all deals count. */
export function lateFilter(asked: Asked): ProductsKnown | null {
  const key = filteredLate(asked);
  const known = key ? knownBy(asked, key) : null;
  return known?.from ? known : null;
}

/** By what, and the stages from which on deals count. */
export function lateBy(asked: Asked): {key: string; from: string[]} | null {
  const from = lateFilter(asked)?.from;
  return from ? {key: filteredLate(asked)!, from} : null;
}

function filteredLate({chosen: {filters}}: Asked): string | undefined {
  return GIVEN_LATE.find((key) => (filters[key]?.length ?? 0) > 0);
}

/** Worked out once for each filters, day and key: several figures ask. */
const knownByKey = new WeakMap<object, Map<string, ProductsKnown>>();

/** Which deals of the selection came to where they have a value of the key. */
export function knownBy(asked: Asked, key: string): ProductsKnown {
  const {filters, day} = asked.chosen;
  const deals = asked.facts["deals"]!;
  const found = knownByKey.get(filters) ?? new Map<string, ProductsKnown>();
  knownByKey.set(filters, found);
  const name = `${key} ${day} ${deals.n}`;
  const before = found.get(name);
  if (before) return before;
  // Deals of one product all have one: from where on they do is asked of all.
  const others = Object.fromEntries(Object.entries(filters).filter(([each]) => !GIVEN_LATE.includes(each)));
  const known = productsKnown(
    stagesWithout(deals, selectRows(deals, others), key),
    openStages(asked).ladders,
    pathsOf(asked, filters, day)
  );
  found.set(name, known);
  return known;
}
