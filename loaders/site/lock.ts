/** One build at a time: Framework's cache is shared by all workspaces of a checkout. */
import {closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync} from "node:fs";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {isRunning} from "../system/isRunning.ts";
import type {Reporter} from "../system/progress.ts";

/** Runs `work` while holding a lock file; waits for a holder that lives, takes over from one that died. */
export async function withLock<T>(file: string, reporter: Reporter, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), {recursive: true});
  let hasSaid = false;
  while (!tryLock(file)) {
    const holder = Number(readHolder(file));
    if (!holder || !isRunning(holder)) rmSync(file, {force: true});
    else {
      if (!hasSaid) reporter.note(`   waiting for the build of process ${holder}`);
      hasSaid = true;
      await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, {force: true});
  }
}

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
