/** What trips up who reads these exports for the first time: one test a trap, through the real loader. */
import {describe, expect, test} from "vitest";
import {lines, load, STATUS_STAGES} from "./loadObjects.ts";

const pipelines = STATUS_STAGES;

describe("Pipedrive", () => {
  const deals = lines(
    "id,title,status,stage_id,pipeline_id,value,currency,add_time,won_time,lost_time",
    "1,A,open,11,1,100,EUR,2024-01-01 08:00:00,,",
    "2,B,won,12,1,200,EUR,2024-01-01 08:00:00,2024-02-01 08:00:00,",
    "3,C,lost,11,1,300,EUR,2024-01-01 08:00:00,,2024-02-02 08:00:00",
    "4,D,deleted,11,1,400,EUR,2024-01-01 08:00:00,,"
  );

  test("a status is an outcome: won and lost deals leave the stage they stood in", async () => {
    expect(
      await load(
        {"d.csv": deals},
        {"d.csv": "pipedrive deals"},
        `select deal_id as id, stage_id as stage, closed_at is not null as closed, is_deleted as deleted
         from source.deal order by 1`,
        {pipelines}
      )
    ).toEqual([
      {id: "1", stage: "11", closed: false, deleted: null},
      {id: "2", stage: "won", closed: true, deleted: null},
      {id: "3", stage: "lost", closed: true, deleted: null},
      {id: "4", stage: "11", closed: false, deleted: true}
    ]);
  });

  test("deals without a pipeline column are of the first pipeline", async () => {
    const without = deals.replaceAll(/^((?:[^,]*,){4})[^,]*,/gm, "$1");
    expect(without).not.toContain("pipeline_id");
    expect(
      await load(
        {"d.csv": without},
        {"d.csv": "pipedrive deals"},
        "select pipeline_id as pipeline, count(*)::integer as n from source.deal group by 1",
        {
          pipelines: `${pipelines}\n  - {id: "2", stages: [{id: "21", kind: open}, {id: "22", kind: won}, {id: "23", kind: lost}]}`
        }
      )
    ).toEqual([{pipeline: "1", n: 4}]);
  });

  test("the changelog keeps the bulk flag and says when a deal was won", async () => {
    const log = lines(
      "deal_id,field_key,old_value,new_value,time,actor_user_id,is_bulk_update_flag",
      "2,stage_id,11,12,2024-01-10 08:00:00,7,true",
      "2,status,open,won,2024-02-01 08:00:00,7,false",
      "2,label,a,b,2024-02-01 08:00:00,7,false"
    );
    expect(
      await load(
        {"d.csv": deals, "l.csv": log},
        {"d.csv": "pipedrive deals", "l.csv": "pipedrive changelog"},
        `select field, new_value as value, is_bulk as bulk from source.deal_event order by "at"`,
        {pipelines}
      )
    ).toEqual([
      {field: "stage_id", value: "12", bulk: true},
      {field: "stage_id", value: "won", bulk: false}
    ]);
  });
});

describe("Dynamics 365", () => {
  const deals = lines(
    "opportunityid,name,statecode,salesstage,estimatedvalue,actualvalue,estimatedclosedate,actualclosedate,msdyn_forecastcategory",
    "A,One,0,0,100.5,,2024-05-01,,100000003",
    "B,Two,1,2,100,90,2024-05-01,2024-04-01,100000005"
  );
  const audit = (changes: string) =>
    lines(
      "objectid,action,changedata,createdon,userid",
      `B,2,"${changes.replaceAll('"', '""')}",2024-02-01T08:00:00Z,U`
    );
  const objects = {"d.csv": "dynamics opportunity", "a.csv": "dynamics audit"};

  test("option-set numbers are words, and a won deal counts with its actual value and date", async () => {
    expect(
      await load(
        {"d.csv": deals},
        {"d.csv": "dynamics opportunity"},
        `select stage_id as stage, amount::varchar as amount, close_on::varchar as close, forecast_category as c
         from source.deal order by deal_id`,
        {pipelines}
      )
    ).toEqual([
      {stage: "Qualify", amount: "100.50", close: "2024-05-01", c: "commit"},
      {stage: "won", amount: "90.00", close: "2024-04-01", c: "closed"}
    ]);
  });

  test("the audit's JSON becomes changes", async () => {
    const changes = JSON.stringify({
      changedAttributes: [
        {logicalName: "salesstage", oldValue: "0", newValue: "2"},
        {logicalName: "ownerid", oldValue: "systemuser,1a", newValue: "systemuser,2b"},
        {logicalName: "statecode", oldValue: "0", newValue: "1"},
        {logicalName: "description", oldValue: "", newValue: "x"}
      ]
    });
    expect(
      await load(
        {"d.csv": deals, "a.csv": audit(changes)},
        objects,
        "select field, old_value as o, new_value as n from source.deal_event order by 1, 3",
        {pipelines}
      )
    ).toEqual([
      {field: "owner_id", o: "1a", n: "2b"},
      {field: "stage_id", o: "Qualify", n: "Propose"},
      {field: "stage_id", o: null, n: "won"}
    ]);
  });

  test("an audit record that is not JSON is an error with its line", async () => {
    await expect(
      load({"d.csv": deals, "a.csv": audit("{broken")}, objects, "select 1", {pipelines})
    ).rejects.toMatchObject({exitCode: 3, problems: [{file: "a.csv", line: 2, value: "{broken"}]});
  });
});
