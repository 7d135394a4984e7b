/** The whole way for a newcomer: a folder of exports, `weir init`, `weir check`, no hand edit. */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {FIRMS} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {sharedData} from "../support/sharedData.ts";
import {weir, weirHere} from "../support/weirCli.ts";
import {smallTwin} from "../twins/support.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-init-test-"));
});
afterEach(() => rmSync(dir, {recursive: true, force: true}));

async function initAndCheck(exports: string): Promise<{said: string; checked: string}> {
  const out = join(dir, "workspace");
  const init = await weirHere("init", exports, "--out", out);
  expect([init.code, init.said.includes("wrote")]).toEqual([0, true]);
  const check = await weirHere(
    "check",
    "--workspace",
    out,
    "--files",
    exports,
    "--state",
    join(dir, "state")
  );
  expect([check.code, check.said]).toEqual([0, expect.any(String)]);
  expect(check.printed).not.toMatch(/[1-9]\d* rejected/);
  return {said: init.printed, checked: check.printed};
}

function exportsOf(files: Record<string, string>): string {
  const exports = join(dir, "exports");
  mkdirSync(exports);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(exports, name), text);
  return exports;
}

describe("public exports load with no hand edit", () => {
  test.each(["salesforce-demo", "salesforce-seeds", "hubspot-seeds"])("%s", async (name) => {
    const folder = sharedData(name);
    if (!folder) return;
    const {checked} = await initAndCheck(folder);
    expect(checked).toMatch(/records\t\d+ loaded\t0 rejected/);
  });
});

describe.each(FIRMS)("the %s firm, whose truth is known", (firm) => {
  test("is built from what init wrote, and every stage holds what it held on every day", async () => {
    const twin = await smallTwin(firm, 300, 5);
    const out = join(dir, "workspace");
    const {code, printed} = await weirHere("init", twin.dir, "--out", out);
    expect(code).toBe(0);
    expect(printed).toContain("yes  the pipeline of any past day, movement");
    expect(printed).toContain("yes  CRM and partner portal reconciled");
    const workspace = loadWorkspace(out);
    const paths = statePaths(workspace, join(dir, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    await buildWarehouse({workspace, paths, filesDir: twin.dir, reporter: silentReporter, builtAt});
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      const rows = await engine.rows<{day: string; stage: string; n: number}>(
        `select day_on::varchar as day, stage_id as stage, sum(n_deals)::integer as n
         from marts.daily_pipeline group by all having sum(n_deals) > 0`
      );
      const truth = new Map<string, number>();
      for (const {day, stage, n_deals} of twin.rows("truth/pipeline_daily.csv"))
        truth.set(`${day} ${stage}`, (truth.get(`${day} ${stage}`) ?? 0) + Number(n_deals));
      const wrong = rows.filter(({day, stage, n}) => truth.get(`${day} ${stage}`) !== n);
      expect(wrong.slice(0, 5)).toEqual([]);
      expect(rows.length).toBeGreaterThan(1000);
    } finally {
      engine.close();
    }
  });
});

describe("what a person reads", () => {
  const deals = (created: string) => `Id;StageName;CloseDate;Amount;CreatedDate;Region__c
006A00000000001;Prospecting;31.03.2024;1.234,50;31.05.2024 11:00;North
006A00000000002;Verloren;30.04.2024;99,00;${created};South
`;

  test("formats that fit every value are declared, stages get their kind by name, and questions are asked", async () => {
    const exports = exportsOf({"Verkaufschancen.csv": deals("02.01.2024 09:30")});
    await initAndCheck(exports);
    const text = readFileSync(join(dir, "workspace", "workspace.yaml"), "utf8");
    expect(text).toContain(
      'format: {delimiter: ";", date: "%d.%m.%Y", timestamp: "%d.%m.%Y %H:%M", decimal: ",", thousands: "."}'
    );
    expect(text).toMatch(/id: Verloren, kind: lost\} # lost by its name/);
    expect(text).toMatch(/id: Won, kind: won\} # no stage of the export is of this kind/);
    expect(text).toContain("# QUESTION: the exports name no currency; is it USD?");
    expect(text).toContain("# not read: Region__c");
  });

  test("a day that could be a month is a question", async () => {
    const csv = "Id,StageName,CloseDate\n006A00000000001,Prospecting,03/04/2024\n";
    await weirHere("init", exportsOf({"deals.csv": csv}), "--out", join(dir, "workspace"));
    expect(
      readFileSync(join(dir, "workspace", "workspace.yaml"), "utf8").replaceAll(/\n\s*#\s+/g, " ")
    ).toMatch(/QUESTION: %d\/%m\/%Y and .*%m\/%d\/%Y.* fit every value/);
  });

  test("what cannot be computed says what to export", async () => {
    const csv = "Id,StageName,CloseDate,Amount\n006A00000000001,Prospecting,2024-04-03,5\n";
    const {printed} = await weirHere("init", exportsOf({"deals.csv": csv}), "--out", join(dir, "workspace"));
    expect(printed).toContain(
      "no   conversion by stage, time in stage: no stage history: turn on field history for the stage"
    );
  });

  test("an existing workspace.yaml is kept unless forced", async () => {
    const exports = exportsOf({
      "deals.csv": "Id,StageName,CloseDate\n006A00000000001,Won,2024-04-03\n",
      "workspace.yaml": "mine\n"
    });
    const {code, said} = await weir("init", exports);
    expect([code, said.includes("--force")]).toEqual([2, true]);
    expect(readFileSync(join(exports, "workspace.yaml"), "utf8")).toBe("mine\n");
    expect((await weirHere("init", exports, "--force")).code).toBe(0);
  });

  test("no exports, no deals, no folder: each is said", async () => {
    const empty = exportsOf({"notes.md": "x"});
    expect((await weirHere("init", empty)).code).toBe(4);
    writeFileSync(join(empty, "x.csv"), "a,b\n1,2\n");
    const noDeals = await weirHere("init", empty);
    expect([noDeals.code, noDeals.said.includes("x.csv")]).toEqual([3, true]);
    expect((await weirHere("init", join(dir, "nowhere"))).code).toBe(2);
    expect(existsSync(join(empty, "workspace.yaml"))).toBe(false);
  });
});
