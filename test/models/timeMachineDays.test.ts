import {describe, expect, it} from "vitest";
import {builtFor, type Cells, HISTORY_CHECKS} from "./timeCase.ts";

const ASKED = ["daily_pipeline", "stage_entries", ...HISTORY_CHECKS];
const {withBuilt} = builtFor(...ASKED);
const ofRates = builtFor(...ASKED, "chk_fx_rate_known");
/** Refused before any movement is of interest. */
const {refusal} = builtFor("deals", "daily_pipeline", "stage_entries");

/** An open deal of 100, created on 1 January 2024 at noon UTC. */
function deal(cells: Cells = {}): Cells {
  return {
    id: "A",
    stage: "New",
    amount: "100.00",
    currency: "USD",
    close_on: "2024-06-30",
    owner: "ann",
    created_at: "2024-01-01T12:00:00Z",
    ...cells
  };
}

function change(at: string, field: string, from: string, to: string, id = "A"): Cells {
  return {id, at: `${at}${at.length === 10 ? "T12:00:00" : ""}Z`, field, old: from, new: to};
}

describe("days where the company is", () => {
  /** Stages at the ends of `days`, of deals that go from New to Demo at these moments. */
  const stagesOn = (timeZone: string, moments: string[], days: string[]) =>
    withBuilt(
      {
        deals: moments.map((at) => deal({id: at, stage: "Demo"})),
        log: moments.map((at) => change(at, "stage_id", "New", "Demo", at)),
        timeZone,
        asOf: "2024-12-31"
      },
      async ({on}) => {
        const stands = await Promise.all(days.map(on));
        return moments.map((at) => stands.map((deals) => deals.get(at)!.stage_id));
      }
    );

  it("a change at 23:30 UTC on 31 March belongs to 1 April in Berlin", async () => {
    const [moments, days] = [["2024-03-31T23:30:00"], ["2024-03-31", "2024-04-01"]];
    expect(await stagesOn("Europe/Berlin", moments, days)).toEqual([["New", "Demo"]]);
    expect(await stagesOn("UTC", moments, days)).toEqual([["Demo", "Demo"]]);
  });

  it("a change at 01:30 UTC on 1 April belongs to 31 March in New York", async () => {
    const days = ["2024-03-30", "2024-03-31"];
    expect(await stagesOn("America/New_York", ["2024-04-01T01:30:00"], days)).toEqual([["New", "Demo"]]);
  });

  it("a day of 23 hours and one of 25 end at their own midnight", async () => {
    // Berlin is UTC+1 until 31 March 2024 01:00 UTC and from 27 October 2024 01:00 UTC, UTC+2 between.
    const moments = [
      "2024-03-30T22:59:59",
      "2024-03-31T21:59:59",
      "2024-03-31T22:00:00",
      "2024-10-27T22:59:59",
      "2024-10-27T23:00:00"
    ];
    const days = [
      "2024-03-29",
      "2024-03-30",
      "2024-03-31",
      "2024-04-01",
      "2024-10-26",
      "2024-10-27",
      "2024-10-28"
    ];
    const stages = await stagesOn("Europe/Berlin", moments, days);
    const firstInDemo = stages.map((each) => days[each.indexOf("Demo")]);
    expect(firstInDemo).toEqual(["2024-03-30", "2024-03-31", "2024-04-01", "2024-10-27", "2024-10-28"]);
    expect(new Set(stages.flat())).toEqual(new Set(["New", "Demo"]));
  });
});

describe("money at a past day", () => {
  const rates = [
    {currency: "EUR", on: "2024-01-01", rate: "1.10"},
    {currency: "EUR", on: "2024-02-01", rate: "1.25"}
  ];

  it("is converted at the rate of that day while open, and of the closing day once closed", async () => {
    const deals = [deal({currency: "EUR", amount: "33.33", stage: "Won", closed_at: "2024-02-10T12:00:00Z"})];
    const log = [change("2024-02-10", "stage_id", "New", "Won")];
    const more = [...rates, {currency: "EUR", on: "2024-03-01", rate: "2"}];
    await ofRates.withBuilt({deals, log, rates: more, asOf: "2024-03-31"}, async ({on, engine}) => {
      const worth = async (day: string) => (await on(day)).get("A")!.amount_base;
      expect(await worth("2024-01-31")).toBe("36.66");
      expect(await worth("2024-02-01")).toBe("41.66");
      expect(await worth("2024-03-31")).toBe("41.66");
      const daily = await engine.rows(
        `select day_on::varchar as day, open_amount::varchar as amount from marts.daily_pipeline
         where day_on in ('2024-01-31', '2024-02-01', '2024-02-10') order by day_on`
      );
      expect(daily).toEqual([
        {day: "2024-01-31", amount: "36.66"},
        {day: "2024-02-01", amount: "41.66"},
        {day: "2024-02-10", amount: "0.00"}
      ]);
    });
  });

  it("holds orders of many millions, to the cent", async () => {
    const deals = [deal({currency: "EUR", amount: "812345678.91"})];
    await ofRates.withBuilt({deals, rates, asOf: "2024-01-31"}, async ({on, engine}) => {
      expect((await on("2024-01-31")).get("A")!.amount_base).toBe("893580246.80");
      const [mart] = await engine.rows("select open_amount::varchar as amount from marts.deals");
      expect(mart).toEqual({amount: "893580246.80"});
    });
  });

  it("follows a change of the deal's currency", async () => {
    const log = [change("2024-01-20", "currency", "eur", "USD")];
    await ofRates.withBuilt({deals: [deal()], log, rates}, async ({on}) => {
      const before = (await on("2024-01-19")).get("A")!;
      expect([before.currency_code, before.amount_base]).toEqual(["EUR", "110.00"]);
      expect((await on("2024-01-20")).get("A")!.amount_base).toBe("100.00");
    });
  });

  it("is refused when a rate is missing, with the pair and the day", async () => {
    const log = [change("2024-01-20", "currency", "GBP", "USD")];
    const late = await ofRates.refusal({
      deals: [deal()],
      log,
      rates: [{currency: "GBP", on: "2024-01-05", rate: "1.3"}]
    });
    expect(late).toContain(
      '"pair":"GBP to USD","record":"deal A","day":"2024-01-01","problem":"the first rate is of 2024-01-05"'
    );
    expect(await ofRates.refusal({deals: [deal()], log})).toContain('"problem":"there is no rate at all"');
  });
});

describe("an as_of before the newest event", () => {
  const deals = [
    deal({
      stage: "Won",
      amount: "150",
      owner: "bob",
      closed_at: "2024-04-01T12:00:00Z",
      next_step: "Invoice"
    }),
    deal({id: "B", created_at: "2024-03-15T12:00:00Z"})
  ];
  const log = [
    change("2024-02-01", "stage_id", "New", "Demo"),
    change("2024-03-10", "amount", "100", "150"),
    change("2024-03-11", "owner_id", "ann", "bob"),
    change("2024-03-12", "next_step", "Call", "Invoice"),
    change("2024-04-01", "stage_id", "Demo", "Won")
  ];

  it("shows the deals as they stood: later ones absent, later changes unseen, later closings open", async () => {
    await withBuilt({deals, log, asOf: "2024-02-29"}, async ({engine}) => {
      const shown = await engine.rows(
        `select deal_id, stage, outcome, owner, amount_base::varchar as amount, next_step, closed_on, stage_days::integer as stage_days
         from marts.deals`
      );
      expect(shown).toEqual([
        {
          deal_id: "A",
          stage: "Demo",
          outcome: "open",
          owner: "ann",
          amount: "100.00",
          next_step: "Call",
          closed_on: null,
          stage_days: 28
        }
      ]);
      expect(
        await engine.rows("select stage, left_on from marts.stage_entries where left_on is null")
      ).toEqual([{stage: "Demo", left_on: null}]);
      expect(await engine.rows("select max(day_on)::varchar as last from marts.daily_pipeline")).toEqual([
        {last: "2024-02-29"}
      ]);
    });
  });

  it("gives the same deals as the snapshot of that day in a later build", async () => {
    const later = await withBuilt({deals, log}, async ({on}) => [...(await on("2024-03-10")).values()]);
    const then = await withBuilt({deals, log, asOf: "2024-03-10"}, async ({on}) => [
      ...(await on("2024-03-10")).values()
    ]);
    expect(then).toEqual(later);
    expect(then.map(({amount}) => amount)).toEqual(["150.00"]);
  });

  it("refuses a snapshot of a day the build does not know", async () => {
    await withBuilt({deals, log, asOf: "2024-02-29"}, async ({on}) => {
      await expect(on("2024-03-01")).rejects.toThrow("The warehouse does not know that day");
    });
  });
});

describe("bad values in the log", () => {
  it.each([
    ["amount", "12,50", "1.234"],
    ["amount", "100.005", "100"],
    ["amount", "about 100", ""],
    ["close_on", "03/04/2024", ""],
    ["close_on", "2024-02-30", ""],
    ["stage_id", "Negotiation", "New"],
    ["forecast_category", "sure thing", ""],
    ["is_deleted", "maybe", ""]
  ])("are refused with file and record: %s %s", async (field, bad, old) => {
    const text = await refusal({deals: [deal()], log: [change("2024-02-01", field, old, bad)]});
    expect(text).toContain("chk_log_values");
    expect(text).toContain(
      `"field":"${field}","bad_column":"new_value","value":"${bad}","source_file":"log.csv","source_record":1`
    );
  });

  it("are not those that only write a stage by another of its names", async () => {
    const log = [change("2024-02-01", "stage_id", "New", "Demonstration")];
    await withBuilt({deals: [deal({stage: "Demo"})], log}, async ({on}) => {
      expect((await on("2024-02-01")).get("A")!.stage_id).toBe("Demo");
    });
  });
});
