/**
 * The day of all figures is the newest on which anything happened, so one slip of the keyboard (a deal created next year) would move it,
 * and with it every age, every passed date and the quarter. A few records long after all others are asked about instead.
 */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {HAPPENED} from "./happened.ts";
import {localDay} from "./localDay.ts";

/** Days without anything before the records that stand alone: more than works holidays and closed summers. */
const GAP_DAYS = 90;
/** And so many times the longest pause that the firm has had in the years before. */
const TIMES_ANY_PAUSE = 2;
const PAUSES_OF_YEARS = 5;
/** As many records (with all their log entries) are no slips any more; several have to be few among all, too. */
const TOO_MANY = 10;
const ONE_IN = 1000;
/** So many moments in the days before the gap show that something happens every day. */
const USUAL = 50;
const USUAL_DAYS = 60;

interface LoneMoment {
  file: string;
  field: string;
  id: string;
  record: number;
  on: string;
  n: number;
}

/** @throws {WeirError} exit 3 where a few records stand long after all others; each is named, and the day before them. */
export async function refuseLoneDay(engine: Engine, timeZone: string): Promise<void> {
  // Most exports end in days like all others, and to say so takes one look.
  const [end] = await engine.rows<{n: number}>(`
    select count(distinct of_id)::integer as n from ${HAPPENED}
    where happened_at > (select max(happened_at) from ${HAPPENED}) - interval ${GAP_DAYS} day`);
  if (end!.n >= TOO_MANY) return;
  const lastOn = await lastUsualDay(engine, timeZone);
  if (lastOn === undefined) return;
  const after = `${localDay("happened_at", timeZone)} > date ${literal(lastOn)}`;
  const lone = await engine.rows<LoneMoment>(`
    select source_file as file, field, of_id as id, arg_max(source_record, happened_at)::integer as record,
      ${localDay("max(happened_at)", timeZone)}::varchar as "on", count(*)::integer as n
    from ${HAPPENED} where ${after}
    group by source_file, field, of_id order by "on" desc, file, record, field`);
  const newest = lone[0]!.on;
  throw new WeirError("The newest day of the exports stands alone; nothing was changed", {
    exitCode: EXIT.data,
    problems: lone.map(
      ({file, field, id, record, on, n}): Problem => ({
        what: `${field} of ${id} (record ${record}${n > 1 ? `, and ${n - 1} more of its moments` : ""}) is ${on}, and of all others nothing happened after ${lastOn}`,
        file,
        field,
        value: on,
        expected:
          "a newest day like the days before it: ages, passed dates and the quarter are counted from it",
        fix: `correct the date in the CRM or in the export. Where that cannot be done, write as_of: ${lastOn} into workspace.yaml (as_of: ${newest} if the date is right): every build then stays at that day until as_of is taken out`
      })
    )
  });
}

/** The day after which only a handful of records stands, after a pause longer than any the firm has had; undefined where none does. */
async function lastUsualDay(engine: Engine, timeZone: string): Promise<string | undefined> {
  const days = await engine.rows<{last_on: string}>(`
    with per_day as (
      select ${localDay("happened_at", timeZone)} as day_on, count(*) as n
      from ${HAPPENED} where happened_at is not null group by 1
    ),
    paused as (
      select
        day_on,
        lead(day_on) over (order by day_on) - day_on as pause,
        sum(n) over (order by day_on range between interval ${USUAL_DAYS} day preceding and current row) as n_usual
      from per_day
    ),
    compared as (
      select *, coalesce(max(pause) over (
        order by day_on range between interval ${PAUSES_OF_YEARS} year preceding and interval 1 day preceding
      ), 0) as longest_before
      from paused
    )
    select day_on::varchar as last_on from compared
    where pause > ${GAP_DAYS} and pause > ${TIMES_ANY_PAUSE} * longest_before and n_usual >= ${USUAL}
    order by day_on`);
  for (const {last_on: lastOn} of days) {
    const [row] = await engine.rows<{n_after: number; n: number}>(`
      select count(distinct of_id) filter (where ${localDay("happened_at", timeZone)} > date ${literal(lastOn)})::integer as n_after,
        count(distinct of_id)::integer as n
      from ${HAPPENED}`);
    const {n_after: nAfter, n} = row!;
    if (nAfter < TOO_MANY && (nAfter === 1 || nAfter * ONE_IN < n)) return lastOn;
  }
  return undefined;
}
