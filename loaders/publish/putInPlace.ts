import {cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";

/**
 * The finished site in, the one before it out: until the last rename readers get the old one, and they keep it when that fails. State and
 * sites may lie on different disks. What a process that was killed in between leaves, `clearLeftovers` mends.
 */
export function putInPlace(from: string, to: string, rename: typeof renameSync = renameSync): void {
  mkdirSync(dirname(to), {recursive: true});
  const next = `${to}.${process.pid}.tmp`;
  const aside = `${to}.${process.pid}.old`;
  try {
    try {
      rename(from, next);
    } catch {
      cpSync(from, next, {recursive: true});
      rmSync(from, {recursive: true, force: true});
    }
    const isThere = existsSync(to);
    if (isThere) rename(to, aside);
    try {
      rename(next, to);
    } catch (error) {
      if (isThere) rename(aside, to);
      throw error;
    }
  } finally {
    rmSync(next, {recursive: true, force: true});
  }
  rmSync(aside, {recursive: true, force: true});
}

/** Folders of a publication that was killed: a site that was set aside goes back where none took its place, the rest goes. Only for who has the lock. */
export function clearLeftovers(out: string): void {
  if (!existsSync(out)) return;
  for (const name of readdirSync(out)) {
    const [, folder, end] = /^(.+)\.\d+\.(tmp|old)$/.exec(name) ?? [];
    if (folder === undefined) continue;
    if (end === "old" && !existsSync(join(out, folder))) renameSync(join(out, name), join(out, folder));
    else rmSync(join(out, name), {recursive: true, force: true});
  }
}
