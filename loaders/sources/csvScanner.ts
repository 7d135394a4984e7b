/**
 * RFC 4180, byte by byte, over buffers of whole records; it refuses what the standard does not allow. This is the hot
 * loop of the reader: tables instead of comparisons, locals instead of fields, no call per byte.
 */
import {badField, badRecord} from "./explainRecord.ts";
import {splitHeader} from "./splitHeader.ts";
import {FIRST_BYTES, PLUS, SUSPECT, suspicion, type TextTraits, traitsOf, ZERO} from "./textTraits.ts";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const TAB = 9;
const SPACE = 32;

export interface ScannerOptions {
  delimiter: string;
  /** Control characters in text are let through. */
  keepsDamage?: boolean;
}

export class CsvScanner {
  header: string[] = [];
  nRecords = 0;
  /** Line of the next record. */
  line = 1;
  /** Text of the last record seen. */
  last = "";
  /** Bytes of the longest record so far. */
  longest = 0;
  /** Bits by column. */
  #suspects = new Uint8Array(64);
  #delimiter: number;
  #plain: Uint8Array;
  #quoted: Uint8Array;
  #headerBytes: Uint8Array | undefined;
  #lineEnd = 0;
  #blankLine = 0;
  /** Records that span lines: their numbers, and the extra lines up to and including each. */
  #spanning = new Uint32Array(64);
  #extra = new Uint32Array(64);
  #nSpanning = 0;

  constructor({delimiter, keepsDamage = false}: ScannerOptions) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#plain = stops([LF, CR, QUOTE, this.#delimiter], keepsDamage, this.#delimiter);
    this.#quoted = stops([LF, CR, QUOTE], keepsDamage, this.#delimiter);
  }

  /** What was seen in each column. */
  get traits(): TextTraits[] {
    return this.header.map((_, column) => traitsOf(this.#suspects[column]!));
  }

  get hasSpanningRecords(): boolean {
    return this.#nSpanning > 0;
  }

  get isCrlf(): boolean {
    return this.#lineEnd === CR;
  }

  /**
   * Scans the whole records in bytes[0, end) and returns where the first unfinished one starts. bytes must have two
   * bytes of room after `end`. @throws {BadFile} at the first fault.
   */
  scan(bytes: Uint8Array, end: number): number {
    const delimiter = this.#delimiter;
    const plain = this.#plain;
    const quoted = this.#quoted;
    const expected = this.header.length;
    const suspects = this.#suspects;
    let longest = this.longest;
    let first = 0;
    let line = this.line;
    let start = 0;
    let last = -1;
    let lastEnd = 0;
    let field = 0;
    let fields = 1;
    let breaks = 0;
    let i = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // Four bytes at a time, where the delimiter is plain ASCII: a third less than byte by byte.
    const lastFour = delimiter < 128 ? end - 4 : -1;
    const delimiters = delimiter * 0x01010101;
    // A quote stops both loops, so neither needs to watch for the end.
    bytes[end] = QUOTE;
    while (i < end) {
      let byte = bytes[i]!;
      if (byte === QUOTE) {
        first = ++i;
        for (;;) {
          while (i <= lastFour) {
            const stop = stopsOf(view.getInt32(i, true));
            if (stop !== 0) {
              i += (31 - Math.clz32(stop & -stop)) >> 3;
              break;
            }
            i += 4;
          }
          while (quoted[bytes[i]!] === 0) i++;
          byte = bytes[i]!;
          if (byte === QUOTE) {
            if (i + 1 >= end || bytes[i + 1] !== QUOTE) break;
            i += 2;
          } else if (byte === LF) {
            breaks++;
            i++;
          } else if (byte === CR) i++;
          else throw badField("control", byte, line + breaks, this.header[fields - 1]);
        }
        field = i++;
        if (i >= end) break;
      } else {
        first = i;
        while (i <= lastFour) {
          const four = view.getInt32(i, true);
          const stop = stopsOf(four) | (((four ^ delimiters) - 0x01010101) & ~four & 0x80808080);
          if (stop !== 0) {
            i += (31 - Math.clz32(stop & -stop)) >> 3;
            break;
          }
          i += 4;
        }
        while (plain[bytes[i]!] === 0) i++;
        if (i >= end) break;
        if (bytes[i] === QUOTE) throw badField("quote inside", QUOTE, line + breaks, this.header[fields - 1]);
        field = i;
      }
      if (field > first) {
        // Digits are common, so their endings are looked at here: a call a field would be slow.
        const kind = FIRST_BYTES[bytes[first]!]!;
        byte = bytes[field - 1]!;
        if (kind === SUSPECT.digits) {
          if (
            byte === ZERO ||
            bytes[field - 3] === PLUS ||
            bytes[field - 2] === PLUS ||
            bytes[field - 4] === PLUS
          )
            suspects[fields - 1]! |= suspicion(bytes, first, field);
        } else if (kind !== 0) suspects[fields - 1]! |= suspicion(bytes, first, field);
        if (byte === SPACE || byte === TAB) suspects[fields - 1]! |= SUSPECT.spaces;
      }
      byte = bytes[i]!;
      if (byte === delimiter) {
        fields++;
        i++;
        continue;
      }
      let lineEnd = LF;
      const recordEnd = i;
      if (byte === CR) {
        if (++i >= end) break;
        byte = bytes[i]!;
        lineEnd = CR;
        if (byte !== LF) throw badField("carriage return", CR, line + breaks, this.header[fields - 1]);
      }
      if (byte !== LF)
        throw badField(
          bytes[i - 1] === QUOTE ? "quote not doubled" : "control",
          byte,
          line + breaks,
          this.header[fields - 1]
        );
      i++;
      if (lineEnd !== this.#lineEnd) this.#checkLineEnd(lineEnd, line + breaks);
      if (recordEnd === start) {
        this.#blankLine ||= line;
        line++;
      } else {
        if (this.#blankLine) throw badRecord.blankLine(this.#blankLine);
        if (this.#headerBytes === undefined) {
          this.#headerBytes = bytes.slice(start, recordEnd);
          this.header = splitHeader(
            Buffer.from(this.#headerBytes).toString("utf8"),
            String.fromCharCode(delimiter)
          );
          this.line = line + 1 + breaks;
          // White space around a name says nothing of the cells below it.
          this.#suspects = new Uint8Array(fields);
          this.#span(0, breaks);
          return i + this.scan(bytes.subarray(i), end - i);
        }
        this.nRecords++;
        if (fields !== expected)
          throw badRecord.fieldCount({
            bytes,
            start,
            end,
            fields,
            header: this.header,
            delimiter: String.fromCharCode(delimiter),
            line,
            isFirst: this.nRecords === 1
          });
        if (recordEnd - start === expected - 1) throw badRecord.empty(line);
        if (recordEnd - start === this.#headerBytes.length)
          this.#checkHeaderAgain(bytes, start, recordEnd, line);
        if (breaks > 0) this.#span(this.nRecords, breaks);
        line += 1 + breaks;
        if (recordEnd - start > longest) longest = recordEnd - start;
        last = start;
        lastEnd = recordEnd;
      }
      breaks = 0;
      fields = 1;
      start = i;
    }
    this.longest = longest;
    this.line = line;
    if (last >= 0)
      this.last = Buffer.from(bytes.subarray(last, Math.min(lastEnd, last + 4096))).toString("utf8");
    return start;
  }

  /** The line a record starts on; record 1 is the first after the header. */
  lineOf = (record: number): number => {
    let low = 0;
    let high = this.#nSpanning;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spanning[middle]! < record) low = middle + 1;
      else high = middle;
    }
    return record + 1 + (low > 0 ? this.#extra[low - 1]! : 0);
  };

  #span(record: number, breaks: number): void {
    if (breaks === 0) return;
    const n = this.#nSpanning++;
    if (n === this.#spanning.length) {
      this.#spanning = grown(this.#spanning);
      this.#extra = grown(this.#extra);
    }
    this.#spanning[n] = record;
    this.#extra[n] = (n > 0 ? this.#extra[n - 1]! : 0) + breaks;
  }

  #checkLineEnd(lineEnd: number, line: number): void {
    if (this.#lineEnd !== 0) throw badRecord.mixedLineEnds(line, lineEnd === CR);
    this.#lineEnd = lineEnd;
  }

  #checkHeaderAgain(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (Buffer.compare(bytes.subarray(start, end), this.#headerBytes!) === 0)
      throw badRecord.headerAgain(line);
  }
}

/** Of four bytes, the highest bit of each that is a quote, below a space or DEL. The lowest bit set is right, others may not be. */
function stopsOf(four: number): number {
  return (
    ((four - 0x20202020) | ((four ^ 0x22222222) - 0x01010101) | (four + 0x01010101)) & ~four & 0x80808080
  );
}

/** Bytes at which a loop over a field stops: those given, and control characters. */
function stops(bytes: readonly number[], keepsDamage: boolean, delimiter: number): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 32; byte++) table[byte] = 1;
  table[127] = 1;
  if (keepsDamage) table.fill(0, 1, 32).fill(0, 127, 128);
  table[9] = 0;
  table[delimiter] = 0;
  for (const byte of bytes) table[byte] = 1;
  return table;
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
