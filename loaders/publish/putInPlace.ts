import {cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {EXIT, WeirError} from "../weirError.ts";

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

/**
 * Before a site is first put into a folder.
 * @throws {WeirError} exit 5 when something lies there: no publication is recorded, so it is not Weir's to replace
 */
export function mustBeFree(to: string, title: string): void {
  if (!existsSync(to) || (statSync(to).isDirectory() && readdirSync(to).length === 0)) return;
  throw new WeirError(`The site for ${title} has no place`, {
    exitCode: EXIT.publish,
    problems: [
      {
        what: `the folder of the site for ${title} has something in it, and no publication into it is recorded`,
        file: to,
        expected: "no such folder, or an empty one",
        fix: "move it away if it is not of weir publish, remove it if it is; or publish into another folder with --out"
      }
    ]
  });
}

/**
 * Folders of a publication that was killed: a site that was set aside goes back where none took its place, the rest goes. Only those
 * beside the `folders` of sites are a publication's, and only for who has the lock.
 */
export function clearLeftovers(out: string, folders: readonly string[]): void {
  if (!existsSync(out)) return;
  for (const name of readdirSync(out)) {
    const [, folder, end] = /^(.+)\.\d+\.(tmp|old)$/.exec(name) ?? [];
    if (folder === undefined || !folders.includes(folder)) continue;
    if (end === "old" && !existsSync(join(out, folder))) renameSync(join(out, name), join(out, folder));
    else rmSync(join(out, name), {recursive: true, force: true});
  }
}
