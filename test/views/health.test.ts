import {expect, test} from "vitest";
import {healthKpis, undatedRulesNote} from "../../src/views/health.js";

test("rules that no past day can be judged by are listed as in a sentence", () => {
  const rules = ["No next step", "Stale", "No contact"].map((label) => ({
    ...{label, is_known: true, is_dated: false}
  }));
  const note = undatedRulesNote({isToday: true, rules} as never, {figures: {}} as never) as HTMLElement;
  expect(note.textContent).toBe(
    "Changes leave out “no next step”, “stale” and “no contact”, which past days cannot be judged by: no history of them is known."
  );
});

test("a rule that is not asked has no money, and says why", () => {
  const none = {deals: {n: 0, rows: []}, cents: 0, nUnknown: 0};
  const stale = {
    flag: "stale",
    label: "Stale",
    is_known: false,
    missing: "No history of stages.",
    is_dated: true
  };
  const figures = {
    ...{isToday: true, critical: none, flagged: none, flags: [], dated: {critical: 0, flagged: 0}},
    rules: [stale, {...stale, flag: "overdue", is_known: true}]
  };
  const metric = {label: "", formula: ""};
  const catalogue = {definitions: {money_at_risk: metric, flags: metric}};
  const site = {currency: "USD", catalogue, sql: {}};
  const row = healthKpis({site} as never, {asOf: "2026-05-22"} as never, figures as never, null);
  const [, , overdue, longer] = [...row.querySelectorAll(".weir-kpi")].map((card) => card.textContent);
  expect(longer).toContain("No history of stages.");
  expect(longer).not.toContain("$0");
  expect(overdue).toContain("$0");
});
