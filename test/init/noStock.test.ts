/** A deal entered when it was won already never stands in the open pipeline, but it is won. */
import {expect, test} from "vitest";
import {folderFor} from "./exportFolder.ts";

test("an owner whose only deal was won as it was entered is in the movement by owner, with the whole", async () => {
  const content = {
    "Opportunity.csv": `Id,OwnerId,StageName,Amount,CloseDate,CreatedDate,LastModifiedDate
0068d000002OrZa,0058d000002C3DA,Closed Won,500.00,2024-02-07,2024-02-07T10:00:00Z,2024-02-07T10:00:00Z
0068d000002OrZb,0058d000002C3DB,Prospecting,300.00,2024-06-01,2024-01-10T10:00:00Z,2024-03-07T10:00:00Z
0068d000002OrZc,0058d000002C3DB,Closed Won,70.00,2024-03-06,2024-01-10T10:00:00Z,2024-03-07T10:00:00Z\n`
  };
  await folderFor("deals", "weekly_movement")({content}, async ({build, rows}) => {
    await build();
    expect(
      await rows(`select slice, slice_value, sum(new_amount)::varchar as new, sum(won_amount)::varchar as won
        from marts.weekly_movement where scope = 'all' and slice in ('all', 'owner') group by all order by all`)
    ).toEqual([
      {slice: "all", slice_value: "(all)", new: "870.00", won: "-570.00"},
      {slice: "owner", slice_value: "0058d000002C3DA", new: "500.00", won: "-500.00"},
      {slice: "owner", slice_value: "0058d000002C3DB", new: "370.00", won: "-70.00"}
    ]);
  });
});
