/** The other public funnels: what of them is a closed deal, and what was known before it closed. */
import {existsSync} from "node:fs";
import {join} from "node:path";
import {readTable, scoreTable, type TableQuestion, type TableScores} from "./tables.ts";

const FUNNELS: readonly (TableQuestion & {name: string; note: string})[] = [
  {
    name: "salesforce-demo",
    note: "made up; its stages are drawn at random, so nothing better than the plain rate can be found",
    file: "salesforce-demo/Opportunity.csv",
    outcome: `case "StageName" when 'Closed Won' then 1 when 'Closed Lost' then 0 end`,
    use: [
      "Amount",
      "TotalOpportunityQuantity",
      "Type",
      "LeadSource",
      "OwnerId",
      "CreatedById",
      "HasOpportunityLineItem"
    ]
  },
  {
    name: "salesforce-seeds",
    note: "rows for testing schemas",
    file: "salesforce-seeds/sf_opportunity_data.csv",
    outcome: `case when "is_closed" = 'true' then case "is_won" when 'true' then 1 else 0 end end`,
    use: ["amount", "type", "lead_source", "owner_id"]
  },
  {
    name: "hubspot-seeds",
    note: "rows for testing schemas; no deal states how it ended",
    file: "hubspot-seeds/deal_data.csv",
    outcome: `case "deal_pipeline_stage_id" when 'closedwon' then 1 when 'closedlost' then 0 end`,
    use: ["property_amount", "owner_id"]
  }
];

export interface FunnelScore {
  name: string;
  note: string;
  /** Scores, or why there are none. */
  scores: TableScores | string;
}

/** Scores those that are there, under the defaults. */
export async function otherFunnels(folder: string): Promise<FunnelScore[]> {
  const found: FunnelScore[] = [];
  for (const {name, note, file, ...question} of FUNNELS) {
    const path = join(folder, file);
    const scores = existsSync(path) ? scoreTable(await readTable({file: path, ...question})) : "absent";
    found.push({name, note, scores});
  }
  return found;
}
