import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {clearKilledPacks, workFolder} from "../../loaders/pack/leftovers.ts";

/** No process has it: above what systems give. */
const GONE = 2 ** 30;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-killed-"));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function folder(name: string): void {
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, "index.html"), name);
}

test("what killed packs leave goes, what others left or write stays", () => {
  const living = `board.${process.ppid}.packing`;
  const kept = ["board", "board.2026.old.notes", `boards.${GONE}.packing`, living];
  const gone = [`board.${GONE}.packing`, `board.${GONE}.tmp`, `board.${GONE}.old`];
  for (const name of [...kept, ...gone]) folder(name);
  mkdirSync(workFolder(join(root, "board")));
  clearKilledPacks(join(root, "board"));
  expect(readdirSync(root).sort()).toEqual(kept.sort());
});

test("pages that were set aside come back where none took their place", () => {
  folder(`board.${GONE}.old`);
  clearKilledPacks(join(root, "board"));
  expect(readdirSync(root)).toEqual(["board"]);
});
