/** One at a time: a lock is a file that holds the id of the process that has it, and a word that this process alone knows. */
import {randomBytes} from "node:crypto";
import {linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {isRunning} from "../system/isRunning.ts";
import type {Reporter} from "../system/progress.ts";

/** Of the locks that this process has. A lock with its id and another word is of one that is dead: in containers ids come again. */
const own = new Set<string>();

/** Runs `work` while holding a lock file; waits for a holder that lives, takes over from one that died. */
export async function withLock<T>(file: string, reporter: Reporter, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), {recursive: true});
  const mine = `${process.pid} ${randomBytes(8).toString("hex")}`;
  let hasSaid = false;
  own.add(mine);
  try {
    while (!tryLock(file, mine)) {
      const holder = readHolder(file);
      if (holder && isDead(holder)) takeAway(file, holder);
      else if (holder) {
        // Of work of its own that it waits for, a process knows.
        if (!hasSaid && !own.has(holder))
          reporter.note(
            `   waiting for process ${pidOf(holder)}, which is building, previewing or publishing`
          );
        hasSaid = true;
        await sleep(200);
      }
    }
    try {
      return await work();
    } finally {
      rmSync(file, {force: true});
    }
  } finally {
    own.delete(mine);
  }
}

function pidOf(holder: string): number {
  return Number(holder.split(" ")[0]);
}

function isDead(holder: string): boolean {
  const pid = pidOf(holder);
  return pid === process.pid ? !own.has(holder) : !isRunning(pid);
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
