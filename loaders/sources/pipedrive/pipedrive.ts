import {always, may, must, type ObjectMap, type SourceObject, type SourceSystem} from "../sourceSystem.ts";
import {DEAL_LABELS, STATUS} from "./labels.ts";

const pipedriveObject = (object: Omit<SourceObject, "spellings">): SourceObject => ({
  ...object,
  spellings: (header) => DEAL_LABELS[header] ?? []
});

/**
 * Pipedrive keeps the last stage of a deal that is won or lost and says the outcome in status. Its deals go to the
 * stages `won` and `lost`, which workspace.yaml declares beside the pipeline's own.
 */
function dealsWith(status: keyof typeof STATUS): ObjectMap {
  const closed = {won: may("won_time"), lost: may("lost_time"), open: undefined, deleted: undefined}[status];
  return {
    table: "deal",
    columns: {
      deal_id: must("id"),
      name: may("title"),
      account_id: may("org_id"),
      owner_id: may("owner_id"),
      pipeline_id: may("pipeline_id"),
      stage_id: status === "won" || status === "lost" ? always(status) : must("stage_id"),
      amount: may("value", {round: true}),
      currency: may("currency"),
      close_on: may("expected_close_date"),
      created_at: may("add_time"),
      ...(closed ? {closed_at: closed} : {}),
      lead_source: may("channel"),
      last_activity_at: may("last_activity_date"),
      loss_reason: may("lost_reason"),
      is_deleted: status === "deleted" ? always("true") : may("is_deleted")
    },
    rows_where: {status: STATUS[status]}
  };
}

export const deals = pipedriveObject({
  id: "deals",
  tells: ["id", "title", "status", "stage_id", "value"],
  statuses: {header: "status", words: STATUS},
  maps: (): ObjectMap[] => (["open", "won", "lost", "deleted"] as const).map(dealsWith),
  note: "Won and lost are statuses in Pipedrive: declare stages won and lost in each pipeline."
});

const FIELDS = {
  stage_id: "stage_id",
  pipeline_id: "pipeline_id",
  value: "amount",
  currency: "currency",
  expected_close_date: "close_on",
  user_id: "owner_id",
  owner_id: "owner_id"
};

const change = {
  deal_id: must("deal_id"),
  at: must("time"),
  actor_id: may("actor_user_id"),
  is_bulk: may("is_bulk_update_flag")
};

const CHANGE_LABELS: Record<string, readonly string[]> = {
  deal_id: ["item_id", "id"],
  time: ["log_time", "timestamp"],
  actor_user_id: ["user_id"]
};

export const changelog: SourceObject = {
  id: "changelog",
  tells: ["deal_id", "field_key", "old_value", "new_value", "time"],
  spellings: (header) => CHANGE_LABELS[header] ?? [],
  maps: (): ObjectMap[] => [
    {
      table: "deal_event",
      columns: {
        ...change,
        field: must("field_key", {recode: FIELDS}),
        old_value: may("old_value"),
        new_value: may("new_value")
      },
      rows_where: {field_key: Object.keys(FIELDS)}
    },
    {
      table: "deal_event",
      columns: {...change, field: always("stage_id"), new_value: must("new_value")},
      rows_where: {field_key: ["status"], new_value: ["won", "lost"]}
    }
  ],
  note: "A reopening has no stage in the log: the deal's own stage is then taken from the record. Bulk edits keep their flag."
};

export const organizations: SourceObject = {
  id: "organizations",
  tells: ["id", "name", "people_count"],
  spellings: (header) =>
    ({id: ["Organization - ID", "Organisation - ID"], name: ["Organization - Name", "Organisation - Name"]})[
      header
    ] ?? [],
  maps: (): ObjectMap[] => [
    {
      table: "account",
      columns: {
        account_id: must("id"),
        name: may("name"),
        country: may("address_country"),
        created_at: may("add_time")
      }
    }
  ]
};

export const users: SourceObject = {
  id: "users",
  tells: ["id", "name", "email", "active_flag"],
  spellings: () => [],
  maps: (): ObjectMap[] => [
    {table: "person", columns: {person_id: must("id"), name: may("name"), role: may("role_name")}}
  ]
};

/** Read by `weir init` for the stages of workspace.yaml; it fills no table. */
export const stages: SourceObject = {
  id: "stages",
  tells: ["id", "order_nr", "name", "pipeline_id"],
  lists: "stages",
  spellings: () => [],
  maps: (): ObjectMap[] => [],
  note: "Stages are declared in workspace.yaml; this is where they came from."
};

/** Pipedrive: deals of both interfaces and of CSV exports, and the changelog. */
export const pipedrive: SourceSystem = {
  id: "pipedrive",
  name: "Pipedrive",
  objects: [deals, changelog, organizations, users, stages]
};
