/** What all HubSpot objects share: property_ columns, labels, deleted rows. */
import type {SourceObject} from "../sourceSystem.ts";

export const LIVE = {
  is_deleted: ["true", "TRUE", "True", "1"],
  _fivetran_deleted: ["true", "TRUE", "True", "1"]
};

/** The words of hs_manual_forecast_category that differ from ours. */
export const CATEGORY = {
  OMIT: "omitted",
  PIPELINE: "pipeline",
  BEST_CASE: "best_case",
  COMMIT: "commit",
  CLOSED: "closed"
};

export interface HubspotObject extends Omit<SourceObject, "spellings"> {
  /** Internal name to labels and other columns. */
  labels?: Readonly<Record<string, readonly string[]>>;
}

/** An object whose properties may be columns of a warehouse copy (property_amount) or labels (Amount). */
export function hubspotObject({labels = {}, ...object}: HubspotObject): SourceObject {
  return {
    ...object,
    spellings: (header) => [
      `property_${header}`,
      ...(labels[header] ?? []),
      // The old stage clocks, which HubSpot still fills, hold the same moment.
      ...(header.startsWith(V2_ENTERED)
        ? [
            `property_${header}`,
            header.replace(V2_ENTERED, ENTERED),
            `property_${header.replace(V2_ENTERED, ENTERED)}`
          ]
        : [])
    ]
  };
}

export const V2_ENTERED = "hs_v2_date_entered_";
const ENTERED = "hs_date_entered_";
