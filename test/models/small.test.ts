import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;
beforeAll(async () => {
  small = smallWorkspace();
  await small.build();
});
afterAll(() => small.remove());

const rows = (sql: string) => withWarehouse((engine) => engine.rows(sql), small.paths.warehouse);

describe("deals", () => {
  test("as of the newest event, not of today", async () => {
    expect(await rows("select as_of::varchar as as_of from workspace.run")).toEqual([{as_of: "2026-05-05"}]);
  });

  test("money is converted at the rate of the closing day, or of the as-of day while open", async () => {
    const converted = await rows(`select deal_id, amount_base::varchar as amount, fx_rate from marts.deals
      where currency_code <> 'USD' order by 1`);
    expect(converted).toEqual([
      {deal_id: "D2", amount: "2400.30", fx_rate: 1.2},
      {deal_id: "D7", amount: "910.00", fx_rate: 1.3}
    ]);
  });

  test("an open deal without an amount counts at list price, and says so", async () => {
    expect(
      await rows(
        "select deal_id, open_amount::varchar as open, amount_deal_currency::varchar as stated from marts.deals where is_amount_assumed"
      )
    ).toEqual([{deal_id: "D6", open: "2500.00", stated: "2500.00"}]);
  });

  test("a deal with a sourcing and an influencing partner is counted once, under the one that sourced it", async () => {
    expect(
      await rows(
        "select deal_id, channel, partner, partner_role from marts.deals where channel = 'Partner' order by 1"
      )
    ).toEqual([
      {deal_id: "D2", channel: "Partner", partner: "Acme Partners", partner_role: "sourced"},
      {deal_id: "D5", channel: "Partner", partner: "Zeno", partner_role: "sourced"}
    ]);
  });

  test("weighted is amount times a probability between 0 and 1, not a percent", async () => {
    expect(await rows("select sum(weighted_amount)::varchar as weighted from marts.deals")).toEqual([
      // 4000 x .5 + 2500 x .2 + 910 x .2 + 150 x .5
      {weighted: "2757.00"}
    ]);
  });

  test("cycle is for won deals, age for open ones, both in days", async () => {
    expect(
      await rows(
        "select deal_id, cycle_days::integer as cycle, age_days::integer as age from marts.deals where deal_id in ('D1', 'D3', 'D9') order by 1"
      )
    ).toEqual([
      {deal_id: "D1", cycle: 36, age: null},
      {deal_id: "D3", cycle: null, age: null},
      {deal_id: "D9", cycle: null, age: 110}
    ]);
  });

  test("custom attributes ride along", async () => {
    expect(await rows("select distinct x_vertical from marts.deals order by 1")).toEqual([
      {x_vertical: "Public"},
      {x_vertical: "Retail"}
    ]);
  });
});

describe("stage entries", () => {
  test("a deal that went back and came again has a row for each stay", async () => {
    expect(
      await rows(`select passage_number::integer as nth, stage, move, entered_on::varchar as entered, left_on::varchar as "left"
        from marts.stage_entries where deal_id = 'D2' order by 1`)
    ).toEqual([
      {nth: 1, stage: "Qualify", move: "forward", entered: "2026-01-10", left: "2026-02-01"},
      {nth: 2, stage: "Propose", move: "backward", entered: "2026-02-01", left: "2026-02-20"},
      {nth: 3, stage: "Qualify", move: "forward", entered: "2026-02-20", left: "2026-03-05"},
      {nth: 4, stage: "Propose", move: "forward", entered: "2026-03-05", left: "2026-03-20"},
      {nth: 5, stage: "Won", move: "closed", entered: "2026-03-20", left: null}
    ]);
  });

  test("deals still in a stage are there, with their days so far", async () => {
    expect(
      await rows(`select deal_id, stage, stage_days::integer as days, is_assumed from marts.stage_entries
        where move = 'still there' order by 1`)
    ).toEqual([
      {deal_id: "D5", stage: "Propose", days: 34, is_assumed: false},
      {deal_id: "D6", stage: "Qualify", days: 15, is_assumed: false},
      {deal_id: "D7", stage: "Qualify", days: 4, is_assumed: false},
      {deal_id: "D9", stage: "Propose", days: 79, is_assumed: false}
    ]);
  });
});

describe("marts", () => {
  test("win rate by month leaves open deals out of both parts", async () => {
    expect(
      await rows("select month_label, n_won, n_lost, win_rate from marts.win_rate_by_month order by month_on")
    ).toEqual([
      {month_label: "Feb 2026", n_won: 1, n_lost: 0, win_rate: 1},
      {month_label: "Mar 2026", n_won: 1, n_lost: 1, win_rate: 0.5},
      {month_label: "Apr 2026", n_won: 1, n_lost: 0, win_rate: 1},
      {month_label: "May 2026", n_won: 0, n_lost: 1, win_rate: 0}
    ]);
  });

  test("weeks begin on Monday", async () => {
    expect(
      await rows(
        "select week_on::varchar as week_on, won_amount::varchar as won from marts.won_by_week order by 1"
      )
    ).toEqual([
      {week_on: "2026-02-09", won: "1000.10"},
      {week_on: "2026-03-16", won: "2400.30"},
      {week_on: "2026-04-13", won: "300.40"}
    ]);
  });

  test("quotas are cut into months whose shares sum to them, to the cent", async () => {
    expect(
      await rows(
        "select owner, quarter_label, sum(quota_amount)::varchar as quota, count(*)::integer as n from marts.quotas group by all order by 2, 1"
      )
    ).toEqual([
      {owner: "Ana", quarter_label: "2026 Q1", quota: "3000.00", n: 3},
      {owner: "Ana", quarter_label: "2026 Q2", quota: "1000.00", n: 3},
      {owner: "Björn", quarter_label: "2026 Q2", quota: "2000.01", n: 3}
    ]);
  });

  test("every slice sums to all closed deals", async () => {
    const totals = await rows(
      "select slice, sum(won_amount)::varchar as won from marts.win_rate_by_segment group by 1"
    );
    expect(new Set(totals.map((row) => row["won"]))).toEqual(new Set(["3700.80"]));
  });
});
