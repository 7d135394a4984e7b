/** Two processes never hold one lock; what a dead one left is taken over. */
import {spawn, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {pathToFileURL} from "node:url";
import {afterEach, beforeEach, expect, test} from "vitest";
import {withLock} from "../../loaders/site/lock.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-lock-"));
  file = join(root, "deep", "pages.lock");
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

const holder = (lock: string) => Number(lock.split(" ")[0]);

test("the lock holds its process's id while the work runs, and is gone after it, also after an error", async () => {
  const inside = await withLock(file, silentReporter, async () => readFileSync(file, "utf8"));
  expect(holder(inside)).toBe(process.pid);
  const failing = withLock(file, silentReporter, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("a dead process's lock is taken over", async () => {
  const {pid} = spawnSync(process.execPath, ["-e", ""]);
  await withLock(file, silentReporter, async () => {});
  writeFileSync(file, String(pid));
  const inside = await withLock(file, silentReporter, async () => readFileSync(file, "utf8"));
  expect(holder(inside)).toBe(process.pid);
});

/** As if nobody had touched it for this long. */
function age(seconds: number): void {
  const at = new Date(Date.now() - seconds * 1000);
  utimesSync(file, at, at);
}

const isTakenWithin = (ms: number) => {
  const taken = withLock(file, silentReporter, async () => true);
  return Promise.race([taken, sleep(ms, false)]);
};

test("a dead process's lock is taken over also by one that has got its id", async () => {
  const before = await withLock(file, silentReporter, async () => readFileSync(file, "utf8"));
  for (const left of [String(process.pid), before]) {
    writeFileSync(file, left);
    age(60);
    expect(await isTakenWithin(2000)).toBe(true);
  }
});

test("the lock of a process in another container is waited for as long as it is touched, whatever its id", async () => {
  await withLock(file, silentReporter, async () => {});
  const {pid: nobody} = spawnSync(process.execPath, ["-e", ""]);
  const sameName = `${process.pid} 0123456789abcdef ${hostname()}`;
  for (const other of [sameName, `${process.pid} 0123456789abcdef c2`, `${nobody} 0123456789abcdef c2`]) {
    writeFileSync(file, other);
    age(5);
    const taken = withLock(file, silentReporter, async () => true);
    expect(await Promise.race([taken, sleep(500, false)]), other).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(other);
    age(60);
    expect(await Promise.race([taken, sleep(2000, false)]), other).toBe(true);
  }
});

test("who has the lock touches it, also while its work keeps it busy", async () => {
  const touched = await withLock(file, silentReporter, async () => {
    age(60);
    // Nothing else of this process runs in this time.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000);
    return statSync(file).mtimeMs;
  });
  expect(Date.now() - touched).toBeLessThan(10_000);
});

test("who waits for its own work and then for another process is told of that, and leaves it its lock", async () => {
  const said: string[] = [];
  const reporter = {...silentReporter, note: (text: string) => void said.push(text)};
  const others = `${process.ppid} 0123456789abcdef ${hostname()}`;
  let second: Promise<void> | undefined;
  await withLock(file, reporter, async () => {
    second = withLock(file, reporter, async () => {});
    await sleep(300);
    writeFileSync(file, others);
  });
  expect(readFileSync(file, "utf8")).toBe(others);
  await sleep(500);
  rmSync(file);
  await second;
  expect(said).toEqual([expect.stringContaining(`waiting for process ${process.ppid}`)]);
});

test("one process's pieces of work have it one after the other, and nobody is told that it waits for itself", async () => {
  const said: string[] = [];
  const reporter = {...silentReporter, note: (text: string) => void said.push(text)};
  const log: string[] = [];
  const piece = (name: string) =>
    withLock(file, reporter, async () => {
      log.push(`${name} in`);
      await sleep(20);
      log.push(`${name} out`);
    });
  await Promise.all([piece("a"), piece("b")]);
  expect(log).toEqual(["a in", "a out", "b in", "b out"]);
  expect(said).toEqual([]);
});

test("processes that want one lock at once have it one after the other", async () => {
  const log = join(root, "log.txt");
  const script = join(root, "hold.mjs");
  const url = (path: string) => JSON.stringify(pathToFileURL(join(PROJECT, path)).href);
  writeFileSync(
    script,
    `import {appendFileSync} from "node:fs";
import {setTimeout as sleep} from "node:timers/promises";
import {withLock} from ${url("loaders/site/lock.ts")};
import {silentReporter} from ${url("loaders/system/progress.ts")};
await withLock(${JSON.stringify(file)}, silentReporter, async () => {
  appendFileSync(${JSON.stringify(log)}, "in\\n");
  await sleep(50);
  appendFileSync(${JSON.stringify(log)}, "out\\n");
});`
  );
  const ended = [1, 2, 3].map(
    () =>
      new Promise((done) =>
        spawn(process.execPath, ["--import", "tsx/esm", script], {cwd: PROJECT, stdio: "inherit"}).on(
          "close",
          done
        )
      )
  );
  expect(await Promise.all(ended)).toEqual([0, 0, 0]);
  expect(readFileSync(log, "utf8").trim().split("\n")).toEqual(["in", "out", "in", "out", "in", "out"]);
});
