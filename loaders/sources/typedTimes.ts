/** SQL of dates and timestamps from text: ISO, or a declared format; never a guess, never an implausible day. */
import {literal} from "../engine/sqlText.ts";
import type {ColumnSpec, FileFormat, Workspace} from "../workspace/schema.ts";
import {checked, type Text, type TypedColumn, type TypingContext} from "./typedText.ts";

const ISO_DATE = "\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?(Z|[+-]00:?00)?)?";
const ISO_TIMESTAMP =
  "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)?\\s*(Z|[+-]\\d{2}(:?\\d{2})?)?";

export const EARLIEST = "1970-01-02";
/** The last year %y can mean. */
export const LATEST = "2069-12-31";
const YEARS_AHEAD = 20;

/** The days a date may name. Earlier ones are zeros and slips of the keyboard, and so are those far ahead. */
export function plausibleDays(
  {earliest = EARLIEST, latest}: FileFormat,
  {as_of}: Pick<Workspace, "as_of">
): {earliest: string; latest: string} {
  const ahead = as_of ? `${Number(as_of.slice(0, 4)) + YEARS_AHEAD}${as_of.slice(4)}` : LATEST;
  return {earliest, latest: latest ?? ahead.replace(/-02-29$/, "-02-28")};
}

/** A day. */
export function date({text, trimmed}: Text, spec: ColumnSpec, {format, config}: TypingContext): TypedColumn {
  const days = plausibleDays(format, config);
  const declared = spec.date ?? format.date;
  const zones = zonesOf(format, config);
  // What interfaces write as a time, reports write as a day in the file's format.
  const reported = spec.date === LOCAL_DAY && format.date !== LOCAL_DAY ? format.date : undefined;
  const parsed = reported
    ? `coalesce(${declaredDay(trimmed, LOCAL_DAY, zones)}, ${declaredDay(trimmed, reported, zones)})`
    : declared
      ? declaredDay(trimmed, declared, zones)
      : `try_cast(case when regexp_full_match(${trimmed}, ${literal(ISO_DATE)}) then left(${trimmed}, 10) end as date)`;
  const value = `case when ${parsed} between date '${days.earliest}' and date '${days.latest}' then ${parsed} end`;
  const form = declared
    ? declared === LOCAL_DAY && !reported
      ? "a date or time as YYYY-MM-DDTHH:MM:SSZ"
      : `a date in the declared format ${reported ?? declared}`
    : "a date as YYYY-MM-DD, or a format declared in workspace.yaml";
  const meant =
    spec.last_of_months === undefined
      ? value
      : `cast(${value} + interval ${spec.last_of_months} month - interval 1 day as date)`;
  return checked(meant, text, `${form}, from ${days.earliest} to ${days.latest}`);
}

/** The day, where the company is, of a text that holds a time. */
export const LOCAL_DAY = "local";
/** Milliseconds since 1970, UTC: how some interfaces write a time. */
export const EPOCH_MS = "epoch_ms";

/** Zones as SQL: of times without an offset, and where the company is; a day without a time is always a day there. */
interface Zones {
  times: string;
  days: string;
}

function zonesOf({time_zone}: FileFormat, config: Pick<Workspace, "time_zone">): Zones {
  return {times: literal(time_zone ?? config.time_zone), days: literal(config.time_zone)};
}

function declaredDay(trimmed: string, declared: string, zones: Zones): string {
  if (declared === LOCAL_DAY)
    return `cast(timezone(${zones.days}, timezone('UTC', ${isoTime(trimmed, zones)})) as date)`;
  if (declared === EPOCH_MS)
    return `cast(timezone(${zones.days}, timezone('UTC', ${declaredTime(trimmed, declared, zones)})) as date)`;
  return `cast(try_strptime(${trimmed}, ${literal(declared)}) as date)`;
}

/** UTC. A text with an offset is converted; one without is local time of the workspace. */
export function timestamp(
  {text, trimmed}: Text,
  spec: ColumnSpec,
  {format, config}: TypingContext
): TypedColumn {
  const days = plausibleDays(format, config);
  const declared = spec.timestamp ?? spec.date ?? format.timestamp;
  const zones = zonesOf(format, config);
  const parsed = declared ? declaredTime(trimmed, declared, zones) : isoTime(trimmed, zones);
  const value = `case when ${parsed} between timestamp '${days.earliest}' and timestamp '${days.latest} 23:59:59.999999' then ${parsed} end`;
  const form = declared
    ? `a time in the declared format ${declared}`
    : "a time as YYYY-MM-DDTHH:MM:SSZ, or a format declared in workspace.yaml";
  return checked(value, text, `${form}, from ${days.earliest} to ${days.latest}`);
}

function declaredTime(trimmed: string, declared: string, zones: Zones): string {
  if (declared === EPOCH_MS)
    return `make_timestamp(1000 * try_cast(case when regexp_full_match(${trimmed}, '\\d{10,14}') then ${trimmed} end as bigint))`;
  const parsed = `try_strptime(${trimmed}, ${literal(declared)})`;
  const zone = /%-?[HIcXT]/.test(declared) ? zones.times : zones.days;
  return /%z|%Z/.test(declared)
    ? `timezone('UTC', ${parsed}::timestamptz)`
    : `timezone('UTC', timezone(${zone}, ${parsed}))`;
}

/** The cast of a text that ends in Z is UTC already and cheap; with another offset it would ignore the offset. */
function isoTime(trimmed: string, {times, days}: Zones): string {
  const iso = `case when regexp_full_match(${trimmed}, ${literal(ISO_TIMESTAMP)}) then ${trimmed} end`;
  const zone = times === days ? days : `case when length(${trimmed}) = 10 then ${days} else ${times} end`;
  const withColon = `regexp_replace(${iso}, '([+-]\\d{2})(\\d{2})$', '\\1:\\2')`;
  return `case when ends_with(${trimmed}, 'Z') and length(${trimmed}) in (20, 24) then try_cast(${trimmed} as timestamp)
    when regexp_matches(substr(${trimmed}, 11), '(Z|[+-]\\d{2}(:?\\d{2})?)$')
    then timezone('UTC', try_cast(${withColon} as timestamptz))
    else timezone('UTC', timezone(${zone}, try_cast(${iso} as timestamp))) end`;
}
