import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {committedScenarios, scored, scoredScenarios} from "../../../loaders/scenario/scored.ts";
import {writeFile} from "../../../src/scenario/saved/file.ts";
import type {Said, Scenario} from "../../../src/scenario/scenario.ts";
import {type SmallWorkspace, smallWorkspace} from "../../support/buildSmall.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const said: Said = {
  from: "2026-01-01",
  to: "2026-03-31",
  expected: 12_000,
  low80: 9_000,
  high80: 15_000,
  forecast: 10_500
};
const scenario: Scenario = {...NOTHING, name: "Old", window: "2026 Q1", said};

let small: SmallWorkspace;
let folder: string;
beforeAll(() => {
  small = smallWorkspace();
  folder = mkdtempSync(join(tmpdir(), "weir-scenarios-"));
});
afterAll(() => {
  small.remove();
  rmSync(folder, {recursive: true, force: true});
});

describe("scenarios beside workspace.yaml", () => {
  test("are read by name; a bad one is listed with what is wrong and costs the others nothing", () => {
    mkdirSync(folder, {recursive: true});
    writeFileSync(join(folder, "b-good.json"), writeFile(scenario));
    writeFileSync(
      join(folder, "a-bad.json"),
      writeFile(scenario).replace('"expected": 12000', '"expected": "much"')
    );
    writeFileSync(join(folder, "notes.txt"), "not a scenario");
    const found = committedScenarios(folder);
    expect(found.map(({file}) => file)).toEqual(["a-bad.json", "b-good.json"]);
    expect(found[0]!.problems).toEqual([
      'said.expected: expected a number from -10000000000000 to 10000000000000, found "much"'
    ]);
    expect(found[1]!.scenario).toEqual(scenario);
    expect(committedScenarios(join(folder, "none"))).toEqual([]);
  });

  test("are scored by what was won in their window and selection, once it is over", () => {
    const {won} = makeInput();
    const of = (one: Scenario, asOf = "2026-05-15") =>
      scored([{file: "f", scenario: one, problems: []}], won, asOf)[0]!.score;
    // One deal of 10 000 was won in the first quarter, in the North.
    expect(of(scenario)).toEqual({
      actual: 10_000,
      isOver: true,
      isInside: true,
      error: -2_000,
      forecastError: -500
    });
    expect(of({...scenario, filters: {region: ["South"]}})!.actual).toBe(0);
    expect(of({...scenario, filters: {region: ["South"]}})!.isInside).toBe(false);
    const running = of({...scenario, said: {...said, from: "2026-04-01", to: "2026-06-30"}});
    expect(running).toEqual({
      actual: 50_000.5,
      isOver: false,
      isInside: null,
      error: null,
      forecastError: null
    });
    const {said: _, ...silent} = scenario;
    expect(of(silent)).toBeNull();
  });

  test("are scored from a warehouse as its own sums say", async () => {
    await small.build();
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true, threads: 1});
    try {
      const [row] = await engine.rows<{amount: number; as_of: string}>(
        "select sum(won_amount)::double as amount, (select as_of::varchar from workspace.run) as as_of from marts.deals where outcome = 'won'"
      );
      writeFileSync(
        join(folder, "b-good.json"),
        writeFile({...scenario, said: {...said, from: "1990-01-01", to: row!.as_of}})
      );
      const found = await scoredScenarios(engine, folder);
      expect(found[1]!.score!.actual).toBeCloseTo(row!.amount, 2);
      expect(found[1]!.score!.isOver).toBe(true);
      expect(row!.amount).toBeGreaterThan(0);
    } finally {
      engine.close();
    }
  });
});
