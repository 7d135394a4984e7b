import {describe, expect, it} from "vitest";
import {dailyWon} from "../../loaders/forecast/bookings/dailyWon.ts";
import {dayOf} from "../../loaders/forecast/history/calendar.ts";
import {readHistory} from "../../loaders/forecast/history/readHistory.ts";
import {simulateCrm} from "./simulatedCrm.ts";
import {type Built, type Cells, type TimeCase, withBuilt} from "./timeCase.ts";

/** A euro a deal of 100, in a currency that is worth a tenth more every month. */
const RATES = ["1.1", "1.2", "1.3", "1.4", "1.5"].map((rate, month) => ({
  ...{currency: "EUR", rate},
  on: `2024-0${month + 1}-01`
}));
const deal = (id: string, cells: Cells = {}): Cells => ({
  ...{id, stage: "Won", amount: "100.00", currency: "EUR", close_on: "2024-06-30", owner: "ann"},
  created_at: "2024-01-01T12:00:00Z",
  ...cells
});
const change = (id: string, at: string, from: string, to: string, field = "stage_id"): Cells => ({
  ...{id, at: `${at}T12:00:00Z`, field},
  ...{old: from, new: to}
});
const noon = (day: string) => `${day}T12:00:00Z`;

const CASE: TimeCase = {
  asOf: "2024-05-15",
  rates: RATES,
  deals: [
    deal("lost, then won"),
    deal("lost, then won, as the record says", {closed_at: noon("2024-04-10")}),
    deal("won before it was logged", {closed_at: noon("2024-03-30")}),
    deal("won, deleted, restored"),
    deal("won, lost, won"),
    deal("won, then lost", {stage: "Lost"})
  ],
  log: [
    change("lost, then won", "2024-02-10", "New", "Lost"),
    change("lost, then won", "2024-04-10", "Lost", "Won"),
    change("lost, then won, as the record says", "2024-02-10", "New", "Lost"),
    change("lost, then won, as the record says", "2024-04-10", "Lost", "Won"),
    change("won before it was logged", "2024-04-02", "New", "Won"),
    change("won, deleted, restored", "2024-02-10", "New", "Won"),
    change("won, deleted, restored", "2024-03-10", "false", "true", "is_deleted"),
    change("won, deleted, restored", "2024-04-10", "true", "false", "is_deleted"),
    change("won, lost, won", "2024-02-10", "New", "Won"),
    change("won, lost, won", "2024-03-10", "Won", "Lost"),
    change("won, lost, won", "2024-04-10", "Lost", "Won"),
    change("won, then lost", "2024-02-10", "New", "Won"),
    change("won, then lost", "2024-04-10", "Won", "Lost")
  ]
};

describe("a deal that is won", () => {
  it("was won when its present outcome began, or when its record says, at that day's rate, in every mart and for the forecast", async () => {
    await withBuilt(CASE, async (built) => {
      const expected = [
        {deal_id: "lost, then won", day: "2024-04-10", amount: "140.00"},
        {deal_id: "lost, then won, as the record says", day: "2024-04-10", amount: "140.00"},
        {deal_id: "won before it was logged", day: "2024-03-30", amount: "130.00"},
        {deal_id: "won, deleted, restored", day: "2024-02-10", amount: "120.00"},
        {deal_id: "won, lost, won", day: "2024-04-10", amount: "140.00"}
      ];
      expect(await recorded(built)).toEqual(expected);
      expect(await stretched(built)).toEqual(expected);
      expect(await forecast(built, "2024-01-01", "2024-03-31")).toBe(250);
      expect(await forecast(built, "2024-04-01", "2024-05-15")).toBe(420);
      // As it was known on an earlier day: lost, not yet logged, deleted, lost again; and one won that is not any more.
      const then = await built.on("2024-04-01");
      const seen = [...then.values()].map(({deal_id, outcome, closed_on}) => [deal_id, outcome, closed_on]);
      expect(seen).toEqual([
        ["lost, then won", "lost", "2024-02-10"],
        ["lost, then won, as the record says", "lost", "2024-02-10"],
        ["won before it was logged", "open", null],
        ["won, lost, won", "lost", "2024-03-10"],
        ["won, then lost", "won", "2024-02-10"]
      ]);
    });
  });

  it("is won on the same day for the same money in every mart of a CRM where outcomes change at random", async () => {
    const crm = simulateCrm({seed: 6, firstDay: "2024-01-10", nDays: 90, timeZone: "UTC"});
    // The log alone says when.
    const deals = crm.export.deals.map((record) => ({...record, closed_at: ""}));
    await withBuilt({...crm.export, deals}, async (built) => {
      const won = await recorded(built);
      expect(won.length).toBeGreaterThan(10);
      expect(await stretched(built)).toEqual(won);
      const total = won.reduce((sum, {amount}) => sum + Number(amount), 0);
      expect(await forecast(built, crm.days[0]!, crm.days.at(-1)!)).toBeCloseTo(total, 2);
    });
  });
});

const recorded = ({engine}: Built) =>
  engine.rows<{deal_id: string; day: string; amount: string}>(
    `select deal_id, closed_on::varchar as day, won_amount::varchar as amount from marts.deals where outcome = 'won' order by deal_id`
  );

/** What Coverage counts: the state that lasts, with what was corrected since. */
const stretched = ({engine}: Built) =>
  engine.rows<{deal_id: string; day: string; amount: string}>(
    `select deal_id, due_on::varchar as day, coalesce(corrected_amount, amount)::varchar as amount from marts.deal_stretches
     where status = 'won' and to_on = date '9999-12-31' order by deal_id`
  );

async function forecast({engine}: Built, from: string, to: string): Promise<number> {
  const {history} = await readHistory(engine, 1);
  return dailyWon(history, "amount").between(dayOf(from), dayOf(to));
}
