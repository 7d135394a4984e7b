/**
 * Ways in which exports are damaged on their way: each takes a clean table and gives the bytes of a polluted file.
 * Damage that makes another valid export (a letter changed, two texts swapped) is not here: see BLIND_SPOTS.
 */
import {gzipSync} from "node:zlib";
import {FREE_TEXT, pick, type Random, type TextTable, toCsv} from "./crmExport.ts";

/** The polluted bytes, or undefined where this damage does nothing to this table. */
export type Pollute = (table: TextTable, random: Random) => string | Uint8Array | undefined;

const index = (random: Random, n: number) => Math.floor(random() * n);
const lineList = (text: string) => text.split("\n").slice(0, -1);
const joined = (lines: readonly string[]) => `${lines.join("\n")}\n`;
/** The table without line breaks in cells, so that a line is a record. */
const flat = ({header, rows}: TextTable): TextTable => ({
  header,
  rows: rows.map((row) => row.map((cell) => cell.replaceAll("\n", " ")))
});

function cellwise(change: (cell: string, random: Random) => string, columns: readonly string[]): Pollute {
  return (table, random) => {
    const share = pick(random, [1, 0.3, 0]);
    const certain = index(random, table.rows.length);
    let changed = 0;
    const rows = table.rows.map((row, r) =>
      row.map((cell, c) => {
        if (!columns.includes(table.header[c]!) || (r !== certain && random() >= share)) return cell;
        const after = change(cell, random);
        if (after !== cell) changed++;
        return after;
      })
    );
    return changed > 0 ? toCsv({header: table.header, rows}) : undefined;
  };
}

/** Changes the text of one line that is a record. */
function inLine(change: (line: string, random: Random) => string | undefined): Pollute {
  return (table, random) => {
    const lines = lineList(toCsv(flat(table)));
    const at = 1 + index(random, lines.length - 1);
    const after = change(lines[at]!, random);
    return after === undefined || after === lines[at] ? undefined : joined(lines.with(at, after));
  };
}

/** Puts lines somewhere among the records. */
function lineAt(
  place: "top" | "middle" | "bottom",
  make: (table: TextTable, random: Random) => string
): Pollute {
  return (table, random) => {
    const lines = lineList(toCsv(flat(table)));
    const at = place === "top" ? 0 : place === "bottom" ? lines.length : 1 + index(random, lines.length - 1);
    return joined([...lines.slice(0, at), make(table, random), ...lines.slice(at)]);
  };
}

function header(change: (names: string[], random: Random) => string[]): Pollute {
  return (table, random) => toCsv({...table, header: change([...table.header], random)});
}

function wholeText(change: (csv: string, random: Random) => string | Uint8Array | undefined): Pollute {
  return (table, random) => change(toCsv(table), random);
}

/** A place outside quotes. */
function barePlace(line: string, random: Random): number {
  for (let tries = 0; tries < 50; tries++) {
    const at = index(random, line.length);
    if ((line.slice(0, at).split('"').length - 1) % 2 === 0) return at;
  }
  return 0;
}

const DATES = ["CloseDate"];
const TIMES = ["CreatedDate"];
const AMOUNTS = ["Amount"];
const ids = ["Id", "OwnerId"];
const padding = (n: number) => ",".repeat(n - 1);
const serial = (iso: string) => Date.parse(iso) / 864e5 + 25_569;
const parts = (iso: string) => iso.slice(0, 10).split("-").map(Number) as [number, number, number];

/** Damage by kind. Each must be refused, or do no harm. */
export const POLLUTIONS: Record<string, Pollute> = {
  nothing: (table) => toCsv(table),
  "all cells quoted": (table) => toCsv(table, {all: true}),
  CRLF: (table) => toCsv(table, {end: "\r\n"}),
  "byte order mark": (table) => `\ufeff${toCsv(table)}`,
  "columns in another order": (table, random) => {
    const order = table.header.map((_, i) => ({i, key: random()})).sort((a, b) => a.key - b.key);
    const moved = (row: string[]) => order.map(({i}) => row[i]!);
    return toCsv({header: moved(table.header), rows: table.rows.map(moved)});
  },
  "rows in another order": (table, random) =>
    toCsv({
      ...table,
      rows: table.rows
        .map((row) => ({row, key: random()}))
        .sort((a, b) => a.key - b.key)
        .map(({row}) => row)
    }),
  "a further column": (table) =>
    toCsv({header: [...table.header, "New"], rows: table.rows.map((row) => [...row, "x"])}),

  "delimiter: another one": (table, random) => toCsv(table, {delimiter: pick(random, [";", "\t", "|", ":"])}),
  "delimiter: another one in the header": (table) => {
    const lines = toCsv(table).split("\n");
    return lines.with(0, lines[0]!.replaceAll(",", ";")).join("\n");
  },
  "delimiter: another one in a line": inLine((line) => line.replaceAll(",", ";")),
  "delimiter: doubled everywhere": (table) => toCsv(table, {delimiter: "::"}),
  "delimiter: one lost": inLine((line, random) => {
    const at = line.indexOf(",", barePlace(line, random));
    return at < 0 || (line.slice(0, at).split('"').length - 1) % 2 === 1
      ? undefined
      : line.slice(0, at) + line.slice(at + 1);
  }),
  "delimiter: one too many": inLine((line, random) => {
    const at = barePlace(line, random);
    return `${line.slice(0, at)},${line.slice(at)}`;
  }),
  "delimiter: a space after each": (table) => toCsv(table, {delimiter: ", "}),

  "quotes: single ones": (table) => toCsv(table, {quote: "'", all: true}),
  "quotes: none": (table) => joined([table.header, ...table.rows].map((row) => row.join(","))),
  "quotes: escaped with backslashes": wholeText((csv) => csv.replaceAll('""', '\\"')),
  "quotes: no longer doubled": wholeText((csv) => csv.replaceAll('""', '"')),
  "quotes: curly": wholeText((csv) => csv.replace(/"([^"\n]*)"/g, "“$1”")),
  "quotes: one too many": wholeText((csv, random) => {
    const at = index(random, csv.length);
    return `${csv.slice(0, at)}"${csv.slice(at)}`;
  }),
  "quotes: one lost": wholeText((csv, random) => {
    const places = [...csv.matchAll(/"/g)].map((match) => match.index);
    if (places.length === 0) return undefined;
    const at = pick(random, places);
    return csv.slice(0, at) + csv.slice(at + 1);
  }),
  "quotes: a space after one": wholeText((csv) => csv.replace(/",/g, '" ,')),

  "row: a cell too many": inLine((line) => `${line},x`),
  "row: an empty cell too many": inLine((line) => `${line},`),
  "row: a cell too few": inLine((line) => line.slice(0, Math.max(0, line.lastIndexOf(",")))),
  "row: shifted by a cell": inLine((line) => `,${line.slice(0, Math.max(0, line.lastIndexOf(",")))}`),
  "row: joined with the next": (table, random) => {
    const lines = lineList(toCsv(flat(table)));
    const at = 1 + index(random, lines.length - 2);
    return joined([...lines.slice(0, at), lines[at]! + lines[at + 1]!, ...lines.slice(at + 2)]);
  },
  "row: broken in two": inLine((line, random) => {
    const at = barePlace(line, random);
    return `${line.slice(0, at)}\n${line.slice(at)}`;
  }),
  "row: there twice": inLine((line) => `${line}\n${line}`),
  "row: blank line": lineAt("middle", () => ""),
  "row: line of spaces": lineAt("middle", () => "   "),
  "row: only delimiters": lineAt("middle", ({header}) => padding(header.length)),
  "row: only quotes": lineAt("middle", ({header}) => header.map(() => '""').join(",")),
  "row: conflict marker": lineAt("middle", () => "<<<<<<< HEAD"),
  "row: comment": lineAt("middle", () => "# checked by Jo"),

  "header: missing": wholeText((csv) => csv.slice(csv.indexOf("\n") + 1)),
  "header: again in the middle": lineAt("middle", ({header}) => header.join(",")),
  "header: twice": lineAt("top", ({header}) => header.join(",")),
  "header: a name changed": header((names, random) => names.with(index(random, 12), "Custom Field")),
  "header: a name empty": header((names, random) => names.with(index(random, 13), "")),
  "header: a name twice": header((names, random) => {
    const at = index(random, 12);
    return names.with(at, names[(at + 1) % 12]!);
  }),
  "header: upper case": header((names) => names.map((name) => name.toUpperCase())),
  "header: padded": header((names) => names.map((name) => ` ${name} `)),
  "header: in two lines": lineAt("top", ({header}) =>
    header.map((_, i) => (i === 0 ? "Opportunity" : "")).join(",")
  ),
  "header: a name too few": header((names) => names.slice(0, -1)),
  "header: a name too many": header((names) => [...names, "More"]),
  "header: two kinds swapped": (table, random) => swapped(table, random, true),

  "columns: cells of two kinds swapped": (table, random) => swapped(table, random, false),
  "columns: one lost with its name": (table, random) => {
    const at = index(random, 12);
    const without = (row: string[]) => row.toSpliced(at, 1);
    return toCsv({header: without(table.header), rows: table.rows.map(without)});
  },
  "columns: empty ones at the end": (table) =>
    toCsv({header: [...table.header, "", ""], rows: table.rows.map((row) => [...row, "", ""])}),

  "encoding: Latin-1": wholeText((csv) =>
    /[\u0100-\uffff]/.test(csv) ? undefined : Buffer.from(csv, "latin1")
  ),
  "encoding: windows-1252": wholeText((csv) =>
    Buffer.from(
      csv
        .replaceAll("’", "\x92")
        .replaceAll("–", "\x96")
        .replace(/[\u0100-\uffff]/g, ""),
      "latin1"
    )
  ),
  "encoding: UTF-16 with a mark": wholeText((csv) => Buffer.from(`\ufeff${csv}`, "utf16le")),
  "encoding: UTF-16 without": wholeText((csv) => Buffer.from(csv, "utf16le")),
  "encoding: UTF-16, big end first": wholeText((csv) => Buffer.from(`\ufeff${csv}`, "utf16le").swap16()),
  "encoding: twice": wholeText((csv) =>
    /[^\0-\x7f]/.test(csv) ? Buffer.from(Buffer.from(csv).toString("latin1")) : undefined
  ),
  "encoding: letters replaced": wholeText((csv) => csv.replaceAll("ü", "\ufffd")),
  "encoding: a byte lost": wholeText((csv, random) => {
    const bytes = Buffer.from(csv);
    const high = [...bytes.keys()].filter((i) => bytes[i]! >= 0x80);
    if (high.length === 0) return undefined;
    const at = pick(random, high);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  }),

  "line ends: CR": (table) => toCsv(table, {end: "\r"}),
  "line ends: mixed": inLine((line) => `${line}\r`),
  "line ends: none": wholeText((csv) => csv.replaceAll("\n", " ")),
  "control: NUL": wholeText((csv, random) => insert(csv, "\0", random)),
  "control: bell": wholeText((csv, random) => insert(csv, "\x07", random)),
  "control: form feed": wholeText((csv, random) => insert(csv, "\f", random)),

  "footer: total": lineAt("bottom", ({header}) => `Total${padding(header.length)}`),
  "footer: total with sums": lineAt("bottom", ({header}) =>
    ["Grand Total", "", "", "", "", "12345.67", ...header.slice(6).map(() => "")].join(",")
  ),
  "footer: note": lineAt("bottom", () => "Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."),
  "footer: note in the first cell": lineAt(
    "bottom",
    ({header}) => `Exported by Jo on 3 May${padding(header.length)}`
  ),
  "footer: count": lineAt("bottom", () => "83 rows"),
  "footer: blank lines and a note": lineAt("bottom", () => "\n\nConfidential"),
  "title: above the header": lineAt("top", () => "Pipeline report"),
  "title: padded": lineAt("top", ({header}) => `Pipeline report${padding(header.length)}`),
  "title: with a blank line": lineAt("top", () => "Pipeline report\n"),
  "title: several cells": lineAt("top", () => "Report,Pipeline,2024-05-01"),
  "title: sep line": lineAt("top", () => "sep=,"),

  "cut: inside a record": wholeText((csv, random) => {
    const at = 1 + index(random, csv.length - 2);
    return csv[at - 1] === "\n" || csv[at] === "\n" ? undefined : csv.slice(0, at);
  }),
  "cut: the last line end": wholeText((csv) => csv.slice(0, -1)),
  "cut: gzip": wholeText((csv, random) => {
    const packed = gzipSync(csv);
    return packed.subarray(0, 1 + index(random, packed.length - 1));
  }),
  "not text: a zip": wholeText((csv) => Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.from(csv)])),
  "not text: a web page": () => "<!DOCTYPE html>\n<html><title>Sign in</title></html>\n",
  "not text: JSON": (table) => JSON.stringify(table.rows),

  "ids: scientific": cellwise(
    (cell) => (cell === "" ? cell : `${cell[0]}.${cell.slice(1, 3)}E+17`),
    ["Campaign ID"]
  ),
  "ids: 15 digits": cellwise((cell) => (cell === "" ? cell : `${cell.slice(0, 15)}000`), ["Campaign ID"]),
  "ids: decimal": cellwise((cell) => (cell === "" ? cell : `${cell}.0`), ["Campaign ID"]),
  "ids: zeros lost": cellwise((cell) => String(Number(cell)), ["Account Code"]),
  "ids: cut": cellwise((cell) => cell.slice(0, -1), ids),
  "ids: a ' in front": cellwise((cell) => `'${cell}`, ["Account Code"]),
  "lost: #REF!": cellwise(
    (cell, random) => pick(random, ["#REF!", "#N/A", "#VALUE!", "#NAME?", "########", cell]),
    ["Id", "Name", "Amount", "CloseDate", "NextStep"]
  ),
  "lost: NULL": cellwise(
    (cell, random) => (cell === "" ? pick(random, ["NULL", "\\N", "NaN", "null", "(null)"]) : cell),
    ["Amount", "Campaign ID", "Type", "NextStep"]
  ),
  "dates: day numbers": cellwise((cell) => String(serial(cell)), DATES),
  "dates: month first": cellwise((cell) => parts(cell).slice(1).concat(parts(cell)[0]).join("/"), DATES),
  "dates: day first": cellwise((cell) => parts(cell).reverse().join("/"), DATES),
  "dates: two digits": cellwise((cell) => cell.slice(2), DATES),
  "dates: with dots": cellwise((cell) => parts(cell).reverse().join("."), DATES),
  "dates: in words": cellwise((cell) => new Date(cell).toUTCString().slice(5, 16), DATES),
  "dates: zero": cellwise(() => "0000-00-00", DATES),
  "dates: another century": cellwise((cell) => cell.replace(/^20/, "02"), DATES),
  "times: month first": cellwise(
    (cell) => `${parts(cell).slice(1).concat(parts(cell)[0]).join("/")} ${cell.slice(11, 16)}`,
    TIMES
  ),
  "times: day numbers": cellwise((cell) => serial(cell).toFixed(5), TIMES),
  "times: minutes only": cellwise((cell) => cell.slice(14, 19), TIMES),
  "times: seconds since 1970": cellwise((cell) => String(Math.floor(Date.parse(cell) / 1000)), TIMES),
  "amounts: currency sign": cellwise(
    (cell, random) => (cell === "" ? cell : `${pick(random, ["$", "€", "USD "])}${cell}`),
    AMOUNTS
  ),
  "amounts: parentheses": cellwise((cell) => (cell === "" ? cell : `(${cell.replace("-", "")})`), AMOUNTS),
  "amounts: minus behind": cellwise((cell) => (cell.startsWith("-") ? `${cell.slice(1)}-` : cell), AMOUNTS),
  "amounts: decimal comma": cellwise((cell) => cell.replace(".", ","), AMOUNTS),
  "amounts: thousands": cellwise((cell) => cell.replace(/\B(?=(\d{3})+\.)/g, ","), AMOUNTS),
  "amounts: thousands with dots": cellwise(
    (cell) => cell.replace(".", ",").replace(/\B(?=(\d{3})+,)/g, "."),
    AMOUNTS
  ),
  "amounts: scientific": cellwise(
    (cell) => (cell === "" ? cell : Number(cell).toExponential(2).toUpperCase()),
    AMOUNTS
  ),
  "amounts: percent": cellwise((cell) => (cell === "" ? cell : `${cell}%`), AMOUNTS),
  "amounts: floats": cellwise((cell) => (cell === "" ? cell : `${cell}00000004`), AMOUNTS),
  "formulas: a ' in front": cellwise(
    (cell) => (/^[=+@-]/.test(cell) ? `'${cell}` : cell),
    ["Name", "NextStep"]
  )
};

/** Swaps two columns of different kinds: their names, or their cells. */
function swapped(table: TextTable, random: Random, inHeader: boolean): string | undefined {
  const kinds = ["Id", "Account Code", "StageName", "Amount", "CloseDate", "CreatedDate", "Campaign ID"];
  const a = pick(random, kinds);
  const b = pick(
    random,
    [...kinds, ...FREE_TEXT.slice(0, 4)].filter((name) => name !== a)
  );
  const [i, j] = [table.header.indexOf(a), table.header.indexOf(b)];
  const swap = (row: string[]) => row.with(i, row[j]!).with(j, row[i]!);
  return inHeader
    ? toCsv({...table, header: swap(table.header)})
    : toCsv({...table, rows: table.rows.map(swap)});
}

function insert(csv: string, char: string, random: Random): string {
  const at = index(random, csv.length);
  return csv.slice(0, at) + char + csv.slice(at);
}

/**
 * Damage that turns one valid export into another: no reader can see it in the file alone. The bounds on change from
 * the last run see the large ones.
 */
export const BLIND_SPOTS: Record<string, Pollute> = {
  "cut at the end of a record": wholeText((csv, random) => {
    const lines = lineList(csv);
    return joined(lines.slice(0, 2 + index(random, lines.length - 3)));
  }),
  "a letter changed": cellwise((cell) => cell.replace("e", "a"), ["Name"]),
  "letters turned into question marks": cellwise((cell) => cell.replace(/[^\0-\x7f]/g, "?"), ["Name"]),
  "two texts swapped": (table) => {
    const swap = (row: string[]) => row.with(1, row[11]!).with(11, row[1]!);
    return toCsv({...table, rows: table.rows.map(swap)});
  },
  "cents lost": cellwise((cell) => cell.replace(/\.\d\d$/, ""), AMOUNTS)
};
