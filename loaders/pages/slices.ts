/** What deals can be cut by on the pages. */
import type {Engine} from "../engine/engine.ts";

export interface Slice {
  /** Column of marts.deals. */
  column: string;
  label: string;
}

export const STANDARD_SLICES: readonly Slice[] = [
  {column: "channel", label: "Channel"},
  {column: "region", label: "Region"},
  {column: "team", label: "Team"},
  {column: "owner", label: "Owner"},
  {column: "segment", label: "Segment"},
  {column: "industry", label: "Industry"},
  {column: "product_family", label: "Product family"},
  {column: "product", label: "Product"},
  {column: "partner", label: "Partner"},
  {column: "deal_type", label: "Deal type"},
  {column: "lead_source", label: "Lead source"},
  {column: "campaign", label: "Campaign"},
  {column: "pipeline", label: "Pipeline"}
];

/** The standard slices, then the workspace's own attributes declared with `slice: true`. */
export async function readSlices(engine: Engine): Promise<Slice[]> {
  const custom = await engine.rows<Slice>(
    `select 'x_' || name as "column", label from workspace.custom_attribute
     where table_name = 'deal' and is_slice and type in ('text', 'boolean', 'category') order by name`
  );
  return [...STANDARD_SLICES, ...custom];
}
