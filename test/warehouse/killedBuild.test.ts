import {afterAll, beforeAll, expect, test} from "vitest";
import {randomFrom} from "../sources/crmExport.ts";
import {KilledBuilds} from "./killedBuild.ts";

let builds: KilledBuilds;
beforeAll(() => {
  builds = new KilledBuilds();
});
afterAll(() => builds.remove());

test("a build killed at any moment leaves the last good warehouse, and the next one no temporary file", async () => {
  const first = await builds.build();
  expect(first.code, first.errors).toBe(0);
  const random = randomFrom(5);
  let nKilled = 0;
  for (let kill = 0; kill < 10; kill++) {
    // By steps, not by a clock that is another one beside other work; after the last come the manifest and the renames.
    const step = Math.ceil(random() * first.nSteps);
    const {code} = await builds.build({step, milliseconds: 40 * random()});
    if (code === null) nKilled++;
    await builds.check();
  }
  expect(nKilled).toBeGreaterThan(4);
  const last = await builds.build();
  expect(last.code, last.errors).toBe(0);
  await builds.check();
  expect(builds.leftovers()).toEqual([]);
}, 120_000);
