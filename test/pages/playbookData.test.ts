/** The Playbook's numbers are of every deal that entered a stage in the window, also of those that were over long ago. */
import {expect, test} from "vitest";
import {playbookData} from "../../loaders/pages/playbookData.ts";
import {type TimeCase, withBuilt} from "../models/timeCase.ts";

const noon = (day: string) => `${day}T12:00:00Z`;
const deal = (id: string, created: string, closed: string, stage: "Won" | "Lost") => ({
  id,
  stage,
  amount: 100,
  owner: "p1",
  close_on: closed,
  created_at: noon(created),
  closed_at: noon(closed)
});
const steps = (id: string, ...moves: [day: string, from: string, to: string][]) =>
  moves.map(([day, from, to]) => ({id, at: noon(day), field: "stage_id", old: from, new: to}));

/** Of the deals over before the last year two were lost at once; of the newer two one moved on. Before the window nothing counts. */
const CASE: TimeCase = {
  asOf: "2026-06-30",
  people: [{id: "p1", name: "Ann"}],
  deals: [
    deal("long ago", "2024-01-10", "2024-02-01", "Lost"),
    deal("old", "2024-10-01", "2024-11-01", "Lost"),
    deal("older", "2024-09-01", "2024-09-20", "Lost"),
    deal("new", "2026-01-05", "2026-03-10", "Won"),
    deal("newer", "2026-02-01", "2026-02-20", "Lost")
  ],
  log: [
    ...steps("long ago", ["2024-02-01", "New", "Lost"]),
    ...steps("old", ["2024-11-01", "New", "Lost"]),
    ...steps("older", ["2024-09-20", "New", "Lost"]),
    ...steps("new", ["2026-02-01", "New", "Offer"], ["2026-03-10", "Offer", "Won"]),
    ...steps("newer", ["2026-02-20", "New", "Lost"])
  ]
};

test("a stage's share that moves on counts deals that were lost before the last year", async () => {
  const guides = await withBuilt(CASE, async ({engine}) => (await playbookData(engine)).guides);
  const first = guides.find(({stage}) => stage === "New")!;
  expect(first.n).toBe(4);
  expect(first.movesOn).toBeCloseTo(1 / 4, 12);
});

test("without a history of stages it is not known who moved on, which is not 0%", async () => {
  const open = {...deal("open", "2026-06-01", "2026-07-01", "Lost"), stage: "New", closed_at: null};
  const guides = await withBuilt(
    {...CASE, deals: [...CASE.deals, open], log: []} as TimeCase,
    async ({engine}) => (await playbookData(engine)).guides
  );
  expect(guides.map(({n, movesOn}) => ({n, movesOn}))).toEqual(guides.map(() => ({n: 0, movesOn: null})));
  expect(guides.length).toBeGreaterThan(0);
});
