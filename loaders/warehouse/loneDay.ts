/**
 * The day of all figures is the newest on which anything happened, so one slip of the keyboard (a deal created next year) would move it,
 * and with it every age, every passed date and the quarter. A few moments long after all others are asked about instead.
 */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {localDay} from "./localDay.ts";

/** Days without anything, before the moments that stand alone. */
const GAP_DAYS = 21;
/** As many moments are no slips any more. */
const FEW = 5;
/** So many in the days before the gap show that something happens every day. */
const USUAL = 50;
const USUAL_DAYS = 60;

/** Moments at which something happened, with where it is said; close dates ahead do not count. */
export const HAPPENED = `(
  select created_at as happened_at, source_file, source_record, 'created_at' as field, deal_id as of_id from source.deal
  union all select closed_at, source_file, source_record, 'closed_at', deal_id from source.deal
  union all select deleted_at, source_file, source_record, 'deleted_at', deal_id from source.deal
  union all select last_activity_at, source_file, source_record, 'last_activity_at', deal_id from source.deal
  union all select "at", source_file, source_record, 'at', deal_id from source.deal_event
  union all select "at", source_file, source_record, 'at', deal_id from source.activity
  union all select submitted_at, source_file, source_record, 'submitted_at', registration_id from source.registration
  union all select decided_at, source_file, source_record, 'decided_at', registration_id from source.registration
)`;

interface LoneMoment {
  file: string;
  field: string;
  id: string;
  on: string;
}

/** @throws {WeirError} exit 3 where a few moments stand long after all others; the fix names the day before them. */
export async function refuseLoneDay(engine: Engine, timeZone: string): Promise<void> {
  // Most exports end in days like all others, and to say so takes one look.
  const [end] = await engine.rows<{n: number}>(`
    select count(*)::integer as n from ${HAPPENED}
    where happened_at > (select max(happened_at) from ${HAPPENED}) - interval ${GAP_DAYS} day`);
  if (end!.n > FEW) return;
  const [last] = await engine.rows<{last_on: string; n_usual: number}>(`
    with per_day as (
      select ${localDay("happened_at", timeZone)} as day_on, count(*) as n
      from ${HAPPENED} where happened_at is not null group by 1
    ),
    placed as (
      select
        day_on,
        lead(day_on) over (order by day_on) as next_on,
        coalesce(sum(n) over (order by day_on rows between 1 following and unbounded following), 0) as n_after,
        sum(n) over (order by day_on range between interval ${USUAL_DAYS} day preceding and current row) as n_usual
      from per_day
    )
    select day_on::varchar as last_on, n_usual::integer as n_usual from placed
    where next_on - day_on >= ${GAP_DAYS} and n_after <= ${FEW}
    order by day_on limit 1`);
  if (!last || last.n_usual < USUAL) return;
  const lone = await engine.rows<LoneMoment>(`
    select source_file as file, field, of_id as id, ${localDay("happened_at", timeZone)}::varchar as "on"
    from ${HAPPENED}
    where ${localDay("happened_at", timeZone)} > date ${literal(last.last_on)}
    order by happened_at desc, source_file, source_record limit ${FEW}`);
  const newest = lone[0]!.on;
  throw new WeirError("The newest day of the exports stands alone; nothing was changed", {
    exitCode: EXIT.data,
    problems: lone.map(
      ({file, field, id, on}): Problem => ({
        what: `${field} of ${id} is ${on}, and nothing else happened after ${last.last_on}`,
        file,
        field,
        value: on,
        expected:
          "a newest day like the days before it: ages, passed dates and the quarter are counted from it",
        fix: `mend the date, or write as_of: ${last.last_on} into workspace.yaml (as_of: ${newest} if it is right)`
      })
    )
  });
}
