import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {clearLeftovers, mustBeFree, putInPlace} from "../../loaders/publish/putInPlace.ts";

let root: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-place-"));
  out = join(root, "published");
});
afterEach(() => rmSync(root, {recursive: true}));

function folder(path: string, text: string): string {
  mkdirSync(path, {recursive: true});
  writeFileSync(join(path, "index.html"), text);
  return path;
}

const textOf = (name: string) => readFileSync(join(out, name, "index.html"), "utf8");

describe("a finished site", () => {
  test("takes the place of the one before, and leaves nothing beside it", () => {
    folder(join(out, "board"), "old");
    const made = folder(join(root, "state", "site"), "new");
    putInPlace(made, join(out, "board"));
    expect(textOf("board")).toBe("new");
    expect(readdirSync(out)).toEqual(["board"]);
    expect(existsSync(made)).toBe(false);
  });

  test("is copied where state and sites lie on different disks", () => {
    const made = folder(join(root, "state", "site"), "new");
    putInPlace(made, join(out, "board"), (from, to) => {
      if (from === made) throw Object.assign(new Error("cross-device link"), {code: "EXDEV"});
      renameSync(from, to);
    });
    expect(textOf("board")).toBe("new");
    expect(readdirSync(out)).toEqual(["board"]);
  });

  test("that cannot take the place leaves the one before in it", () => {
    folder(join(out, "board"), "old");
    const made = folder(join(root, "state", "site"), "new");
    const rename: typeof renameSync = (from, to) => {
      if (String(from).endsWith(".tmp")) throw new Error("a file is open");
      renameSync(from, to);
    };
    expect(() => putInPlace(made, join(out, "board"), rename)).toThrow("a file is open");
    expect(textOf("board")).toBe("old");
    expect(readdirSync(out)).toEqual(["board"]);
  });
});

test("what a killed publication left goes, and a site that it had set aside goes back", () => {
  folder(join(out, "board"), "new");
  folder(join(out, "board.12.old"), "old");
  folder(join(out, "emea.12.old"), "the only one");
  folder(join(out, "emea.12.tmp"), "half");
  folder(join(out, "partners.old"), "not ours");
  folder(join(out, "minutes.2025.old"), "not ours");
  clearLeftovers(out, ["board", "emea", "partners"]);
  expect(readdirSync(out).sort()).toEqual(["board", "emea", "minutes.2025.old", "partners.old"]);
  expect(textOf("board")).toBe("new");
  expect(textOf("emea")).toBe("the only one");
});

test("a site is put for the first time only where nothing lies: what is not recorded is not Weir's to replace", () => {
  mustBeFree(join(out, "board"), "The board");
  mkdirSync(join(out, "board"), {recursive: true});
  mustBeFree(join(out, "board"), "The board");
  folder(join(out, "board"), "my minutes");
  expect(() => mustBeFree(join(out, "board"), "The board")).toThrow("has no place");
});
