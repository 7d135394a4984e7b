/** How a text file seems to be written, from its bytes: what `weir init` declares, so that the reader need not guess. */
import type {FileFormat} from "../workspace/schema.ts";

const DELIMITERS = [",", ";", "\t", "|"];
/** Lines in which a delimiter is looked for. */
const TITLES = 24;

/**
 * Encoding, delimiter and an open last line of a CSV.
 * @param start the first bytes of the file, at least its header
 * @param last its last byte
 */
export function sniffFormat(start: Uint8Array, last: number | undefined): FileFormat {
  const encoding = sniffEncoding(start);
  const text = new TextDecoder(encoding === "utf-16" ? utf16Label(start) : (encoding ?? "utf-8")).decode(
    start
  );
  const bare = text
    .replace(/^\uFEFF/, "")
    // Quoted texts have lines of their own, and the sample may end in one.
    .replaceAll(/"[^"]*(?:"|$)/g, "")
    .split(/\r?\n/, TITLES);
  // Records and their header hold the same number of it; titles above them hold none, or another.
  const [best] = DELIMITERS.map((delimiter) => ({
    delimiter,
    ...commonest(bare.map((line) => line.split(delimiter).length - 1))
  })).sort((a, b) => b.nLines - a.nLines || b.n - a.n);
  return {
    ...(encoding ? {encoding} : {}),
    ...(best && best.n > 0 && best.delimiter !== "," ? {delimiter: best.delimiter} : {}),
    ...(last !== undefined && last !== 0x0a && last !== 0x0d && encoding !== "utf-16"
      ? {last_line: "open" as const}
      : {})
  };
}

/** Of the counts above none, the one that most lines share. */
function commonest(counts: readonly number[]): {n: number; nLines: number} {
  const lines = new Map<number, number>();
  for (const n of counts) if (n > 0) lines.set(n, (lines.get(n) ?? 0) + 1);
  const [most] = [...lines].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return {n: most?.[0] ?? 0, nLines: most?.[1] ?? 0};
}

/** Undefined for UTF-8; windows-1252 is what Western spreadsheets write when it is not. */
function sniffEncoding(bytes: Uint8Array): "utf-16" | "windows-1252" | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "utf-16";
  // A character may be cut at the end of the sample.
  const whole = bytes.subarray(0, Math.max(0, bytes.length - 3));
  try {
    new TextDecoder("utf-8", {fatal: true}).decode(whole, {stream: true});
    return undefined;
  } catch {
    return "windows-1252";
  }
}

function utf16Label(bytes: Uint8Array): string {
  return bytes[0] === 0xfe ? "utf-16be" : "utf-16le";
}
