/** The only reader of CSV, and the only caller of read_csv: scanned strictly first, then every cell as text. */
import {identifier, literal} from "../engine/sqlText.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {BadFile} from "./badFile.ts";
import {type CsvScan, scanCsv} from "./scanCsv.ts";
import {delimiterOf, type TextSource} from "./textSource.ts";
import {needsCopy, utf8Copy} from "./utf8Copy.ts";

/** DuckDB's default; more makes its buffers larger and reading slower. */
const MIN_LINE_SIZE = 2_000_000;

/** @param copy where a UTF-8 copy may be put if one is needed. @throws {BadFile} when it is not well-formed. */
export async function readCsv(path: string, format: FileFormat, copy: string): Promise<TextSource> {
  const delimiter = delimiterOf(path, format);
  const limits = format.max_megabytes ? {maxBytes: format.max_megabytes * 1e6} : {};
  const isCopied = needsCopy(format);
  if (isCopied) await utf8Copy(path, format, copy, limits);
  const text = isCopied ? copy : path;
  const result = await scanCsv(text, {
    ...limits,
    delimiter,
    lastLine: format.last_line,
    damaged: format.damaged_text
  });
  const skipped = format.skip_lines ?? 0;
  if (!result.ok) {
    const {line, ...problem} = result.problem;
    throw new BadFile({...problem, ...(line === undefined ? {} : {line: line + skipped})});
  }
  const {scan} = result;
  return {
    sql: readCsvCall(text, scan, delimiter),
    header: scan.header,
    nHeader: 1,
    nRecords: scan.nRecords,
    traits: scan.traits,
    isSequential: scan.hasLineBreaks,
    lineOf: (record) => scan.lineOf(record) + skipped
  };
}

/**
 * Split between threads, a file is cut at guessed places; text inside a field that looks like records misleads the
 * guess. So files with line breaks inside fields are read by one thread.
 */
function readCsvCall(path: string, scan: CsvScan, delimiter: string): string {
  const columns = scan.header.map((_, index) => `${identifier(`h${index}`)}: 'VARCHAR'`).join(", ");
  return `read_csv(${literal(path)}, auto_detect = false, header = true, columns = {${columns}},
      delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', strict_mode = true,
      null_padding = false, max_line_size = ${Math.max(MIN_LINE_SIZE, 2 * scan.longest)}${scan.hasLineBreaks ? ", parallel = false" : ""})`;
}
