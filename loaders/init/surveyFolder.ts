/** Opens every export of a folder and says what each is. Reads only. */
import {closeSync, openSync, readdirSync, readSync, statSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {BadFile} from "../sources/badFile.ts";
import {openText} from "../sources/openText.ts";
import {type Recognition, recognise} from "../sources/recognise.ts";
import {fileKind, type TextSource} from "../sources/textSource.ts";
import type {Reporter} from "../system/progress.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {sniffFormat} from "./sniffFormat.ts";

const ENDINGS = /\.(csv|tsv|tab|txt|json|ndjson|jsonl|parquet|pq)(\.gz)?$/i;
const SAMPLE = 256 * 1024;

export interface SurveyedFile {
  /** Its name in the folder. */
  file: string;
  path: string;
  format: FileFormat;
  /** Undefined when it cannot be read; `problem` then says why. */
  source?: TextSource;
  problem?: string;
  /** What it could be, the likeliest first. */
  recognised: Recognition[];
}

/** All exports of a folder, in order of name. `copies` is a folder for plain copies of packed ones. */
export async function surveyFolder(
  engine: Engine,
  dir: string,
  copies: string,
  reporter: Reporter
): Promise<SurveyedFile[]> {
  const names = readdirSync(dir)
    .filter((name) => ENDINGS.test(name) && statSync(join(dir, name)).isFile())
    .sort();
  const step = reporter.start("look", names.length);
  const surveyed: SurveyedFile[] = [];
  for (const [index, file] of names.entries()) {
    surveyed.push(await survey(engine, file, join(dir, file), join(copies, `${index}.csv`)));
    step.tick(file);
  }
  step.done(`${names.length} files`);
  return surveyed;
}

async function survey(engine: Engine, file: string, path: string, copy: string): Promise<SurveyedFile> {
  const isText = fileKind(path, {}) === "csv";
  const format = isText && !path.endsWith(".gz") ? sniffFormat(...ends(path)) : {};
  try {
    const source = await openText(engine, path, format, copy);
    return {file, path, format, source, recognised: recognise(source.header)};
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    const [first] = error.problems;
    return {
      file,
      path,
      format,
      problem: first ? [first.what, first.fix].filter(Boolean).join("; ") : error.message,
      recognised: []
    };
  }
}

/** The first bytes of a file and its last one. */
function ends(path: string): [start: Uint8Array, last: number | undefined] {
  const {size} = statSync(path);
  const handle = openSync(path, "r");
  try {
    const start = new Uint8Array(Math.min(size, SAMPLE));
    readSync(handle, start, 0, start.length, 0);
    const last = new Uint8Array(1);
    const n = size > 0 ? readSync(handle, last, 0, 1, size - 1) : 0;
    return [start, n > 0 ? last[0] : undefined];
  } finally {
    closeSync(handle);
  }
}
