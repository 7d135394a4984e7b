/**
 * The strict look at a CSV before anything reads it: is it text at all, in UTF-8, and RFC 4180 throughout? Reads the
 * file once, as a stream; memory does not grow with it.
 */
import {isAscii, isUtf8} from "node:buffer";
import type {Problem} from "../weirError.ts";
import {BadFile} from "./badFile.ts";
import {CsvScanner} from "./csvScanner.ts";
import {damagedText} from "./damagedText.ts";
import {badRecord, otherDelimiter, wrongDelimiter} from "./explainRecord.ts";
import {type ByteLimits, openBytes} from "./openBytes.ts";
import {sniffContent} from "./sniffContent.ts";
import {splitHeader} from "./splitHeader.ts";
import type {TextTraits} from "./textTraits.ts";

export interface CsvScan {
  header: string[];
  /** Records after the header. */
  nRecords: number;
  /** Unpacked bytes. */
  nBytes: number;
  /** By column. */
  traits: TextTraits[];
  /** Bytes of the longest record. */
  longest: number;
  /** True when some field holds a line break. */
  hasLineBreaks: boolean;
  /** For a record number (1 = first after the header), the line of the file it starts on. */
  lineOf(record: number): number;
}

export interface ScanOptions extends ByteLimits {
  delimiter?: string;
  /** The last line may lack its line end. */
  lastLine?: "open" | "closed" | undefined;
  /** Text that was damaged before it came here (control and replacement characters) is let through. */
  damaged?: "keep" | "refuse" | undefined;
}

/** A scan, or the first thing wrong with the file (no `file` set: the caller knows its name). */
export type ScanResult = {ok: true; scan: CsvScan} | {ok: false; problem: Problem};

/** Longer than any text a CRM holds; DuckDB is allowed twice as much. */
export const MAX_RECORD_BYTES = 16 * 2 ** 20;

const CHUNK = 1 << 20;
const LF = 10;
const CR = 13;

/** Scans one file, gunzipping it when its name ends in .gz. */
export async function scanCsv(path: string, options: ScanOptions = {}): Promise<ScanResult> {
  try {
    return {ok: true, scan: await scanFile(path, options)};
  } catch (error) {
    if (error instanceof BadFile) return {ok: false, problem: error.problems[0]!};
    throw error;
  }
}

async function scanFile(
  path: string,
  {delimiter = ",", lastLine, damaged, ...limits}: ScanOptions
): Promise<CsvScan> {
  const keepsDamage = damaged === "keep";
  const scanner = new CsvScanner({delimiter, keepsDamage});
  const reader = await openBytes(path, limits);
  let buffer = Buffer.allocUnsafeSlow(2 * CHUNK);
  let held = 0;
  let nBytes = 0;
  try {
    for (;;) {
      if (held > buffer.length - CHUNK) {
        if (held > MAX_RECORD_BYTES) throw badRecord.tooLong(scanner.line, MAX_RECORD_BYTES);
        buffer = Buffer.concat([buffer.subarray(0, held)], buffer.length * 2);
      }
      // Room stays for a line end and the scanner's sentinel.
      let n = await reader.read(buffer.subarray(0, buffer.length - 4), held);
      if (n === 0) break;
      if (nBytes === 0) n -= checkStart(buffer, n);
      nBytes += n;
      const end = held + n;
      const used = scanWhole(scanner, buffer, end, keepsDamage);
      buffer.copyWithin(0, used, end);
      held = end - used;
    }
    if (held > 0) scanOpenEnd(scanner, buffer, held, keepsDamage, lastLine === "open");
  } finally {
    await reader.close();
  }
  if (scanner.header.length === 0)
    throw new BadFile({
      what: "the file is empty",
      expected: "a header line and records",
      fix: "export again; a report with no rows often comes out like this"
    });
  checkWhole(scanner, delimiter);
  return {
    header: scanner.header,
    nRecords: scanner.nRecords,
    nBytes,
    traits: scanner.traits,
    longest: scanner.longest,
    hasLineBreaks: scanner.hasSpanningRecords,
    lineOf: (record) => scanner.lineOf(record)
  };
}

/** Checks the first bytes, takes a byte order mark away and says how long it was. */
function checkStart(buffer: Buffer, n: number): number {
  const head = buffer.subarray(0, n);
  const problem = sniffContent(head, "CSV") ?? utf16(head);
  if (problem) throw new BadFile(problem);
  if (head[0] !== 0xef || head[1] !== 0xbb || head[2] !== 0xbf) return 0;
  buffer.copyWithin(0, 3, n);
  return 3;
}

function utf16(head: Buffer): Problem | undefined {
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  const sample = head.subarray(0, 64);
  const odd = sample.filter((byte, index) => byte === 0 && index % 2 === 1).length;
  const even = sample.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const isMarked = mark === 0xfffe || mark === 0xfeff;
  if (!isMarked && Math.max(odd, even) < sample.length / 4) return undefined;
  return {
    what: "the file is UTF-16",
    line: 1,
    expected: "UTF-8",
    fix: `declare format: {encoding: ${isMarked ? "utf-16" : odd > even ? "utf-16le" : "utf-16be"}} in workspace.yaml`
  };
}

/** Scans the whole records of buffer[0, end), checks that they are text, and returns where they end. */
function scanWhole(scanner: CsvScanner, buffer: Buffer, end: number, keepsDamage: boolean): number {
  const firstLine = scanner.line;
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, end + 2);
  const used = scanner.scan(bytes, end);
  const whole = buffer.subarray(0, used);
  if (isAscii(whole)) return used;
  if (!isUtf8(whole)) throw notUtf8(whole, firstLine);
  const problem = keepsDamage ? undefined : damagedText(whole, firstLine);
  if (problem) throw new BadFile(problem);
  return used;
}

/** The last line has no line end: gives it one, so that faults inside it are told first. */
function scanOpenEnd(
  scanner: CsvScanner,
  buffer: Buffer,
  held: number,
  keepsDamage: boolean,
  isAllowed: boolean
): void {
  const {line} = scanner;
  if (scanner.isCrlf && buffer[held - 1] !== CR) buffer[held++] = CR;
  const value = buffer.toString("utf8", 0, Math.min(held, 200)).trimEnd();
  buffer[held++] = LF;
  if (scanWhole(scanner, buffer, held, keepsDamage) < held) throw badRecord.neverClosed(line);
  if (!isAllowed) throw badRecord.openEnd(line, value);
}

function notUtf8(bytes: Buffer, firstLine: number): BadFile {
  let line = firstLine;
  let from = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
    if (!isUtf8(bytes.subarray(from, end))) break;
    from = end + 1;
    line++;
  }
  const end = bytes.indexOf(LF, from);
  return new BadFile({
    what: "the text is not UTF-8",
    line,
    value: bytes.toString("latin1", from, end < 0 ? bytes.length : end),
    expected: "UTF-8",
    fix: "export as UTF-8, or declare format: {encoding: windows-1252} (or latin-1) in workspace.yaml"
  });
}

function checkWhole({header, last, nRecords, lineOf}: CsvScanner, delimiter: string): void {
  const other = header.length === 1 ? otherDelimiter(header[0]!, delimiter) : undefined;
  if (other) throw wrongDelimiter(header, delimiter, other);
  if (nRecords > 0 && isTotal(splitHeader(last, delimiter))) throw badRecord.total(lineOf(nRecords), last);
}

const TOTAL =
  /^\W*((grand|sub)[ -]?)?totals?\b|^sum\b|^(copyright|confidential|generated|exported|end of)\b/i;

/** A total or a note: words of that kind in the first filled cell and hardly any other cell filled. */
function isTotal(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (cells.length < 3 || filled.length === 0 || filled.length > cells.length / 2) return false;
  return TOTAL.test(filled[0]!) || (filled.length === 1 && /\s\S+\s/.test(filled[0]!));
}
