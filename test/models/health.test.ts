import {expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {dealsTable} from "../../loaders/pages/dealFacts.ts";
import {healthData} from "../../loaders/pages/healthData.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import {flagSpells, standingData} from "../../loaders/pages/standingData.ts";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import {healthPage} from "../../src/figures/health.ts";
import {flagTotals, repairList} from "../../src/slices/health.ts";
import {type Cells, withBuilt} from "./timeCase.ts";

/** As of 30 June 2024. Eleven deals won after 1 to 11 days in New; open ones in each kind of trouble. */
const won = Array.from({length: 11}, (_, i): Cells => {
  const closed = `2024-02-${String(2 + i).padStart(2, "0")}T12:00:00Z`;
  return {
    id: `W${i}`,
    stage: "Won",
    amount: "10",
    currency: "USD",
    created_at: "2024-02-01T12:00:00Z",
    closed_at: closed
  };
});
const wonLog = won.map(
  ({id, closed_at}): Cells => ({id, at: closed_at, field: "stage_id", old: "New", new: "Won"})
);

const open = (cells: Cells): Cells => ({
  stage: "New",
  amount: "100",
  currency: "USD",
  created_at: "2024-06-25T12:00:00Z",
  close_on: "2024-08-31",
  next_step: "Call",
  ...cells
});
const pushes = ["2024-07-10", "2024-07-31", "2024-08-05", "2024-09-01", "2024-08-31"];

const built = {
  deals: [
    ...won,
    open({id: "fine"}),
    open({id: "overdue", close_on: "2024-06-29", amount: "300"}),
    open({id: "overdue long", close_on: "2024-05-31"}),
    open({id: "stale", created_at: "2024-06-21T12:00:00Z"}),
    open({id: "staler", created_at: "2024-06-19T12:00:00Z", amount: "200"}),
    open({id: "pushed", close_on: "2024-08-31"}),
    open({id: "silent", next_step: ""}),
    open({id: "worthless", amount: "", close_on: ""})
  ],
  log: [
    ...wonLog,
    ...pushes.slice(1).map(
      (to, i): Cells => ({
        id: "pushed",
        at: `2024-06-2${6 + i}T12:00:00Z`,
        field: "close_on",
        old: pushes[i],
        new: to
      })
    )
  ],
  asOf: "2024-06-30"
};

/** The page's repair list as of a past day. */
async function repairsOn(engine: Engine, asOf: string) {
  const filters = {};
  const files = {
    health: await healthData(engine),
    standing: await standingData(engine),
    flag_spells: await flagSpells(engine)
  };
  const site = await siteData(engine);
  const facts = {deals: await dealsTable(engine)};
  const chosen = chooseAsOf({site}, {period: null, filters, dates: {on: asOf}});
  const {repairs, open: all} = healthPage.still({site, facts, files, chosen});
  expect(all.n).toBeGreaterThan(repairs.n);
  return repairs.list.map(({deal, amount, severity, flags}) => [deal, amount, `${severity}: ${flags}`]);
}

test("each rule flags the deals it should, by hand, and no other", async () => {
  await withBuilt(built, async ({engine}) => {
    const flags = await engine.rows(
      "select deal_id, flag, severity, measured, allowed from marts.deal_flags where flag <> 'no_account' order by deal_id, flag"
    );
    expect(flags).toEqual([
      {deal_id: "overdue", flag: "overdue", severity: "warning", measured: 1, allowed: 0},
      {deal_id: "overdue long", flag: "overdue", severity: "critical", measured: 30, allowed: 0},
      // 10 July, 31 July, 5 August, 1 September: two moves into a later month; back to August is none.
      {deal_id: "pushed", flag: "pushed", severity: "warning", measured: 2, allowed: 1},
      {deal_id: "silent", flag: "no_next_step", severity: "warning", measured: null, allowed: null},
      // Stays of 1 to 11 days: three quarters lasted up to 8.5, nine in ten up to 10.
      {deal_id: "stale", flag: "stale", severity: "warning", measured: 9, allowed: 8.5},
      {deal_id: "staler", flag: "stale", severity: "critical", measured: 11, allowed: 8.5},
      {deal_id: "worthless", flag: "no_amount", severity: "critical", measured: null, allowed: null},
      {deal_id: "worthless", flag: "no_close_date", severity: "critical", measured: null, allowed: null}
    ]);
    // The page, asked as of a day before: the log says what stood there then. No amount has a history here.
    expect(await repairsOn(engine, "2024-06-29")).toEqual([
      ["worthless", null, "critical: No close date"],
      ["staler", 200, "warning: Longer in its stage than deals that were won"],
      ["overdue long", 100, "warning: Close date has passed"],
      ["pushed", 100, "warning: Close date pushed again and again"]
    ]);
    expect(await repairsOn(engine, "2024-06-27")).toEqual([
      ["worthless", null, "critical: No close date"],
      ["overdue long", 100, "warning: Close date has passed"]
    ]);
  });
});

test("a rule that the exports cannot answer is not asked, and says why", async () => {
  await withBuilt(built, async ({engine}) => {
    const unknown = await engine.rows(
      "select flag, missing from marts.flag_rules where not is_known order by flag_order"
    );
    expect(unknown.map(({flag}) => flag)).toEqual([
      "stuck",
      "inactive",
      "never_followed_up",
      "no_account",
      "single_threaded"
    ]);
    for (const {missing} of unknown) expect(missing).toMatch(/^(The exports|workspace.yaml)/);
  });
});

test("the repair list has each flagged deal once, critical first, then by money; flags sum to their deals", async () => {
  await withBuilt(built, async ({engine}) => {
    const data = await healthData(engine);
    const ids = (
      await engine.rows<{deal_id: string}>("select deal_id from marts.deals order by deal_id")
    ).map((row) => row.deal_id);
    const list = repairList(data, {});
    expect(list.map(({deal, cents}) => [ids[deal], cents])).toEqual([
      ["staler", 20_000],
      ["overdue long", 10_000],
      ["worthless", null],
      ["overdue", 30_000],
      ["pushed", 10_000],
      ["silent", 10_000],
      ["stale", 10_000]
    ]);
    expect(list[2]!.flags).toEqual(["No amount", "No close date"]);
    expect(list[2]!.first).toBe("Enter what it may be worth");
    const unpriced = flagTotals(data, {}).filter(
      ({rule, deals}) => rule.flag === "no_amount" && deals.length > 0
    );
    expect(unpriced.map(({cents}) => cents)).toEqual([null]);
    const overdue = flagTotals(data, {}).filter(({rule}) => rule.flag === "overdue");
    expect(overdue.map(({severity, cents, deals}) => [severity, cents, deals.length])).toEqual([
      ["critical", 10_000, 1],
      ["warning", 30_000, 1]
    ]);
  });
});

test("a deal with fewer than two contacts by the as-of day is single-threaded once it is two weeks old; a second naming counts once", async () => {
  const old = {created_at: "2024-06-01T12:00:00Z"};
  const deals = ["nobody", "one", "twice the same", "two", "second came later", "undated"].map((id) =>
    open({id, ...old})
  );
  const contacts = [
    ["one", "A", "2024-06-02T12:00:00Z"],
    ["twice the same", "A", "2024-06-02T12:00:00Z"],
    ["twice the same", "A", "2024-06-03T12:00:00Z"],
    ["two", "A", "2024-06-02T12:00:00Z"],
    ["two", "B", "2024-06-30T23:00:00Z"],
    ["second came later", "A", "2024-06-02T12:00:00Z"],
    ["second came later", "B", "2024-07-01T00:00:00Z"],
    ["undated", "A", ""],
    ["undated", "B", ""]
  ].map(([id, contact, since]): Cells => ({id, contact, since}));
  await withBuilt(
    {deals: [...deals, open({id: "young"})], contacts, asOf: "2024-06-30"},
    async ({engine}) => {
      const flags = await engine.rows(
        "select deal_id, severity, measured, allowed from marts.deal_flags where flag = 'single_threaded' order by deal_id"
      );
      expect(flags).toEqual([
        {deal_id: "nobody", severity: "critical", measured: 0, allowed: 2},
        {deal_id: "one", severity: "warning", measured: 1, allowed: 2},
        {deal_id: "second came later", severity: "warning", measured: 1, allowed: 2},
        {deal_id: "twice the same", severity: "warning", measured: 1, allowed: 2}
      ]);
    }
  );
});
