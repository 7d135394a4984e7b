/** Movement of hand-written weeks; the build's own checks hold every line to the stock and every slice to the whole. */
import {describe, expect, it} from "vitest";
import {withBuilt} from "./timeCase.ts";

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
