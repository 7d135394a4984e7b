import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** Rules of the small workspace: Propose is entered with an amount, and left for a later stage with a next step. */
let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change(
    "workspace.yaml",
    "  - path: accounts.csv",
    `  - path: changes.csv
    maps:
      - table: deal_event
        columns: {deal_id: Deal ID, at: At, field: Field, old_value: From, new_value: To}
  - path: accounts.csv`
  );
  // D4 had no amount when it entered; D1 had a next step when it was won, though it has none today; D2 lost it before.
  small.write(
    "changes.csv",
    `Deal ID,At,Field,From,To
D4,2026-03-01T09:00:00Z,amount,50.00,
D4,2026-03-20T09:00:00Z,amount,,300.40
D1,2026-02-01T09:00:00Z,next_step,,Sign
D1,2026-02-11T09:00:00Z,next_step,Sign,
D2,2026-02-01T09:00:00Z,next_step,,Meet
D2,2026-03-19T09:00:00Z,next_step,Meet,
`
  );
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

async function asked(deal: string): Promise<string[]> {
  const rows = await engine.rows<{line: string}>(
    `select moment || ' ' || asked_on || ' ' || field || ': ' || case when is_assumed then 'not known' when is_met then 'met'
       else 'broken' end as line
     from marts.stage_conformance where deal_id = '${deal}' order by passage_number, asked_on, moment`
  );
  return rows.map(({line}) => line);
}

test("rules are asked of the values as they stood then, not of today's", async () => {
  expect(await asked("D4")).toEqual([
    "entry 2026-03-15 amount: broken",
    "exit 2026-04-15 next_step: not known"
  ]);
  expect(await asked("D1")).toContain("exit 2026-02-10 next_step: met");
});

test("a deal that comes again is asked again, and steps back are not asked the exit rules", async () => {
  expect((await asked("D2")).filter((line) => !line.includes("not known"))).toEqual([
    "exit 2026-03-20 next_step: broken"
  ]);
  expect((await asked("D2")).filter((line) => line.startsWith("entry"))).toHaveLength(2);
});

test("an open deal is asked the entry rules of its stage once more on the as-of day", async () => {
  expect((await asked("D5")).filter((line) => line.startsWith("now"))).toEqual([
    "now 2026-05-05 amount: met"
  ]);
  expect(await engine.rows("select * from marts.stage_conformance where deal_id = 'D3'")).toEqual([]);
});

test("rules not met are known by days: from the day a deal entered without an amount until it had one", async () => {
  const spells = await engine.rows(
    `select deal_id, stage, rule, is_assumed, from_on::varchar as from_on, to_on::varchar as to_on from marts.unearned_spells
     order by deal_id, from_on`
  );
  // D4 entered Propose on 15 March without the amount that it lost on the first and had again on the twentieth.
  expect(spells).toEqual([
    {
      deal_id: "D4",
      stage: "Propose",
      rule: "amount is filled",
      is_assumed: false,
      from_on: "2026-03-15",
      to_on: "2026-03-20"
    }
  ]);
});
