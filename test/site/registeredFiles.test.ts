import {expect, test} from "vitest";
import {registeredFiles, tellFiles} from "../../loaders/site/registeredFiles.ts";

const MODULE = `import {registerFile} from "./_observablehq/stdlib.js";
registerFile("./data/deals.json", {"name":"./data/deals.json","mimeType":"application/json","path":"./_file/data/deals.1.json","size":28});
registerFile("./data/odd).json", {"name":"./data/odd).json","mimeType":"application/json","path":"./_file/data/odd});.2.json"});
define({body: () => "registerFile(1)"});`;

test("the files of a page are told one by one, whatever stands in their names", () => {
  expect(registeredFiles(MODULE).map(({path}) => path)).toEqual([
    "./_file/data/deals.1.json",
    "./_file/data/odd});.2.json"
  ]);
});

test("what is said of one is put in its line, text with signs of replacements as it is; the rest of the page stays", () => {
  const told = tellFiles(MODULE, (name) => (name === "./data/odd).json" ? '{"path":"$& $1"}' : null));
  expect(told.split("\n").filter((line, index) => line !== MODULE.split("\n")[index])).toEqual([
    'registerFile("./data/odd).json", {"path":"$& $1"});'
  ]);
});
