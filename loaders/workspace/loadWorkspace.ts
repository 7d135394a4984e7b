/** Reads and checks a workspace: its YAML, then what the schema alone cannot see. */
import {existsSync, readFileSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {EXIT, WeirError} from "../weirError.ts";
import {checkWorkspace} from "./checkWorkspace.ts";
import {type MatchDecision, parseMatchDecisions} from "./matchDecisions.ts";
import {parseYaml} from "./parseYaml.ts";
import {type Workspace, workspaceSchema} from "./schema.ts";

export interface LoadedWorkspace {
  /** Folder name, used for state and in messages. */
  name: string;
  /** Absolute folder of workspace.yaml. */
  dir: string;
  /** Absolute path of workspace.yaml. */
  file: string;
  /** The text of its declarations: part of what a warehouse was built from. */
  text: string;
  config: Workspace;
  /** What people decided of registrations and deals, from matches.yaml beside workspace.yaml; empty without one. */
  decisions: readonly MatchDecision[];
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
  const matchesFile = join(resolve(dir), "matches.yaml");
  const matches = existsSync(matchesFile) ? readFileSync(matchesFile, "utf8") : "";
  return {
    name: basename(resolve(dir)),
    dir: resolve(dir),
    file,
    text: matches ? `${text}\n--- matches.yaml\n${matches}` : text,
    config: parseWorkspace(text, file),
    decisions: matches ? parseMatchDecisions(matches, matchesFile) : []
  };
}

/**
 * Parses and checks the text of a workspace.yaml; `file` is for messages only.
 * @throws {WeirError} exit 2 with every problem found.
 */
export function parseWorkspace(text: string, file = "workspace.yaml"): Workspace {
  return parseYaml(text, file, workspaceSchema, checkWorkspace);
}
