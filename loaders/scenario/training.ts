/** What a partner's first training went with: deals a day after it over before, within the same partner. */
import type {TrainingFacts} from "../../src/scenario/input.ts";
import {rateRatio} from "../../src/slices/partners/rateRatio.ts";
import type {Creation, Member} from "./people.ts";

const Z95 = 1.959964;
const LEAST_PARTNERS = 5;
const LEAST_DEALS = 10;
const SEEN_DAYS = 365;
/** A new partner comes up to speed in about so many days, trained or not: they are no measure of training. */
const RAMP_DAYS = 182;
/** Before looking, training is taken to change the logarithm of a partner's rate by nothing, give or take this. */
const PRIOR_SD = 0.3;

/**
 * The ratio is drawn towards one as far as the data leave it open. Null where fewer than five partners were trained after they had joined, or too few deals tell.
 * @param trained first training of each partner that had one, by partner
 */
export function trainingFacts(
  members: readonly Member[],
  creations: readonly Creation[],
  trained: ReadonlyMap<string, number>,
  asOf: number
): TrainingFacts | null {
  const days = new Map<string, number[]>();
  for (const {member, day} of creations) {
    const list = days.get(member);
    if (list) list.push(day);
    else days.set(member, [day]);
  }
  const strata = members.flatMap(({id, from}) => {
    const own = days.get(id) ?? [];
    // One who never noted when it joined is there from its first deal on, which is then no measure of its speed.
    const joined = from === null ? Math.min(...own) : from + RAMP_DAYS;
    const first = trained.get(id);
    if (first === undefined || !(first > joined) || first >= asOf) return [];
    const counted = own.filter((day) => day > joined && day <= asOf);
    const after = counted.filter((day) => day > first).length;
    return [
      {
        inside: {n: after, days: asOf - first},
        outside: {n: counted.length - after, days: first - joined}
      }
    ];
  });
  const {ratio, lo, hi, nStrata, nInside, nOutside} = rateRatio(strata);
  if (ratio === null || nStrata < LEAST_PARTNERS || nInside + nOutside < LEAST_DEALS) return null;
  const active = members.filter(({id}) => (days.get(id) ?? []).some((day) => asOf - day < SEEN_DAYS));
  const measured = 1 / (Math.log(hi! / lo!) / (2 * Z95)) ** 2;
  const precision = measured + 1 / PRIOR_SD ** 2;
  return {
    ratio: Math.exp((measured * Math.log(ratio)) / precision),
    error: Math.sqrt(1 / precision),
    n: nStrata,
    nUntrained: active.filter(({id}) => !trained.has(id)).length
  };
}
