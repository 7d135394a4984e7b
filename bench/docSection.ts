/** Puts what a benchmark measured into a page of the docs, between its own marks: the rest of the page stays. */
import {readFileSync, writeFileSync} from "node:fs";

/** @throws when the page has no such section */
export function writeSection(file: string, name: string, lines: readonly string[]): void {
  const [open, close] = [`<!-- ${name}: written by the benchmark -->`, `<!-- end of ${name} -->`];
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} has no section "${name}"`);
  writeFileSync(file, `${text.slice(0, from)}${open}\n\n${lines.join("\n")}\n\n${text.slice(to)}`);
}
