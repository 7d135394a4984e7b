/**
 * Runs page loaders one after the other in one process and keeps what each prints: starting Node and the type stripper
 * anew for each costs more than all their queries. Run as: node --import tsx/esm printAll.ts FROM INTO [--only OUTPUT ...]:
 * all outputs, or those that are named, which may be none. Prints the name of each loader that is done.
 */
import {existsSync, mkdirSync, renameSync, writeFileSync} from "node:fs";
import {dirname, join, resolve, sep} from "node:path";
import {pathToFileURL} from "node:url";
import {pageLoaders} from "./pageLoaders.ts";

const [from, into] = process.argv.slice(2, 4).map((each) => resolve(each)) as [string, string];
const wanted = process.argv[4] === "--only" ? process.argv.slice(5) : null;
const print = process.stdout.write.bind(process.stdout);

for (const {loader, output} of pageLoaders(from)) {
  const path = join(into, output);
  if (wanted && !wanted.includes(output.split(sep).join("/"))) continue;
  if (existsSync(path)) continue;
  const printed: Buffer[] = [];
  process.stdout.write = (chunk: string | Uint8Array) => printed.push(Buffer.from(chunk as string)) > 0;
  try {
    await import(pathToFileURL(join(from, loader)).href);
  } catch (error) {
    process.stderr.write(`error: ${loader}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  } finally {
    process.stdout.write = print;
  }
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(`${path}.tmp`, Buffer.concat(printed));
  renameSync(`${path}.tmp`, path);
  print(`load ${output}\n`);
}
