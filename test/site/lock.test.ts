/** Two processes never hold one lock; what a dead one left is taken over. */
import {spawn, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
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

test("a dead process's lock is taken over also by one that has got its id", async () => {
  const before = await withLock(file, silentReporter, async () => readFileSync(file, "utf8"));
  for (const left of [String(process.pid), before]) {
    writeFileSync(file, left);
    const taken = withLock(file, silentReporter, async () => "taken");
    expect(await Promise.race([taken, sleep(2000, "still waiting")])).toBe("taken");
  }
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
