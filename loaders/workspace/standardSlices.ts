/** What every workspace's deals can be cut by: columns of the mart `deals`. */
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
