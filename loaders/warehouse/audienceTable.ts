/** For whom a warehouse was narrowed, as a relation that pages read: no row in the whole firm's. */
import {createTable} from "../engine/createTable.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {createPeerTable} from "./peerTable.ts";

export interface WarehouseAudience {
  title: string;
  /** Whether some of the firm's deals are left out. */
  isRestricted: boolean;
  /** Which deals it has, as a page says it: "deals of partner Acme"; null for all. */
  rowsWords: string | null;
  /** `table.column` of what the exports fill and this audience does not get. */
  hiddenColumns: readonly string[];
  /** The firm's newest event: what has no day of its own is told by it, whatever the newest kept one is. */
  newest: {on: string | null; at: string | null};
}

/**
 * Creates workspace.audience: one row in a narrowed warehouse, none in the whole firm's. So with workspace.unsourced_claim, what deals and
 * partners that are left out have to do with the registrations that are here, and workspace.peer_comparison: the narrowing fills them before.
 */
export async function createAudienceTable(engine: Engine, audience?: WarehouseAudience): Promise<void> {
  await createTable(
    engine,
    "workspace.audience",
    "title varchar, is_restricted boolean, rows_words varchar",
    audience ? [[audience.title, audience.isRestricted, audience.rowsWords]] : []
  );
  await engine.run(
    "create table if not exists workspace.unsourced_claim (registration_id varchar, had_open_deal boolean, was_second boolean)"
  );
  await createPeerTable(engine);
  await engine.run("alter table workspace.audience add column hidden_columns varchar[]");
  if (audience)
    await engine.run(
      `update workspace.audience set hidden_columns = cast([${audience.hiddenColumns.map(literal).join(", ")}] as varchar[])`
    );
}
