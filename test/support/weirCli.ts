/** The real CLI: in a process of its own, or in this one. */
import {execFile} from "node:child_process";
import {join} from "node:path";
import {promisify} from "node:util";
import {vi} from "vitest";
import {main} from "../../loaders/cli.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

export interface Outcome {
  code: number;
  said: string;
  printed: string;
}

/** Runs `weir ...args`: its exit code, what it said (stderr) and what it printed (stdout). */
export async function weir(...args: string[]): Promise<Outcome> {
  const cli = [join(PROJECT, "bin", "weir.js"), ...args];
  const env = {...process.env, NO_COLOR: "1"};
  try {
    const {stdout, stderr} = await promisify(execFile)(process.execPath, cli, {env});
    return {code: 0, said: stderr, printed: stdout};
  } catch (error) {
    const {code, stderr, stdout} = error as {code: number; stderr: string; stdout: string};
    return {code, said: stderr, printed: stdout};
  }
}

/**
 * The same in this process, which spares a second of starting another; for what is not about the process. It hears all that the process
 * writes meanwhile, so not from `test.concurrent`.
 */
export async function weirHere(...args: string[]): Promise<Outcome> {
  const heard = {stderr: "", stdout: ""};
  const spies = (["stderr", "stdout"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      heard[stream] += String(text);
      return true;
    })
  );
  try {
    const code = await main(args);
    return {code, said: heard.stderr, printed: heard.stdout};
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
