import {mkdtempSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {afterEach, beforeEach, expect, test} from "vitest";
import {watchInputs} from "../../loaders/site/watchInputs.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-watch-"));
  writeFileSync(join(dir, "workspace.yaml"), "a");
});
afterEach(() => rmSync(dir, {recursive: true}));

test("a file saved twice by renaming is seen both times", async () => {
  let calls = 0;
  const stop = watchInputs([join(dir, "workspace.yaml")], async () => void calls++, 20);
  for (const text of ["b", "c"]) {
    writeFileSync(join(dir, "new"), text);
    renameSync(join(dir, "new"), join(dir, "workspace.yaml"));
    await sleep(150);
  }
  stop();
  expect(calls).toBe(2);
});

test("changes while it is busy lead to one more call, not to two at once", async () => {
  let running = 0;
  let most = 0;
  let calls = 0;
  const stop = watchInputs(
    [dir],
    async () => {
      running++;
      most = Math.max(most, running);
      calls++;
      await sleep(120);
      running--;
    },
    10
  );
  for (let i = 0; i < 6; i++) {
    writeFileSync(join(dir, `file${i}`), "x");
    await sleep(30);
  }
  await sleep(400);
  stop();
  expect(most).toBe(1);
  expect(calls).toBeGreaterThanOrEqual(2);
});
