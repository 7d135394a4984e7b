import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {
  type PublishRecord,
  readRecord,
  recordFile,
  treeHash,
  writeRecord
} from "../../loaders/publish/publishRecord.ts";
import {WeirError} from "../../loaders/weirError.ts";

const FIRM = {workspace: "demo", company: "Kestrel"};
const RECORD: PublishRecord = {version: 1, ...FIRM, folders: [], sites: []};
let root: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-record-"));
  out = join(root, "demo");
  mkdirSync(out);
});
afterEach(() => rmSync(root, {recursive: true}));

function refusal(): WeirError {
  try {
    readRecord(out, FIRM);
  } catch (error) {
    if (error instanceof WeirError) return error;
  }
  throw new Error("it was read");
}

describe("the record of a publication", () => {
  test("is read as it was written, and does not lie in the folder that is served", () => {
    expect(readRecord(out, FIRM)).toBeUndefined();
    writeRecord(out, RECORD);
    expect(readRecord(out, FIRM)).toEqual(RECORD);
    expect(readdirSync(out)).toEqual([]);
    expect(readdirSync(root)).toEqual(["demo", "demo.publish.json"]);
  });

  test.each([
    {workspace: "demo-equipment", field: "workspace"},
    {company: "Kettlebeck", field: "company"}
  ])("of another $field is refused", ({field, ...other}) => {
    writeRecord(out, {...RECORD, ...other});
    const {exitCode, problems} = refusal();
    expect(exitCode).toBe(2);
    expect(problems).toMatchObject([{file: recordFile(out), field, value: Object.values(other)[0]}]);
    expect(problems[0]!.fix).toContain("--out");
  });

  test.each(["no JSON", "null", '{"version":2}', '{"version":1}'])(
    "that is not one is refused: %s",
    (text) => {
      writeFileSync(recordFile(out), text);
      expect(refusal()).toMatchObject({exitCode: 2, problems: [{file: recordFile(out)}]});
    }
  );
});

test("a site's hash changes with a file's name and with its content", () => {
  const hashes = ["a.html", "b.html"].flatMap((name) =>
    ["x", "y"].map((text) => {
      rmSync(out, {recursive: true});
      mkdirSync(out);
      writeFileSync(join(out, name), text);
      return treeHash(out);
    })
  );
  expect(new Set(hashes).size).toBe(4);
});
