/** What models read from typed copies outside the warehouse goes when they are built: the file stands alone. */
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {READ_IN_PLACE, sourceTable} from "../sources/sourceTables.ts";
import {type Model, modelOrder} from "./readModels.ts";

/** Models that are views of source tables read in place, straight or through other views; none may be a mart. */
export function viewsInPlace(models: readonly Model[]): Model[] {
  const found = new Set<string>();
  const views = modelOrder(models).filter(({name, kind, layer, refs, sources}) => {
    if (kind !== "view" || layer === "checks") return false;
    const isInPlace =
      refs.some((ref) => found.has(ref)) ||
      sources.some((source) => (READ_IN_PLACE as ReadonlySet<string>).has(source));
    if (isInPlace) found.add(name);
    return isInPlace;
  });
  return views;
}

/** Drops those views, and the source tables they read. */
export async function dropReadInPlace(engine: Engine, models: readonly Model[]): Promise<void> {
  for (const {layer, name} of viewsInPlace(models))
    await engine.run(`drop view ${layer}.${identifier(name)}`);
  const tables = await engine.rows<{name: string; is_view: boolean}>(
    "select table_name as name, table_type = 'VIEW' as is_view from information_schema.tables where table_schema = 'source'"
  );
  for (const name of READ_IN_PLACE) {
    const isView = tables.find((table) => table.name === name)!.is_view;
    await engine.run(`drop ${isView ? "view" : "table"} ${sourceTable(name)}`);
  }
}
