import {existsSync, readdirSync, rmSync} from "node:fs";
import {basename, join} from "node:path";
import {isRunning} from "../system/isRunning.ts";
import type {StatePaths} from "../workspace/statePaths.ts";

/** Typed copies of files as they were before are as large as what is read now: those the finished build did not read go, unless another build is at work. */
export function pruneCopies({dir, landing, warehouse}: StatePaths, used: ReadonlySet<string>): void {
  if (readdirSync(dir).some((name) => isOfAnother(name, basename(warehouse)))) return;
  if (!existsSync(landing)) return;
  const unused = readdirSync(landing).filter((name) => {
    const copy = /^([0-9a-f]{32})\.(json|parquet)$/.exec(name);
    return copy && !used.has(copy[1]!);
  });
  // The memo first: without it a copy is not taken for whole.
  for (const ending of [".json", ".parquet"])
    for (const name of unused) if (name.endsWith(ending)) rmSync(join(landing, name), {force: true});
}

/** Whether this is the unfinished warehouse of another process that lives. */
function isOfAnother(name: string, warehouse: string): boolean {
  if (!name.startsWith(`${warehouse}.`)) return false;
  const owner = /\.(\d+)\.tmp$/.exec(name);
  return owner !== null && Number(owner[1]) !== process.pid && isRunning(Number(owner[1]));
}
