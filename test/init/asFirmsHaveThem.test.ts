/** Exports as firms have them: named by people, in another language, with notes around the records and days that cannot be meant. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {init} from "../../loaders/commands/init.ts";
import {describeFolder} from "../../loaders/init/describeFolder.ts";
import {recognise} from "../../loaders/sources/recognise.ts";
import {must, type SourceObject} from "../../loaders/sources/sourceSystem.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {formatError, type WeirError} from "../../loaders/weirError.ts";
import {folderFor, refusedBuild, withFolder} from "./exportFolder.ts";

const REPORT = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date,Opportunity Owner\r\n";
const rows = (n: number, row: (i: number) => string) => Array.from({length: n}, (_, i) => row(i)).join("");
const deal = (i: number) =>
  `00${i},N${i},${i % 2 ? "Closed Won" : "Proposal"},${i}00,3/${14 + (i % 9)}/2024,1/${i + 1}/2024,Ann\r\n`;

const stages = (won: string) =>
  `Record ID,Deal Name,Deal Stage,Amount,Close Date\n1,A,Erstgespräch,5,2024-03-01\n2,B,${won},5,2024-02-01\n`;

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
      expect(found.files).toMatchObject([{is: "Salesforce Opportunity", unread: []}]);
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

  test("is told by plain words however they are written, but a system's own export stays its own", () => {
    const is = (header: string) => {
      const {system, object} = recognise(header.split(","))[0]!;
      return `${system.name} ${object.id}`;
    };
    expect(is("id,name,stage,amount,close date,created date,owner")).toBe("Spreadsheet deals");
    expect(is("opportunity_id,deal_stage,close_value,engage_date")).toBe("Spreadsheet deals");
    // Lines of deals have a product and a quantity, but no stage.
    for (const stage of ["Deal Stage", "Sales Stage", "deal_stage", "STAGE", "Phase"])
      expect(is(`Deal ID,Product,Quantity,Amount,Close Date,${stage}`)).toBe("Spreadsheet deals");
    // A material's stock, as ERPs head it.
    for (const header of [
      "Material,Plant,Unrestricted",
      "part_number,warehouse,quantity_on_hand,as_of_date",
      "material_id,site,on_hand,counted_on"
    ])
      expect(is(header)).toBe("ERP and billing stock");
    // HubSpot would read four of these eight columns.
    expect(is("Deal ID,Deal Name,Deal Stage,Amount,Expected Close Date,Created,Owner,Company")).toBe(
      "Spreadsheet deals"
    );
    expect(is("Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner")).toBe(
      "HubSpot deals"
    );
    expect(is(REPORT.trim())).toBe("Salesforce Opportunity");
  });

  test("yields where any other object reads more than half as many columns", () => {
    const object = (id: string, tells: string[], read: string[]): SourceObject => ({
      id,
      tells,
      spellings: (header) => [header],
      maps: () => [{table: "deal", columns: Object.fromEntries(read.map((name) => [name, must(name)]))}]
    });
    const plain = {...object("plain", ["a"], [..."abcdef"]), isPlain: true as const};
    const first = (...objects: SourceObject[]) =>
      recognise([..."abcdef"], [{id: "csv", name: "Any", objects}])[0]!.object.id;
    const small = object("small", ["a", "b", "c"], []);
    expect(first(plain, small)).toBe("plain");
    expect(first(plain, small, object("large", ["a"], [..."abcd"]))).toBe("small");
  });

  test("is left out beside a CRM's own deals, which a report of them would double", async () => {
    const content = {
      "deals.csv": stages("Won"),
      "report.csv": "ID,Stage,Value\n1,Won,5\n"
    };
    await withFolder({content}, async ({found}) => {
      expect(found.files.map(({file}) => file)).toEqual(["deals.csv"]);
      expect(found.leftOut).toEqual([
        {file: "report.csv", why: expect.stringMatching(/^a plain table of deals beside a CRM's own/)}
      ]);
    });
  });
});

describe("a report", () => {
  test("with a title above and notes below is read without them, and that is said", async () => {
    const notes = '\r\n\r\n"My report"\r\n"Copyright (c) 2000-2026 salesforce.com, inc."\r\n';
    const text = await initOf({
      "report.csv": `Open deals,,,,,,\r\n,,,,,,\r\n${REPORT}${rows(6, deal)}${notes}`
    });
    expect(text).toMatch(/the first 2 lines are no records/);
    expect(text).toMatch(/QUESTION: the last 4 lines are taken for notes and not read; are they/);
    expect(text).toMatch(/format: \{skip_lines: 2, footer_lines: 4/);
  });

  test("in quotes and with semicolons is found below its title too", async () => {
    const quoted = [
      "Open deals,,,,,,\r\n",
      REPORT,
      rows(6, deal),
      "Confidential,,,,,,\r\n",
      "Total,9,100\r\n"
    ]
      .join("")
      .replaceAll(/[^,\r\n]+|(?<=,)(?=[,\r])/g, '"$&"')
      .replaceAll(",", ";");
    const text = await initOf({"report.csv": `Deals of today\r\n${quoted}`});
    expect(text).toMatch(/format: \{delimiter: ";", skip_lines: 2, footer_lines: 2[,}]/);
  });

  test("that is cut in its last line is refused, not read without it", async () => {
    const content = {"report.csv": `${REPORT}${rows(6, deal)}00x,Cut,Prop`};
    await expect(initOf(content)).rejects.toMatchObject({
      problems: [{}, {what: expect.stringMatching(/line 8: .* 3 fields.*a file that is cut/s)}]
    });
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

  test("with American days is read month first though day first would lose few, and its one bad day is named", async () => {
    const days = (i: number) => (i < 3 ? "3/20/2024" : `3/${(i % 12) + 1}/2024`);
    const text = await initOf({
      "report.csv": `${REPORT}${rows(99, (i) => `00${i},N,Proposal,1,${days(i)},2024-01-01,Ann\r\n`)}00x,X,Proposal,1,12/31/2099,2024-01-01,Ann\r\n`
    });
    expect(text).toMatch(/%m\/%d\/%Y and %d\/%m\/%Y fit nearly every value of CloseDate; the first is taken/);
    expect(text).toMatch(/date: "%m\/%d\/%Y"/);
    expect(text).toMatch(/recode: \{"12\/31\/2099":""\}/);
  });

  test("whose forecast category has a strange word keeps its system's own words", async () => {
    const category = (i: number) => (i === 7 ? "Maybe" : "OMIT");
    const content = {
      "deals.csv": `Record ID,Deal Name,Deal Stage,Amount,Forecast category,Close Date,Create Date\n${rows(30, (i) => `${i},N,Open,1,${category(i)},2024-03-01,2024-01-01\n`)}`
    };
    await folderFor("deals")({content}, async ({build, rows: ask}) => {
      await build();
      expect(
        await ask(
          "select forecast_category as c, count(*)::integer as n from source.deal group by 1 order by 1"
        )
      ).toEqual([
        {c: "omitted", n: 29},
        {c: null, n: 1}
      ]);
    });
  });

  test("whose amounts carry a sign is asked about in that currency", async () => {
    const text = await initOf({
      "report.csv": REPORT + rows(4, (i) => deal(i).replace(/,(\d)00,/, ",€100.50,"))
    });
    expect(text).toMatch(/is it EUR\?\nbase_currency: EUR/);
  });
});

describe("what has to be said", () => {
  test("columns that are not read, at most twelve by name, and no stage clock among them", async () => {
    const dir = mkdtempSync(join(tmpdir(), "weir-folder-"));
    try {
      const more = Array.from({length: 14}, (_, i) => `x${i}`);
      writeFileSync(
        join(dir, "deals.csv"),
        `hs_object_id,dealname,dealstage,hs_v2_date_entered_won,${more}\n1,A,won,2024-03-01${",".repeat(14)}\n`
      );
      const printed: string[] = [];
      const print = (line: string) => void printed.push(line);
      await init.run({options: {}, words: [dir], reporter: silentReporter, print} as never);
      expect(printed).toContain(`    not read: ${more.slice(0, 12).join(", ")} and 2 more`);
    } finally {
      rmSync(dir, {recursive: true, force: true});
    }
  });

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
        /QUESTION: amounts are in EUR too, and no export has exchange rates: state them, exchange_rates: \[\{currency: EUR, .* list it under files/
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

  test("a deal without a pipeline among several is the one thing told, with where to say it", async () => {
    const content = {
      "deals.csv":
        "hs_object_id,dealname,dealstage,pipeline,closedate,createdate\n1,A,Open,a,2024-03-01,2024-01-01\n2,B,Won,b,2024-03-01,2024-01-01\n3,C,Open,,2024-03-01,2024-01-01\n"
    };
    await withFolder({content}, async (folder) => {
      const problems = JSON.parse(await refusedBuild(folder)) as {file: string; what: string; fix: string}[];
      expect(problems.map(({file}) => file)).toEqual(["chk_stage_of_pipeline"]);
      expect(problems[0]!.what).toMatch(/^1 failing row\n.*"deal_id":"3"/);
      expect(problems[0]!.fix).toMatch(/pipeline_id: \{column: .*, if_empty: /);
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
