/** For whom the warehouse was narrowed, and what of the firm's own house-keeping its readers do not get. */
import {leftOutKinds} from "../../src/slices/leftOutKinds.ts";
import type {AudienceData} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";

/** Null of a whole warehouse. Names of hidden columns stay in the database: they tell what the firm keeps. */
export async function readAudience(engine: Engine): Promise<AudienceData | null> {
  const [found] = await engine.rows<Omit<AudienceData, "leftOut"> & {hidden: string}>(`
    select title, is_restricted as "isRestricted", rows_words as "rowsWords", to_json(hidden_columns)::varchar as hidden
    from workspace.audience`);
  if (!found) return null;
  const {hidden, ...audience} = found;
  return {...audience, leftOut: leftOutKinds(JSON.parse(hidden) as string[])};
}

/**
 * A relation that is empty where rows are narrowed: what the firm's systems do not agree on, and how it comes to know, is between
 * the people who mend it.
 */
export function ownHouse(relation: string): string {
  return `(select * from ${relation} as inside where not exists (select 1 from workspace.audience where is_restricted))`;
}
