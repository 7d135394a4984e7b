/** Groups of levels, and which of them a deal has, as the features of a row; what another week or another day leaves as it is is not looked at again. */
import type {DealFeatures, DealState, FeatureGroup} from "./dealFeatures.ts";

/** What another week of a deal changes: nothing, what counts from the deal's own days, or what counts from the calendar's too. */
export type Changes = "never" | "weekly" | "with the calendar";

/** Which level of a group a deal has in a week. */
export type LevelCode = (state: DealState, week: number) => number;

/** Groups and which level of each a deal has, as features: the constant first, then one index a group. */
export function featuresOf(
  groups: readonly FeatureGroup[],
  size: number,
  codesOf: readonly GroupCode[]
): DealFeatures {
  const writer = (asked: readonly Changes[]): DealFeatures["write"] => {
    const places = codesOf.flatMap(({changes}, g) => (asked.includes(changes) ? [g] : []));
    const codes = places.map((g) => codesOf[g]!.code);
    const offsets = places.map((g) => groups[g]!.offset);
    return (out, at, state, week) => {
      for (let i = 0; i < places.length; i++) out[at + 1 + places[i]!] = offsets[i]! + codes[i]!(state, week);
    };
  };
  const all = writer(["never", "weekly", "with the calendar"]);
  return {
    groups,
    pairs: [],
    size,
    width: groups.length + 1,
    write(out, at, state, week) {
      out[at] = 0;
      all(out, at, state, week);
    },
    writeWeek: writer(["weekly", "with the calendar"]),
    writeMoved: writer(["with the calendar"])
  };
}

/** Which of a group's levels a deal has, and what changes it. */
export interface GroupCode {
  code: LevelCode;
  changes: Changes;
}

/** Adds a group, which of its levels a deal has and what changes it: one that reads week or day must not be left as it is. */
export type Add = (group: Omit<FeatureGroup, "offset">, code: LevelCode, changes: Changes) => void;
