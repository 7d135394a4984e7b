/** For whom the warehouse was narrowed, and what of the firm's own house-keeping its readers do not get. */
import type {AudienceData} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";

/** Null of a whole warehouse. */
export async function readAudience(engine: Engine): Promise<AudienceData | null> {
  const [found] = await engine.rows<AudienceData>(`
    select title, is_restricted as "isRestricted", rows_words as "rowsWords", to_json(hidden_columns)::varchar as hidden
    from workspace.audience`);
  return found ? {...found, hidden: JSON.parse(String(found.hidden)) as string[]} : null;
}

/**
 * A relation that is empty where rows are narrowed: what the firm's systems do not agree on, and how it comes to know, is between
 * the people who mend it.
 */
export function ownHouse(relation: string): string {
  return `(select * from ${relation} as inside where not exists (select 1 from workspace.audience where is_restricted))`;
}
