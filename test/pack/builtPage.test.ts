import {expect, test} from "vitest";
import {readBuiltPage, withFiles, withoutFetches} from "../../loaders/pack/builtPage.ts";

const MODULE = `
import {define} from "./_observablehq/client.1.js";
registerFile("./data/deals.json", {"name":"./data/deals.json","mimeType":"application/json","path":"./_file/data/deals.2.json","size":3});

define({id: "a", body: () => {}});
`;
const HTML = `<head><link rel="preload" as="style" href="./a.css">
<link rel="stylesheet" type="text/css" href="./a.css">
<link rel="modulepreload" href="./b.js">
<link rel="icon" href="data:,">
<script type="module">${MODULE}</script></head>`;

test("a built page is its module, its styles and its files", () => {
  const {module, styles, files} = readBuiltPage(HTML);
  expect(module).toBe(MODULE);
  expect(styles).toEqual(["./a.css"]);
  expect(files.map(({path, mimeType}) => [path, mimeType])).toEqual([
    ["./_file/data/deals.2.json", "application/json"]
  ]);
  expect(() => readBuiltPage("<p>")).toThrow(/module/);
});

test("the module looks its files up, and keeps what else is known of them", () => {
  const registered = /registerFile\(.*\);/.exec(withFiles(MODULE, (path) => path.replace("./", "demo/")))![0];
  const known: unknown[] = [];
  new Function("registerFile", "files", registered)((...given: unknown[]) => known.push(...given), {
    "demo/_file/data/deals.2.json": "data:here"
  });
  expect(known).toEqual([
    "./data/deals.json",
    {name: "./data/deals.json", mimeType: "application/json", path: "data:here", size: 3}
  ]);
});

test("nothing is left that would be fetched; texts like $& come through", () => {
  const packed = withoutFetches(HTML, "<style>a{}</style>", 'f("$&$1")');
  expect(packed).not.toMatch(/preload|stylesheet|\.css|\.js/);
  expect(packed).toContain('<style>a{}</style>\n<script type="module">f("$&$1")</script>');
  expect(packed).toContain('rel="icon"');
});
