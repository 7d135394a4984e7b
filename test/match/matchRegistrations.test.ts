/** The whole way: a portal's export beside a CRM's, through a real build, with and without matches.yaml. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";
import {writePortal} from "./portal.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-match-"));
  writePortal(dir);
});
afterEach(() => rmSync(dir, {recursive: true, force: true}));

async function built(): Promise<Map<string, Record<string, unknown>>> {
  const workspace = loadWorkspace(dir);
  const paths = statePaths(workspace, join(dir, "state"));
  await buildWarehouse({
    workspace,
    paths,
    filesDir: dir,
    reporter: silentReporter,
    builtAt: "2030-01-01T00:00:00Z",
    models: modelsFor(["registrations"])
  });
  const engine = await openDuckDb(paths.warehouse, {readOnly: true});
  try {
    const rows =
      await engine.rows(`select registration_id, match_status as status, match_basis as basis, deal_id,
      likely_deal_id as likely, estimated_amount_base::double as amount, match_evidence as evidence, state from marts.registrations`);
    return new Map(rows.map((row) => [String(row["registration_id"]), row]));
  } finally {
    engine.close();
  }
}

describe("registrations in the warehouse", () => {
  test("each has its deal, its doubt or nothing, with the evidence and the money of its day", async () => {
    const found = await built();
    expect(found.size).toBe(4);
    expect(found.get("R1")).toMatchObject({status: "matched", basis: "score", deal_id: "D1", amount: 1000});
    expect(found.get("R1")!["evidence"]).toBe("same name; same country; same amount; 5 days apart");
    expect(found.get("R2")).toMatchObject({
      status: "matched",
      basis: "stated id",
      deal_id: "D2",
      amount: null
    });
    expect(found.get("R3")).toMatchObject({status: "unsure", deal_id: null, amount: 639});
    expect(["D3", "D4"]).toContain(found.get("R3")!["likely"]);
    expect(found.get("R4")).toMatchObject({status: "unmatched", basis: "none", likely: null});
    // The portal says under_review.
    expect(found.get("R4")!["state"]).toBe("pending");
  });

  test("a decision in matches.yaml settles a doubt, and a changed one builds anew", async () => {
    await built();
    writeFileSync(join(dir, "matches.yaml"), "decisions:\n  - {registration: R3, deal: D4, by: Ann}\n");
    expect((await built()).get("R3")).toMatchObject({status: "matched", basis: "decision", deal_id: "D4"});
    writeFileSync(
      join(dir, "matches.yaml"),
      "decisions:\n  - {registration: R1, deal: null, why: another branch}\n"
    );
    const found = await built();
    expect(found.get("R1")).toMatchObject({status: "unmatched", basis: "decision", deal_id: null});
    expect(found.get("R3")).toMatchObject({status: "unsure"});
  });

  test("a decision about something that does not exist is an error with its line", async () => {
    writeFileSync(
      join(dir, "matches.yaml"),
      "decisions:\n  - {registration: R9, deal: D4}\n  - {registration: R3, deal: D9}\n"
    );
    await expect(built()).rejects.toMatchObject({
      exitCode: 2,
      problems: [
        {line: 2, field: "registration", value: "R9"},
        {line: 3, field: "deal", value: "D9"}
      ]
    });
  });

  test("a registration decided twice, or a misspelled key, is an error with its line", () => {
    writeFileSync(
      join(dir, "matches.yaml"),
      "decisions:\n  - {registration: R3, deal: D4}\n  - {registration: R3, deal: D3}\n"
    );
    expect(() => loadWorkspace(dir)).toThrow(
      expect.objectContaining({problems: [expect.objectContaining({line: 3})]})
    );
    writeFileSync(join(dir, "matches.yaml"), "decisions:\n  - {registraton: R3, deal: D4}\n");
    expect(() => loadWorkspace(dir)).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([expect.objectContaining({fix: 'did you mean "registration"?'})])
      })
    );
  });
});
