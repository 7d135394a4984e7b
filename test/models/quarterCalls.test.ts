import {expect, test} from "vitest";
import {builtFor, type Cells} from "./timeCase.ts";

const {withBuilt} = builtFor("quarter_calls", "first_calls");

const won = (id: string, cells: Cells): Cells => ({
  id,
  stage: "Won",
  amount: "100",
  currency: "USD",
  ...cells
});
const at = (id: string, day: string, field: string, old: string, value: string): Cells => ({
  id,
  at: `${day}T12:00:00Z`,
  field,
  old,
  new: value
});

test("what was said when a quarter began against what came of it, by hand", async () => {
  const deals: Cells[] = [
    won("on time", {
      created_at: "2024-01-10T12:00:00Z",
      closed_at: "2024-05-02T12:00:00Z",
      close_on: "2024-05-31"
    }),
    won("pulled in", {
      created_at: "2024-01-10T12:00:00Z",
      closed_at: "2024-06-02T12:00:00Z",
      close_on: "2024-06-30"
    }),
    won("new", {
      created_at: "2024-04-10T12:00:00Z",
      closed_at: "2024-06-03T12:00:00Z",
      close_on: "2024-06-01"
    }),
    won("lost first", {
      created_at: "2024-01-10T12:00:00Z",
      closed_at: "2024-05-10T12:00:00Z",
      close_on: "2024-03-31"
    }),
    {
      id: "slips",
      stage: "New",
      amount: "5",
      currency: "USD",
      created_at: "2024-02-01T12:00:00Z",
      close_on: "2024-09-30"
    },
    {
      id: "later",
      stage: "New",
      amount: "5",
      currency: "USD",
      created_at: "2024-01-01T12:00:00Z",
      close_on: "2024-12-31"
    }
  ];
  const log = [
    // From here on the log of close dates is known to be kept.
    at("later", "2024-01-05", "close_on", "2024-11-30", "2024-12-31"),
    at("on time", "2024-01-20", "close_on", "2024-04-15", "2024-05-31"),
    at("on time", "2024-05-02", "stage_id", "New", "Won"),
    at("pulled in", "2024-04-20", "close_on", "2024-08-31", "2024-06-30"),
    at("pulled in", "2024-06-02", "stage_id", "New", "Won"),
    at("new", "2024-06-03", "stage_id", "New", "Won"),
    at("lost first", "2024-02-10", "stage_id", "New", "Lost"),
    at("lost first", "2024-05-10", "stage_id", "Lost", "Won"),
    at("slips", "2024-06-15", "close_on", "2024-06-30", "2024-09-30"),
    // Edited after it was won: that is no win of the next quarter.
    at("new", "2024-07-03", "amount", "90", "100"),
    at("pulled in", "2024-07-04", "owner_id", "ann", "bob")
  ];
  await withBuilt({deals, log, asOf: "2024-10-15"}, async ({engine}) => {
    const calls = await engine.rows<{deal_id: string; was_due: boolean; result: string}>(
      "select deal_id, was_due, result from marts.quarter_calls where quarter_label like '%Q2' order by 1"
    );
    expect(calls).toEqual([
      {deal_id: "lost first", was_due: false, result: "won"},
      {deal_id: "new", was_due: false, result: "won"},
      {deal_id: "on time", was_due: true, result: "won"},
      {deal_id: "pulled in", was_due: false, result: "won"},
      {deal_id: "slips", was_due: true, result: "slipped"}
    ]);
    const next = await engine.rows(
      "select deal_id, was_due, result from marts.quarter_calls where quarter_label like '%Q3'"
    );
    expect(next).toEqual([{deal_id: "slips", was_due: true, result: "slipped"}]);
    const first = await engine.rows<{deal_id: string; days: number}>(
      "select deal_id, days_late as days from marts.first_calls order by 1"
    );
    // Said 15 April, 31 August and (never changed, so as recorded) 31 March and 1 June; won 2 May, 2 June, 10 May and 3 June.
    expect(first).toEqual([
      {deal_id: "lost first", days: 40},
      {deal_id: "new", days: 2},
      {deal_id: "on time", days: 17},
      {deal_id: "pulled in", days: -90}
    ]);
  });
});
