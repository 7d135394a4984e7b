/** Exports as firms have them: named by people, in another language, with notes around the records and days that cannot be meant. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {describeFolder} from "../../loaders/init/describeFolder.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {formatError, type WeirError} from "../../loaders/weirError.ts";
import {refusedBuild, withFolder} from "./exportFolder.ts";

const REPORT = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date,Opportunity Owner\r\n";
const rows = (n: number, row: (i: number) => string) => Array.from({length: n}, (_, i) => row(i)).join("");
const deal = (i: number) =>
  `00${i},N${i},${i % 2 ? "Closed Won" : "Proposal"},${i}00,3/${14 + (i % 9)}/2024,1/${i + 1}/2024,Ann\r\n`;

/** The text of workspace.yaml with its comments unwrapped. */
const flat = (text: string) => text.replaceAll(/\n\s*#\s+/g, " ");

async function initOf(content: Record<string, string>): Promise<string> {
  return withFolder({content}, async ({found}) => flat(found.text));
}

describe("a table of deals", () => {
  test("in German, with semicolons, decimal commas and a byte order mark, is read to the cent", async () => {
    const content = {
      "Verkaufschancen.csv":
        "\uFEFFOpportunity-ID;Opportunity-Name;Phase;Betrag;Schlusstermin;Erstelldatum;Opportunity-Inhaber\r\n" +
        "1;Müller;Angebot;1.234,50;31.03.2024;02.01.2024;Jörg\r\n2;Weiß;Geschlossen und gewonnen;99,00;15.02.2024;03.01.2024;Jörg\r\n"
    };
    await withFolder({content}, async ({found, build, rows: ask}) => {
      expect(found.files).toMatchObject([{is: "Spreadsheet deals", unread: []}]);
      await build();
      expect(
        await ask(
          "select deal_id, stage_id, amount::varchar as amount, close_on::varchar as due, closed_at::date::varchar as closed, pipeline_id from source.deal order by 1"
        )
      ).toEqual([
        {
          deal_id: "1",
          stage_id: "Angebot",
          amount: "1234.50",
          due: "2024-03-31",
          closed: null,
          pipeline_id: "sales"
        },
        {
          deal_id: "2",
          stage_id: "Geschlossen und gewonnen",
          amount: "99.00",
          due: "2024-02-15",
          closed: "2024-02-15",
          pipeline_id: "sales"
        }
      ]);
    });
  });

  test("is told by plain words however they are written, but a system's own export stays its own", async () => {
    const is = async (header: string) =>
      withFolder(
        {
          content: {
            "deals.csv": `${header}\n${header
              .split(",")
              .map(() => "1")
              .join(",")}\n`
          }
        },
        async ({found}) => found.files[0]!.is
      );
    expect(await is("id,name,stage,amount,close date,created date,owner")).toBe("Spreadsheet deals");
    expect(await is("opportunity_id,deal_stage,close_value,engage_date")).toBe("Spreadsheet deals");
    // HubSpot would read four of these eight columns.
    expect(await is("Deal ID,Deal Name,Deal Stage,Amount,Expected Close Date,Created,Owner,Company")).toBe(
      "Spreadsheet deals"
    );
    expect(await is("Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner")).toBe(
      "HubSpot deals"
    );
    expect(await is(REPORT.trim())).toBe("Salesforce Opportunity");
  });
});

describe("a report", () => {
  test("with a title above and notes below is read without them, and that is said", async () => {
    const notes = '\r\n\r\n"My report"\r\n"Copyright (c) 2000-2026 salesforce.com, inc."\r\n';
    const text = await initOf({
      "report.csv": `Open deals,,,,,,\r\n,,,,,,\r\n${REPORT}${rows(6, deal)}${notes}`
    });
    expect(text).toMatch(/the first 2 lines are no records/);
    expect(text).toMatch(/the last 4 lines are no records/);
    expect(text).toMatch(/format: \{skip_lines: 2, footer_lines: 4/);
  });

  test("with a title keeps a last record that is nearly empty", async () => {
    const sparse = "00x,,Proposal,,,,\r\n";
    const text = await initOf({"report.csv": `Open deals,,,,,,\r\n${REPORT}${rows(6, deal)}${sparse}`});
    expect(text).toMatch(/format: \{skip_lines: 1[,}]/);
    expect(text).not.toMatch(/footer_lines/);
  });

  test("whose few impossible days are named keeps its column of days", async () => {
    const text = await initOf({
      "report.csv": `${REPORT}${rows(28, deal)}00x,X,Proposal,1,12/31/2099,1/2/2024,Ann\r\n`
    });
    expect(text).toMatch(
      /QUESTION: 1 of the 29 values of CloseDate are not a date.*"12\/31\/2099" is read as empty/
    );
    expect(text).toMatch(/close_on: \{column: CloseDate, optional: true, recode: \{"12\/31\/2099":""\}\}/);
  });

  test("whose amounts carry a sign is asked about in that currency", async () => {
    const text = await initOf({
      "report.csv": REPORT + rows(4, (i) => deal(i).replace(/,(\d)00,/, ",€100.50,"))
    });
    expect(text).toMatch(/is it EUR\?\nbase_currency: EUR/);
  });
});

describe("what has to be said", () => {
  const stages = (won: string) =>
    `Record ID,Deal Name,Deal Stage,Amount,Close Date\n1,A,Erstgespräch,5,2024-03-01\n2,B,${won},5,2024-02-01\n`;

  test("the order of stages is asked where their names are nobody's standard", async () => {
    const asked = /QUESTION: do the deals of sales walk its open stages in this order\?/;
    const of = (a: string, b: string) =>
      initOf({
        "deals.csv": `ID,Stage,Created\n1,${a},2024-03-01\n2,${b},2024-02-01\n3,Closed Won,2024-02-01\n`
      });
    expect(await of("Erstgespräch", "Angebot")).toMatch(asked);
    expect(await of("Qualification", "Proposal")).not.toMatch(asked);
  });

  test("which stage means won is asked where none says it", async () => {
    expect(await initOf({"deals.csv": stages("Auftrag erhalten")})).toMatch(
      /QUESTION: no stage of sales says that its deals are won; which one does\?/
    );
    expect(await initOf({"deals.csv": stages("Gewonnen")})).not.toMatch(/says that its deals are won/);
  });

  test("exchange rates that are missing are the one thing told, with what to put where", async () => {
    const content = {
      "deals.csv":
        "ID,Stage,Name,Amount,Currency,Close Date,Created\n1,Open,A,5,USD,2024-03-01,2024-01-01\n2,Won,B,5,EUR,2024-02-01,2024-01-01\n3,Open,C,5,USD,2024-02-01,2024-01-01\n"
    };
    await withFolder({content}, async (folder) => {
      expect(flat(folder.found.text)).toMatch(
        /QUESTION: deals are in EUR too, and no export has exchange rates/
      );
      const problems = JSON.parse(await refusedBuild(folder)) as {file: string; fix: string}[];
      expect(problems.map(({file}) => file)).toEqual(["chk_fx_rate_known"]);
      expect(problems[0]!.fix).toMatch(/columns currency, on, rate .* object: exchange_rates/);
    });
  });

  test("closed deals without a day are the one thing told, not what fails because of them", async () => {
    const content = {"deals.csv": "ID,Stage,Name,Created\n1,Open,A,2024-01-01\n2,Won,B,2024-01-02\n"};
    await withFolder({content}, async (folder) => {
      const problems = JSON.parse(await refusedBuild(folder)) as {file: string}[];
      expect(problems.map(({file}) => file)).toEqual(["chk_closing_day_known"]);
    });
  });

  test("a workbook that lies there, and a line that cannot be read, are named with what to do", async () => {
    const dir = mkdtempSync(join(tmpdir(), "weir-folder-"));
    try {
      writeFileSync(join(dir, "deals.xlsx"), "PK\u0003\u0004");
      writeFileSync(join(dir, "deals.csv"), 'ID,Stage,Name\n1,Open,"A\n');
      const error = await describeFolder(dir, silentReporter).catch((reason: WeirError) => reason);
      const told = formatError(error as WeirError);
      expect(told).toMatch(/deals\.xlsx: a workbook or an archive; save each sheet as CSV UTF-8/);
      expect(told).toMatch(/deals\.csv: line 2: a quoted field is never closed/);
    } finally {
      rmSync(dir, {recursive: true, force: true});
    }
  });
});
