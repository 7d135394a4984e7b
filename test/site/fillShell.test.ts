import {createHash} from "node:crypto";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {siteFiles} from "../../loaders/publish/scan/siteFiles.ts";
import {fillShell} from "../../loaders/site/fillShell.ts";
import {EMPTY_NAME, emptyPlace} from "../../loaders/site/siteShell.ts";

const FILE = "data/deals.json";
const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);
const FIRM = {company: `Meyer & Söhne $& "<b>"`, built_at: "2026-11-01T00:00:00.000Z"};
const EMPTY = `_file/data/deals.${hash(emptyPlace(FILE))}.json`;

let root: string;
let shell: string;
let from: string;
let dist: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-shell-"));
  [shell, from, dist] = ["shell", "from", "dist"].map((name) => join(root, name)) as [string, string, string];
  write(join(shell, EMPTY), emptyPlace(FILE));
  write(join(shell, "_file/data/explore.js"), "1");
  write(join(shell, "index.html"), page("deals"));
  write(join(shell, "deals.html"), page("deals"));
  write(join(from, FILE), '["Acme $& $1"]');
});
afterEach(() => rmSync(root, {recursive: true}));

/** As Framework registers what a page attaches, and a file that is no data. */
function page(name: string): string {
  const told = `{"name":"./data/${name}.json","mimeType":"application/json","path":"./${EMPTY}","lastModified":1,"size":28}`;
  return `<title>${name} | ${EMPTY_NAME}</title><script type="module">
registerFile("./data/${name}.json", ${told});
registerFile("./data/explore.js", {"name":"./data/explore.js","path":"./_file/data/explore.js"});
</script>`;
}

function write(path: string, text: string): void {
  mkdirSync(join(path, ".."), {recursive: true});
  writeFileSync(path, text);
}

test("a site has its own data and name where the shell had empty places, and every page says where", () => {
  const text = '["Acme $& $1"]';
  fillShell({dist: shell, data: [FILE]}, from, dist, FIRM);
  const path = `_file/data/deals.${hash(text)}.json`;
  expect(siteFiles(dist)).toEqual([path, "_file/data/explore.js", "deals.html", "index.html"].sort());
  expect(readFileSync(join(dist, path), "utf8")).toBe(text);
  for (const name of ["index.html", "deals.html"]) {
    const html = readFileSync(join(dist, name), "utf8");
    const info = /registerFile\("\.\/data\/deals\.json", (\{.*?\})\);/.exec(html)![1]!;
    expect(JSON.parse(info)).toEqual({
      name: "./data/deals.json",
      mimeType: "application/json",
      path: `./${path}`,
      lastModified: Date.UTC(2026, 10, 1),
      size: text.length
    });
    expect(html).toContain('"path":"./_file/data/explore.js"');
    expect(html).toContain("<title>deals | Meyer &#38; Söhne $&#38; &#34;&#60;b&#62;&#34;</title>");
  }
});

test("nothing of the site before is left, and the shell stays as it was", () => {
  fillShell({dist: shell, data: [FILE]}, from, dist, FIRM);
  write(join(from, FILE), "[]");
  write(join(dist, "old.html"), "old");
  fillShell({dist: shell, data: [FILE]}, from, dist, FIRM);
  expect(siteFiles(dist).filter((file) => file.includes("deals."))).toEqual([
    `_file/data/deals.${hash("[]")}.json`,
    "deals.html"
  ]);
  expect(existsSync(join(dist, "old.html"))).toBe(false);
  expect(readFileSync(join(shell, EMPTY), "utf8")).toBe(emptyPlace(FILE));
});

test("data that no page names, or that was not made, is an error", () => {
  write(join(shell, "index.html"), page("orders"));
  write(join(shell, "deals.html"), page("orders"));
  expect(() => fillShell({dist: shell, data: [FILE]}, from, dist, FIRM)).toThrow("data/deals.json");
  rmSync(join(from, FILE));
  expect(() => fillShell({dist: shell, data: [FILE]}, from, dist, FIRM)).toThrow("ENOENT");
});
