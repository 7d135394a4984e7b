/** Moments at which something happened to a firm's deals, with where each is said: the newest is the day that figures are of. */

/** Systems whose day of the last activity may lie ahead: a meeting in the calendar counts as soon as it is entered. */
const LAST_MAY_BE_PLANNED = "('salesforce', 'pipedrive')";

/** Moments that can only be past; close dates of open deals ahead do not count. A deal that only an activity dates began with it. */
export const HAPPENED = `(
  select created_at as happened_at, source_file, source_record, 'created_at' as field, deal_id as of_id from source.deal
  union all select closed_at, source_file, source_record, 'closed_at', deal_id from source.deal
  union all select deleted_at, source_file, source_record, 'deleted_at', deal_id from source.deal
  union all select last_activity_at, source_file, source_record, 'last_activity_at', deal_id from source.deal
    where source_system not in ${LAST_MAY_BE_PLANNED} or (created_at is null and closed_at is null)
  union all select "at", source_file, source_record, 'at', deal_id from source.deal_event
  union all select submitted_at, source_file, source_record, 'submitted_at', registration_id from source.registration
  union all select decided_at, source_file, source_record, 'decided_at', registration_id from source.registration
)`;

/** Activities, done and planned: exports do not tell the two apart, so these never say which day is the newest. */
export const DONE_OR_PLANNED = `(
  select "at" as happened_at from source.activity
  union all select last_activity_at from source.deal where source_system in ${LAST_MAY_BE_PLANNED}
)`;
