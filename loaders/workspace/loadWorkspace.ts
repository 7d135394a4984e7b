/** Reads and checks a workspace: its YAML, then what the schema alone cannot see. */
import {existsSync, readFileSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {LineCounter, parseDocument} from "yaml";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {checkWorkspace} from "./checkWorkspace.ts";
import {explainIssue, type YamlSource} from "./explainIssue.ts";
import {type Workspace, workspaceSchema} from "./schema.ts";

export interface LoadedWorkspace {
  /** Folder name, used for state and in messages. */
  name: string;
  /** Absolute folder of workspace.yaml. */
  dir: string;
  /** Absolute path of workspace.yaml. */
  file: string;
  /** The file's text: part of what a warehouse was built from. */
  text: string;
  config: Workspace;
}

/**
 * Loads `DIR/workspace.yaml`.
 * @throws {WeirError} exit 2 when it is missing, is not YAML, or breaks the schema; every problem is listed.
 */
export function loadWorkspace(dir: string): LoadedWorkspace {
  const file = join(resolve(dir), "workspace.yaml");
  if (!existsSync(file)) {
    throw new WeirError(`No workspace in ${dir}`, {
      exitCode: EXIT.config,
      problems: [
        {
          what: "the file does not exist",
          file,
          expected: "a folder with a workspace.yaml",
          fix: "give the folder with --workspace DIR, or copy data/demo/workspace.yaml as a start"
        }
      ]
    });
  }
  const text = readFileSync(file, "utf8");
  return {name: basename(resolve(dir)), dir: resolve(dir), file, text, config: parseWorkspace(text, file)};
}

/**
 * Parses and checks the text of a workspace.yaml; `file` is for messages only.
 * @throws {WeirError} exit 2 with every problem found.
 */
export function parseWorkspace(text: string, file = "workspace.yaml"): Workspace {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const source: YamlSource = {file, document, lines};
  if (document.errors.length > 0) {
    refuse(
      file,
      document.errors.map((error) => ({
        what: `not valid YAML: ${error.message}`,
        file,
        line: lines.linePos(error.pos[0]).line,
        expected: "YAML: key: value, nested by spaces"
      }))
    );
  }
  const parsed = workspaceSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    refuse(
      file,
      parsed.error.issues.flatMap((issue) => explainIssue(issue, source))
    );
  const problems = checkWorkspace(parsed.data, source);
  if (problems.length > 0) refuse(file, problems);
  return parsed.data;
}

function refuse(file: string, problems: Problem[]): never {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new WeirError(`${file} has ${count}`, {exitCode: EXIT.config, problems});
}
