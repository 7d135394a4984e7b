import {expect, test} from "vitest";
import {undatedRulesNote} from "../../src/views/health.js";

test("rules that no past day can be judged by are listed as in a sentence", () => {
  const rules = ["No next step", "Stale", "No contact"].map((label) => ({
    ...{label, is_known: true, is_dated: false}
  }));
  const note = undatedRulesNote({isToday: true, rules} as never, {figures: {}} as never) as HTMLElement;
  expect(note.textContent).toBe(
    "Changes leave out “no next step”, “stale” and “no contact”, which past days cannot be judged by: no history of them is known."
  );
});
