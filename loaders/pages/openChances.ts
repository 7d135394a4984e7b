/** Chances of open deals as the build published them, by the end of the quarter, with how such chances held. */
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import type {ChanceRecord} from "../../src/slices/recurring/recurringData.ts";
import {readPublished} from "../forecast/buildForecast.ts";
import {WAREHOUSE_VARIABLE} from "../warehouse/openWarehouse.ts";
import {chosenPages, needForecast} from "./chosenPages.ts";

export interface OpenChances {
  /** By deal: to be won by the end of the quarter. */
  of: ReadonlyMap<string, number>;
  /** Null where chances were never held against what came. */
  record: ChanceRecord | null;
  /** Why there are none; null where there are. */
  reason: string | null;
  /** Open deals beyond those whose chances are published. */
  nNotListed: number;
}

/** @param isQuarterKnown the calendar holds the as-of day's quarter */
export function openChances(isQuarterKnown: boolean): OpenChances {
  const warehouse = process.env[WAREHOUSE_VARIABLE] ?? "";
  const none = (reason: string) => ({of: new Map(), record: null, reason, nNotListed: 0});
  if (!needForecast(chosenPages(true))) return none("This site has no forecast.");
  if (!existsSync(join(dirname(warehouse), "deal_scores.json"))) return none("No forecast was published.");
  const {reason, deals, nWhole, held} = readPublished(warehouse, "deal_scores");
  if (reason !== null || !isQuarterKnown) return none(reason ?? "The calendar ends with the as-of day.");
  return {
    of: new Map(deals.map(({deal_id, p_quarter}) => [deal_id, p_quarter])),
    record: held,
    reason: null,
    nNotListed: nWhole - deals.length
  };
}
