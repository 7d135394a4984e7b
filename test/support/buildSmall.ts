/** Builds the hand-written workspace (or a changed copy of it) into a folder of the test's own. */
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {silentReporter} from "../../loaders/system/progress.ts";
import {type BuiltWarehouse, buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {type StatePaths, statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "./modelsFor.ts";

export const SMALL = fileURLToPath(new URL("../fixtures/small", import.meta.url));
export const BUILT_AT = "2026-06-01T00:00:00.000Z";

export interface SmallWorkspace {
  dir: string;
  paths: StatePaths;
  /** Replaces text in one of its files. @throws when the text is not there */
  change(file: string, from: string | RegExp, to: string): void;
  write(file: string, text: string | Uint8Array): void;
  /** Builds it whole, or these relations with what they read. */
  build(options?: {
    force?: boolean;
    builtAt?: string;
    relations?: readonly string[];
  }): Promise<BuiltWarehouse>;
  /** Puts its files back as they were written; what was built of it stays. */
  restore(): void;
  remove(): void;
}

/** A copy of the small workspace in a temporary folder. */
export function smallWorkspace(): SmallWorkspace {
  const root = mkdtempSync(join(tmpdir(), "weir-test-"));
  const dir = join(root, "small");
  cpSync(SMALL, dir, {recursive: true});
  const paths = statePaths({name: "small"}, join(root, "state"));
  return {
    dir,
    paths,
    change(file, from, to) {
      const path = join(dir, file);
      const before = readFileSync(path, "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} does not hold ${from}`);
      writeFileSync(path, after);
    },
    write: (file, text) => writeFileSync(join(dir, file), text),
    build: ({force = false, builtAt = BUILT_AT, relations} = {}) =>
      buildWarehouse({
        workspace: loadWorkspace(dir),
        paths,
        filesDir: dir,
        reporter: silentReporter,
        builtAt,
        force,
        ...(relations ? {models: modelsFor(relations)} : {})
      }),
    restore() {
      rmSync(dir, {recursive: true});
      cpSync(SMALL, dir, {recursive: true});
    },
    remove: () => rmSync(root, {recursive: true, force: true})
  };
}
