/** The folder of a twin: opens files by name, closes them all, and takes away what it made when something fails. */
import {existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {EXIT, WeirError} from "../../weirError.ts";
import {CsvFile} from "./csvFile.ts";

export interface ExportFolder {
  /** Opens a file (a path relative to the folder) with its header. */
  file(name: string, header: readonly string[]): CsvFile;
  /** Writes a small file that is no table. */
  text(name: string, content: string): void;
  /** Closes all files; the rows of each by name, in order of opening. */
  finish(): {file: string; n_rows: number}[];
  /** Closes and removes every file made here, and the folders it made. */
  discard(): void;
}

/**
 * Opens `path`, which may exist when it is empty.
 * @throws {WeirError} exit 2 when it is not empty or cannot be made.
 */
export function openExportFolder(path: string): ExportFolder {
  const existed = existsSync(path);
  let madeParents: string[];
  try {
    if (existed && readdirSync(path).length > 0)
      throw new WeirError(`The folder ${path} is not empty`, {
        exitCode: EXIT.config,
        problems: [
          {what: "a twin is never written over other files", file: path, fix: "give a new or an empty folder"}
        ]
      });
    madeParents = makeFolders(path);
  } catch (error) {
    throw error instanceof WeirError ? error : folderError(path, error);
  }
  const files = new Map<string, CsvFile>();
  const madeFolders = new Set<string>();
  const texts = new Set<string>();
  return {
    file(name, header) {
      const full = join(path, name);
      const folder = dirname(full);
      if (!existsSync(folder)) {
        mkdirSync(folder, {recursive: true});
        madeFolders.add(folder);
      }
      const file = new CsvFile(full, header);
      files.set(name, file);
      return file;
    },
    text(name, content) {
      const full = join(path, name);
      texts.add(full);
      writeFileSync(full, content);
    },
    finish() {
      for (const file of files.values()) file.close();
      return [...files].map(([file, {nRows}]) => ({file, n_rows: nRows}));
    },
    discard() {
      for (const file of files.values()) {
        try {
          file.close();
        } catch {
          // The disk may be full; the file goes anyway.
        }
        rmSync(file.path, {force: true});
      }
      for (const full of texts) rmSync(full, {force: true});
      for (const folder of madeFolders) rmSync(folder, {recursive: true, force: true});
      for (const folder of madeParents.reverse()) rmdirSync(folder);
    }
  };
}

/**
 * Makes a folder and the folders above it that are missing, and returns those, outermost first. Node's own recursive
 * way never ends where a file system refuses.
 */
function makeFolders(path: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) mkdirSync(folder);
  return missing;
}

/** The system's error as one that says what to do. */
export function folderError(path: string, error: unknown): WeirError {
  const {code, message} = error as NodeJS.ErrnoException;
  const fix =
    code === "ENOSPC"
      ? "free space or choose another disk; nothing was left behind"
      : "choose a folder that can be written to";
  return new WeirError(`The twin cannot be written to ${path}`, {
    exitCode: EXIT.config,
    problems: [{what: message, file: path, fix}]
  });
}
