/** Salesforce and HubSpot have one close date, a plan before the closing and the day of it afterwards. */
import {describe, expect, test} from "vitest";
import {withLoaded} from "./loadFiles.ts";

const OPPORTUNITY = "  - {path: Opportunity.csv, source: salesforce, object: Opportunity}\n";
const HISTORY = "  - {path: OpportunityHistory.csv, source: salesforce, object: OpportunityHistory}\n";
const HEADER = "Id,StageName,CloseDate,CreatedDate,LastStageChangeDate,LastModifiedDate\n";

/** deal_id to [created_at, closed_at] as loaded. */
async function times(content: Record<string, string>, files = OPPORTUNITY, top = "") {
  return withLoaded({files, content, top}, async ({rows}) => {
    const found = await rows(
      "select deal_id, created_at::varchar as created, closed_at::varchar as closed from source.deal order by 1"
    );
    return Object.fromEntries(found.map(({deal_id, created, closed}) => [deal_id, [created, closed]]));
  });
}

describe("when a deal closed", () => {
  test("an open deal's close date is a plan, whatever its stage changes say", async () => {
    const content = `${HEADER}a,Prospecting,2024-09-01,2024-01-01T10:00:00Z,2024-02-02T10:00:00Z,2024-02-02T10:00:00Z\n`;
    expect(await times({"Opportunity.csv": content})).toEqual({a: ["2024-01-01 10:00:00", null]});
  });

  test("a closed one closed at its last change of stage, else on its close date in the company's zone", async () => {
    const content = `${HEADER}a,Closed Won,2024-03-01,2024-01-01T10:00:00Z,2024-02-27T15:30:00Z,2024-04-01T00:00:00Z
b,Closed Lost,2024-03-01,2024-01-01T10:00:00Z,,2024-04-01T00:00:00Z\n`;
    expect(await times({"Opportunity.csv": content}, OPPORTUNITY, "time_zone: Europe/Berlin")).toEqual({
      a: ["2024-01-01 10:00:00", "2024-02-27 15:30:00"],
      b: ["2024-01-01 10:00:00", "2024-03-01 11:00:00"]
    });
  });

  test("a closed deal had closed when it was last saved, however far ahead its close date lies", async () => {
    const content = `${HEADER}a,Closed Won,2042-01-01,2024-01-01T10:00:00Z,,2024-02-10T12:00:00Z\n`;
    expect(await times({"Opportunity.csv": content})).toEqual({
      a: ["2024-01-01 10:00:00", "2024-02-10 12:00:00"]
    });
  });

  test("a deal that closed before its record was made has no creation time: it was imported", async () => {
    const content = `${HEADER}a,Closed Won,2019-05-01,2024-01-01T10:00:00Z,,2024-01-01T10:00:00Z\n`;
    expect(await times({"Opportunity.csv": content})).toEqual({a: [null, "2019-05-01 12:00:00"]});
  });

  test("one that closed on the day it was made did not close before it was made", async () => {
    const content = `${HEADER}a,Closed Won,2024-01-01,2024-01-01T15:00:00Z,,2024-01-03T10:00:00Z\n`;
    expect(await times({"Opportunity.csv": content})).toEqual({
      a: ["2024-01-01 15:00:00", "2024-01-01 15:00:00"]
    });
  });

  test("where the log dates the closing, the log is right", async () => {
    const deals = `${HEADER}a,Closed Won,2024-03-31,2024-01-01T10:00:00Z,2024-05-05T10:00:00Z,2024-05-05T10:00:00Z\n`;
    const log = "OpportunityId,CreatedDate,StageName\na,2024-02-02T10:00:00Z,Closed Won\n";
    const content = {"Opportunity.csv": deals, "OpportunityHistory.csv": log};
    expect(await times(content, OPPORTUNITY + HISTORY)).toEqual({a: ["2024-01-01 10:00:00", null]});
  });

  test("HubSpot's close date is a time, and the same holds", async () => {
    const files = "  - {path: deals.csv, source: hubspot, object: deals}\n";
    const content = `hs_object_id,dealname,dealstage,pipeline,closedate,createdate
1,A,Closed Won,sales,2024-02-01T09:30:00Z,2024-01-01T10:00:00Z
2,B,Prospecting,sales,2024-09-01T09:30:00Z,2024-01-01T10:00:00Z\n`;
    expect(await times({"deals.csv": content}, files)).toEqual({
      "1": ["2024-01-01 10:00:00", "2024-02-01 09:30:00"],
      "2": ["2024-01-01 10:00:00", null]
    });
  });

  test("other systems say themselves when a deal closed, and are left alone", async () => {
    const files = `  - path: deals.csv
    maps: [{table: deal, columns: {deal_id: id, stage_id: stage, created_at: made, closed_at: closed}}]\n`;
    const content = "id,stage,made,closed\n1,Prospecting,2024-03-01,2024-02-01\n";
    expect(await times({"deals.csv": content}, files)).toEqual({
      "1": ["2024-03-01 00:00:00", "2024-02-01 00:00:00"]
    });
  });
});
