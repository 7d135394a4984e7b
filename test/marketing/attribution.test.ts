/** The ten models' SQL on journeys made up here, against published cases, brute force and an independent solver. */
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {literal} from "../../loaders/engine/sqlText.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import {renderModel} from "../../loaders/warehouse/runModels.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {SMALL} from "../support/buildSmall.ts";
import {removalEffects, shapleyByPermutation} from "./independent.ts";

interface Journey {
  channels: string[];
  isWon: boolean;
}

const MODELS = [
  "first_touch",
  "last_touch",
  "linear",
  "u_shaped",
  "w_shaped",
  "full_path",
  "position_based",
  "time_decay",
  "markov",
  "shapley"
] as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb(":memory:");
  await engine.run("create schema intermediate");
});
afterAll(() => engine?.close());

const models = readModels();
const layers = new Map(models.map(({name, layer}) => [name, layer]));
const {config} = loadWorkspace(SMALL);
const sqlOf = (name: string) => renderModel(models.find((model) => model.name === name)!, layers, config);

/** Counts the steps of journeys, a channel that follows itself being one visit. */
function stepsOf(journeys: readonly Journey[]): [string, string, number][] {
  const counts = new Map<string, number>();
  for (const {channels, isWon} of journeys) {
    const visits = channels.filter((channel, i) => channel !== channels[i - 1]);
    const states = ["(start)", ...visits, isWon ? "(won)" : "(nothing)"];
    for (let i = 1; i < states.length; i++) {
      const key = `${states[i - 1]}\n${states[i]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, n]) => [...(key.split("\n") as [string, string]), n]);
}

async function sqlRemoval(journeys: readonly Journey[]): Promise<Map<string, number | null>> {
  const steps = stepsOf(journeys).map(([from, to, n]) => `(${literal(from)}, ${literal(to)}, ${n}::double)`);
  await engine.run(
    `create or replace table intermediate.int_channel_step as
     select * from (values ${steps.join(", ")}) as step(came_from, goes_to, n)`
  );
  await engine.run(
    `create or replace table intermediate.int_channel_removal as ${sqlOf("int_channel_removal")}`
  );
  const rows = await engine.rows<{channel: string; removal_effect: number | null}>(
    "from intermediate.int_channel_removal"
  );
  return new Map(rows.map(({channel, removal_effect}) => [channel, removal_effect]));
}

/** One row a touch: channel, day, and whether it is the lead's or the deal's milestone. */
async function sqlWeights(journeys: readonly Journey[], halfLife: number | null) {
  const rows = journeys.flatMap(({channels, isWon}, deal) =>
    channels.map((channel, i) => {
      const n = channels.length;
      const opening = Math.floor(n / 2) + 1;
      // Every third deal has no lead; the others' leads come with the second touch.
      const lead = deal % 3 === 2 ? "null::bigint" : Math.min(2, n);
      return `('${deal}.${i}', ${deal + 1}, '${deal}', ${literal(`campaign ${channel}`)}, ${literal(channel)},
        '${isWon ? "won" : "lost"}', ${i + 1}, ${n}, ${lead}, ${opening}, ${i < opening}, ${(n - i) * 3.5}::double)`;
    })
  );
  await engine.run(`create or replace table intermediate.int_journey as select * from (values ${rows.join(", ")})
    as touch(touch_key, deal_number, deal_id, campaign_id, channel, outcome, nth, n_touches, lead_nth, deal_nth,
      is_before_deal, days_before_end)`);
  await engine.run(
    `create or replace table intermediate.int_half_life as select ${halfLife ?? "null"}::double as half_life_days`
  );
  return engine.rows<
    Record<(typeof MODELS)[number], number> & {touch_key: string; deal_id: string; channel: string}
  >(`select * from (${sqlOf("touch_credit")}) order by touch_key`);
}

const journeys = fc.array(
  fc.record({
    channels: fc.array(fc.constantFrom("ads", "event", "mail", "web"), {minLength: 1, maxLength: 6}),
    isWon: fc.boolean()
  }),
  {minLength: 1, maxLength: 14}
);

describe("Markov removal", () => {
  test("is that of the published three-channel example: 0.5, 1 and 1", async () => {
    // C1 > C2 > C3 > purchase; C1 > nothing; C2 > C3 > nothing (S. Bryl, analyzecore.com, 2016).
    const effects = await sqlRemoval([
      {channels: ["C1", "C2", "C3"], isWon: true},
      {channels: ["C1"], isWon: false},
      {channels: ["C2", "C3"], isWon: false}
    ]);
    expect(effects.get("C1")).toBeCloseTo(0.5, 10);
    expect(effects.get("C2")).toBeCloseTo(1, 10);
    expect(effects.get("C3")).toBeCloseTo(1, 10);
  });

  test("agrees with solving the chain exactly, whatever the journeys", async () => {
    await fc.assert(
      fc.asyncProperty(journeys, async (made) => {
        const found = await sqlRemoval(made);
        const exact = removalEffects(stepsOf(made));
        expect([...found.keys()].sort()).toEqual([...exact.keys()].sort());
        for (const [channel, effect] of exact) {
          if (effect === null) expect(found.get(channel)).toBeNull();
          else expect(found.get(channel)).toBeCloseTo(effect, 6);
        }
      }),
      {numRuns: 25}
    );
  });
});

describe("touch credit", () => {
  test("makes one for each deal and model, with no negative part", async () => {
    await fc.assert(
      fc.asyncProperty(journeys, fc.constantFrom(null, 0.5, 40), async (made, halfLife) => {
        await sqlRemoval(made);
        const rows = await sqlWeights(made, halfLife);
        for (const model of MODELS) {
          const totals = new Map<string, number>();
          for (const row of rows) {
            expect(row[model]).toBeGreaterThanOrEqual(0);
            totals.set(row.deal_id, (totals.get(row.deal_id) ?? 0) + row[model]);
          }
          for (const total of totals.values()) expect(total).toBeCloseTo(1, 9);
        }
      }),
      {numRuns: 25}
    );
  });

  test("is, for Shapley, the mean over all orders in which channels can join", async () => {
    await fc.assert(
      fc.asyncProperty(journeys, async (made) => {
        await sqlRemoval(made);
        const found = new Map<string, number>();
        for (const {deal_id, channel, shapley} of await sqlWeights(made, 7))
          if (made[Number(deal_id)]!.isWon) found.set(channel, (found.get(channel) ?? 0) + shapley);
        const exact = shapleyByPermutation(made.filter(({isWon}) => isWon).map(({channels}) => channels));
        for (const [channel, value] of exact) expect(found.get(channel) ?? 0).toBeCloseTo(value, 9);
      }),
      {numRuns: 25}
    );
  });

  test("halves with every half-life for time decay", async () => {
    const made = [{channels: ["a", "b", "c"], isWon: true}];
    await sqlRemoval(made);
    // Touches 10.5, 7 and 3.5 days before the end: at a half-life of 3.5 days as 1 : 2 : 4.
    const weights = (await sqlWeights(made, 3.5)).map(({time_decay}) => time_decay);
    expect(weights.map((weight) => weight * 7)).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(2, 9),
      expect.closeTo(4, 9)
    ]);
  });
});

describe("the check of the credit envelope", () => {
  const MODEL_COLUMNS = (weight: number) => MODELS.map((model) => `${weight}::double as ${model}`).join(", ");
  const failures = async (deal: string, weight: number, credited: string) => {
    await engine.run("create schema if not exists marts");
    await engine.run(`create or replace table marts.deal_credit as select 'D' as deal_id, 'won' as outcome, 100.00 as amount,
      40.00 as marketing_amount, ${deal}`);
    await engine.run(
      `create or replace table marts.touch_credit as select 'D' as deal_id, ${MODEL_COLUMNS(weight)}`
    );
    await engine.run(
      `create or replace table marts.campaign_credit as select 'linear' as model, ${credited} as won_credit`
    );
    return (await engine.rows(sqlOf("chk_credit_envelope"))).length;
  };
  const shares = (partner: number, marketing: number, sales: number) =>
    `'sourced' as marketing_part, ${partner} as partner_share, ${marketing} as marketing_share, ${sales} as sales_share`;

  test("passes a deal whose parts make the whole", async () => {
    expect(await failures(shares(0.4, 0.4, 0.2), 1, "40.00")).toBe(0);
  });

  test.each([
    ["touches that share out more than marketing's part", shares(0.4, 0.4, 0.2), 1.01, "40.00"],
    ["touches that lose some of it", shares(0.4, 0.4, 0.2), 0.9, "40.00"],
    ["parts that make more than the deal", shares(0.5, 0.5, 0.2), 1, "40.00"],
    ["a deal without a part that has touches", shares(0.4, 0.4, 0.2).replace("sourced", "none"), 1, "40.00"],
    ["a cent credited twice", shares(0.4, 0.4, 0.2), 1, "40.01"]
  ])("fails for %s", async (_, deal, weight, credited) => {
    expect(await failures(deal, weight, credited)).toBeGreaterThan(0);
  });
});
