/** What a command of the CLI is, and the few things every command is given. */
import type {ParseArgsConfig} from "node:util";
import type {Reporter} from "../system/progress.ts";
import type {ExitCode} from "../weirError.ts";

export interface CommandContext {
  /** Options as given, `--name value`. */
  options: Record<string, string | boolean | string[] | undefined>;
  /** Words after the command that are not options. */
  words: string[];
  /** Progress and notes. */
  reporter: Reporter;
  /** Data: one line on stdout. */
  print(line: string): void;
  /** The clock: milliseconds since 1970. */
  now(): number;
}

export interface Command {
  /** What follows the name in the usage line. */
  usage: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** A line for each option. */
  help: Record<string, string>;
  run(context: CommandContext): Promise<ExitCode>;
}

/** Options of every command that works on a workspace. */
export const WORKSPACE_OPTIONS = {
  workspace: {type: "string", short: "w"},
  files: {type: "string", short: "f"},
  state: {type: "string"},
  accept: {type: "string", multiple: true}
} as const satisfies Command["options"];

export const WORKSPACE_HELP = {
  workspace: "folder of workspace.yaml (default: data/demo)",
  files: "folder of the exports (default: the workspace's own)",
  state: "folder for the warehouse and typed copies (default: .weir)",
  accept: "a file whose size or totals may differ much from the last build's; may be given again"
};
