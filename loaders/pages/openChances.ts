/** Chances of open deals as the build published them, by the ends of the quarter and of the next, with how such chances held. */
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {dayNumber} from "../../src/slices/facts.ts";
import type {ChanceRecord} from "../../src/slices/recurring/recurringData.ts";
import type {FiscalPeriod} from "../../src/slices/site.ts";
import {readPublished} from "../forecast/buildForecast.ts";
import {WAREHOUSE_VARIABLE} from "../warehouse/openWarehouse.ts";

export interface OpenChances {
  /** By deal: to be won by the end of the first quarter, and between that and the end of the next; null beyond what was published. */
  of: ReadonlyMap<string, {thisQuarter: number; nextQuarter: number | null}>;
  /** Null where chances were never held against what came. */
  record: ChanceRecord | null;
  /** Why there are none; null where there are. */
  reason: string | null;
  /** Open deals beyond those whose chances are published. */
  nNotListed: number;
}

/** @param quarters those that end after the as-of day, in order */
export function openChances(quarters: readonly FiscalPeriod[]): OpenChances {
  const warehouse = process.env[WAREHOUSE_VARIABLE] ?? "";
  const none = (reason: string) => ({of: new Map(), record: null, reason, nNotListed: 0});
  if (!existsSync(join(dirname(warehouse), "deal_scores.json"))) return none("No forecast was published.");
  const {asOf, reason, weeks, deals, nWhole, held} = readPublished(warehouse, "deal_scores");
  const [first, next] = quarters;
  if (reason !== null || !first) return none(reason ?? "The calendar ends with the as-of day.");
  const ahead = (to: string) => (dayNumber(to) - dayNumber(asOf)) / 7;
  return {
    of: new Map(
      deals.map(({deal_id, p_quarter, won}) => {
        const later = next ? chanceWithin(weeks, won, ahead(next.to)) : null;
        return [
          deal_id,
          {thisQuarter: p_quarter, nextQuarter: later === null ? null : Math.max(0, later - p_quarter)}
        ];
      })
    ),
    record: held,
    reason: null,
    nNotListed: nWhole - deals.length
  };
}

/** A chance between the weeks at which chances are stated, on a straight line; null beyond the last. */
export function chanceWithin(
  weeks: readonly number[],
  won: readonly number[],
  within: number
): number | null {
  const at = weeks.findIndex((week) => week >= within);
  if (at < 0) return null;
  const [from, low] = at === 0 ? [0, 0] : [weeks[at - 1]!, won[at - 1]!];
  return low + ((won[at]! - low) * (within - from)) / (weeks[at]! - from);
}
