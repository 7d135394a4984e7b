/** Movement of hand-written weeks; the build's own checks hold every line to the stock and every slice to the whole. */
import {describe, expect, it} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import {renderModel} from "../../loaders/warehouse/runModels.ts";
import type {Workspace} from "../../loaders/workspace/schema.ts";
import {builtFor, HISTORY_CHECKS} from "./timeCase.ts";

const {withBuilt} = builtFor("weekly_movement", ...HISTORY_CHECKS);

describe("a deal that comes and goes within one week", () => {
  const deals = [
    {
      id: "A",
      stage: "New",
      amount: "100.00",
      currency: "USD",
      owner: "ann",
      created_at: "2024-01-02T12:00:00Z"
    },
    {
      id: "B",
      stage: "Won",
      amount: "700.00",
      currency: "USD",
      owner: "bob",
      created_at: "2024-01-09T12:00:00Z",
      closed_at: "2024-01-10T12:00:00Z"
    }
  ];
  const log = [{id: "B", at: "2024-01-10T12:00:00Z", field: "stage_id", old: "New", new: "Won"}];

  it("is new and won in its owner's slice too, though that slice never held a deal at a week's end", async () => {
    await withBuilt({deals, log, asOf: "2024-01-31"}, async ({engine}) => {
      const rows = await engine.rows(
        `select slice_value as owner, new_amount::varchar as new, won_amount::varchar as won, end_amount::varchar as end
         from marts.weekly_movement
         where scope = 'all' and slice = 'owner' and week_on = date '2024-01-08' order by 1`
      );
      expect(rows).toEqual([
        {owner: "ann", new: "0.00", won: "0.00", end: "100.00"},
        {owner: "bob", new: "700.00", won: "-700.00", end: "0.00"}
      ]);
    });
  });

  it("a credit, with its negative amount, moves the other way and still adds up", async () => {
    const credit = {...deals[0], id: "C", amount: "-40.00", created_at: "2024-01-09T12:00:00Z"};
    await withBuilt({deals: [...deals, credit], log, asOf: "2024-01-31"}, async ({engine}) => {
      const [row] = await engine.rows(
        `select new_amount::varchar as new, end_amount::varchar as end from marts.weekly_movement
         where scope = 'all' and slice = 'all' and week_on = date '2024-01-08'`
      );
      expect(row).toEqual({new: "660.00", end: "60.00"});
    });
  });
});

describe("the checks of what slices are made of", () => {
  const models = readModels();
  const layerOf = new Map(models.map(({name, layer}) => [name, layer]));
  /** Failing rows of one week in which ann's only deal, of 100, comes in: a delta of the stock and a line, as changed. */
  async function failures(
    check: string,
    {delta = "100", due = "100", line = "1, 1, 100, 1", owner = "2"} = {}
  ) {
    const engine = await openDuckDb(":memory:");
    try {
      await engine.run(`create schema intermediate;
        create table intermediate.int_week as select 1 as week_number, date '2024-01-01' as week_on, date '2024-01-01' as quarter_starts_on;
        create table intermediate.int_value as select 2 as value_code, 'ann' as value;
        create table intermediate.int_deal_group as select 7 as deal_key, 1 as group_key;
        create table intermediate.int_slice_group as select 1 as group_key, 'Direct' as channel;
        create table intermediate.int_movement_line as
          select 7 as deal_key, ${owner} as owner_key, 1 as week_number, date '2024-01-01' as week_on, line, scope, amount, n_change
          from (values (${line}), (1, 2, ${due}, 1)) as told(line, scope, amount, n_change);
        create table intermediate.int_stock_delta as
          select 1 as group_key, null::integer as owner_key, 1 as week_number, date '2024-01-01' as due_quarter_on, 100 as amount, 1 as n
          union all select null, 2, 1, date '2024-01-01', ${delta}, 1`);
      const model = models.find(({name}) => name === check)!;
      return (await engine.rows(renderModel(model, layerOf, {custom_attributes: []} as unknown as Workspace)))
        .length;
    } finally {
      engine.close();
    }
  }

  it("pass where the stock and the lines tell the same", async () => {
    expect(await failures("chk_movement_adds_up")).toBe(0);
    expect(await failures("chk_movement_slices")).toBe(0);
  });

  it("find a week whose lines are not what the stock changes by, of an owner or a group", async () => {
    expect(await failures("chk_movement_adds_up", {delta: "90"})).toBe(1);
    expect(await failures("chk_movement_adds_up", {line: "1, 1, 90, 1"})).toBe(2);
    expect(await failures("chk_movement_adds_up", {due: "90"})).toBe(2);
    expect(await failures("chk_movement_adds_up", {line: "1, 1, 100, 0"})).toBe(2);
    // An increase that takes away, besides.
    expect(await failures("chk_movement_adds_up", {line: "6, 1, -100, 1"})).toBe(3);
  });

  it("find owners who do not hold what the groups do, and a line of nobody known", async () => {
    expect(await failures("chk_movement_slices", {delta: "90"})).toBe(1);
    expect(await failures("chk_movement_slices", {owner: "4"})).toBe(1);
  });
});
