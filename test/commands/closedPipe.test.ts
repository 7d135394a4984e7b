/** `weir explain | head`: a reader that stops early is no failure. */
import {spawn} from "node:child_process";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

test("a reader that closes the pipe at once ends the command without an error", async () => {
  const child = spawn(process.execPath, [join(PROJECT, "bin", "weir.js"), "explain"], {
    env: {...process.env, NO_COLOR: "1"},
    stdio: ["ignore", "pipe", "pipe"]
  });
  child.stdout.destroy();
  const [said, code] = await Promise.all([
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve))
  ]);
  expect(said).toBe("");
  expect(code).toBe(0);
});
