/**
 * The strict look at a CSV before anything reads it: RFC 4180, byte by byte. A file passes when every record has as
 * many fields as the header, quotes stand only where they may, and the bytes are valid UTF-8 without NUL.
 */
import {isUtf8} from "node:buffer";
import {createReadStream} from "node:fs";
import type {Readable} from "node:stream";
import {createGunzip} from "node:zlib";
import type {Problem} from "../weirError.ts";

export interface CsvScan {
  header: string[];
  /** Records after the header. */
  nRecords: number;
  /** Uncompressed bytes. */
  nBytes: number;
  /** For a record number (1 = first after the header), the line of the file it starts on. */
  lineOf(record: number): number;
}

export interface ScanOptions {
  delimiter?: string;
  /** Uncompressed bytes at which the file is refused. */
  maxBytes?: number;
}

/** A scan, or the first thing wrong with the file (no `file` set: the caller knows its name). */
export type ScanResult = {ok: true; scan: CsvScan} | {ok: false; problem: Problem};

export const MAX_BYTES = 64 * 2 ** 30;

const NUL = 0;
const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Where the scanner stands in a record. */
enum State {
  FieldStart,
  Unquoted,
  Quoted,
  QuoteInQuoted,
  AfterCr
}

/** Scans one file, gunzipping it when its name ends in .gz. Reads it as a stream: memory does not grow with it. */
export async function scanCsv(
  path: string,
  {delimiter = ",", maxBytes = MAX_BYTES}: ScanOptions = {}
): Promise<ScanResult> {
  const scanner = new Scanner(delimiter.charCodeAt(0));
  let nBytes = 0;
  for await (const chunk of bytesOf(path)) {
    nBytes += chunk.length;
    if (nBytes > maxBytes) return {ok: false, problem: tooLarge(maxBytes)};
    scanner.feed(chunk);
    if (scanner.problem) return {ok: false, problem: scanner.problem};
  }
  return scanner.finish(nBytes);
}

function bytesOf(path: string): Readable {
  const raw = createReadStream(path, {highWaterMark: 1 << 20});
  if (!path.endsWith(".gz")) return raw;
  const unzipped = createGunzip();
  raw.on("error", (error) => unzipped.destroy(error));
  return raw.pipe(unzipped);
}

function tooLarge(maxBytes: number): Problem {
  return {
    what: "the file is too large",
    expected: `at most ${maxBytes} bytes uncompressed`,
    fix: "split the export"
  };
}

class Scanner {
  problem: Problem | undefined;
  #delimiter: number;
  #state = State.FieldStart as State;
  #line = 1;
  #recordLine = 1;
  #fields = 1;
  #expected = 0;
  #records = -1;
  #isEmptyRecord = true;
  #blankLine = 0;
  #headerBytes: number[] = [];
  /** Records that span lines: record number and the extra lines up to and including it. */
  #multiline: {record: number; extra: number}[] = [];
  #extra = 0;
  #started = false;
  #tail: Uint8Array = new Uint8Array();

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  feed(chunk: Uint8Array): void {
    let from = 0;
    if (!this.#started) {
      this.#started = true;
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) from = 3;
      if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
        return this.#fail("the file is UTF-16", {
          expected: "UTF-8",
          fix: "declare format: {encoding: utf-16} in workspace.yaml"
        });
    }
    if (!this.#checkUtf8(chunk)) return;
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === NUL)
        return this.#fail("a NUL byte", {expected: "text", fix: "export again; the file is damaged"});
      if (this.#records < 0) this.#headerBytes.push(byte);
      this.#step(byte);
      if (this.problem) return;
    }
  }

  finish(nBytes: number): ScanResult {
    if (!this.problem && this.#state === State.Quoted)
      this.#fail("a quoted field is never closed", {
        expected: 'a closing "',
        fix: "export again; the file ends too early"
      });
    if (!this.problem && this.#tail.length > 0) this.#badEncoding();
    if (!this.problem && !this.#isEmptyRecord) this.#endRecord();
    if (!this.problem && this.#records < 0)
      this.#fail("the file is empty", {expected: "a header line and records", fix: "export again"});
    if (this.problem) return {ok: false, problem: this.problem};
    const multiline = this.#multiline;
    return {
      ok: true,
      scan: {
        header: splitHeader(
          Buffer.from(this.#headerBytes).toString("utf8"),
          String.fromCharCode(this.#delimiter)
        ),
        nRecords: this.#records,
        nBytes,
        lineOf: (record) => record + 1 + extraLinesBefore(multiline, record)
      }
    };
  }

  #step(byte: number): void {
    switch (this.#state) {
      case State.AfterCr:
        this.#state = State.FieldStart;
        if (byte === LF) return;
        break;
      case State.Quoted:
        if (byte === QUOTE) this.#state = State.QuoteInQuoted;
        else if (byte === LF) {
          this.#line++;
          this.#extra++;
        }
        return;
      case State.QuoteInQuoted:
        if (byte === QUOTE) {
          this.#state = State.Quoted;
          return;
        }
        if (byte !== this.#delimiter && byte !== LF && byte !== CR)
          return this.#fail("a quote inside a quoted field is not doubled", {
            expected: 'a quote in a quoted field written twice: ""',
            fix: "export again with standard CSV quoting"
          });
        break;
    }
    if (byte === this.#delimiter) {
      this.#fields++;
      this.#isEmptyRecord = false;
      this.#state = State.FieldStart;
    } else if (byte === LF || byte === CR) {
      this.#endLine(byte);
    } else if (byte === QUOTE) {
      if (this.#state === State.Unquoted)
        return this.#fail("a quote in the middle of a field", {
          expected: 'a field with quotes to be quoted as a whole: "5"" pipe"',
          fix: "export again with standard CSV quoting"
        });
      this.#isEmptyRecord = false;
      this.#state = State.Quoted;
    } else {
      this.#isEmptyRecord = false;
      this.#state = State.Unquoted;
    }
  }

  #endLine(byte: number): void {
    if (this.#isEmptyRecord) this.#blankLine ||= this.#line;
    else this.#endRecord();
    this.#line++;
    this.#recordLine = this.#line;
    this.#state = byte === CR ? State.AfterCr : State.FieldStart;
  }

  #endRecord(): void {
    // A blank line may end a file; between records it shifts line numbers and hides damage.
    if (this.#blankLine)
      return this.#fail(
        "a blank line between records",
        {expected: "one record a line", fix: "remove it"},
        this.#blankLine
      );
    if (this.#records < 0) this.#expected = this.#fields;
    else if (this.#fields !== this.#expected)
      return this.#fail(
        `the record has ${this.#fields} fields`,
        {
          expected: `${this.#expected} fields, as in the header`,
          fix: "look for a stray delimiter, a missing quote or a line added by hand (totals, notes)"
        },
        this.#recordLine
      );
    this.#records++;
    if (this.#extra > (this.#multiline.at(-1)?.extra ?? 0))
      this.#multiline.push({record: this.#records, extra: this.#extra});
    this.#fields = 1;
    this.#isEmptyRecord = true;
  }

  /** Whole characters only: a character cut by the end of a chunk waits for the next one. */
  #checkUtf8(chunk: Uint8Array): boolean {
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    let end = bytes.length;
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back]!;
      if (byte < 0x80) break;
      if (byte >= 0xc0) {
        const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        if (length > back) end = bytes.length - back;
        break;
      }
    }
    this.#tail = bytes.slice(end);
    if (isUtf8(bytes.subarray(0, end))) return true;
    this.#badEncoding(bytes.subarray(0, end));
    return false;
  }

  #badEncoding(bytes: Uint8Array = new Uint8Array()): void {
    let line = this.#line;
    let from = 0;
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] !== LF) continue;
      if (!isUtf8(bytes.subarray(from, i))) break;
      from = i + 1;
      line++;
    }
    this.#fail(
      "the text is not UTF-8",
      {expected: "UTF-8", fix: "export as UTF-8, or declare format: {encoding: latin-1} in workspace.yaml"},
      line
    );
  }

  #fail(what: string, rest: Omit<Problem, "what">, line = this.#line): void {
    this.problem ??= {what, line, ...rest};
  }
}

/** The header line is checked by the scanner already, so this only undoes its quoting. */
function splitHeader(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  const text = line.replace(/[\r\n]+$/, "");
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '"') {
      if (quoted && text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = !quoted;
    } else if (char === delimiter && !quoted) {
      fields.push(field.trim());
      field = "";
    } else field += char;
  }
  return [...fields, field.trim()];
}

/** Extra lines taken by records before this one (binary search over the records that span lines). */
function extraLinesBefore(multiline: readonly {record: number; extra: number}[], record: number): number {
  let low = 0;
  let high = multiline.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (multiline[middle]!.record < record) low = middle + 1;
    else high = middle;
  }
  return multiline[low - 1]?.extra ?? 0;
}
