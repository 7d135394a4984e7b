/** weir publish of a firm so large that its pages fetch parts: the gate lets them pass, and looks into them. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {parseDocument} from "yaml";
import {isPart} from "../../loaders/publish/scan/secrets.ts";
import {siteFiles} from "../../loaders/publish/scan/siteFiles.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {type Outcome, weir} from "../support/weirCli.ts";
import {csvText, parseCsv} from "./plantCanaries.ts";

/** A customer without a deal, so not EMEA's, whose words follow each other in a part: a list of channels ends, their codes begin. */
const FOREIGN = "Direct Codes";

let root: string;
let out: string;
let outcome: Outcome;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "weir-large-"));
  out = join(root, "published");
  const dir = join(root, "firm");
  await writeTwin({firm: "software", deals: 150, seed: 5, out: dir});
  const accounts = join(dir, "Account.csv");
  const [header, ...rows] = parseCsv(readFileSync(accounts, "utf8"));
  const said: Record<string, string> = {Id: "0015g000000ZQXZAAA", Name: FOREIGN, IsPartner: "false"};
  const planted = header!.map((name) => said[name] ?? "");
  writeFileSync(accounts, csvText([header!, ...rows, planted]));
  const config = parseDocument(readFileSync(join(dir, "workspace.yaml"), "utf8"));
  config.set("audiences", {
    board: {title: "The board", pages: ["pipeline"]},
    emea: {title: "EMEA", pages: ["pipeline"], rows: {region: ["EMEA"]}}
  });
  writeFileSync(join(dir, "workspace.yaml"), config.toString());
  vi.stubEnv("WEIR_ROWS_UP_TO", "20");
  const state = join(root, "state");
  outcome = await weir("publish", "--workspace", dir, "--state", state, "--out", out, "--json");
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test("a site with parts is published to whoever may have all that they hold", () => {
  const files = siteFiles(join(out, "board"));
  expect(files.filter(isPart).length, outcome.said).toBeGreaterThan(20);
  expect(files).toContain("index.html");
});

test("a text that its readers must not get stops it, though it is in parts alone", () => {
  expect(outcome.code).toBe(5);
  expect(outcome.said).toContain("1 of 2 sites not published: EMEA");
  expect(outcome.said).toContain("a text that is left out in the site for EMEA");
  expect(outcome.said).toMatch(/_parts\/\S+\.gz\.bin/);
  expect(outcome.said).not.toContain("_file/");
  expect(outcome.said).toContain(FOREIGN);
  expect(outcome.said).not.toContain("kind of file");
  expect(() => siteFiles(join(out, "emea"))).toThrow();
});
