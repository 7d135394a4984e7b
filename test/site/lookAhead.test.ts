/** Forecasts that several sites of the same figures share: made once, copied to the others. */
import {cpSync, mkdirSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {type KnownForecasts, lookAheadOnce} from "../../loaders/site/lookAhead.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import type {Manifest} from "../../loaders/warehouse/manifest.ts";
import type {StatePaths} from "../../loaders/workspace/statePaths.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;
let manifest: Manifest;
beforeAll(async () => {
  small = smallWorkspace();
  ({manifest} = await small.build());
});
afterAll(() => small.remove());

/** A warehouse of the same inputs in a folder of its own; `isThere` false for one that cannot be read. */
function part(name: string, isThere = true): {paths: StatePaths; manifest: Manifest} {
  const dir = join(small.paths.dir, name);
  const warehouse = join(dir, "warehouse.duckdb");
  mkdirSync(dir);
  if (isThere) cpSync(small.paths.warehouse, warehouse);
  return {paths: {...small.paths, dir, warehouse}, manifest};
}

/** Makes it, and says which steps were at work on it. */
async function made(known: KnownForecasts, of: ReturnType<typeof part>): Promise<string[]> {
  const steps: string[] = [];
  const start = (label: string) => {
    steps.push(label);
    return silentReporter.start("", 0);
  };
  await lookAheadOnce(known, of, {...silentReporter, start});
  return steps;
}

const filesOf = ({paths}: ReturnType<typeof part>) => {
  const dir = dirname(paths.warehouse);
  return Object.fromEntries(
    readdirSync(dir, {recursive: true, encoding: "utf8"})
      .filter((file) => !file.includes("duckdb") && statSync(join(dir, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(dir, file), "utf8")])
  );
};

test("the first that fails fails alone: of those that wait for it one makes them, and the others get its own", async () => {
  const known: KnownForecasts = new Map();
  const [broken, one, other] = [part("broken", false), part("one"), part("other")];
  const [failed, ...steps] = await Promise.allSettled([broken, one, other].map((each) => made(known, each)));
  expect(failed!.status).toBe("rejected");
  expect(steps).toMatchObject([
    {status: "fulfilled", value: expect.arrayContaining(["forecast"])},
    {status: "fulfilled", value: []}
  ]);
  expect(Object.keys(filesOf(one))).toEqual(
    expect.arrayContaining(["forecast.json", "scenario.json", "planning.json"])
  );
  expect(filesOf(other)).toEqual(filesOf(one));
});

test("a copy is looked at like any that is there: of another warehouse it is made anew", async () => {
  const known: KnownForecasts = new Map();
  const one = part("before");
  expect(await made(known, one)).toContain("forecast");
  const changed = {...part("changed"), manifest: {...manifest, input_hash: "another"}};
  // As if the same had been asked for: the first's are copied, and their key is of other inputs.
  known.set("another", known.get(manifest.input_hash)!);
  expect(await made(known, changed)).toContain("forecast");
  const key = (of: ReturnType<typeof part>) => JSON.parse(filesOf(of)["forecast.json"]!).key as string;
  expect(key(changed)).not.toBe(key(one));
});
