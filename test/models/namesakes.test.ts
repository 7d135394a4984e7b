import {expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {smallWorkspace} from "../support/buildSmall.ts";
import {builtFor} from "./timeCase.ts";

const {withBuilt} = builtFor("deals", "edit_days");

test("two people of one name stay two: told apart by region, or by id where that is the same or not known", async () => {
  const people = [
    {id: "1", name: "Harper Ash", region: "EMEA"},
    {id: "2", name: "Harper Ash", region: "APAC"},
    {id: "3", name: "Rowan Ash", region: "EMEA"},
    {id: "4", name: "Rowan Ash", region: "EMEA"},
    {id: "5", name: "Maeve Ash"},
    {id: "6", name: "Maeve Ash", region: "EMEA"},
    {id: "7", name: "Sadie Ash"}
  ];
  const deals = people.map(({id}) => ({
    id,
    stage: "New",
    amount: "10",
    currency: "USD",
    owner: id,
    created_at: "2024-01-02T12:00:00Z"
  }));
  await withBuilt({deals, people, asOf: "2024-02-01"}, async ({engine}) => {
    const owners = await engine.rows<{owner: string}>("select owner from marts.deals order by deal_id");
    expect(owners.map(({owner}) => owner)).toEqual([
      "Harper Ash (EMEA)",
      "Harper Ash (APAC)",
      "Rowan Ash (3)",
      "Rowan Ash (4)",
      "Maeve Ash (5)",
      "Maeve Ash (EMEA)",
      "Sadie Ash"
    ]);
  });
});

test("whoever edits a deal is called by the person of that ID before one whose user has the same", async () => {
  const people = [
    {id: "1", name: "Sadie Ash"},
    {id: "2", user: "1", name: "Harper Ash"},
    {id: "3", user: "7", name: "Rowan Ash"}
  ];
  const deals = [{id: "d", stage: "Demo", amount: "10", created_at: "2024-01-02T12:00:00Z"}];
  const log = [
    {id: "d", at: "2024-01-03T12:00:00Z", field: "amount", old: "5", new: "8", by: "1"},
    {id: "d", at: "2024-01-04T12:00:00Z", field: "amount", old: "8", new: "10", by: "userId:7"}
  ];
  await withBuilt({deals, people, log, asOf: "2024-02-01"}, async ({engine}) => {
    const edits = await engine.rows<{actor: string}>("select actor from marts.edit_days order by edited_on");
    expect(edits.map(({actor}) => actor)).toEqual(["Sadie Ash", "Rowan Ash"]);
  });
});

test("two partners of one name stay two, and neither has the other's deals", async () => {
  const small = smallWorkspace();
  try {
    small.change(
      "workspace.yaml",
      / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/,
      `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name, region: Region}`
    );
    const rows = async (regions: readonly [string, string]) => {
      small.write("list.csv", `Id,Name,Region\nAcme Partners,Twin,${regions[0]}\nZeno,Twin,${regions[1]}\n`);
      await small.build({relations: ["partners", "deal_partners", "deals"]});
      const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
      try {
        const said = await engine.rows<{said: string}>(
          `select partner || ': ' || string_agg(deal_id, ', ' order by deal_id) as said from marts.deal_partners
           group by partner order by partner`
        );
        return said.map((row) => row.said);
      } finally {
        engine.close();
      }
    };
    const apart = await rows(["North", "South"]);
    expect(apart.map((line) => line.split(":")[0])).toEqual(["Twin (North)", "Twin (South)"]);
    const byId = await rows(["North", "North"]);
    expect(byId.map((line) => line.split(":")[0])).toEqual(["Twin (Acme Partners)", "Twin (Zeno)"]);
    expect(byId.map((line) => line.split(":")[1])).toEqual(apart.map((line) => line.split(":")[1]));
  } finally {
    small.remove();
  }
});
