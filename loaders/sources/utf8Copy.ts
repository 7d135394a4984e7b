/** Makes a UTF-8 copy of a text file as it was declared: decoded, without its title and footer lines. */
import {isUtf8} from "node:buffer";
import {once} from "node:events";
import {createWriteStream} from "node:fs";
import {finished} from "node:stream/promises";
import {TextDecoder} from "node:util";
import type {FileFormat} from "../workspace/schema.ts";
import {BadFile} from "./badFile.ts";
import {type ByteLimits, openBytes} from "./openBytes.ts";

const CHUNK = 1 << 20;

/** True when a file cannot be read as it is. */
export function needsCopy({encoding = "utf-8", skip_lines = 0, footer_lines = 0}: FileFormat): boolean {
  return encoding !== "utf-8" || skip_lines > 0 || footer_lines > 0;
}

/** @throws {BadFile} when the bytes are not what was declared. */
export async function utf8Copy(
  path: string,
  format: FileFormat,
  copy: string,
  limits: ByteLimits
): Promise<void> {
  const {encoding = "utf-8", skip_lines = 0, footer_lines = 0} = format;
  const reader = await openBytes(path, limits);
  const out = createWriteStream(copy);
  const trimmer = new LineTrimmer(skip_lines, footer_lines);
  const buffer = Buffer.allocUnsafe(CHUNK);
  let decode: ((bytes: Uint8Array, isLast: boolean) => string) | undefined;
  try {
    for (;;) {
      const n = await filled(reader, buffer);
      const bytes = buffer.subarray(0, n);
      decode ??= decoder(encoding, bytes);
      const isLast = n < buffer.length;
      const text = trimmer.take(decode(bytes, isLast), isLast);
      if (text !== "" && !out.write(text)) await once(out, "drain");
      if (isLast) break;
    }
  } finally {
    await reader.close();
    out.end();
    await finished(out);
  }
}

/** Fills the buffer to its end unless the file ends first. */
async function filled(reader: Awaited<ReturnType<typeof openBytes>>, buffer: Buffer): Promise<number> {
  let n = 0;
  while (n < buffer.length) {
    const more = await reader.read(buffer, n);
    if (more === 0) break;
    n += more;
  }
  return n;
}

function decoder(
  encoding: NonNullable<FileFormat["encoding"]>,
  head: Buffer
): (bytes: Uint8Array, isLast: boolean) => string {
  if (encoding === "latin-1" || encoding === "windows-1252") return singleByte(encoding);
  const label = encoding === "utf-16" ? utf16Order(head) : encoding;
  const text = new TextDecoder(label, {fatal: true});
  let line = 1;
  return (bytes, isLast) => {
    try {
      const decoded = text.decode(bytes, {stream: !isLast});
      line += count(decoded, "\n");
      return decoded;
    } catch {
      throw new BadFile({
        what: `the text is not ${encoding}`,
        line,
        expected: `${encoding}, as declared; the damage is on this line or after it`,
        fix: "declare the encoding the file has, or export again"
      });
    }
  };
}

function utf16Order(head: Buffer): string {
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  if (mark === 0xfffe) return "utf-16le";
  if (mark === 0xfeff) return "utf-16be";
  throw new BadFile({
    what: "a UTF-16 file without a byte order mark",
    line: 1,
    expected: "a mark that tells which byte comes first",
    fix: "declare encoding: utf-16le or utf-16be, or the encoding the file really has"
  });
}

/** C1 controls in Latin-1, and the five free bytes of windows-1252, are never text: the declaration is wrong. */
function singleByte(encoding: "latin-1" | "windows-1252"): (bytes: Uint8Array, isLast: boolean) => string {
  const is1252 = encoding === "windows-1252";
  let line = 1;
  let sawOther = false;
  let allUtf8 = true;
  let tail = Buffer.alloc(0);
  return (bytes, isLast) => {
    for (const byte of bytes) {
      if (byte === 10) line++;
      else if (byte >= 0x80) {
        sawOther = true;
        const isFree = is1252 ? FREE_1252.has(byte) : byte < 0xa0;
        if (isFree)
          throw new BadFile({
            what: `byte 0x${byte.toString(16)} is not a letter in ${encoding}`,
            line,
            expected: `${encoding}, as declared`,
            fix: is1252
              ? "declare the encoding the file has"
              : "declare encoding: windows-1252, or the one the file has"
          });
      }
    }
    if (allUtf8) {
      const whole: Buffer = Buffer.concat([tail, bytes]);
      const end = isLast ? whole.length : wholeCharacters(whole);
      allUtf8 = isUtf8(whole.subarray(0, end));
      tail = Buffer.from(whole.subarray(end));
    }
    if (isLast && sawOther && allUtf8)
      throw new BadFile({
        what: `the text is declared ${encoding}, but it is UTF-8`,
        line: 1,
        expected: encoding,
        fix: "take encoding out of the file's format in workspace.yaml"
      });
    const text = Buffer.from(bytes).toString("latin1");
    return is1252 ? text.replace(C1, (char) => LETTERS_1252[char.charCodeAt(0) - 0x80]!) : text;
  };
}

// Node's own TextDecoder takes windows-1252 for Latin-1 (nodejs/node#56542), so its letters are listed here.
const LETTERS_1252 = [..."€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ"];
const C1 = /[\u0080-\u009f]/g;
const FREE_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Where the last whole UTF-8 character ends. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

/** Leaves out the first and the last lines of a text that comes in pieces. */
class LineTrimmer {
  #skip: number;
  #footer: number;
  #held = "";

  constructor(skip: number, footer: number) {
    this.#skip = skip;
    this.#footer = footer;
  }

  take(piece: string, isLast: boolean): string {
    let text = this.#held + piece;
    for (let end = text.indexOf("\n"); this.#skip > 0 && end >= 0; end = text.indexOf("\n")) {
      text = text.slice(end + 1);
      this.#skip--;
    }
    if (this.#skip > 0) {
      this.#held = text;
      return "";
    }
    if (this.#footer === 0) {
      this.#held = "";
      return text;
    }
    const end = isLast ? footerStart(text, this.#footer) : footerStart(text, this.#footer + 1);
    this.#held = text.slice(end);
    return text.slice(0, end);
  }
}

/** Where the last `n` lines start; a line end at the very end belongs to the last line. */
function footerStart(text: string, n: number): number {
  let at = text.endsWith("\n") ? text.length - 1 : text.length;
  for (let line = 0; line < n; line++) {
    at = text.lastIndexOf("\n", at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

function count(text: string, char: string): number {
  let n = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) n++;
  return n;
}
