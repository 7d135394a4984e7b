/** Text that was decoded wrongly before it came here: still valid UTF-8, but no longer what people wrote. */
import type {Problem} from "../weirError.ts";

const FIX =
  "export again as UTF-8 without a detour through a spreadsheet, or declare format: {damaged_text: keep} in workspace.yaml";

const REPLACEMENT = Buffer.from("\ufffd");

/**
 * Letters such as ü that were read as Latin-1 or windows-1252 and written again: Ã or Â before a character that no
 * language has after them. ” is left out: “MANHÔ is Portuguese.
 */
const TWICE_ENCODED = ["c383c2", "c382c2", "c383c5", "c383e28093", "c383e2809e", "c3a2e282ac"].map((hex) =>
  Buffer.from(hex, "hex")
);

/** Two curly quotes side by side: what becomes of the two " that stand for one when a program makes quotes curly. */
const CURLY_PAIRS = ["\u201d\u201c", "\u201c\u201d"].map((pair) => Buffer.from(pair));
/** Such a pair within a cell that curly quotes stand around in place of straight ones. */
const CURLY_CELL = /(^|[,;\t|])\u201c[^\n]*(\u201d\u201c|\u201c\u201d)[^\n]*\u201d([,;\t|\r]|$)/;

/** The first sign of damage in whole lines of UTF-8, or undefined. */
export function damagedText(bytes: Buffer, firstLine: number): Omit<Problem, "file"> | undefined {
  const lost = bytes.indexOf(REPLACEMENT);
  if (lost >= 0)
    return {
      what: "a replacement character: letters were lost in an earlier conversion",
      ...place(bytes, lost, firstLine),
      expected: "the letters people wrote",
      fix: FIX
    };
  const twice = TWICE_ENCODED.map((sign) => bytes.indexOf(sign))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)[0];
  if (twice !== undefined)
    return {
      what: "text that was encoded twice",
      ...place(bytes, twice, firstLine),
      expected: "letters such as ü or é, not Ã¼ or Ã©",
      fix: FIX
    };
  const curly = curlyCell(bytes);
  if (curly === undefined) return undefined;
  return {
    what: "curly quotes where the straight ones of CSV were",
    ...place(bytes, curly, firstLine),
    expected: '"a ""quoted"" word", not “a ”“quoted”“ word”',
    fix: FIX
  };
}

/** Where a cell with doubled curly quotes is. Text in curly quotes alone is what people write. */
function curlyCell(bytes: Buffer): number | undefined {
  for (const pair of CURLY_PAIRS)
    for (let at = bytes.indexOf(pair); at >= 0; at = bytes.indexOf(pair, at + 1))
      if (CURLY_CELL.test(place(bytes, at, 0).value)) return at;
  return undefined;
}

function place(bytes: Buffer, at: number, firstLine: number): {line: number; value: string} {
  let line = firstLine;
  for (let end = bytes.indexOf(10); end >= 0 && end < at; end = bytes.indexOf(10, end + 1)) line++;
  const from = bytes.lastIndexOf(10, at) + 1;
  const to = bytes.indexOf(10, at);
  return {line, value: bytes.toString("utf8", from, to < 0 ? bytes.length : to)};
}

const DAMAGED = /(?![\t\n\r\u0080-\u009f])\p{Cc}|\ufffd|[ÂÃ][\u0080-\u00bf]|Ã[\u0140-\u017f–„]|â€/u;

/** The same signs, and control characters, in one decoded text. */
export function isDamaged(text: string): boolean {
  return DAMAGED.test(text);
}
