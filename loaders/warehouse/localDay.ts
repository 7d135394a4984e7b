/** Days where the company is, from UTC timestamps: the one place that converts time zones in SQL. */
import {literal} from "../engine/sqlText.ts";

/** SQL of the local day that the UTC timestamp `utc` (SQL) belongs to. */
export function localDay(utc: string, timeZone: string): string {
  const local = timeZone === "UTC" ? utc : `timezone(${literal(timeZone)}, timezone('UTC', ${utc}))`;
  return `cast(${local} as date)`;
}

/** SQL of the UTC timestamp at which the local day `day` (SQL) ends; it belongs to the next day. */
export function dayEndsAtSql(day: string, timeZone: string): string {
  const midnight = `cast(cast(${day} as date) + 1 as timestamp)`;
  return timeZone === "UTC" ? midnight : `timezone('UTC', timezone(${literal(timeZone)}, ${midnight}))`;
}
