/** A JSON file as text: its records rewritten as CSV, one column a name, so that one reader checks everything. */

import {once} from "node:events";
import {createWriteStream} from "node:fs";
import {finished} from "node:stream/promises";
import type {FileFormat} from "../workspace/schema.ts";
import {BadFile} from "./badFile.ts";
import {jsonRecords} from "./jsonRecords.ts";
import type {ByteLimits} from "./openBytes.ts";
import {parseRecord} from "./parseRecord.ts";
import {readCsv} from "./readCsv.ts";
import type {TextSource} from "./textSource.ts";

/** @param copy where the CSV is put. @throws {BadFile} when it is not strict JSON of flat records. */
export async function readJson(
  path: string,
  kind: "json" | "ndjson",
  format: FileFormat,
  copy: string
): Promise<TextSource> {
  const keepsDamage = format.damaged_text === "keep";
  const limits: ByteLimits = format.max_megabytes ? {maxBytes: format.max_megabytes * 1e6} : {};
  const {names, lines} = await namesOf(path, kind, limits, keepsDamage);
  if (lines.length === 0)
    throw new BadFile({
      what: "the file has no records",
      expected: "at least one object",
      fix: "export again"
    });
  const out = createWriteStream(copy);
  try {
    out.write(`${names.map(quoted).join(",")}\n`);
    for await (const records of jsonRecords(path, kind, limits)) {
      const rows = records.map(({text, line}) => {
        const fields = parseRecord(text, {line, keepsDamage});
        return names.map((name, index) => cell(fields.get(name), index)).join(",");
      });
      if (rows.length > 0 && !out.write(`${rows.join("\n")}\n`)) await once(out, "drain");
    }
  } finally {
    out.end();
    await finished(out);
  }
  const source = await readCsv(copy, {delimiter: ",", damaged_text: "keep", ...limitOf(format)}, copy);
  return {...source, nHeader: 0, lineOf: (record) => lines[record - 1] ?? record};
}

/** Every name in the order of its first appearance, and the line of each record. */
async function namesOf(
  path: string,
  kind: "json" | "ndjson",
  limits: ByteLimits,
  keepsDamage: boolean
): Promise<{names: string[]; lines: number[]}> {
  const names = new Set<string>();
  const lines: number[] = [];
  for await (const records of jsonRecords(path, kind, limits))
    for (const {text, line} of records) {
      lines.push(line);
      for (const name of parseRecord(text, {line, keepsDamage}).keys()) names.add(name);
    }
  return {names: [...names], lines};
}

/** The first cell is quoted even if it has no value: a record without any value is no blank line. */
function cell(value: string | null | undefined, index: number): string {
  if (value === null || value === undefined || value === "") return index === 0 ? '""' : "";
  return quoted(value);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function limitOf({max_megabytes}: FileFormat): FileFormat {
  return max_megabytes ? {max_megabytes: max_megabytes * 2} : {};
}
