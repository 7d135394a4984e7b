/** Opens every export of a folder and says what each is. Reads only. */
import {closeSync, openSync, readdirSync, readSync, statSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {BadFile} from "../sources/badFile.ts";
import {openText} from "../sources/openText.ts";
import {type Recognition, recognise} from "../sources/recognise.ts";
import {fileKind, type TextSource} from "../sources/textSource.ts";
import type {Reporter} from "../system/progress.ts";
import {formatProblem, type Problem} from "../weirError.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {aroundRecords} from "./aroundRecords.ts";
import {sniffFormat} from "./sniffFormat.ts";

const ENDINGS = /\.(csv|tsv|tab|txt|json|ndjson|jsonl|parquet|pq)(\.gz)?$/i;
/** What exports are sent as and cannot be read as they are. */
const WORKBOOKS = /\.(xlsx?|xlsm|xlsb|ods|numbers|zip)$/i;
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
  /** What was declared of the file as a whole and a person should see. */
  notes: string[];
}

/** All files of a folder that are exports or could be ones, in order of name. `copies` is a folder for plain copies of packed ones. */
export async function surveyFolder(
  engine: Engine,
  dir: string,
  copies: string,
  reporter: Reporter
): Promise<SurveyedFile[]> {
  const names = readdirSync(dir)
    .filter((name) => (ENDINGS.test(name) || WORKBOOKS.test(name)) && statSync(join(dir, name)).isFile())
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
  const isText = fileKind(path, {}) === "csv" && !path.endsWith(".gz");
  const format = isText ? sniffFormat(...ends(path)) : {};
  const found = {file, path, format, recognised: [], notes: []};
  if (WORKBOOKS.test(file))
    return {...found, problem: "a workbook or an archive; save each sheet as CSV UTF-8, or unpack it"};
  const asItIs = await opened(engine, found, copy);
  if (asItIs.recognised.length > 0 || !isText) return asItIs;
  const around = aroundRecords(path, format);
  if (Object.keys(around).length === 0) return asItIs;
  const without = await opened(
    engine,
    {...found, format: {...format, ...around}, notes: letOut(around)},
    copy
  );
  return without.recognised.length > 0 ? without : asItIs;
}

/** A file that can be read with what it is recognised as, or its problem. */
async function opened(engine: Engine, found: SurveyedFile, copy: string): Promise<SurveyedFile> {
  try {
    const source = await openText(engine, found.path, found.format, copy);
    return {...found, source, recognised: recognise(source.header)};
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    const [first] = error.problems;
    return {...found, problem: first ? told(first) : error.message};
  }
}

function told({line, what, ...problem}: Omit<Problem, "file">): string {
  return formatProblem({...problem, what: line === undefined ? what : `line ${line}: ${what}`});
}

function letOut({skip_lines, footer_lines}: FileFormat): string[] {
  const first = skip_lines === 1 ? "line is no record" : `${skip_lines} lines are no records`;
  const last =
    footer_lines === 1
      ? "the last line is taken for a note and not read; is it one"
      : `the last ${footer_lines} lines are taken for notes and not read; are they`;
  return [
    ...(skip_lines ? [`a guess: the first ${first}`] : []),
    ...(footer_lines ? [`QUESTION: ${last}, or is the file cut?`] : [])
  ];
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
