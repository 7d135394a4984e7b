import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {parseMatchDecisions} from "../../loaders/workspace/matchDecisions.ts";
import {writePortal} from "../match/portal.ts";
import {weirHere} from "../support/weirCli.ts";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-matches-"));
  writePortal(dir);
});
afterAll(() => rmSync(dir, {recursive: true, force: true}));

const matches = (...args: string[]) =>
  weirHere("matches", "--workspace", dir, "--state", join(dir, "state"), ...args);

describe("weir matches", () => {
  test("prints the doubtful ones as a matches.yaml that the next build takes", async () => {
    const {code, printed, said} = await matches();
    expect(code).toBe(0);
    expect(said).toContain("4 registrations: 2 matched, 1 unsure, 1 unmatched");
    expect(printed).toContain("# Nordic Systems, 639.00, 2024-02-05, Reseller Two");
    const [decision, ...others] = parseMatchDecisions(printed, "matches.yaml");
    expect(others).toEqual([]);
    expect(decision!.registrationId).toBe("R3");
    writeFileSync(join(dir, "matches.yaml"), printed);
    expect((await matches()).said).toContain("3 matched, 0 unsure, 1 unmatched");
    rmSync(join(dir, "matches.yaml"));
  });

  test("lists another status, as JSON when asked", async () => {
    const {printed} = await matches("--status", "unmatched", "--json");
    expect(JSON.parse(printed)).toMatchObject({
      status: "unmatched",
      registrations: [{registration_id: "R4", end_customer_name: "Unheard Of Inc", likely_deal_id: null}]
    });
  });

  test("a status that does not exist is a usage error", async () => {
    const {code, said} = await matches("--status", "maybe");
    expect(code).toBe(2);
    expect(said).toContain("matched, unsure, unmatched");
  });
});
