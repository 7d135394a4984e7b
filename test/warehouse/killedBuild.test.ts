import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Moment} from "./dieAt.ts";
import {KilledBuilds} from "./killedBuild.ts";

let builds: KilledBuilds;
let nSteps: number;
/** What the first build, of exports 0, was made of. */
let first: string;

beforeAll(async () => {
  builds = new KilledBuilds();
  const built = await builds.build();
  expect(built.code, built.errors).toBe(0);
  nSteps = built.nSteps;
  first = (await builds.madeOf()).warehouse;
});
afterAll(() => builds.remove());

/** Builds of new exports and dies; what is left must open, with its checks passed. */
async function killed(at: Moment): Promise<void> {
  const {isKilled, errors} = await builds.build({at});
  expect(errors).toBe("");
  expect(isKilled).toBe(true);
  await builds.check();
}

const isWarehouse = expect.stringMatching(/^w.warehouse\.duckdb\.\d+\.tmp$/);

// In the order of a build; each leaves to the next what it left.
describe("a build killed", () => {
  test.each<[string, () => Moment]>([
    ["as its database opens", () => ({statement: "set global timezone"})],
    ["at its first step", () => ({step: 1, milliseconds: 0})],
    ["among its models", () => ({step: Math.round(nSteps / 2), milliseconds: 5})],
    ["after its last check", () => ({step: nSteps, milliseconds: 0})],
    ["in the tables of its manifest", () => ({statement: "create table weir.check_result"})],
    ["while it is written to the disk", () => ({statement: "checkpoint"})],
    ["before its first rename", () => ({before: "warehouse.duckdb"})]
  ])("%s leaves the last good warehouse and its own unfinished one", async (_, moment) => {
    await killed(moment());
    expect(await builds.madeOf()).toEqual({warehouse: first, manifest: first});
    expect(builds.leftovers()).toContainEqual(isWarehouse);
  });

  test("between its two renames leaves a new warehouse beside an old manifest, which the next build does not take for its own", async () => {
    await killed({after: "warehouse.duckdb"});
    const {warehouse, manifest} = await builds.madeOf();
    expect(warehouse).not.toBe(first);
    expect(manifest).toBe(first);
    // The old exports again: of these the manifest says that there is nothing to do.
    const {code, errors} = await builds.build({exports: 0});
    expect(code, errors).toBe(0);
    await builds.check();
    expect(await builds.madeOf()).toEqual({warehouse: first, manifest: first});
    expect(builds.leftovers()).toEqual([]);
  });

  test("with its manifest written and not renamed leaves the same", async () => {
    await killed({before: "manifest.json"});
    const {warehouse, manifest} = await builds.madeOf();
    expect(warehouse).not.toBe(first);
    expect(manifest).toBe(first);
    expect(builds.leftovers()).toEqual([expect.stringMatching(/^w.manifest\.json\.\d+\.tmp$/)]);
  });

  test("after both leaves the new warehouse and its manifest, and the next build no temporary file", async () => {
    await killed({before: "hashes.json"});
    const {warehouse, manifest} = await builds.madeOf();
    expect(warehouse).not.toBe(first);
    expect(manifest).toBe(warehouse);
    const {code, errors} = await builds.build();
    expect(code, errors).toBe(0);
    await builds.check();
    expect(builds.leftovers()).toEqual([]);
  });
});
