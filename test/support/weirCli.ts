/** The real CLI in a process of its own. */
import {execFile} from "node:child_process";
import {join} from "node:path";
import {promisify} from "node:util";
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
