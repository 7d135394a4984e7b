/** Calls back, once things are quiet, when a file or anything in a folder changes; never twice at a time. */
import {statSync, watch} from "node:fs";
import {basename, dirname} from "node:path";

/** Returns a function that stops watching. */
export function watchInputs(
  paths: readonly string[],
  onChange: () => Promise<void>,
  quietMs = 500
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let isPending = false;
  const run = async () => {
    if (isBusy) {
      isPending = true;
      return;
    }
    isBusy = true;
    await onChange();
    isBusy = false;
    if (!isPending) return;
    isPending = false;
    await run();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), quietMs);
  };
  const watchers = paths.map((path) => {
    if (statSync(path).isDirectory()) return watch(path, changed);
    // Editors save by renaming a new file into place, which a watch on the old one would not see again.
    const name = basename(path);
    return watch(dirname(path), (_, file) => {
      if (file === null || file === name) changed();
    });
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
