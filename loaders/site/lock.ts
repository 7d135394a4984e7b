/** One at a time: a lock is a file that holds the id of the process that has it. */
import {linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {isRunning} from "../system/isRunning.ts";
import type {Reporter} from "../system/progress.ts";

/** Runs `work` while holding a lock file; waits for a holder that lives, takes over from one that died. */
export async function withLock<T>(file: string, reporter: Reporter, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), {recursive: true});
  let hasSaid = false;
  while (!tryLock(file)) {
    const holder = readHolder(file);
    if (holder && !isRunning(Number(holder))) takeAway(file, holder);
    else if (holder) {
      if (!hasSaid)
        reporter.note(`   waiting for process ${holder}, which is building, previewing or publishing`);
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

/** A link is made whole or not at all: no other process ever sees a lock without its holder. */
function tryLock(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, {force: true});
  }
}

/** Takes the lock of a process that died; one that another process has made its own since then is put back, unless a third was quicker. */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (readHolder(aside) !== dead) linkSync(aside, file);
  } catch {
    // A third has it by now.
  } finally {
    rmSync(aside, {force: true});
  }
}

/** "" when nobody has it. */
function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
