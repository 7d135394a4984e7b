/** What deals can be cut by on the pages. */
import type {Engine} from "../engine/engine.ts";
import {type Slice, STANDARD_SLICES} from "../workspace/standardSlices.ts";

/** The standard slices, then the workspace's own attributes declared with `slice: true`. */
export async function readSlices(engine: Engine): Promise<Slice[]> {
  const custom = await engine.rows<Slice>(
    `select 'x_' || name as "column", label from workspace.custom_attribute
     where table_name = 'deal' and is_slice and type in ('text', 'boolean', 'category') order by name`
  );
  return [...STANDARD_SLICES, ...custom];
}
