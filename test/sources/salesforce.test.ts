/** What trips up who reads these exports for the first time: one test a trap, through the real loader. */
import {describe, expect, test} from "vitest";
import {lines, load} from "./loadObjects.ts";

describe("Salesforce", () => {
  const deal = lines(
    "Id,StageName,CloseDate,Amount,ForecastCategoryName,IsDeleted",
    "0065g00000XyZaBCDE,Prospecting,2024-03-01,100,Forecast,false",
    "0065g00000XyZaCAAV,Closed Won,2024-04-01,,Best Case,true"
  );

  test("ids of 15 and 18 characters are one, and lower case does not make two of them one", async () => {
    const history = lines(
      "OpportunityId,Field,OldValue,NewValue,CreatedDate",
      "0065g00000XyZaB,StageName,,Prospecting,2024-01-02T10:00:00.000+0000",
      "0065g00000xyzab,StageName,,Prospecting,2024-01-02T10:00:00.000+0000"
    );
    const rows = await load(
      {"o.csv": deal, "h.csv": history},
      {"o.csv": "salesforce Opportunity", "h.csv": "salesforce OpportunityFieldHistory"},
      "select deal_id, deal_id in (select deal_id from source.deal) as is_known from source.deal_event order by 1"
    );
    expect(rows).toEqual([
      {deal_id: "0065g00000XyZaB", is_known: true},
      {deal_id: "0065g00000xyzab", is_known: false}
    ]);
  });

  test("Forecast means commit; a deleted deal stays, marked", async () => {
    expect(
      await load(
        {"o.csv": deal},
        {"o.csv": "salesforce Opportunity"},
        "select forecast_category as c, is_deleted as d, amount::varchar as a from source.deal order by deal_id"
      )
    ).toEqual([
      {c: "commit", d: false, a: "100.00"},
      {c: "best_case", d: true, a: null}
    ]);
  });

  test("of an owner's change the row with the ids counts, and untracked fields do not", async () => {
    const history = lines(
      "OpportunityId,Field,OldValue,NewValue,CreatedDate",
      "0065g00000XyZaB,Owner,Ann Lee,Bob Ray,2024-01-02T10:00:00Z",
      "0065g00000XyZaB,Owner,0055g000000000AAAQ,0055g000000000BAAQ,2024-01-02T10:00:00Z",
      "0065g00000XyZaB,Description,a,b,2024-01-02T10:00:00Z",
      "0065g00000XyZaB,created,,,2024-01-01T10:00:00Z"
    );
    expect(
      await load(
        {"o.csv": deal, "h.csv": history},
        {"o.csv": "salesforce Opportunity", "h.csv": "salesforce OpportunityFieldHistory"},
        "select field, old_value as o, new_value as n from source.deal_event"
      )
    ).toEqual([{field: "owner_id", o: "0055g000000000A", n: "0055g000000000B"}]);
  });

  test("a quota that names its quarter's first day ends on its last", async () => {
    const rows = await load(
      {
        "o.csv": deal,
        "q.csv": lines("QuotaOwnerId,QuotaAmount,StartDate", "0055g000000000AAAQ,5000,2024-04-01")
      },
      {
        "o.csv": "salesforce Opportunity",
        "q.csv": "salesforce ForecastingQuota, columns: {ends_on: {column: StartDate, last_of_months: 3}}"
      },
      "select ends_on::varchar as ends_on from source.quota"
    );
    expect(rows).toEqual([{ends_on: "2024-06-30"}]);
  });

  test("the same file under report labels and as a warehouse copy", async () => {
    const labels = deal.replace("Id,StageName,CloseDate,", "Opportunity ID,Stage,Close Date,");
    const copy = deal.replace(/^.*$/m, "id,stage_name,close_date,amount,forecast_category_name,is_deleted");
    for (const text of [labels, copy])
      expect(
        await load(
          {"o.csv": text},
          {"o.csv": "salesforce Opportunity"},
          "select deal_id from source.deal order by 1"
        )
      ).toEqual([{deal_id: "0065g00000XyZaB"}, {deal_id: "0065g00000XyZaC"}]);
  });

  test("exchange rates are turned round, tasks about accounts are none of deals", async () => {
    const rows = await load(
      {
        "o.csv": deal,
        "r.csv": lines("IsoCode,StartDate,ConversionRate", "EUR,2024-01-01,0.8"),
        "t.csv": lines(
          "WhatId,Subject,Status,CompletedDateTime",
          "0065g00000XyZaBCDE,Call,Completed,2024-02-01T10:00:00Z",
          "0015g000000000AAAQ,Call,Completed,2024-02-01T10:00:00Z"
        )
      },
      {
        "o.csv": "salesforce Opportunity",
        "r.csv": "salesforce DatedConversionRate",
        "t.csv": "salesforce Task"
      },
      "select (select rate from source.fx_rate) as rate, count(*)::integer as n from source.activity"
    );
    expect(rows).toEqual([{rate: 1.25, n: 1}]);
  });
});
