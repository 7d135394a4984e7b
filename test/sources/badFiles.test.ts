/** Crafted failures, one test each: what a person is told, and the exit code of the process. */
import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {EXIT, type ExitCode, formatError} from "../../loaders/weirError.ts";
import {type LoadOptions, refusal} from "./loadFiles.ts";

const HEADER = "Id,Name,Stage,Amount,Close";
const GOOD = [HEADER, "D-1,Acme,Prospecting,100.00,2024-03-31", "D-2,Globex,Closed Won,250.50,2024-04-30"];

/** The files part of workspace.yaml for deals.csv, with a format. */
function deals(format = "{}", {path = "deals.csv", more = ""} = {}): string {
  return `
  - path: ${path}
    format: ${format}
${more}    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, stage_id: Stage, amount: Amount, close_on: Close}
`;
}

function lines(...rows: string[]): string {
  return `${rows.join("\n")}\n`;
}

interface Told {
  what: string | RegExp;
  line?: number;
  field?: string;
  value?: string | RegExp;
  expected?: string | RegExp;
  fix: string | RegExp;
  exitCode?: ExitCode;
}

/** One test: this content, read so, is refused with these words. */
function refused(
  title: string,
  content: string | Uint8Array,
  told: Told,
  options: Partial<LoadOptions> = {}
) {
  test(title, async () => {
    const error = await refusal({files: deals(), content: {"deals.csv": content}, ...options});
    const problem = error.problems[0]!;
    const text = formatError(error);
    expect(error.exitCode, text).toBe(told.exitCode ?? EXIT.data);
    expect(problem.what, text).toMatch(told.what);
    expect(problem.fix, text).toMatch(told.fix);
    expect(problem.file, text).toMatch(/deals/);
    if (told.line !== undefined) expect(problem.line, text).toBe(told.line);
    if (told.field !== undefined) expect(problem.field, text).toBe(told.field);
    if (told.value !== undefined) expect(problem.value, text).toMatch(told.value);
    if (told.expected !== undefined) expect(problem.expected, text).toMatch(told.expected);
    expect(problem.expected, text).toBeTruthy();
  });
}

/** One bad cell in the second record, which stands on line 3. */
function badCell(title: string, column: number, cell: string, told: Partial<Told> & {fix: Told["fix"]}) {
  const cells = GOOD[2]!.split(",");
  cells[column] = cell;
  const quoted = cells.map((each) => (/[",\n]/.test(each) ? `"${each}"` : each));
  refused(title, lines(HEADER, GOOD[1]!, quoted.join(",")), {
    what: /cannot be read|cannot be empty|missing/,
    line: 3,
    field: HEADER.split(",")[column]!,
    value: cell,
    ...told
  });
}

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

describe("cells", () => {
  badCell("a date with two readings names both", 4, "03/04/2024", {
    what: "two readings: 3 April 2024 (%d/%m/%Y) or 4 March 2024 (%m/%d/%Y)",
    expected: /YYYY-MM-DD/,
    fix: 'declare format: {date: "%d/%m/%Y"} or {date: "%m/%d/%Y"}'
  });
  badCell("a date with one reading names its format", 4, "31.03.2024", {
    fix: 'declare format: {date: "%d.%m.%Y"}'
  });
  badCell("a spreadsheet's day number", 4, "45123", {
    what: /day number, perhaps 2023-07-16/,
    fix: /spreadsheet/
  });
  badCell("a day that does not exist", 4, "2024-02-30", {what: /no such day/, fix: /mend it/});
  badCell("a date before there were CRMs", 4, "1900-01-00", {what: /no such day/, fix: /mend it/});
  badCell("a year with a slip of the keyboard", 4, "2204-03-31", {
    what: /implausible/,
    expected: /1970-01-02 to 2069-12-31/,
    fix: /latest/
  });
  badCell("a time where a date should be", 4, "2024-03-31 10:00:00", {
    what: /a time where a date/,
    fix: /%H:%M:%S/
  });
  badCell("an id that a spreadsheet rounded", 0, "1.23E+15", {what: /rounded number/, fix: /spreadsheet/});
  badCell("an id that became a decimal number", 0, "1234567.0", {what: /decimal number/, fix: /as text/});
  badCell("an id cut to 15 digits", 0, "123456789012345000", {what: /15 digits/, fix: /spreadsheet/});
  badCell("a lost reference", 0, "#REF!", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a lookup that failed, in a text", 1, "#N/A", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a column too narrow for its number", 3, "########", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a currency sign", 3, "$250.50", {what: /currency sign/, fix: 'currency_sign: "$"'});
  badCell("a number in parentheses", 3, "(250.50)", {what: /parentheses/, fix: /negative: parentheses/});
  badCell("a minus behind the number", 3, "250.50-", {what: /minus after/, fix: /trailing_minus/});
  badCell("a decimal comma", 3, "250,50", {fix: 'declare format: {decimal: ","}'});
  badCell("a comma with two readings", 3, "1,234", {
    what: /two readings: 1234 .* or 1.234/,
    fix: /thousands: ","} or {decimal: ","}/
  });
  badCell("a tenth of a cent", 3, "250.505", {what: /more than two decimals/, fix: /round: true/});
  badCell("a word for no value", 3, "N/A", {what: /no value/, fix: 'empty: ["N/A"]'});
  badCell("a stage nobody declared, with the nearest one", 2, "Closed Wan", {
    what: /no such stage/,
    expected: /Closed Won/,
    fix: /"Closed Won"/
  });
  badCell("a deal without an id", 0, "", {
    what: /missing/,
    expected: /deal.deal_id cannot be empty/,
    fix: /rows_with/
  });
});

describe("ids and keys", () => {
  refused(
    "ids of which some lost their zeros",
    lines(HEADER, "00012,Acme,Prospecting,1,2024-01-01", "13,Acme,Prospecting,1,2024-01-01"),
    {
      what: "lost its leading zeros",
      line: 3,
      field: "Id",
      value: "13",
      expected: /5 digits/,
      fix: /length: \[...\]/
    }
  );
  refused(
    "an id of another length than declared",
    lines(HEADER, "12,Acme,Prospecting,1,2024-01-01"),
    {
      what: /dropped its zeros/,
      line: 2,
      value: "12",
      expected: /5 characters/,
      fix: /spreadsheet/
    },
    {
      files: deals().replace("deal_id: Id", "deal_id: {column: Id, length: 5}")
    }
  );
  refused("a deal that occurs twice", lines(...GOOD, GOOD[1]!.replace("Acme", "Acme again")), {
    what: "occurs twice; the first is at deals.csv:2",
    line: 4,
    value: "D-1",
    fix: /remove one/
  });
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
