/** Crafted failures, one test each: what a person is told, and the exit code of the process. */
import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {EXIT} from "../../loaders/weirError.ts";
import {refusal, withLoaded} from "./loadFiles.ts";
import {deals, GOOD, HEADER, lines, refused, type Told} from "./refused.ts";

describe("a file that is not there or not text", () => {
  test("a missing file names the path and ends with exit 4", async () => {
    const error = await refusal({files: deals(), content: {}});
    expect(error.exitCode).toBe(EXIT.source);
    expect(error.problems[0]).toMatchObject({
      what: "the file does not exist",
      fix: expect.stringMatching(/--files/)
    });
  });
  refused("an empty file", "", {what: "the file is empty", fix: /no rows/});
  refused("a header without records", lines(HEADER), {
    what: "a header but no records",
    fix: /take the file out/
  });
  refused("an HTML login page", "<!DOCTYPE html><html><body>Log in</body></html>", {
    what: "web page",
    fix: /sign in/
  });
  refused("an Excel workbook named .csv", Buffer.from("504b030414000600", "hex"), {
    what: "Excel workbook",
    fix: /CSV UTF-8/
  });
  refused("JSON named .csv", '[{"Id": "D-1"}]', {what: "the file is JSON", fix: /name it \.json/});
  refused("XML named .csv", '<?xml version="1.0"?><deals/>', {what: "XML", fix: /as CSV/});
  refused("a gzip file without .gz", gzipSync(lines(...GOOD)), {
    what: "packed with gzip",
    fix: /name it \.gz/
  });
  refused(
    "plain text named .gz",
    lines(...GOOD),
    {what: "not gzip", fix: /without \.gz/},
    {
      files: deals("{}", {path: "deals.csv.gz"}),
      content: {"deals.csv.gz": lines(...GOOD)}
    }
  );
  refused(
    "a gzip file that is cut",
    "",
    {what: "ends too early", fix: /again/},
    {
      files: deals("{}", {path: "deals.csv.gz"}),
      content: {"deals.csv.gz": gzipSync(lines(...GOOD)).subarray(0, 40)}
    }
  );
  refused(
    "a small gzip file that unpacks to a thousand times its size",
    "",
    {what: "more than 250 times", fix: /look at it/},
    {
      files: deals("{}", {path: "deals.csv.gz"}),
      content: {"deals.csv.gz": gzipSync(`${HEADER}\n${`${GOOD[1]}\n`.repeat(2_500_000)}`)}
    }
  );
  refused(
    "a file over the declared size",
    `${HEADER}\n${`${GOOD[1]}\n`.repeat(30_000)}`,
    {
      what: "too large",
      expected: /at most 1000000 bytes/,
      fix: /max_megabytes/
    },
    {files: deals("{max_megabytes: 1}")}
  );
});

describe("letters", () => {
  refused(
    "Latin-1 that is not declared",
    Buffer.from(lines(HEADER, "D-1,Müller,Prospecting,1,2024-01-01"), "latin1"),
    {
      what: "not UTF-8",
      line: 2,
      value: /Müller/,
      fix: /windows-1252/
    }
  );
  refused("UTF-16 that is not declared", Buffer.from(`\ufeff${lines(...GOOD)}`, "utf16le"), {
    what: "UTF-16",
    line: 1,
    fix: /encoding: utf-16/
  });
  refused("UTF-16 without a byte order mark", Buffer.from(lines(...GOOD), "utf16le"), {
    what: "UTF-16",
    fix: /utf-16le/
  });
  refused(
    "UTF-8 declared as Latin-1",
    lines(HEADER, "D-1,Müller,Prospecting,1,2024-01-01"),
    {
      what: "declared latin-1, but it is UTF-8",
      fix: /take encoding out/
    },
    {files: deals("{encoding: latin-1}")}
  );
  refused(
    "windows-1252 declared as Latin-1",
    Buffer.from([...Buffer.from(`${HEADER}\nD-1,5 `), 0x80, ...Buffer.from(",Prospecting,1,2024-01-01\n")]),
    {
      what: "byte 0x80",
      line: 2,
      fix: /windows-1252/
    },
    {files: deals("{encoding: latin-1}")}
  );
  refused("a NUL byte", lines(HEADER, "D-1,A\0cme,Prospecting,1,2024-01-01"), {
    what: "NUL",
    line: 2,
    field: "Name",
    fix: /damaged/
  });
  refused("a control character", lines(HEADER, "D-1,A\x07cme,Prospecting,1,2024-01-01"), {
    what: "control character",
    line: 2,
    field: "Name",
    fix: /damaged_text: keep/
  });
  refused("a replacement character", lines(...GOOD, "D-3,M\ufffdller,Prospecting,1,2024-01-01"), {
    what: "replacement character",
    line: 4,
    value: /D-3/,
    fix: /export again as UTF-8/
  });
  refused("text encoded twice", lines(...GOOD, "D-3,MÃ¼ller,Prospecting,1,2024-01-01"), {
    what: "encoded twice",
    line: 4,
    fix: /spreadsheet/
  });
  refused(
    "curly quotes that a program put in place of the straight ones",
    lines(...GOOD, "D-3,“Ask for the ”“green light”“”,Prospecting,1,2024-01-01"),
    {what: "curly quotes", line: 4, value: /green light/, fix: /damaged_text: keep/}
  );
  test("text in curly quotes alone is what people write", async () => {
    for (const name of ["“Green light”", "“Yes” and “no”", '"“a”“b”"'])
      await withLoaded(
        {
          files: deals(),
          content: {"deals.csv": lines(...GOOD, `D-3,${name},Prospecting,1,2024-01-01`)}
        },
        async ({report}) => expect(report.files[0]!.n_loaded).toBe(3)
      );
  });
});

describe("lines and fields", () => {
  refused(
    "a record with a field too many: a number with an unquoted comma",
    lines(HEADER, "D-1,Acme,Prospecting,1,234.50,2024-01-01"),
    {
      what: "the record has 6 fields",
      line: 2,
      value: "D-1,Acme,Prospecting,1,234.50,2024-01-01",
      expected: /5 fields/,
      fix: /not quoted/
    }
  );
  refused(
    "a record with a field too few: a line break that is not quoted",
    lines(...GOOD, "D-3,Ac", "me,Prospecting,1,2024-01-01", GOOD[1]!),
    {
      what: "the record has 2 fields",
      line: 4,
      fix: /line break/
    }
  );
  refused("a quote in the middle of a field", lines(HEADER, 'D-1,5" pipe,Prospecting,1,2024-01-01'), {
    what: "a quote in the middle",
    line: 2,
    field: "Name",
    fix: /standard CSV quoting/
  });
  refused("a quote that is not doubled", lines(HEADER, 'D-1,"a "big" deal",Prospecting,1,2024-01-01'), {
    what: "not doubled",
    line: 2,
    field: "Name",
    fix: /standard/
  });
  refused("a quote that never closes", lines(...GOOD, 'D-3,"Acme,Prospecting,1,2024-01-01'), {
    what: "never closed",
    line: 4,
    fix: /ends too early/
  });
  refused("a file cut in its last field", lines(...GOOD).slice(0, -4), {
    what: "no line end",
    line: 3,
    value: /^D-2.*2024-04$/,
    fix: /last_line: open/
  });
  refused("a file cut in the middle of a record", lines(...GOOD).slice(0, -20), {
    what: "the record has 3 fields",
    line: 3,
    fix: /cut/
  });
  refused("a blank line between records", lines(HEADER, GOOD[1]!, "", GOOD[2]!), {
    what: "blank line",
    line: 3,
    fix: /remove it/
  });
  refused("an empty row as spreadsheets leave them", lines(...GOOD, ",,,,"), {
    what: "no value at all",
    line: 4,
    fix: /empty row/
  });
  refused("mixed line ends", `${HEADER}\r\n${GOOD[1]}\n${GOOD[2]}\r\n`, {
    what: "ends in LF, those before it in CRLF",
    line: 2,
    fix: /pasted/
  });
  refused("line ends of old Macs", GOOD.join("\r"), {what: "carriage return", line: 1, fix: /LF or CRLF/});
  refused("two exports pasted together", lines(...GOOD, ...GOOD), {
    what: "header comes a second time",
    line: 4,
    fix: /two files/
  });
  refused("a total under the records", lines(...GOOD, "Total,,,350.50,"), {
    what: "a total",
    line: 4,
    value: "Total,,,350.50,",
    fix: /footer_lines: 1/
  });
  refused("a note under the records", lines(...GOOD, "Copyright (c) 2024 CRM Inc."), {
    what: "footer",
    line: 4,
    fix: /footer_lines: 1/
  });
  refused("a title above the header", lines("Pipeline report", ...GOOD), {
    what: "does not look like the header",
    fix: /skip_lines: 1/
  });
  refused("a title padded with commas", lines("Pipeline report,,,,", ...GOOD), {
    what: "looks like a title",
    line: 1,
    fix: /skip_lines/
  });
  refused("another delimiter", lines(...GOOD).replaceAll(",", ";"), {
    what: "the delimiter is another",
    line: 1,
    fix: 'declare format: {delimiter: ";"}'
  });
});

describe("the header", () => {
  refused("another delimiter between quoted names", '"Id";"Name"\n"D-1";"Acme"\n', {
    what: "separated by another delimiter",
    line: 1,
    value: ";",
    fix: 'declare format: {delimiter: ";"}'
  });
  refused("no header at all", lines(...GOOD.slice(1), "D-3,X,Prospecting,1,2024-01-01"), {
    what: "looks like data",
    line: 1,
    fix: /column names/
  });
  refused("a wanted column that was renamed", lines(...GOOD).replace("Amount", "Amounts"), {
    what: "no such column",
    line: 1,
    field: "Amount",
    expected: /Id, Name, Stage, Amounts/,
    fix: /rename it to "Amounts"/
  });
  refused("a column named twice", lines(...GOOD).replace("Name", "Id"), {
    what: "names a column twice",
    field: "Id",
    fix: /rename one/
  });
  refused("a column without a name", lines(...GOOD).replaceAll("\n", ",\n"), {
    what: "column 6 has no name",
    line: 1,
    fix: /unnamed_columns/
  });
  refused("white space around a name", lines(...GOOD).replace("Name", " Name"), {
    what: "white space around a name",
    field: "Name",
    value: " Name",
    fix: /padding/
  });
  refused(
    "a column nobody maps, where all have to be",
    lines(...GOOD).replace("Name", "Nickname"),
    {what: /nobody maps|no such column/, fix: /unused|map/},
    {
      files: deals("{}", {more: "    unused: []\n"})
    }
  );
  refused(
    "a declared empty column that holds something",
    lines(HEADER.concat(","), `${GOOD[1]},`, `${GOOD[2]},oops`),
    {
      what: "cannot be read",
      line: 3,
      field: "column 6",
      value: "oops",
      fix: /./
    },
    {files: deals("{unnamed_columns: empty}")}
  );
});

describe("the change from the last run", () => {
  const many = (n: number, amount: string) =>
    lines(
      HEADER,
      ...Array.from({length: n}, (_, index) => `D-${index},Acme,Prospecting,${amount},2024-01-01`)
    );
  const last = [
    {
      file: "deals.csv",
      path: "deals.csv",
      sha256: "",
      tables: "deal",
      n_records: 200,
      n_loaded: 200,
      n_rejected: 0,
      is_reused: false,
      n_header: 1,
      totals: {"deal.amount": "20000.00"}
    }
  ];
  refused(
    "half of the records gone",
    many(90, "200"),
    {
      what: "the loaded records fell by 55 %",
      value: "90, was 200",
      expected: "at most 50 %",
      fix: "--accept deals.csv"
    },
    {previous: last}
  );
  refused(
    "amounts a hundred times what they were: cents",
    many(200, "10000"),
    {
      what: "the total of deal.amount rose by 9900 %",
      fix: /--accept/
    },
    {previous: last}
  );
});

describe("other formats", () => {
  const json = (content: string, told: Told, name = "deals.json") =>
    [content, told, {files: deals("{}", {path: name}), content: {[name]: content}}] as const;
  refused(
    "JSON that is cut",
    ...json('[{"Id": "D-1"}, {"Id": ', {what: "never closed", fix: /ends too early/})
  );
  refused(
    "a field named twice in one object",
    ...json('[\n{"Id": "1", "Id": "2"}]', {what: "names a field twice", line: 2, value: "Id", fix: /again/})
  );
  refused(
    "an object around the list",
    ...json('{"results": []}', {what: "does not start with a list", line: 1, fix: /list of records alone/})
  );
  refused("half a character", ...json('[{"Id": "\\ud800"}]', {what: "half a character", fix: /again/}));
  refused(
    "a line that is no object",
    ...json(
      '{"Id": "D-1"}\nnull\n',
      {what: "not an object", line: 2, value: "null", fix: /again/},
      "deals.ndjson"
    )
  );
  refused("text named .parquet", ...json("Id,Name\n", {what: "not Parquet", fix: /kind/}, "deals.parquet"));
  refused(
    "Parquet that is damaged",
    ...json("PAR1 and then nothing", {what: "damaged", fix: /again/}, "deals.parquet")
  );
});
