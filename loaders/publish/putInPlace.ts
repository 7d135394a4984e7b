import {cpSync, existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname} from "node:path";

/** The finished site in, the one before it out: until the last rename readers get the old one. State and sites may lie on different disks. */
export function putInPlace(from: string, to: string): void {
  mkdirSync(dirname(to), {recursive: true});
  const next = `${to}.${process.pid}.tmp`;
  const aside = `${to}.${process.pid}.old`;
  try {
    try {
      renameSync(from, next);
    } catch {
      cpSync(from, next, {recursive: true});
      rmSync(from, {recursive: true, force: true});
    }
    if (existsSync(to)) renameSync(to, aside);
    renameSync(next, to);
  } finally {
    for (const left of [next, aside]) rmSync(left, {recursive: true, force: true});
  }
}
