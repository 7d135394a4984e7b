/**
 * One at a time: a lock is a file that holds the id of the process that has it, a word that this process alone knows, and the name of the
 * machine, or container. Its holder touches it as long as it has it.
 */
import {randomBytes} from "node:crypto";
import {linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {hostname} from "node:os";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {Worker} from "node:worker_threads";
import {isRunning} from "../system/isRunning.ts";
import type {Reporter} from "../system/progress.ts";

/** Of the locks that this process has. One with its id and another word is of a dead process, or of one in another container. */
const own = new Set<string>();

const TOUCHED_EVERY_MS = 2_000;
/** Untouched for longer, a lock is of a dead process: many touches, for a machine may be busy. */
const DEAD_AFTER_MS = 30_000;

/** Runs `work` while holding a lock file; waits for a holder that lives, takes over from one that died. */
export async function withLock<T>(file: string, reporter: Reporter, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), {recursive: true});
  const mine = `${process.pid} ${randomBytes(8).toString("hex")} ${hostname()}`;
  let hasSaid = false;
  own.add(mine);
  try {
    while (!tryLock(file, mine)) {
      const holder = readHolder(file);
      if (holder && isDead(file, holder)) takeAway(file, holder);
      else if (holder) {
        // Of work of its own that it waits for, a process knows.
        if (!hasSaid && !own.has(holder)) {
          reporter.note(
            `   waiting for process ${pidOf(holder)}, which is building, previewing or publishing`
          );
          hasSaid = true;
        }
        await sleep(200);
      }
    }
    const touching = keepTouched(file, mine);
    try {
      return await work();
    } finally {
      void touching.terminate();
      // A machine may have slept, and another process has it by now.
      if (readHolder(file) === mine) rmSync(file, {force: true});
    }
  } finally {
    own.delete(mine);
  }
}

function pidOf(holder: string): number {
  return Number(holder.split(" ")[0]);
}

/** Processes of this machine are asked for by their id. That says nothing of another container's, which may even have the id of this one. */
function isDead(file: string, holder: string): boolean {
  if (own.has(holder)) return false;
  const [pid, , host] = holder.split(" ");
  const isHere = host === undefined || host === hostname();
  return isHere && Number(pid) !== process.pid ? !isRunning(Number(pid)) : !isTouched(file);
}

/** By the clock of the disk, which all that share it have in common: a new file beside it tells the time. */
function isTouched(file: string): boolean {
  const now = `${file}.${process.pid}.now`;
  try {
    writeFileSync(now, "");
    return statSync(now).mtimeMs - statSync(file).mtimeMs < DEAD_AFTER_MS;
  } catch {
    // Gone in this moment: to be tried again.
    return true;
  } finally {
    rmSync(now, {force: true});
  }
}

/** In a thread of its own, for the work may keep this one busy. Writing the same again sets the time by the disk's clock, and only of this holder's file. */
function keepTouched(file: string, holder: string): Worker {
  const code = `const {closeSync, openSync, readFileSync, writeSync} = require("node:fs");
const {file, holder, every} = require("node:worker_threads").workerData;
setInterval(() => {
  let opened;
  try {
    opened = openSync(file, "r+");
    if (readFileSync(opened, "utf8") === holder) writeSync(opened, holder, 0);
  } catch {
    // Taken over, or about to end.
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}, every);`;
  const worker = new Worker(code, {
    eval: true,
    execArgv: [],
    workerData: {file, holder, every: TOUCHED_EVERY_MS}
  });
  // Without it another container may take the lock; the work can go on.
  worker.on("error", () => {});
  worker.unref();
  return worker;
}

/** A link is made whole or not at all: no other process ever sees a lock without its holder. */
function tryLock(file: string, holder: string): boolean {
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, holder);
  try {
    linkSync(whole, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(whole, {force: true});
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
