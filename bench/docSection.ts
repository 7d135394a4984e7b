/** Puts what a benchmark measured into a page of the docs, between its own marks: the rest of the page stays. */
import {readFileSync, writeFileSync} from "node:fs";

/** A section between the marks by which it is found again. */
export function sectionText(name: string, lines: readonly string[]): string {
  const [open, close] = marksOf(name);
  return `${open}\n\n${lines.join("\n")}\n\n${close}`;
}

function marksOf(name: string): [open: string, close: string] {
  return [`<!-- ${name}: written by the benchmark -->`, `<!-- end of ${name} -->`];
}

/** @throws when the page has no such section */
export function writeSection(file: string, name: string, lines: readonly string[]): void {
  const [open, close] = marksOf(name);
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} has no section "${name}"`);
  writeFileSync(file, `${text.slice(0, from)}${sectionText(name, lines)}${text.slice(to + close.length)}`);
}
