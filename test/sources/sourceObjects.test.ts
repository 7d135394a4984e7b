/** What trips up who reads these exports for the first time: one test a trap, through the real loader. */
import {describe, expect, test} from "vitest";
import {columnSpec} from "../../loaders/sources/mappedColumns.ts";
import {findObject, resolveFile} from "../../loaders/sources/resolveFile.ts";
import type {FileSpec} from "../../loaders/workspace/schema.ts";
import {withLoaded} from "./loadFiles.ts";
import {lines, load} from "./loadObjects.ts";

describe("partner portals and spend", () => {
  const deal = {"d.csv": lines("Id,StageName,CloseDate", "0065g00000XyZaBCDE,Prospecting,2024-03-01")};
  const salesforce = {"d.csv": "salesforce Opportunity"};

  test("PartnerStack writes cents, Google micros", async () => {
    const rows = await load(
      {
        ...deal,
        "p.csv": lines("key,partner_key,account_name,amount,stage_key", "k1,p1,Acme,1234567,approved"),
        "g.csv": lines("customer_id,id,date,cost_micros", "1,77,2024-01-01,12345678")
      },
      {...salesforce, "p.csv": "partners partnerstack_deals", "g.csv": "spend google_ads_campaign_stats"},
      `select estimated_amount::varchar as amount, (select cost::varchar from source.campaign_cost) as cost
       from source.registration`
    );
    expect(rows).toEqual([{amount: "12345.67", cost: "12.35"}]);
  });

  test("a registration names its deal in either form of the id, and its partner as the CRM does", async () => {
    const rows = await load(
      {
        ...deal,
        "r.csv": lines(
          "registration_id,partner_id,partner_crm_id,end_customer_name,crm_opportunity_id",
          "R1,PRT-1,0015g000000000AAAQ,Acme,0065g00000XyZaBCDE"
        )
      },
      {...salesforce, "r.csv": "partners registrations"},
      "select partner_id, deal_id in (select deal_id from source.deal) as is_known from source.registration"
    );
    expect(rows).toEqual([{partner_id: "0015g000000000A", is_known: true}]);
  });

  test("a partner is known by its id where a registration has its name too", async () => {
    const rows = await load(
      {
        ...deal,
        "r.csv": lines(
          "registration_id,partner_id,Partner Name,end_customer_name",
          "R1,P1,Acme,Fir",
          "R2,P2,Acme,Elm"
        )
      },
      {...salesforce, "r.csv": "partners registrations"},
      "select partner_id, partner_name from source.registration order by 1"
    );
    expect(rows).toEqual([
      {partner_id: "P1", partner_name: "Acme"},
      {partner_id: "P2", partner_name: "Acme"}
    ]);
  });
});

describe("a file that names its system", () => {
  test("an object that the system does not have is an error with the nearest name", async () => {
    await expect(
      load({"d.csv": "Id\n1\n"}, {"d.csv": "salesforce Oportunity"}, "select 1")
    ).rejects.toMatchObject({
      exitCode: 2,
      problems: [{value: "Oportunity", fix: 'did you mean "Opportunity"?'}]
    });
  });

  test("a system needs an object, and csv needs maps", async () => {
    const files = "  - {path: d.csv, source: salesforce}\n  - {path: e.csv}";
    await expect(withLoaded({files, content: {}}, async () => undefined)).rejects.toMatchObject({
      exitCode: 2,
      problems: [{field: "files.0.object"}, {field: "files.1.maps"}]
    });
  });

  test("may map a column otherwise, add one, or leave one out", async () => {
    const text = lines(
      "Id,StageName,CloseDate,Next__c,Tier__c,LeadSource",
      "0065g00000XyZaBCDE,Prospecting,2024-03-01,call,gold,web"
    );
    const rows = await withLoaded(
      {
        files: `  - path: d.csv
    source: salesforce
    object: Opportunity
    columns: {next_step: Next__c, tier: Tier__c, lead_source: null}`,
        top: "custom_attributes: [{name: tier, type: text}]",
        content: {"d.csv": text}
      },
      ({rows: ask}) => ask("select next_step, x_tier, lead_source from source.deal")
    );
    expect(rows).toEqual([{next_step: "call", x_tier: "gold", lead_source: null}]);
  });

  test("are meant for all records, whatever header of theirs these had", () => {
    const columnOf = (name: string, header: string) => {
      const file = {
        path: "d.csv",
        source: "dynamics",
        object: "opportunity",
        columns: {[name]: header},
        maps: []
      };
      const spec = file as unknown as FileSpec;
      const {maps} = resolveFile(spec, findObject(spec)!, {pipelines: []});
      return maps.filter(({table}) => table === "deal").map(({columns}) => columnSpec(columns[name]!));
    };
    for (const name of ["closed_at", "amount"])
      for (const spec of columnOf(name, "Total")) expect(spec).toMatchObject({column: "Total"});
  });

  test("read another header where they read the same, each in its own way, and leave those alone that read another", () => {
    const newValues = (source: FileSpec["source"], object: string, header: string) => {
      const file = {
        path: "log.csv",
        source,
        object,
        columns: {new_value: header},
        maps: []
      } as unknown as FileSpec;
      const {maps} = resolveFile(file, findObject(file)!, {pipelines: []});
      return maps.map(({columns}) => columnSpec(columns["new_value"]!));
    };
    expect(newValues("salesforce", "OpportunityHistory", "To Stage")).toMatchObject([
      {column: "To Stage"},
      {column: "Amount", read_as: "money"},
      {column: "CloseDate", read_as: "date"},
      {column: "ForecastCategory", read_as: "category", recode: {}}
    ]);
    expect(newValues("hubspot", "deal_property_history", "val")).toMatchObject([
      {column: "val"},
      {column: "val", date: "local"},
      {column: "val", recode: {}}
    ]);
  });
});
