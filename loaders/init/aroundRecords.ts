/** Title lines above a file's header and notes below its records, as reports write them: what `weir init` declares to be let out. */
import {closeSync, openSync, readSync, statSync} from "node:fs";
import {isNote} from "../sources/explainRecord.ts";
import {splitHeader} from "../sources/splitHeader.ts";
import type {FileFormat} from "../workspace/schema.ts";

const SAMPLE = 64 * 1024;
const MOST = 12;

/** The lines around the records of a file that cannot be read as a whole; empty when it has none at either end. */
export function aroundRecords(
  path: string,
  {delimiter = ",", encoding = "utf-8"}: FileFormat
): Pick<FileFormat, "skip_lines" | "footer_lines"> {
  if (encoding.startsWith("utf-16")) return {};
  const {size} = statSync(path);
  const cells = (line: string) => splitHeader(line, delimiter);
  const filled = (line: string) => cells(line).filter((cell) => cell.trim() !== "").length;
  const first = lines(path, 0, Math.min(size, SAMPLE), encoding).slice(0, 2 * MOST);
  const last = lines(path, Math.max(0, size - SAMPLE), size, encoding).reverse();
  if (last[0] === "") last.shift();
  // The header is filled; titles above it hardly are, even where a sheet has padded them.
  const enough = Math.max(2, ...first.map(filled)) / 2;
  const skip = first.findIndex((line) => filled(line) > enough);
  // However empty a record is, more than one cell says something; one that lacks cells is cut, no note.
  const wide = cells(first[skip] ?? "").length;
  const footer = last
    .slice(0, MOST + 1)
    .findIndex((line) => filled(line) > 1 && !(cells(line).length < wide && isNote(line, filled(line))));
  return {
    ...(skip > 0 && skip <= MOST ? {skip_lines: skip} : {}),
    ...(footer > 0 ? {footer_lines: footer} : {})
  };
}

function lines(path: string, from: number, to: number, encoding: string): string[] {
  const bytes = new Uint8Array(to - from);
  const handle = openSync(path, "r");
  try {
    readSync(handle, bytes, 0, bytes.length, from);
  } finally {
    closeSync(handle);
  }
  return new TextDecoder(encoding === "latin-1" ? "windows-1252" : encoding).decode(bytes).split(/\r?\n/);
}
