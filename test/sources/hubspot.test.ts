/** What trips up who reads these exports for the first time: one test a trap, through the real loader. */
import {describe, expect, test} from "vitest";
import {withLoaded} from "./loadFiles.ts";
import {lines, load, STATUS_STAGES} from "./loadObjects.ts";

describe("HubSpot", () => {
  const head = "hs_object_id,dealname,dealstage,pipeline,amount,closedate,hs_merged_object_ids";
  const stages = {pipelines: STATUS_STAGES};

  test("merged deals are set aside with their log, whichever file names them", async () => {
    const rows = await load(
      {
        "d.csv": lines(
          head,
          "1,A,11,1,5,,2;3",
          "2,B,11,1,5,,",
          "3,C,11,1,5,,",
          "4,D,12,1,5,,",
          "5,E,12,1,5,,"
        ),
        "m.csv": lines("deal_id,merged_deal_id", "4,5"),
        "h.csv": lines(
          "deal_id,name,value,timestamp",
          "2,dealstage,11,2024-01-01T00:00:00Z",
          "1,dealstage,11,2024-01-01T00:00:00Z"
        )
      },
      {"d.csv": "hubspot deals", "m.csv": "hubspot merged_deal", "h.csv": "hubspot deal_property_history"},
      `select string_agg(deal_id, ' ' order by deal_id) as deals,
         (select string_agg(deal_id, ' ') from source.deal_event) as log from source.deal`,
      stages
    );
    expect(rows).toEqual([{deals: "1 4", log: "1"}]);
  });

  test("what names a merged deal names its survivor, over several merges", async () => {
    const files = `
  - {path: d.csv, source: hubspot, object: deals}
  - {path: o.csv, maps: [{table: order, columns: {order_id: id, deal_id: deal}}]}
  - {path: r.csv, maps: [{table: registration, columns: {registration_id: id, partner_id: partner, deal_id: deal}}]}`;
    const content = {
      "d.csv": lines(head, "1,A,11,1,5,,2", "2,B,11,1,5,,3", "4,D,12,1,5,,"),
      "o.csv": lines("id,deal", "O1,2", "O2,4", "O3,1"),
      "r.csv": lines("id,partner,deal", "R1,P,3", "R2,P,4")
    };
    const named = await withLoaded({files, content, ...stages}, ({rows}) =>
      rows(`select string_agg(order_id || ' ' || deal_id, ', ' order by order_id) as orders,
        (select string_agg(registration_id || ' ' || deal_id, ', ' order by registration_id) from source.registration) as registrations
        from source."order"`)
    );
    expect(named).toEqual([{orders: "O1 1, O2 4, O3 1", registrations: "R1 1, R2 4"}]);
  });

  test("deals of a file without a pipeline column are of the first, but an empty cell among several is no answer", async () => {
    const pipelines = (content: string, more: {pipelines: string}) =>
      load(
        {"d.csv": content},
        {"d.csv": "hubspot deals"},
        "select deal_id as id, pipeline_id as pipeline from source.deal order by 1",
        more
      );
    const second = {
      pipelines: `${STATUS_STAGES}\n  - {id: "2", stages: [{id: "21", kind: open}, {id: "22", kind: won}, {id: "23", kind: lost}]}`
    };
    const without = lines("hs_object_id,dealname,dealstage", "1,A,11");
    const partly = lines("hs_object_id,dealname,dealstage,pipeline", "1,A,11,", "2,B,21,2");
    const empty = lines("hs_object_id,dealname,dealstage,pipeline", "1,A,11,");
    expect(await pipelines(without, second)).toEqual([{id: "1", pipeline: "1"}]);
    expect(await pipelines(empty, second)).toEqual([{id: "1", pipeline: "1"}]);
    expect(await pipelines(partly, second)).toEqual([
      {id: "1", pipeline: null},
      {id: "2", pipeline: "2"}
    ]);
    expect(await pipelines(empty, stages)).toEqual([{id: "1", pipeline: "1"}]);
  });

  test("a close date is a time: the day is the company's own", async () => {
    const rows = await load(
      {"d.csv": lines(head, "1,A,11,1,5,2024-03-01T04:30:00Z,")},
      {"d.csv": "hubspot deals"},
      "select close_on::varchar as close_on from source.deal",
      {...stages, top: "time_zone: America/New_York"}
    );
    expect(rows).toEqual([{close_on: "2024-02-29"}]);
  });

  test("stage clocks become entries, the old ones too; milliseconds are read when declared", async () => {
    const text = lines(
      `${head},hs_date_entered_11,hs_v2_date_entered_12`,
      "1,A,12,1,5,,,1704103200000,1706781600000"
    );
    const rows = await load(
      {"d.csv": text},
      {"d.csv": "hubspot deals, format: {timestamp: epoch_ms}"},
      `select new_value as stage, "at"::varchar as entered from source.deal_event order by 2`,
      stages
    );
    expect(rows).toEqual([
      {stage: "11", entered: "2024-01-01 10:00:00"},
      {stage: "12", entered: "2024-02-01 10:00:00"}
    ]);
  });

  test("in a property history a date is only a date where the property is one", async () => {
    const rows = await load(
      {
        "d.csv": lines(head, "1,A,11,1,5,,"),
        "h.csv": lines(
          "deal_id,name,value,timestamp",
          "1,amount,5000,2024-01-01T00:00:00Z",
          "1,closedate,2024-06-30T12:00:00Z,2024-01-02T00:00:00Z",
          "1,hs_manual_forecast_category,OMIT,2024-01-03T00:00:00Z",
          "1,color,blue,2024-01-04T00:00:00Z"
        )
      },
      {"d.csv": "hubspot deals", "h.csv": "hubspot deal_property_history"},
      `select field, new_value as value from source.deal_event order by "at"`,
      stages
    );
    expect(rows).toEqual([
      {field: "amount", value: "5000"},
      {field: "close_on", value: "2024-06-30"},
      {field: "forecast_category", value: "omitted"}
    ]);
  });

  test("a bad date in the property that is one is refused, with its line", async () => {
    await expect(
      load(
        {
          "d.csv": lines(head, "1,A,11,1,5,,"),
          "h.csv": lines("deal_id,name,value,timestamp", "1,closedate,soon,2024-01-02T00:00:00Z")
        },
        {"d.csv": "hubspot deals", "h.csv": "hubspot deal_property_history"},
        "select 1",
        stages
      )
    ).rejects.toMatchObject({exitCode: 3, problems: [{file: "h.csv", line: 2, value: "soon"}]});
  });

  test("a company from the file of links, a person from two columns", async () => {
    const rows = await load(
      {
        "d.csv": lines(head, "1,A,11,1,5,,"),
        "c.csv": lines("deal_id,company_id,category", "1,77,HUBSPOT_DEFINED", "1,12,USER_DEFINED"),
        "o.csv": lines("owner_id,email,first_name,last_name", "9,a@b.example,Ann,Lee")
      },
      {"d.csv": "hubspot deals", "c.csv": "hubspot deal_company", "o.csv": "hubspot owners"},
      "select account_id, (select name from source.person) as person from source.deal",
      stages
    );
    expect(rows).toEqual([{account_id: "77", person: "Ann Lee"}]);
  });
});
