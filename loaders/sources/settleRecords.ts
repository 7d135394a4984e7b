/**
 * What can only be said once all files are in: merged deals are their survivors' doubles, a deal's account may stand in
 * a file of links, and an audit log holds its changes as JSON.
 */
import type {Engine} from "../engine/engine.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {Workspace} from "../workspace/schema.ts";
import {type AccountsAsNamed, takeAccountsAsNamed} from "./accountsAsNamed.ts";
import {settleClosings} from "./settleClosings.ts";
import {keepAsTable, sourceTable} from "./sourceTables.ts";

const OF_DEALS = [
  "deal",
  "deal_event",
  "deal_line",
  "deal_partner",
  "deal_account",
  "deal_contact",
  "activity"
] as const;
/** Records of their own that name a deal: of one that was merged away they are its survivor's. */
const NAMING_DEALS = ["lead", "touch", "registration", "partner_event", "subscription", "order"] as const;
/** Merges of merged deals that are followed. */
const LONGEST_CHAIN = 20;

export interface Settled {
  /** Deals that were set aside because another one absorbed them. */
  nMerged: number;
  /** Deals whose account came from a file of links. */
  nLinked: number;
  named: AccountsAsNamed;
  /** Changes read from audit records. */
  nAudited: number;
  /** Closed deals whose record is younger than their closing. */
  nMigrated: number;
}

/** Settles the source tables in place. @throws {WeirError} exit 3 when an audit record is not JSON. */
export async function settleRecords(
  engine: Engine,
  config: Pick<Workspace, "pipelines" | "time_zone">
): Promise<Settled> {
  const nMerged = await setMergedAside(engine);
  const nLinked = await linkAccounts(engine);
  const named = await takeAccountsAsNamed(engine);
  const nAudited = await readAudit(engine);
  return {nMerged, nLinked, named, nAudited, ...(await settleClosings(engine, config))};
}

/** merged_ids holds one id, or several with semicolons, as HubSpot writes them. */
async function setMergedAside(engine: Engine): Promise<number> {
  await engine.run(`create temp table merged as
    select trim(id) as deal_id, min(survivor) as survivor
    from (select unnest(string_split(merged_ids, ';')) as id, deal_id as survivor from source.deal_merge)
    where trim(id) <> '' and trim(id) <> survivor group by trim(id)`);
  const [row] = await engine.rows<{n: number}>(
    "select count(*)::integer as n from source.deal where deal_id in (select deal_id from merged)"
  );
  const [merged] = await engine.rows<{n: number}>("select count(*)::integer as n from merged");
  for (const table of merged!.n > 0 ? OF_DEALS : []) {
    await keepAsTable(engine, table);
    await engine.run(`delete from source.${table} where deal_id in (select deal_id from merged)`);
  }
  if (merged!.n > 0) await nameSurvivors(engine);
  await engine.run("drop table merged");
  return row!.n;
}

/** Leads, touches, registrations, orders and the like of merged deals name the deal that stands in the end. */
async function nameSurvivors(engine: Engine): Promise<void> {
  for (let step = 0; step < LONGEST_CHAIN; step++)
    await engine.run(`update merged set survivor = later.survivor from merged as later
      where later.deal_id = merged.survivor and later.survivor <> merged.deal_id`);
  for (const name of NAMING_DEALS) {
    const table = sourceTable(name);
    const [named] = await engine.rows<{n: number}>(
      `select count(*)::integer as n from ${table} where deal_id in (select deal_id from merged)`
    );
    if (named!.n === 0) continue;
    await keepAsTable(engine, name);
    await engine.run(
      `update ${table} as named set deal_id = merged.survivor from merged where merged.deal_id = named.deal_id`
    );
  }
}

async function linkAccounts(engine: Engine): Promise<number> {
  const [row] = await engine.rows<{n: number}>(`
    select count(*)::integer as n from source.deal
    where account_id is null and deal_id in (select deal_id from source.deal_account)`);
  if (row!.n > 0)
    await engine.run(`update source.deal set account_id = link.account_id
      from (select deal_id, min(account_id) as account_id from source.deal_account group by deal_id) as link
      where link.deal_id = deal.deal_id and deal.account_id is null`);
  return row!.n;
}

/** Dynamics writes {"changedAttributes": [{"logicalName", "oldValue", "newValue"}]}; an owner is "systemuser,<id>". */
async function readAudit(engine: Engine): Promise<number> {
  const bad = await engine.rows<{source_file: string; line: number; changes: string}>(`
    select source_file, source_record::double + 1 as line, changes from source.deal_audit
    where not json_valid(changes) order by all limit 20`);
  if (bad.length > 0)
    throw new WeirError("An audit log holds records that are not JSON", {
      exitCode: EXIT.data,
      problems: bad.map(
        ({source_file, line, changes}): Problem => ({
          what: "the changes are not JSON",
          file: source_file,
          line,
          field: "deal_audit.changes",
          value: changes,
          expected: '{"changedAttributes": [{"logicalName": ..., "oldValue": ..., "newValue": ...}]}',
          fix: "export the audit log with its changedata column as it is stored"
        })
      )
    });
  const [audited] = await engine.rows<{n: number}>("select count(*)::integer as n from source.deal_audit");
  if (audited!.n === 0) return 0;
  await keepAsTable(engine, "deal_event");
  const [before] = await engine.rows<{n: number}>("select count(*)::integer as n from source.deal_event");
  await engine.run(`insert into source.deal_event by name
    with change as (
      select audit.* exclude (changes), unnest(from_json(
        json_extract(changes, '$.changedAttributes'),
        '[{"logicalName": "VARCHAR", "oldValue": "VARCHAR", "newValue": "VARCHAR"}]'
      ), recursive := true)
      from source.deal_audit as audit
    )
    select
      deal_id,
      "at",
      actor_id,
      case logicalName
        when 'stepname' then 'stage_id' when 'salesstage' then 'stage_id' when 'statecode' then 'stage_id'
        when 'estimatedvalue' then 'amount' when 'estimatedclosedate' then 'close_on' when 'ownerid' then 'owner_id'
      end as field,
      ${auditValue("oldValue")} as old_value,
      ${auditValue("newValue")} as new_value,
      source_system,
      source_file,
      source_record
    from change
    where logicalName in ('stepname', 'salesstage', 'estimatedvalue', 'estimatedclosedate', 'ownerid')
      or (logicalName = 'statecode' and newValue in ('1', '2', 'Won', 'Lost'))`);
  const [after] = await engine.rows<{n: number}>("select count(*)::integer as n from source.deal_event");
  return after!.n - before!.n;
}

function auditValue(column: string): string {
  return `case logicalName
        when 'salesstage' then case ${column} when '0' then 'Qualify' when '1' then 'Develop' when '2' then 'Propose'
          when '3' then 'Close' else ${column} end
        when 'statecode' then case when ${column} in ('1', 'Won') then 'won' when ${column} in ('2', 'Lost') then 'lost' end
        when 'estimatedclosedate' then left(${column}, 10)
        when 'ownerid' then string_split(${column}, ',')[-1]
        else ${column}
      end`;
}
