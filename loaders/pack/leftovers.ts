import {existsSync, readdirSync, renameSync, rmSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {isRunning} from "../system/isRunning.ts";

/** The folder that a pack writes into, beside the one it will be: a rename on one disk puts it there. */
export function workFolder(out: string): string {
  return `${out}.${process.pid}.packing`;
}

/** Folders beside `out` of packs that were killed go; pages that were set aside come back where none took their place. */
export function clearKilledPacks(out: string): void {
  const folder = dirname(out);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const [, pid, end] = /^\.(\d+)\.(packing|tmp|old)$/.exec(afterOf(name, basename(out))) ?? [];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
    if (end === "old" && !existsSync(out)) renameSync(join(folder, name), out);
    else rmSync(join(folder, name), {recursive: true, force: true});
  }
}

function afterOf(name: string, start: string): string {
  return name.startsWith(start) ? name.slice(start.length) : "";
}
