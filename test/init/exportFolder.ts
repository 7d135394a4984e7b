/** A folder of exports written for a test: what init makes of it, and the warehouse that its workspace.yaml builds. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Row} from "../../loaders/engine/engine.ts";
import {type Description, describeFolder} from "../../loaders/init/describeFolder.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import type {Manifest} from "../../loaders/warehouse/manifest.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";

export interface Initialised {
  found: Description;
  /** Builds what init wrote, with the answers. @throws {WeirError} */
  build(): Promise<Manifest>;
  /** Rows of the warehouse built last. */
  rows(sql: string): Promise<Row[]>;
  /** What the builds have said so far. */
  notes(): string[];
}

export interface Folder {
  content?: Readonly<Record<string, string>>;
  /** A public folder instead. */
  exports?: string;
  /** What a person writes below the workspace.yaml. */
  answers?: string;
  /** What a person changes in it. */
  edit?: (text: string) => string;
  /** What a build is to make, with all that is read for it; everything if absent. */
  relations?: readonly string[];
}

/** Initialises a folder, or the public one at `exports`, looks, and removes everything it made. */
export async function withFolder<Result>(
  {content = {}, exports, answers = "", edit = (text) => text, relations}: Folder,
  look: (initialised: Initialised) => Promise<Result>
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), "weir-folder-"));
  try {
    for (const [name, text] of Object.entries(content)) writeFileSync(join(root, name), text);
    const found = await describeFolder(exports ?? root, silentReporter);
    writeFileSync(join(root, "workspace.yaml"), edit(found.text) + answers);
    const said: string[] = [];
    const reporter = {...silentReporter, note: (text: string) => void said.push(text)};
    const paths = statePaths({name: "folder"}, join(root, "state"));
    return await look({
      found,
      async build() {
        const {manifest} = await buildWarehouse({
          workspace: loadWorkspace(root),
          paths,
          filesDir: exports ?? root,
          reporter,
          builtAt: "2026-01-01T00:00:00.000Z",
          force: true,
          ...(relations ? {models: modelsFor(relations)} : {})
        });
        return manifest;
      },
      notes: () => said,
      rows: (sql) => withWarehouse((engine) => engine.rows(sql), paths.warehouse)
    });
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

/** `withFolder` whose builds make these relations, what they read and the checks of those. */
export function folderFor(...relations: string[]): typeof withFolder {
  return (folder, look) => withFolder({...folder, relations}, look);
}

/** The error that building what init wrote ends in, as text. @throws when it builds */
export async function refusedBuild({build}: Initialised): Promise<string> {
  try {
    await build();
  } catch (error) {
    return JSON.stringify((error as {problems?: unknown}).problems ?? String(error));
  }
  throw new Error("the build was not refused");
}
