import {expect, test} from "vitest";
import {folderFor} from "../init/exportFolder.ts";
import {withLoaded} from "./loadFiles.ts";

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

test("a name that exactly one listed account has is that account, however it is cased and spaced", async () => {
  const content = {
    "deals.csv": DEALS.replace("2,B,Closed won,100,2024-05-01,2024-02-01 10:00,Müller GmbH", (row) =>
      row.replace("Müller GmbH", "MÜLLER  GmbH")
    ).replace("10:00,\n", "10:00,Twice AG\n"),
    "companies.csv":
      "id,name,domain,industry,lifecyclestage\n7,Müller GmbH,a.example,Energy,customer\n8,Twice AG,b.example,Energy,customer\n9,Twice AG,c.example,Energy,customer\n"
  };
  await withFolder({content}, async ({build, rows, notes}) => {
    await build();
    expect(await rows("select deal_id, account_id from source.deal order by 1")).toEqual([
      {deal_id: "1", account_id: "7"},
      {deal_id: "2", account_id: "7"},
      {deal_id: "3", account_id: "Twice AG"}
    ]);
    expect(notes()).toContain(
      "   2 records name their account by the name of exactly one in the list: taken as that"
    );
  });
});

test("words for no value are no customers, and the firm is told how many customers are made of names", async () => {
  const named = ["-", "unknown", "n/a", "k.A.", "Unbekannt", "none", "?", "Acme", "ACME", "Beta"];
  const content = {
    "deals.csv":
      "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Associated Company (Primary)\n" +
      named
        .map(
          (name, i) =>
            `${i},D${i},${i % 2 ? "Proposal" : "Closed won"},100,2024-05-01,2024-02-01 10:00,${name}\n`
        )
        .join("")
  };
  await withFolder({content}, async ({build, rows, notes}) => {
    await build();
    expect(
      await rows(
        "select distinct account_name from intermediate.int_deal where account_id is not null order by 1"
      )
    ).toEqual([{account_name: "ACME"}, {account_name: "Acme"}, {account_name: "Beta"}]);
    expect(await rows("select count(*)::integer as n from source.deal where account_id is null")).toEqual([
      {n: 7}
    ]);
    expect(notes()).toEqual(
      expect.arrayContaining([
        "   no export lists accounts: 3 customers are taken from the names in deals, orders and contracts",
        "   names that differ only in case or spaces are customers of their own: ACME, Acme",
        '   7 records have a word for no value as account (such as "-" or "unknown"): taken as none'
      ])
    );
  });
});

test("file and line of a customer are of one record; orders that number customers whom deals name add none", async () => {
  const map = (file: string, table: string, columns: string) =>
    `  - path: ${file}\n    source: csv\n    maps:\n      - table: ${table}\n        columns: {${columns}}\n`;
  const deal =
    "deal_id: id, account_id: customer, stage_id: stage, pipeline_id: {value: sales}, created_at: made";
  await withLoaded(
    {
      files:
        map("a.csv", "deal", deal) +
        map("b.csv", "deal", deal) +
        map("orders.csv", "order", "order_id: id, account_id: customer, ordered_on: day"),
      content: {
        "a.csv":
          "id,customer,stage,made\n1,Other,Prospecting,2024-01-01T00:00:00Z\n2,Acme,Prospecting,2024-01-01T00:00:00Z\n",
        "b.csv": "id,customer,stage,made\n3,Acme,Prospecting,2024-01-01T00:00:00Z\n",
        "orders.csv": "id,customer,day\n1,10001,2024-02-01\n2,Beta,2024-02-01\n"
      }
    },
    async ({rows}) => {
      expect(
        await rows(
          "select account_id, source_file, source_record::integer as record from source.account order by 1"
        )
      ).toEqual([
        {account_id: "Acme", source_file: "a.csv", record: 2},
        {account_id: "Beta", source_file: "orders.csv", record: 2},
        {account_id: "Other", source_file: "a.csv", record: 1}
      ]);
    }
  );
});
