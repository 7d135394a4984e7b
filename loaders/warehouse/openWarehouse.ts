/** Opens the finished warehouse for reading: locked down, shared by any number of page loaders. */
import {existsSync} from "node:fs";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import {EXIT, WeirError} from "../weirError.ts";

/** What the database may hold in memory; more it puts aside on disk. Page loaders of 100,000 deals end under 150 MB and stop under 100. */
const MEMORY_LIMIT = "2000MB";

/** The variable by which a build tells page loaders which warehouse to read. */
export const WAREHOUSE_VARIABLE = "WEIR_WAREHOUSE";

/**
 * Opens the warehouse, gives it to `use`, closes it.
 * @throws {WeirError} exit 4 when no warehouse is named or it is not there.
 */
export async function withWarehouse<T>(
  use: (engine: Engine) => Promise<T>,
  path = process.env[WAREHOUSE_VARIABLE]
): Promise<T> {
  if (!path || !existsSync(path))
    throw new WeirError(path ? `No warehouse at ${path}` : `${WAREHOUSE_VARIABLE} is not set`, {
      exitCode: EXIT.source,
      problems: [
        {what: "pages are built from a warehouse", fix: "run npm run build, which makes it and names it"}
      ]
    });
  const engine = await openDuckDb(path, {readOnly: true, threads: 2, memoryLimit: MEMORY_LIMIT});
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}
