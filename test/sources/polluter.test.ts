import {afterAll, beforeAll, expect, test} from "vitest";
import fc from "../support/fc.ts";
import {crmExport, randomFrom} from "./crmExport.ts";
import {PollutedLoads} from "./pollutedLoad.ts";
import {BLIND_SPOTS, POLLUTIONS} from "./polluter.ts";

let loads: PollutedLoads;
beforeAll(async () => {
  loads = await PollutedLoads.open();
});
afterAll(() => loads.close());

/** Kinds that leave a valid export with the same content. */
const HARMLESS = [
  "nothing",
  "all cells quoted",
  "CRLF",
  "byte order mark",
  "columns in another order",
  "rows in another order",
  "a further column"
];

test("a polluted export is refused or loads as the truth, whatever the damage", async () => {
  const kinds = Object.keys(POLLUTIONS);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.integer(),
      fc.integer({min: 3, max: 12}),
      async (kind, seed, n) => {
        const random = randomFrom(seed);
        const clean = crmExport(random, n);
        const bytes = POLLUTIONS[kind]!(clean, random);
        if (bytes === undefined) return;
        const outcome = await loads.load(bytes, clean);
        expect(outcome, kind).not.toMatchObject({kind: "WRONG"});
      }
    ),
    {numRuns: 250, seed: 3}
  );
});

test("damage that does no harm is not refused", async () => {
  for (const kind of HARMLESS) {
    const random = randomFrom(7);
    const clean = crmExport(random, 20);
    expect(await loads.load(POLLUTIONS[kind]!(clean, random)!, clean), kind).toEqual({kind: "equal"});
  }
});

test("the comparison sees a wrong load: a changed letter is reported as one", async () => {
  const random = randomFrom(1);
  const clean = crmExport(random, 20);
  const bytes = BLIND_SPOTS["a letter changed"]!(clean, random)!;
  expect(await loads.load(bytes, clean)).toMatchObject({kind: "WRONG"});
});
