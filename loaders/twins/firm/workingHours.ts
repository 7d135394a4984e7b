/** When people of a region work, in seconds of the UTC day; kept within the day so that days agree everywhere. */
import type {RegionName} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";

const OPENS_AT: Record<RegionName, number> = {
  "North America": 13 * 3600,
  EMEA: 7 * 3600,
  APAC: 600,
  LATAM: 11 * 3600
};

const HOURS = 9 * 3600;

/** A second of a working day in the region. One draw. */
export function secondOfDay(region: RegionName, rng: Rng): number {
  return OPENS_AT[region] + Math.floor(rng.next() * HOURS);
}
