import {expect, test} from "vitest";
import {builtFor} from "./timeCase.ts";

const {withBuilt} = builtFor("deal_steps");

test("a life is told from what the deal was at creation, change by change, and only of open or newly closed deals", async () => {
  const at = (day: string) => `${day}T12:00:00Z`;
  const test = {
    asOf: "2026-03-31",
    people: [
      {id: "p1", name: "Ann"},
      {id: "p2", name: "Bo"}
    ],
    deals: [
      {
        id: "open",
        stage: "Offer",
        amount: 200,
        close_on: "2026-05-31",
        owner: "p2",
        created_at: at("2026-01-05")
      },
      {
        id: "old",
        stage: "Lost",
        amount: 10,
        close_on: "2025-02-01",
        owner: "p1",
        created_at: at("2025-01-01"),
        closed_at: at("2025-02-01")
      }
    ],
    log: [
      {id: "open", at: at("2026-01-20"), field: "stage_id", old: "New", new: "Demo"},
      {id: "open", at: at("2026-02-01"), field: "amount", old: "100", new: "200"},
      {id: "open", at: at("2026-02-10"), field: "close_on", old: "2026-03-31", new: "2026-05-31"},
      {id: "open", at: at("2026-02-20"), field: "owner_id", old: "p1", new: "p2"},
      {id: "open", at: at("2026-03-01"), field: "stage_id", old: "Demo", new: "Offer"},
      {id: "old", at: at("2025-02-01"), field: "stage_id", old: "New", new: "Lost"}
    ]
  };
  await withBuilt(test, async ({engine}) => {
    const rows = await engine.rows<{kind: string; on: string; to: string}>(`
      select kind, happened_on::varchar as "on", coalesce(word, amount::varchar, due_on::varchar) as "to"
      from marts.deal_steps where deal_id = 'open' and kind in ('stage', 'amount', 'close_on', 'owner')
      order by kind, step_number`);
    expect(rows.map(({kind, on, to}) => [kind, on, to])).toEqual([
      ["amount", "2026-01-05", "100.00"],
      ["amount", "2026-02-01", "200.00"],
      ["close_on", "2026-01-05", "2026-03-31"],
      ["close_on", "2026-02-10", "2026-05-31"],
      ["owner", "2026-01-05", "Ann"],
      ["owner", "2026-02-20", "Bo"],
      ["stage", "2026-01-05", "New"],
      ["stage", "2026-01-20", "Demo"],
      ["stage", "2026-03-01", "Offer"]
    ]);
    expect(
      await engine.rows("select count(*)::integer as n from marts.deal_steps where deal_id = 'old'")
    ).toEqual([{n: 0}]);
  });
});
