/** What init declares of dates, times and numbers, and what it leaves for a person to say. */
import {describe, expect, test} from "vitest";
import {folderFor, refusedBuild} from "./exportFolder.ts";

const withFolder = folderFor("deals", "stage_entries", "int_deal_interval");

const ID = "0068d000002OrZ";
const deals = (header: string, ...rows: string[]) => ({
  content: {
    "Opportunity.csv": `Id,Name,StageName,${header}\n${rows.map((row, i) => `${ID}${"abcdefgh"[i]},N${i},${row}\n`).join("")}`
  }
});

/** The text of workspace.yaml with its comments unwrapped. */
const flat = (text: string) => text.replaceAll(/\n\s*#\s+/g, " ");

describe("dates", () => {
  test("a report with times in one column and days in another is read whole", async () => {
    const report = `Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date,Last Activity
${ID}a,A,Closed Won,"1,200.00",1/20/2024,"12/1/2023, 10:22 AM",1/19/2024
${ID}b,B,Prospecting,99.50,9/2/2024,"3/4/2024, 1:02 PM",3/5/2024\n`;
    await withFolder({content: {"report.csv": report}}, async ({build, rows}) => {
      // Not the fifth: Salesforce's last activity may be a meeting ahead.
      expect((await build()).as_of).toBe("2024-03-04");
      expect(
        await rows(
          "select deal_id, created_at::varchar as made, close_on::varchar as due, amount::varchar as amount, last_activity_at::varchar as last from source.deal order by 1"
        )
      ).toEqual([
        {
          deal_id: `${ID}a`,
          made: "2023-12-01 10:22:00",
          due: "2024-01-20",
          amount: "1200.00",
          last: "2024-01-19 00:00:00"
        },
        {
          deal_id: `${ID}b`,
          made: "2024-03-04 13:02:00",
          due: "2024-09-02",
          amount: "99.50",
          last: "2024-03-05 00:00:00"
        }
      ]);
    });
  });

  test("days that could be months are read day first, and asked about", async () => {
    const folder = deals(
      "CloseDate,CreatedDate",
      "Prospecting,03/04/2024,02/01/2024",
      "Closed Won,05/06/2024,03/02/2024"
    );
    await withFolder(folder, async ({found, build, rows}) => {
      expect(flat(found.text)).toMatch(
        /QUESTION: %d\/%m\/%Y and %m\/%d\/%Y fit every value of CloseDate; day first is taken/
      );
      await build();
      expect(await rows("select close_on::varchar as due from source.deal order by 1")).toEqual([
        {due: "2024-04-03"},
        {due: "2024-06-05"}
      ]);
    });
  });

  test("one column that leaves no doubt settles the others of its file", async () => {
    const folder = deals(
      "CloseDate,CreatedDate",
      "Prospecting,03/04/2024,25/01/2024",
      "Closed Won,05/06/2024,03/02/2024"
    );
    await withFolder(folder, async ({build, rows}) => {
      await build();
      expect(await rows("select close_on::varchar as due from source.deal order by 1")).toEqual([
        {due: "2024-04-03"},
        {due: "2024-06-05"}
      ]);
    });
  });

  test("milliseconds since 1970 are times, and their day is the company's", async () => {
    // 1704067199000 is 2023-12-31 23:59:59 UTC, 1706745600000 is 2024-02-01 00:00:00 UTC.
    const content = {
      "deals.csv":
        "hs_object_id,dealname,dealstage,pipeline,amount,closedate,createdate\n1,A,Prospecting,default,10,1706745600000,1704067199000\n"
    };
    await withFolder({content}, async ({build, rows}) => {
      await build();
      expect(
        await rows("select created_at::varchar as made, close_on::varchar as due from source.deal")
      ).toEqual([{made: "2023-12-31 23:59:59", due: "2024-02-01"}]);
    });
  });
});

describe("numbers", () => {
  test("German amounts in deals and in their history are read to the cent", async () => {
    const content = {
      "Opportunity.csv": `Id;StageName;Amount;CloseDate;CreatedDate\n${ID}a;Prospecting;1.234.567,89;2024-04-30;2024-01-01T10:00:00Z\n`,
      "History.csv": `OpportunityId;CreatedDate;StageName;Amount;CloseDate\n${ID}a;2024-01-01T10:00:00Z;Prospecting;1.000,50;01.04.2024\n${ID}a;2024-02-01T10:00:00Z;Prospecting;1.234.567,89;30.04.2024\n`
    };
    await withFolder({content}, async ({build, rows}) => {
      await build();
      expect(await rows("select amount::varchar as amount from source.deal")).toEqual([
        {amount: "1234567.89"}
      ]);
      expect(
        await rows(
          "select amount::varchar as amount, close_on::varchar as due from intermediate.int_deal_interval order by valid_from"
        )
      ).toEqual([
        {amount: "1000.50", due: "2024-04-01"},
        {amount: "1234567.89", due: "2024-04-30"}
      ]);
    });
  });

  test("an amount that could be thousands or thousandths is asked about", async () => {
    const folder = deals(
      "Amount,CloseDate,CreatedDate",
      'Prospecting,"1,234",2024-05-01,2024-01-01T10:00:00Z'
    );
    await withFolder(folder, async ({found, build, rows}) => {
      expect(flat(found.text)).toMatch(/QUESTION: thousands "," and decimal ",".* fit every value of Amount/);
      await build();
      expect(await rows("select amount::varchar as amount from source.deal")).toEqual([{amount: "1234.00"}]);
    });
  });
});

describe("columns that cannot be read", () => {
  test("a column with one bad cell is left out, and asked about", async () => {
    const folder = deals(
      "Amount,CloseDate,CreatedDate",
      "Prospecting,1000.00,2024-05-01,2024-01-01T10:00:00Z",
      "Closed Won,12.5k,2024-05-01,2024-01-01T10:00:00Z"
    );
    await withFolder(folder, async ({found, build}) => {
      expect(flat(found.text)).toMatch(/QUESTION: Amount is left out: 1 of its 2 values are not an amount/);
      await build();
    });
  });

  test("what a log's other maps need is never taken out of its stages", async () => {
    const content = {
      "Opportunity.csv": `Id,StageName,CloseDate,CreatedDate\n${ID}a,Prospecting,2024-05-01,2024-01-01T10:00:00Z\n`,
      "History.csv": `OpportunityId,CreatedDate,StageName,Amount\n${ID}a,2024-01-01T10:00:00Z,Prospecting,about 5k\n`
    };
    await withFolder({content}, async (initialised) => {
      expect(flat(initialised.found.text)).toMatch(/QUESTION: Amount cannot be left out: 1 of its 1 values/);
      expect(await refusedBuild(initialised)).toMatch(/"field":"Amount","value":"about 5k"/);
    });
  });

  test("a column of which nothing can be read is left out, and that is said", async () => {
    const folder = deals(
      "ForecastCategory,CloseDate,CreatedDate",
      "Prospecting,A/Sk==,2024-05-01,2024-01-01T10:00:00Z",
      "Closed Won,9Q0=,2024-02-01,2024-01-01T10:00:00Z"
    );
    await withFolder(folder, async ({found, build, rows}) => {
      expect(flat(found.text)).toMatch(/ForecastCategoryName is left out: 2 of its 2 values are not/);
      await build();
      expect(await rows("select distinct forecast_category from source.deal")).toEqual([
        {forecast_category: null}
      ]);
    });
  });
});

describe("zones", () => {
  test("a warehouse copy is in UTC, and says so for the day the company's zone is set", async () => {
    const content = {
      "opportunity.csv": `id,name,stage_name,amount,close_date,created_date
${ID}a,A,Closed Won,100.00,2024-01-20,2023-12-31 23:30:00
${ID}b,B,Prospecting,100.00,2024-05-20,2024-01-15 10:00:00\n`
    };
    await withFolder({content}, async ({found}) =>
      expect(found.text).toMatch(/^ {4}format: \{time_zone: UTC\}$/m)
    );
  });

  test("a report is in its reader's zone", async () => {
    const report = `Opportunity ID,Stage,Close Date,Created Date\n${ID}a,Prospecting,2024-05-20,2024-01-15 10:00:00\n`;
    await withFolder({content: {"report.csv": report}}, async ({found}) =>
      expect(found.text).not.toMatch(/format:.*time_zone/)
    );
  });
});
