import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {type LoadOptions, withLoaded} from "./loadFiles.ts";

const ROWS = [
  ["Id", "Name", "Stage", "Amount", "Close"],
  ["D-1", 'Müller, "Söhne" — Łódź', "Prospecting", "1200.50", "2024-03-31"],
  ["D-2", "line one\nline two", "Closed Won", "-3.07", "2024-04-30"]
];
const TRUTH = [
  {deal_id: "D-1", name: 'Müller, "Söhne" — Łódź', amount: "1200.50", close_on: "2024-03-31"},
  {deal_id: "D-2", name: "line one\nline two", amount: "-3.07", close_on: "2024-04-30"}
];

function table(delimiter = ",", end = "\n", rows = ROWS): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return rows.map((row) => row.map(quoted).join(delimiter) + end).join("");
}

function deals(path: string, format = "{}"): string {
  return `
  - path: ${path}
    format: ${format}
    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, stage_id: Stage, amount: Amount, close_on: Close}
`;
}

/** One test: this file loads as the truth. */
function loads(
  title: string,
  path: string,
  content: string | Uint8Array,
  {format = "{}", truth = TRUTH, ...rest}: {format?: string; truth?: object[]} & Partial<LoadOptions> = {}
) {
  test(title, async () => {
    const options = {files: deals(path, format), content: content === "" ? {} : {[path]: content}, ...rest};
    await withLoaded(options, async ({rows, report}) => {
      const found = await rows(
        "select deal_id, name, amount::varchar as amount, close_on::varchar as close_on from source.deal order by source_record"
      );
      expect(found).toEqual(truth);
      expect(report.files[0]!.n_loaded).toBe(truth.length);
    });
  });
}

/** The truth without letters that Latin-1 lacks. */
const latin = (name: string) => [{...TRUTH[0], name}, TRUTH[1]!];
const latinRows = (name: string) => [ROWS[0]!, ROWS[1]!.with(1, name), ROWS[2]!];

loads("UTF-8 with CRLF line ends", "deals.csv", table(",", "\r\n"));
loads("UTF-8 with a byte order mark", "deals.csv", `\ufeff${table()}`);
loads("a .tsv has tabs", "deals.tsv", table("\t"));
loads("a declared delimiter", "deals.csv", table(";"), {format: '{delimiter: ";"}'});
loads("CSV packed with gzip", "deals.csv.gz", gzipSync(table()));
loads("UTF-16, little end first", "deals.csv", Buffer.from(`\ufeff${table()}`, "utf16le"), {
  format: "{encoding: utf-16}"
});
loads("UTF-16, big end first", "deals.csv", Buffer.from(`\ufeff${table()}`, "utf16le").swap16(), {
  format: "{encoding: utf-16}"
});
loads("UTF-16 without a mark, when the order is declared", "deals.csv", Buffer.from(table(), "utf16le"), {
  format: "{encoding: utf-16le}"
});
loads(
  "Latin-1 when declared",
  "deals.csv",
  Buffer.from(table(",", "\n", latinRows("Müller & Söhne")), "latin1"),
  {
    format: "{encoding: latin-1}",
    truth: latin("Müller & Söhne")
  }
);
loads(
  "windows-1252 when declared",
  "deals.csv",
  Buffer.concat([
    Buffer.from("Id,Name,Stage,Amount,Close\nD-1,"),
    Buffer.from([0x93, 0x80, 0x94]),
    Buffer.from(",Prospecting,1200.50,2024-03-31\n")
  ]),
  {format: "{encoding: windows-1252}", truth: [{...TRUTH[0], name: "“€”"}]}
);
loads("declared title and footer lines", "deals.csv", `Report\nof May\n${table()}Total\n2 rows\n`, {
  format: "{skip_lines: 2, footer_lines: 2}"
});
loads("a declared open last line", "deals.csv", table().slice(0, -1), {format: "{last_line: open}"});
loads("an open last line after CRLF lines", "deals.csv", table(",", "\r\n").slice(0, -2), {
  format: "{last_line: open}"
});
loads(
  "declared empty columns without a name",
  "deals.csv",
  table()
    .replace(/"Close"\n/, '"Close",\n')
    .replaceAll(/"(2024-..-..)"\n/g, '"$1",\n'),
  {
    format: "{unnamed_columns: empty}"
  }
);
loads(
  "declared damage is kept as it came",
  "deals.csv",
  "Id,Name,Stage,Amount,Close\nD-1,M\ufffdller\x0b MÃ¼ller,Prospecting,1200.50,2024-03-31\n",
  {
    format: "{damaged_text: keep}",
    truth: [{...TRUTH[0], name: "M\ufffdller\x0b MÃ¼ller"}]
  }
);
loads(
  "declared number and date forms",
  "deals.csv",
  'Id,Name,Stage,Amount,Close\nD-1,a,Prospecting,"€ 1.200,50",31.03.2024\nD-2,b,Prospecting,"(3,07 €)",30.04.2024\n',
  {
    format: '{decimal: ",", thousands: ".", currency_sign: "€", negative: parentheses, date: "%d.%m.%Y"}',
    truth: [
      {...TRUTH[0], name: "a"},
      {...TRUTH[1], name: "b"}
    ]
  }
);
loads(
  "a declared trailing minus",
  "deals.csv",
  "Id,Name,Stage,Amount,Close\nD-2,b,Prospecting,3.07-,2024-04-30\n",
  {
    format: "{negative: trailing_minus}",
    truth: [{...TRUTH[1], name: "b"}]
  }
);
loads(
  "a ' that guards against formulas is undone, other apostrophes stay",
  "deals.csv",
  "Id,Name,Stage,Amount,Close\n'001,'=HYPERLINK(x),Prospecting,1200.50,2024-03-31\nD-2,'t Hooft,Prospecting,-3.07,2024-04-30\n",
  {
    truth: [
      {...TRUTH[0], deal_id: "001", name: "=HYPERLINK(x)"},
      {...TRUTH[1], name: "'t Hooft"}
    ]
  }
);

const objects = ROWS.slice(1).map((row) =>
  Object.fromEntries(row.map((cell, index) => [ROWS[0]![index]!, cell]))
);
const bare = (text: string) => text.replaceAll(/"(-?\d+\.\d\d)"/g, "$1");
loads("a JSON list", "deals.json", bare(JSON.stringify(objects, null, 2)));
loads("a JSON list packed with gzip", "deals.json.gz", gzipSync(bare(JSON.stringify(objects))));
loads(
  "one JSON object a line",
  "deals.ndjson",
  `${objects.map((each) => bare(JSON.stringify(each))).join("\n")}\n`
);
loads(
  "JSON numbers keep every digit, nested fields are flattened",
  "deals.json",
  '[{"Id": 12345678901234567890, "Name": null, "Stage": "Prospecting", "Amount": 1234567890123456.10, "Close": "2024-03-31", "more": {"Tags": ["a", 1.50]}}]',
  {
    truth: [
      {deal_id: "12345678901234567890", name: null, amount: "1234567890123456.10", close_on: "2024-03-31"}
    ]
  }
);
loads("Parquet", "deals.parquet", "", {
  prepare: (engine, dir) =>
    engine.run(`copy (select * from (values
      ('D-1', 'Müller, "Söhne" — Łódź', 'Prospecting', 1200.50::decimal(18, 2), date '2024-03-31'),
      ('D-2', e'line one\\nline two', 'Closed Won', -3.07, date '2024-04-30')
    ) as t(Id, Name, Stage, Amount, Close)) to '${dir}/deals.parquet' (format parquet)`)
});

test("an accepted change and a change within bounds load", async () => {
  const csv = `Id,Name,Stage,Amount,Close\n${Array.from({length: 120}, (_, index) => `D-${index},x,Prospecting,1,2024-01-01\n`).join("")}`;
  const before = {
    file: "deals.csv",
    path: "",
    sha256: "",
    tables: "deal",
    n_records: 1000,
    n_loaded: 1000,
    n_rejected: 0,
    is_reused: false,
    n_header: 1,
    totals: {"deal.amount": "130.00"}
  };
  const options = {files: deals("deals.csv"), content: {"deals.csv": csv}};
  const loaded = async ({report}: {report: {files: {n_loaded: number}[]}}) => report.files[0]!.n_loaded;
  expect(await withLoaded({...options, previous: [before], accept: ["deals.csv"]}, loaded)).toBe(120);
  expect(await withLoaded({...options, previous: [{...before, n_loaded: 130}]}, loaded)).toBe(120);
});

test("rejects within the limit are kept apart, and the reconciliation adds up", async () => {
  const csv = "Id,Name,Stage,Amount,Close\nD-1,a,Prospecting,1,2024-01-01\nD-2,b,Prospecting,x,03/04/2024\n";
  const files = deals("deals.csv").replace("    maps:", "    reject_limit: 1\n    maps:");
  await withLoaded({files, content: {"deals.csv": csv}}, async ({report, rows}) => {
    expect(report.files[0]).toMatchObject({n_header: 1, n_records: 2, n_loaded: 1, n_rejected: 1});
    expect(report.rejects.map(({line, column, value}) => [line, column, value])).toEqual([
      [3, "Amount", "x"],
      [3, "Close", "03/04/2024"]
    ]);
    expect(await rows("select deal_id from source.deal")).toEqual([{deal_id: "D-1"}]);
  });
});
