/** What the page is asked: which material, how far ahead orders are placed. Kept in the address. */
import {Picks, type PicksElement} from "../../components/picks.js";
import {DECIDE_WEEKS, type PlanMaterial, type Planning} from "../../slices/material/planningData.js";

const ALL = "all";

export interface AskedMaterial {
  /** Null for all material, in money. */
  material: PlanMaterial | null;
  /** One of DECIDE_WEEKS. */
  weeks: number;
}

/** Without data there is nothing to choose, and nothing is shown. */
export function MaterialPicks({data}: Planning): PicksElement {
  const named = [...(data?.materials ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Picks(
    [
      {
        key: "material",
        label: "Material",
        initial: ALL,
        values: data
          ? [
              {value: ALL, label: "All material, at standard cost"},
              ...named.map(({id, name}) => ({value: id, label: name === id ? name : `${name} (${id})`}))
            ]
          : []
      },
      {
        key: "ahead",
        label: "To be ordered",
        initial: String(DECIDE_WEEKS[1]),
        values: data ? DECIDE_WEEKS.map((weeks) => ({value: String(weeks), label: whenWords(weeks)})) : []
      }
    ],
    "What to plan"
  );
}

export function askedOf({data}: Planning, value: Readonly<Record<string, string>>): AskedMaterial {
  return {
    material: data?.materials.find(({id}) => id === value["material"]) ?? null,
    weeks: Number(value["ahead"] ?? DECIDE_WEEKS[1])
  };
}

/** "today" or "within 4 weeks". */
export function whenWords(weeks: number): string {
  return weeks === 0 ? "by today" : `within ${weeks} weeks`;
}
