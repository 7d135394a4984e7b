/** Kills this process at a moment of a build, by what the build does, not by a clock that is another one beside other work. */
import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {basename} from "node:path";
import {DuckDBConnection} from "@duckdb/node-api";

/** `before` or `after` the rename onto a file of this name, some milliseconds after a step, or in the first `statement` that begins so. */
export type Moment =
  | {before: string}
  | {after: string}
  | {step: number; milliseconds: number}
  | {statement: string};

/** As a power cut: nothing of this process runs after it. */
function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("killed, and still there");
}

/** Has this process die at that moment. @returns what to call at every step */
export function dieAt(moment: Moment | undefined): () => void {
  if (moment === undefined) return () => undefined;
  if ("statement" in moment) dieInStatement(moment.statement);
  else if (!("step" in moment)) dieAtRename(moment);
  let nSteps = 0;
  return () => {
    nSteps++;
    if ("step" in moment && nSteps === moment.step) setTimeout(die, moment.milliseconds);
  };
}

function dieAtRename(moment: {before: string} | {after: string}): void {
  const {renameSync} = fs;
  const isAt = (when: "before" | "after", to: fs.PathLike) =>
    (moment as Record<string, string>)[when] === basename(String(to));
  fs.renameSync = (from, to) => {
    if (isAt("before", to)) die();
    renameSync(from, to);
    if (isAt("after", to)) die();
  };
  syncBuiltinESMExports();
}

/** The statement is begun for real and its answer never comes: whatever it has done a millisecond later is what is left. */
function dieInStatement(beginning: string): void {
  const {run} = DuckDBConnection.prototype;
  DuckDBConnection.prototype.run = function (sql, ...rest) {
    const result = run.call(this, sql, ...rest);
    if (!sql.startsWith(beginning)) return result;
    setTimeout(die, 1);
    return new Promise<never>(() => undefined);
  };
}
