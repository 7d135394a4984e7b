/** Calls back, once things are quiet, when a file or anything in a folder changes; never twice at a time. */
import {watch} from "node:fs";

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
    if (isPending) {
      isPending = false;
      await run();
    }
  };
  const watchers = paths.map((path) =>
    watch(path, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), quietMs);
    })
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
