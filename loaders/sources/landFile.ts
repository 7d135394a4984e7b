/** Lands one file: finds it, and reads it unless a typed copy of the same bytes under the same declarations is kept. */
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {type HashMemory, hashText} from "../system/fileHash.ts";
import type {Problem} from "../weirError.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {FileSpec} from "../workspace/schema.ts";
import {namingFile} from "./badFile.ts";
import type {FileReport} from "./fileReport.ts";
import type {MappedFile} from "./mappedColumns.ts";
import {readTyped, typedRows} from "./readTyped.ts";
import type {ReadResult} from "./reject.ts";

export interface LandingOptions {
  engine: Engine;
  workspace: LoadedWorkspace;
  /** Folder the paths of workspace.yaml are relative to. */
  filesDir: string;
  /** Folder of typed copies. */
  landingDir: string;
  hashes: HashMemory;
  /** Hash of the code that reads: a new reader reads again. */
  readerHash: string;
  /** What the last good run found, for the bounds on change. */
  previous?: readonly FileReport[];
  /** Files (as workspace.yaml names them) whose change a person has accepted. */
  accept?: readonly string[];
}

export interface LandedFile extends ReadResult {
  path: string;
  sha256: string;
  /** Relation of its good rows. */
  rows: string;
  /** Name of its typed copy in the landing folder, without the ending. */
  copy: string;
  /** True when the typed copy was used and the file was not read. */
  isReused: boolean;
}

/** The file's absolute path, or the problem that it is not there. */
export function findFile(spec: FileSpec, filesDir: string): {path?: string; problem?: Problem} {
  const path = resolve(filesDir, spec.path);
  if (existsSync(path)) return {path};
  if (existsSync(`${path}.gz`)) return {path: `${path}.gz`};
  return {
    problem: {
      what: "the file does not exist",
      file: path,
      expected: `${spec.path}, as workspace.yaml lists it`,
      fix: "export it, give its folder with --files DIR, or mark it optional: true"
    }
  };
}

/** @throws {WeirError} exit 3 when the file cannot be read. */
export async function landFile(
  path: string,
  spec: FileSpec,
  mapped: MappedFile,
  {engine, workspace, landingDir, hashes, readerHash}: LandingOptions
): Promise<LandedFile> {
  const {config} = workspace;
  const sha256 = hashes.sha256(path);
  const {bounds: _, ...read} = spec;
  const declared = JSON.stringify([
    read,
    config.pipelines,
    config.base_currency,
    config.time_zone,
    config.as_of,
    config.custom_attributes
  ]);
  const key = hashText(sha256, declared, readerHash).slice(0, 32);
  const copy = join(landingDir, `${key}.parquet`);
  const memo = join(landingDir, `${key}.json`);
  const isReused = existsSync(copy) && existsSync(memo);
  const result = isReused
    ? (JSON.parse(readFileSync(memo, "utf8")) as ReadResult)
    : await readInto(copy, memo, {engine, path, label: spec.path, spec, mapped, config});
  return {...result, path, sha256, rows: typedRows(copy), copy: key, isReused};
}

/** The memo is renamed last: where it is, the copy is whole. */
async function readInto(
  copy: string,
  memo: string,
  options: Omit<Parameters<typeof readTyped>[0], "into">
): Promise<ReadResult> {
  mkdirSync(join(copy, ".."), {recursive: true});
  const temporary = `${copy}.${process.pid}.tmp`;
  try {
    const result = await namingFile(options.label, () => readTyped({...options, into: temporary}));
    renameSync(temporary, copy);
    writeFileSync(`${memo}.${process.pid}.tmp`, JSON.stringify(result));
    renameSync(`${memo}.${process.pid}.tmp`, memo);
    return result;
  } finally {
    rmSync(temporary, {force: true});
    rmSync(`${memo}.${process.pid}.tmp`, {force: true});
  }
}
