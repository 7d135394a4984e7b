/** What a person sees who made a mistake: what the CLI says, its exit code, and that nothing good was touched. */
import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, afterEach, beforeAll, describe, expect, test} from "vitest";
import {hashFile} from "../../loaders/system/fileHash.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import {type Outcome, weir, weirHere} from "../support/weirCli.ts";

let small: SmallWorkspace;
let dist: string;
let goodWarehouse: string;

// Built once: whatever is tried below, the warehouse and the site stay as they are.
beforeAll(async () => {
  small = smallWorkspace();
  await small.build();
  goodWarehouse = hashFile(small.paths.warehouse);
  dist = join(small.paths.dir, "dist");
  mkdirSync(dist);
  writeFileSync(join(dist, "index.html"), "the last good site");
});
afterEach(() => small.restore());
afterAll(() => small.remove());

/** Runs a build that must fail, and holds that the last good warehouse and site are as they were. */
async function failedBuild(run = weirHere): Promise<Outcome> {
  const outcome = await run(
    "build",
    "--workspace",
    small.dir,
    "--state",
    join(small.paths.dir, ".."),
    "--out",
    dist
  );
  expect(hashFile(small.paths.warehouse)).toBe(goodWarehouse);
  expect(readFileSync(join(dist, "index.html"), "utf8")).toBe("the last good site");
  expect(outcome.printed).toBe("");
  return outcome;
}

describe("a build refuses, says what to do and touches nothing, when", () => {
  test("a file is missing", async () => {
    rmSync(join(small.dir, "people.csv"));
    const {code, said} = await failedBuild(weir);
    expect(code).toBe(4);
    expect(said).toContain("people.csv: the file does not exist");
    expect(said).toContain("give its folder with --files DIR");
  });

  test("a header was renamed", async () => {
    small.change("deals.csv", "Deal ID", "Deal Id");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:1, Deal ID: the header has no such column");
    expect(said).toContain('did the export rename it to "Deal Id"?');
  });

  test("a header is there twice", async () => {
    small.change("deals.csv", "Currency,Created", "Amount,Created");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:1, Amount: the header names a column twice");
  });

  test("a date has another format than declared", async () => {
    small.change("deals.csv", "2026-02-01,2026-03-01", "01/02/2026,2026-03-01");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:4, Created");
    expect(said).toContain('value:    "01/02/2026"');
    expect(said).toMatch(/expected: .*YYYY-MM-DD/);
  });

  test("a number is a text", async () => {
    small.change("deals.csv", "300.40", "about 300");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:5, Amount");
    expect(said).toContain('value:    "about 300"');
    expect(said).toContain("expected: an amount such as 1234.50");
  });

  test("an id occurs twice", async () => {
    small.change("deals.csv", "\nD8,", "\nD3,");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:9, deal_id: the deal occurs twice; the first is at deals.csv:4");
    expect(said).toContain('value:    "D3"');
  });

  test("a stage is not one of workspace.yaml", async () => {
    small.change("deals.csv", "Gamma,A1,P2,Lost", "Gamma,A1,P2,Closed Lost");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:4, Stage");
    expect(said).toContain('value:    "Closed Lost"');
    expect(said).toMatch(/expected: .*Qualify, Propose, Won, Lost/);
  });

  test("a file is empty", async () => {
    small.write("accounts.csv", "");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("accounts.csv");
    expect(said).toMatch(/empty/);
  });

  test("a file has a header and nothing else", async () => {
    small.write("accounts.csv", "Account,Name,Region,Segment\n");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toMatch(/accounts.csv.*no records/s);
  });

  test("workspace.yaml has a key nobody knows", async () => {
    small.change("workspace.yaml", "base_currency: USD", "base_curency: USD");
    const {code, said} = await failedBuild();
    expect(code).toBe(2);
    expect(said).toContain('unknown key "base_curency"');
    expect(said).toContain('did you mean "base_currency"?');
    expect(said).toMatch(/workspace\.yaml:4/);
  });

  test("a record has more fields than the header", async () => {
    small.change("deals.csv", "D4,Delta", "D4,Del,ta");
    const {code, said} = await failedBuild();
    expect(code).toBe(3);
    expect(said).toContain("deals.csv:5: the record has 14 fields");
    expect(said).toContain("expected: 13 fields, as in the header");
  });

  test("a currency has no rate on the day it is needed", async () => {
    small.change("rates.csv", /GBP.*\n/, "");
    // A process of its own: it must end, with its code and its last words, though the database was open and lanes at work.
    const {code, said} = await failedBuild(weir);
    expect(code).toBe(3);
    expect(said).toContain("chk_fx_rate_known");
    expect(said).toContain('"pair":"GBP to USD"');
    expect(said).toContain('"day":"2026-05-01"');
  });
});

describe("the command line", () => {
  test("an unknown command names the nearest and exits 2", async () => {
    const {code, said} = await weir("biuld");
    expect(code).toBe(2);
    expect(said).toContain('did you mean "build"?');
  });

  test("an unknown option names the nearest and exits 2", async () => {
    const {code, said} = await weirHere("build", "--worksapce", "x");
    expect(code).toBe(2);
    expect(said).toContain("did you mean --workspace?");
  });

  test("no command prints usage to stderr and exits 2", async () => {
    const {code, said, printed} = await weirHere();
    expect(code).toBe(2);
    expect(printed).toBe("");
    expect(said).toContain("usage: weir COMMAND");
  });

  test("check prints files and checks as JSON, and leaves the warehouse alone", async () => {
    const {code, printed} = await weirHere(
      "check",
      "-w",
      small.dir,
      "--state",
      join(small.paths.dir, ".."),
      "--json"
    );
    expect(code).toBe(0);
    const {files, checks} = JSON.parse(printed) as {
      files: {n_records: number}[];
      checks: {n_failures: number}[];
    };
    expect(files.map(({n_records}) => n_records)).toContain(9);
    expect(checks.length).toBeGreaterThan(20);
    expect(hashFile(small.paths.warehouse)).toBe(goodWarehouse);
  });

  test("explain prints formula and SQL", async () => {
    const {code, printed} = await weir("explain", "win_rate");
    expect(code).toBe(0);
    expect(printed).toContain("Won / (won + lost)");
    expect(printed).toContain("marts.");
    expect((await weirHere("explain", "Win", "rate")).printed).toBe(printed);
  });
});
