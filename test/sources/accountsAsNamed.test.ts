import {expect, test} from "vitest";
import {folderFor} from "../init/exportFolder.ts";

const withFolder = folderFor("int_deal");
const ASKED = "select deal_id, account_name from intermediate.int_deal order by 1";
const DEALS =
  "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Associated Company (Primary)\n" +
  "1,A,Proposal,100,2024-05-01,2024-02-01 10:00,Müller GmbH\n2,B,Closed won,100,2024-05-01,2024-02-01 10:00,Müller GmbH\n3,C,Closed won,100,2024-05-01,2024-02-01 10:00,\n";

test("where no export lists accounts, those that deals name are known by that name", async () => {
  await withFolder({content: {"deals.csv": DEALS}}, async ({build, rows}) => {
    await build();
    expect(await rows(ASKED)).toEqual([
      {deal_id: "1", account_name: "Müller GmbH"},
      {deal_id: "2", account_name: "Müller GmbH"},
      {deal_id: "3", account_name: null}
    ]);
  });
});

test("beside a list of accounts a deal's account that is not in it stays a reference to mend", async () => {
  const content = {
    "deals.csv": DEALS,
    "companies.csv": "id,name,domain,industry,lifecyclestage\n7,Other,other.example,Energy,customer\n"
  };
  await withFolder({content}, async ({build, rows}) => {
    await build();
    expect(await rows(ASKED)).toEqual([
      {deal_id: "1", account_name: null},
      {deal_id: "2", account_name: null},
      {deal_id: "3", account_name: null}
    ]);
  });
});
