/** Cuts a JSON file into its records, as text with the line each starts on: an array of objects, or one object a line. */
import {isUtf8} from "node:buffer";
import type {Problem} from "../weirError.ts";
import {BadFile} from "./badFile.ts";
import {type ByteLimits, openBytes} from "./openBytes.ts";
import {sniffContent} from "./sniffContent.ts";

export interface JsonRecord {
  text: string;
  line: number;
}

const CHUNK = 1 << 20;
const MAX_RECORD_BYTES = 16 * 2 ** 20;
const [LF, SPACE, QUOTE, COMMA] = [10, 32, 34, 44];
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [91, 92, 93, 123, 125];

/** Yields the records of each piece of the file. @throws {BadFile} when the file is not made so. */
export async function* jsonRecords(
  path: string,
  kind: "json" | "ndjson",
  limits: ByteLimits
): AsyncGenerator<JsonRecord[]> {
  const reader = await openBytes(path, limits);
  const cutter = kind === "json" ? new ListCutter() : new LineCutter();
  let buffer = Buffer.allocUnsafe(2 * CHUNK);
  let held = 0;
  let isFirst = true;
  try {
    for (;;) {
      if (held > buffer.length - CHUNK) {
        if (held > MAX_RECORD_BYTES) throw tooLong(cutter.line);
        buffer = Buffer.concat([buffer.subarray(0, held)], buffer.length * 2);
      }
      const n = await reader.read(buffer.subarray(0, buffer.length - 1), held);
      if (n === 0) break;
      const end = held + n;
      let from = 0;
      if (isFirst) from = start(buffer.subarray(0, end));
      isFirst = false;
      const records: JsonRecord[] = [];
      const used = cutter.cut(buffer, from, end, records);
      yield records;
      buffer.copyWithin(0, used, end);
      held = end - used;
    }
    const records: JsonRecord[] = [];
    cutter.finish(buffer, held, records);
    yield records;
  } finally {
    await reader.close();
  }
}

/** Skips a byte order mark. */
function start(head: Buffer): number {
  const problem = sniffContent(head, "JSON");
  if (problem) throw new BadFile(problem);
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

/** One object a line. */
class LineCutter {
  line = 1;
  #blank = 0;

  cut(bytes: Buffer, from: number, end: number, records: JsonRecord[]): number {
    let at = from;
    for (let next = bytes.indexOf(LF, at); next >= 0 && next < end; next = bytes.indexOf(LF, at)) {
      this.#take(bytes, at, next, records);
      at = next + 1;
    }
    return at;
  }

  finish(bytes: Buffer, held: number, records: JsonRecord[]): void {
    this.#take(bytes, 0, held, records);
  }

  #take(bytes: Buffer, from: number, end: number, records: JsonRecord[]): void {
    const text = decoded(bytes, from, end, this.line).trim();
    if (text === "") this.#blank ||= this.line;
    else {
      if (this.#blank)
        throw new BadFile({
          what: "a blank line between records",
          line: this.#blank,
          expected: "one object a line",
          fix: "remove it"
        });
      if (!text.startsWith("{"))
        throw new BadFile(
          text.startsWith("[") && this.line === 1
            ? {
                what: "the file is one JSON list",
                line: 1,
                expected: "one object a line",
                fix: "name it .json, or declare format: {kind: json}"
              }
            : {
                what: "the line is not an object",
                line: this.line,
                value: text,
                expected: '{"name": value, ...}',
                fix: "export again"
              }
        );
      records.push({text, line: this.line});
    }
    this.line++;
  }
}

/** An array of objects. */
class ListCutter {
  line = 1;
  #at: "before" | "record or end" | "record" | "comma or end" | "after" = "before";

  cut(bytes: Buffer, from: number, end: number, records: JsonRecord[]): number {
    let i = from;
    while (i < end) {
      const byte = bytes[i]!;
      if (byte === LF) this.line++;
      if (byte <= SPACE) i++;
      else if (byte === OPEN && (this.#at === "record" || this.#at === "record or end")) {
        const close = objectEnd(bytes, i, end);
        if (close < 0) return i;
        const text = decoded(bytes, i, close, this.line);
        records.push({text, line: this.line});
        for (let at = bytes.indexOf(LF, i); at >= 0 && at < close; at = bytes.indexOf(LF, at + 1))
          this.line++;
        this.#at = "comma or end";
        i = close;
      } else {
        this.#step(byte, bytes, i, end);
        i++;
      }
    }
    return i;
  }

  finish(_bytes: Buffer, held: number): void {
    if (this.#at !== "after" || held > 0)
      throw new BadFile({
        what: this.#at === "before" ? "the file is empty" : "the JSON list is never closed",
        line: this.line,
        expected: "a list of objects: [{...}, {...}]",
        fix: "export again; the file is empty or ends too early"
      });
  }

  #step(byte: number, bytes: Buffer, at: number, end: number): void {
    const state = this.#at;
    if (state === "before" && byte === OPEN_LIST) this.#at = "record or end";
    else if (state === "comma or end" && byte === COMMA) this.#at = "record";
    else if ((state === "comma or end" || state === "record or end") && byte === CLOSE_LIST)
      this.#at = "after";
    else throw new BadFile(this.#unexpected(bytes, at, end));
  }

  #unexpected(bytes: Buffer, at: number, end: number): Omit<Problem, "file"> {
    const value = bytes.toString("utf8", at, Math.min(end, at + 80));
    const isLines = this.#at === "before" && value.startsWith("{");
    return {
      what: isLines ? "the file does not start with a list" : `unexpected text in the list of records`,
      line: this.line,
      value,
      expected: "a list of objects: [{...}, {...}]",
      fix: isLines
        ? "if it has one object a line, name it .ndjson or declare format: {kind: ndjson}; else export the list of records alone"
        : "export again; the file is damaged or not JSON"
    };
  }
}

/** Just after the brace that closes the object at `from`, or -1 when it is not in these bytes. */
function objectEnd(bytes: Buffer, from: number, end: number): number {
  let depth = 0;
  let isText = false;
  for (let i = from; i < end; i++) {
    const byte = bytes[i]!;
    if (isText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) return i + 1;
  }
  return -1;
}

function decoded(bytes: Buffer, from: number, end: number, line: number): string {
  if (!isUtf8(bytes.subarray(from, end)))
    throw new BadFile({
      what: "the text is not UTF-8",
      line,
      value: bytes.toString("latin1", from, end),
      expected: "UTF-8, as JSON has to be",
      fix: "export again as UTF-8"
    });
  return bytes.toString("utf8", from, end);
}

function tooLong(line: number): BadFile {
  return new BadFile({
    what: `the record is longer than ${MAX_RECORD_BYTES} bytes`,
    line,
    expected: "records that end",
    fix: "look for a brace or quote without its pair from this line on"
  });
}
