/**
 * Lands one file: finds it, reads it unless a typed copy of the same bytes under the same declarations is kept, and
 * leaves a table of typed columns in the database.
 */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {join, resolve} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {TextDecoderStream} from "node:stream/web";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {type HashMemory, hashText} from "../system/fileHash.ts";
import type {Problem} from "../weirError.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {FileSpec} from "../workspace/schema.ts";
import type {MappedFile} from "./mappedColumns.ts";
import {type ReadResult, readCsv} from "./readCsv.ts";

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
}

export interface LandedFile extends ReadResult {
  path: string;
  sha256: string;
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

/** Lands `path` as table `into`. @throws {WeirError} exit 3 when the file cannot be read. */
export async function landFile(
  path: string,
  spec: FileSpec,
  mapped: MappedFile,
  into: string,
  {engine, workspace, landingDir, hashes, readerHash}: LandingOptions
): Promise<LandedFile> {
  const {config} = workspace;
  const sha256 = await hashes.sha256(path);
  const declared = JSON.stringify([spec, config.pipelines, config.time_zone, config.custom_attributes]);
  const key = hashText(sha256, declared, readerHash).slice(0, 32);
  const copy = join(landingDir, `${key}.parquet`);
  const memo = join(landingDir, `${key}.json`);
  if (existsSync(copy) && existsSync(memo)) {
    await engine.run(`create or replace table ${into} as from read_parquet(${literal(copy)})`);
    return {...(JSON.parse(readFileSync(memo, "utf8")) as ReadResult), path, sha256, isReused: true};
  }
  mkdirSync(landingDir, {recursive: true});
  const utf8 = await asUtf8(path, spec, join(landingDir, `${key}.utf8.csv`));
  try {
    const result = await readCsv({engine, path: utf8, label: spec.path, spec, mapped, config, into});
    await engine.run(`copy ${into} to ${literal(`${copy}.tmp`)} (format parquet)`);
    renameSync(`${copy}.tmp`, copy);
    writeFileSync(memo, JSON.stringify(result));
    return {...result, path, sha256, isReused: false};
  } finally {
    rmSync(`${copy}.tmp`, {force: true});
    if (utf8 !== path) rmSync(utf8, {force: true});
  }
}

/** The file itself when it is UTF-8, else a copy of it that is. */
async function asUtf8(path: string, {format: {encoding = "utf-8"}}: FileSpec, copy: string): Promise<string> {
  if (encoding === "utf-8") return path;
  const label = encoding === "latin-1" ? "windows-1252" : "utf-16le";
  const decoded = Readable.toWeb(createReadStream(path)).pipeThrough(new TextDecoderStream(label) as never);
  await pipeline(Readable.fromWeb(decoded as never), createWriteStream(copy));
  return copy;
}
