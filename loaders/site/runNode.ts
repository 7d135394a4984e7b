/** Node as a process of its own: Framework's build, and page loaders, which find their warehouse in the environment. */
import {spawn} from "node:child_process";
import {createInterface} from "node:readline";
import {EXIT, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";

export interface Ran {
  code: number | null;
  /** What it said on stdout and stderr. */
  lines: string[];
}

/** Runs Node on `args` in the project's folder; `hear` is told each line as it comes. */
export async function runNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  hear: (line: string) => void
): Promise<Ran> {
  const child = spawn(process.execPath, args, {cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"]});
  const lines: string[] = [];
  const note = (line: string) => {
    lines.push(line);
    hear(line);
  };
  createInterface({input: child.stdout}).on("line", note);
  createInterface({input: child.stderr}).on("line", note);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve)
  );
  return {code, lines};
}

/** The error of a site that could not be built, with the last words of what was to build it. */
export function notBuilt(lines: readonly string[]): WeirError {
  return new WeirError(`The site could not be built\n${lines.slice(-25).join("\n")}`, {
    exitCode: EXIT.unexpected
  });
}
