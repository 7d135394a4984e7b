/** A workspace of a few hand-written records, built for real in a temporary folder. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import type {Model} from "../../loaders/warehouse/readModels.ts";
import {type SnapshotDeal, snapshot} from "../../loaders/warehouse/snapshot.ts";
import {WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import type {Workspace} from "../../loaders/workspace/schema.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";

export type Cells = Record<string, string | number | undefined>;

export interface TimeCase {
  deals: Cells[];
  /** The log in the order of its file. */
  log?: Cells[];
  rates?: Cells[];
  people?: Cells[];
  /** People of the customer on a deal. */
  contacts?: Cells[];
  timeZone?: string;
  asOf?: string;
  /** A second pipeline, renewals, beside sales. */
  hasRenewals?: boolean;
  /** Whose region a deal belongs to; default the account's. */
  regionFrom?: "owner";
}

export interface Built {
  engine: Engine;
  config: Workspace;
  /** The deals at the end of a local day, by id. */
  on(day: string): Promise<Map<string, SnapshotDeal>>;
}

const DEAL_COLUMNS = {
  deal_id: "id",
  pipeline_id: "pipeline",
  stage_id: "stage",
  amount: "amount",
  currency: "currency",
  close_on: "close_on",
  owner_id: "owner",
  forecast_category: "category",
  created_at: "created_at",
  closed_at: "closed_at",
  is_deleted: "deleted",
  deleted_at: "deleted_at",
  next_step: "next_step",
  last_activity_at: "last_activity"
};
const RENEWALS = `  - id: renewals
    stages:
      - {id: Due, kind: open}
      - {id: Talks, kind: open}
      - {id: Renewed, kind: won}
      - {id: Churned, kind: lost}`;
const LOG_COLUMNS = {
  deal_id: "id",
  at: "at",
  field: "field",
  old_value: "old",
  new_value: "new",
  actor_id: "by"
};
const RATE_COLUMNS = {currency: "currency", on: "on", rate: "rate"};
const CONTACT_COLUMNS = {deal_id: "id", contact_id: "contact", since_at: "since"};
const PERSON_COLUMNS = {person_id: "id", user_id: "user", name: "name", region: "region"};

/**
 * Checks that any history must pass: movement adds up to the stock, slices and marts agree, spells end in today's state. They
 * read beyond the deals, so that a case asks for them by name.
 */
export const HISTORY_CHECKS = [
  "chk_movement_adds_up",
  "chk_movement_daily",
  "chk_movement_one_class",
  "chk_movement_slices",
  "chk_marts_agree",
  "chk_slices_agree",
  "chk_flag_spells_now",
  "chk_unearned_spells_now"
];

/** `withBuilt` and `refusal` of a warehouse that holds these relations, what they read and the checks of those. */
export function builtFor(...relations: string[]): {withBuilt: typeof withBuilt; refusal: typeof refusal} {
  const models = modelsFor(relations);
  return {
    withBuilt: (test, use) => withBuilt(test, use, models),
    refusal: (test) => refusal(test, models)
  };
}

/** Builds the case and hands it to `use`; the folder is gone afterwards. @throws {WeirError} as the build does. */
export async function withBuilt<T>(
  test: TimeCase,
  use: (built: Built) => Promise<T>,
  models?: readonly Model[]
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "weir-time-"));
  try {
    writeFileSync(join(dir, "workspace.yaml"), workspaceYaml(test));
    const deals = test.deals.map((deal) => ({pipeline: "sales", ...deal}));
    writeFileSync(join(dir, "deals.csv"), csv(DEAL_COLUMNS, deals));
    writeFileSync(join(dir, "log.csv"), csv(LOG_COLUMNS, test.log ?? []));
    writeFileSync(join(dir, "rates.csv"), csv(RATE_COLUMNS, test.rates ?? []));
    writeFileSync(join(dir, "people.csv"), csv(PERSON_COLUMNS, test.people ?? []));
    writeFileSync(join(dir, "contacts.csv"), csv(CONTACT_COLUMNS, test.contacts ?? []));
    const workspace = loadWorkspace(dir);
    const paths = statePaths(workspace, join(dir, "state"));
    await buildWarehouse({
      workspace,
      paths,
      filesDir: dir,
      reporter: silentReporter,
      builtAt: "2030-01-01T00:00:00Z",
      ...(models ? {models} : {})
    });
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      const {config} = workspace;
      const on = async (day: string) =>
        new Map((await snapshot(engine, config, day)).map((deal) => [deal.deal_id, deal]));
      return await use({engine, config, on});
    } finally {
      engine.close();
    }
  } finally {
    rmSync(dir, {recursive: true, force: true});
  }
}

/** The problems for which the build of a case is refused, as one text. @throws when it is not refused. */
export async function refusal(test: TimeCase, models?: readonly Model[]): Promise<string> {
  try {
    await withBuilt(test, async () => undefined, models);
  } catch (error) {
    if (!(error instanceof WeirError)) throw error;
    return error.problems.map(({file, what, expected}) => `${file}: ${what} ${expected}`).join("\n");
  }
  throw new Error("the build was not refused");
}

function csv(columns: Record<string, string>, rows: readonly Cells[]): string {
  const headers = Object.values(columns);
  const quoted = (cell: string | number | undefined) => `"${String(cell ?? "").replaceAll('"', '""')}"`;
  return `${[headers, ...rows.map((row) => headers.map((header) => row[header]))]
    .map((cells) => cells.map(quoted).join(","))
    .join("\n")}\n`;
}

function workspaceYaml({
  log = [],
  rates = [],
  people = [],
  contacts = [],
  timeZone = "UTC",
  asOf,
  hasRenewals,
  regionFrom
}: TimeCase): string {
  const file = (path: string, table: string, columns: Record<string, string>) =>
    `  - {path: ${path}, maps: [{table: ${table}, columns: ${JSON.stringify(columns)}}]}`;
  return `company: Test
base_currency: USD
time_zone: ${timeZone}
${asOf ? `as_of: ${asOf}` : ""}
${regionFrom ? `assumptions: {region_from: ${regionFrom}}` : ""}
pipelines:
  - id: sales
    stages:
      - {id: New, kind: open, probability: 0.1}
      - {id: Demo, kind: open, probability: 0.3, aliases: [Demonstration]}
      - {id: Offer, kind: open, probability: 0.6}
      - {id: Won, kind: won}
      - {id: Lost, kind: lost}
${hasRenewals ? RENEWALS : ""}
files:
${[
  file("deals.csv", "deal", DEAL_COLUMNS),
  ...(log.length > 0 ? [file("log.csv", "deal_event", LOG_COLUMNS)] : []),
  ...(rates.length > 0 ? [file("rates.csv", "fx_rate", RATE_COLUMNS)] : []),
  ...(people.length > 0 ? [file("people.csv", "person", PERSON_COLUMNS)] : []),
  ...(contacts.length > 0 ? [file("contacts.csv", "deal_contact", CONTACT_COLUMNS)] : [])
].join("\n")}
`;
}
