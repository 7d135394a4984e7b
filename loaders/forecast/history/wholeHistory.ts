/** A built warehouse as a history in its own fiscal calendar. */
import {openDuckDb} from "../../engine/duckdb.ts";
import type {Engine} from "../../engine/engine.ts";
import {type ReadHistory, readHistory} from "./readHistory.ts";

/** What the database may hold in memory: the history itself is in arrays, and the backtest reads it in two processes. */
const MEMORY_LIMIT = "1000MB";

/** Opens a warehouse to read from it, and closes it. */
export async function withWarehouse<T>(warehouse: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openDuckDb(warehouse, {readOnly: true, threads: 2, memoryLimit: MEMORY_LIMIT});
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}

/** Month (1 to 12) in which a fiscal quarter begins: enough to know where all quarters lie. */
async function firstFiscalMonth(engine: Engine): Promise<number> {
  const [row] = await engine.rows<{month: number}>(
    "select month(max(quarter_starts_on))::integer as month from workspace.fiscal_month"
  );
  return row?.month ?? 1;
}

/** The history of a warehouse, in its own fiscal calendar. */
export async function readWholeHistory(engine: Engine): Promise<ReadHistory> {
  return readHistory(engine, await firstFiscalMonth(engine));
}
