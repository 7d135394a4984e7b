import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {weir, weirHere} from "../support/weirCli.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "weir-twin-"));
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

describe("weir twin", () => {
  test("prints its files and their records, and says how to build them", async () => {
    const out = join(root, "out");
    const {code, said, printed} = await weir(
      "twin",
      "equipment",
      "--deals",
      "40",
      "--seed",
      "2",
      "--out",
      out,
      "--json"
    );
    expect(code).toBe(0);
    const made = JSON.parse(printed);
    expect(made).toMatchObject({firm: "equipment", deals: 40, seed: 2});
    expect(made.files).toContainEqual({file: "deals.csv", n_rows: 40});
    expect(said).toContain("weir build --workspace");
    expect(existsSync(join(out, "workspace.yaml"))).toBe(true);
  });

  test.each([
    [["bakery"], /software or equipment/],
    [["softwar"], /did you mean "software"/],
    [["software", "equipment"], /not one firm/],
    [[], /no firm is named/],
    [["software", "--deals", "many"], /digits only/],
    [["software", "--deals", "0"], /from 1 to 5,000,000/],
    [["software", "--deals=-3"], /digits only/],
    [["software", "--seed", "1.5"], /digits only/]
  ])("refuses %j with what to do, and leaves nothing", async (words, message) => {
    const out = join(root, "never");
    const {code, said, printed} = await weirHere("twin", ...words, "--out", out);
    expect(code).toBe(2);
    expect(said).toMatch(message);
    expect(printed).toBe("");
    expect(existsSync(out)).toBe(false);
  });

  test("asks for a folder", async () => {
    const {code, said} = await weirHere("twin", "software");
    expect(code).toBe(2);
    expect(said).toContain("--out");
  });
});
