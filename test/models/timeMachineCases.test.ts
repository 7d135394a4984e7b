import {describe, expect, it} from "vitest";
import {siteData} from "../../loaders/pages/siteData.ts";
import {builtFor, type Cells, HISTORY_CHECKS, withBuilt as withWholeBuilt} from "./timeCase.ts";

const ASKED = ["daily_pipeline", "deal_stretches", "int_deal_interval", "stage_entries", ...HISTORY_CHECKS];
const {withBuilt} = builtFor(...ASKED);
const ofRates = builtFor(...ASKED, "chk_fx_rate_known");

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

/** The log starts for every field on the first day, so that nothing later is assumed. */
const LOG_START: Cells[] = ["stage_id", "amount", "close_on", "owner_id", "forecast_category"].map(
  (field) => ({id: "Z", at: "2023-01-01T00:00:00Z", field, old: "", new: ""})
);
const Z = deal({id: "Z", created_at: "2023-01-01T00:00:00Z"});

describe("a deal at a past day", () => {
  it("is open between a closing and its reopening, and closed again after the second", async () => {
    const log = [
      change("2024-02-01", "stage_id", "New", "Lost"),
      change("2024-03-01", "stage_id", "Lost", "Demo"),
      change("2024-04-01", "stage_id", "Demo", "Won")
    ];
    await withBuilt({deals: [deal({stage: "Won", closed_at: "2024-04-01T12:00:00Z"})], log}, async ({on}) => {
      const seen = async (day: string) => {
        const {outcome, stage_id, closed_on} = (await on(day)).get("A")!;
        return [outcome, stage_id, closed_on];
      };
      expect(await seen("2024-01-31")).toEqual(["open", "New", null]);
      expect(await seen("2024-02-01")).toEqual(["lost", "Lost", "2024-02-01"]);
      expect(await seen("2024-03-01")).toEqual(["open", "Demo", null]);
      expect(await seen("2024-04-01")).toEqual(["won", "Won", "2024-04-01"]);
    });
  });

  it("was created on the day of its log's first entry where the export has no day of creation, and on no day without a log or with one that begins after it closed", async () => {
    const log = [
      change("2024-02-01", "stage_id", "New", "Demo"),
      change("2024-05-01", "amount", "5", "100", "C")
    ];
    const deals = [
      deal({stage: "Demo", created_at: ""}),
      deal({id: "B", created_at: ""}),
      // Put into the CRM after it was won.
      deal({id: "C", stage: "Won", created_at: "", closed_at: "2024-03-01T12:00:00Z"}),
      // There at its last activity.
      deal({id: "D", created_at: "", last_activity: "2024-03-03T12:00:00Z"}),
      Z
    ];
    // Whole: a page is asked.
    await withWholeBuilt({deals, log}, async ({engine}) => {
      const created = await engine.rows(
        "select deal_id, created_on::varchar as day from marts.deals order by deal_id"
      );
      expect(created).toEqual([
        {deal_id: "A", day: "2024-02-01"},
        {deal_id: "B", day: null},
        {deal_id: "C", day: null},
        {deal_id: "D", day: null},
        {deal_id: "Z", day: "2023-01-01"}
      ]);
      // Of B nothing tells when it was there.
      expect((await siteData(engine)).nUndated).toBe(1);
    });
  });

  it("stands in the earlier stage again after it was moved backwards, and the move is called backward", async () => {
    const log = [
      change("2024-02-01", "stage_id", "New", "Offer"),
      change("2024-03-01", "stage_id", "Offer", "Demo")
    ];
    await withBuilt({deals: [deal({stage: "Demo"})], log}, async ({on, engine}) => {
      expect((await on("2024-02-15")).get("A")!.stage_id).toBe("Offer");
      expect((await on("2024-03-01")).get("A")!.stage_id).toBe("Demo");
      const moves = await engine.rows("select stage, move from marts.stage_entries order by passage_number");
      expect(moves).toEqual([
        {stage: "New", move: "forward"},
        {stage: "Offer", move: "backward"},
        {stage: "Demo", move: "still there"}
      ]);
    });
  });

  it("is its owner's of that day, not of today, and both are kept where it moves", async () => {
    const log = [
      change("2024-02-01", "stage_id", "New", "Demo"),
      change("2024-03-01", "owner_id", "ann", "bob"),
      change("2024-04-01", "stage_id", "Demo", "Won"),
      change("2024-05-01", "owner_id", "bob", "cat")
    ];
    const people = [
      {id: "ann", name: "Ann"},
      {id: "bob", name: "Bob"},
      {id: "cat", name: "Cat"}
    ];
    const deals = [deal({stage: "Won", owner: "cat", closed_at: "2024-04-01T12:00:00Z"})];
    await withBuilt({deals, log, people}, async ({on, engine}) => {
      expect((await on("2024-02-29")).get("A")!.owner_id).toBe("ann");
      expect((await on("2024-03-01")).get("A")!.owner_id).toBe("bob");
      expect((await on("2024-05-01")).get("A")!.owner_id).toBe("cat");
      expect(await engine.rows("select owner, owner_at_close, owner_now from marts.deals")).toEqual([
        {owner: "Bob", owner_at_close: "Bob", owner_now: "Cat"}
      ]);
      const entries = await engine.rows(
        "select stage, owner_at_event, owner_now from marts.stage_entries order by passage_number"
      );
      expect(entries).toEqual([
        {stage: "New", owner_at_event: "Ann", owner_now: "Cat"},
        {stage: "Demo", owner_at_event: "Ann", owner_now: "Cat"},
        {stage: "Won", owner_at_event: "Bob", owner_now: "Cat"}
      ]);
    });
  });

  it("has the close date and the amount of that day, and an emptied amount is empty, not the last one", async () => {
    const log = [
      change("2024-02-01", "close_on", "2024-03-31", "2024-06-30"),
      change("2024-02-02", "amount", "80", ""),
      change("2024-02-04", "amount", "", "100.50")
    ];
    await withBuilt({deals: [deal({amount: "100.50"})], log}, async ({on}) => {
      const seen = async (day: string) => {
        const {close_on, amount} = (await on(day)).get("A")!;
        return [close_on, amount];
      };
      expect(await seen("2024-01-15")).toEqual(["2024-03-31", "80.00"]);
      expect(await seen("2024-02-01")).toEqual(["2024-06-30", "80.00"]);
      expect(await seen("2024-02-03")).toEqual(["2024-06-30", null]);
      expect(await seen("2024-02-04")).toEqual(["2024-06-30", "100.50"]);
    });
  });

  it("keeps events after its closing, and a won deal's later price is seen from then on", async () => {
    const log = [
      change("2024-02-01", "stage_id", "New", "Won"),
      change("2024-02-10", "amount", "100", "120"),
      change("2024-02-01", "stage_id", "New", "Won", "B"),
      change("2024-02-11", "currency", "USD", "EUR", "B")
    ];
    const won = deal({stage: "Won", closed_at: "2024-02-01T12:00:00Z"});
    const deals = [
      {...won, amount: "120"},
      {...won, id: "B", currency: "EUR"}
    ];
    const rates = [{currency: "EUR", on: "2023-01-01", rate: 2}];
    await ofRates.withBuilt({deals, log, rates}, async ({on, engine}) => {
      const seen = async (day: string) => {
        const {outcome, amount} = (await on(day)).get("A")!;
        return [outcome, amount];
      };
      expect(await seen("2024-02-09")).toEqual(["won", "100.00"]);
      expect(await seen("2024-02-10")).toEqual(["won", "120.00"]);
      const stretches = await engine.rows(`
        select deal_id, status, amount::double as amount, corrected_on::varchar as since, corrected_amount::double as later
        from marts.deal_stretches order by deal_id, from_on`);
      expect(stretches).toEqual([
        {deal_id: "A", status: "open", amount: 100, since: null, later: null},
        {deal_id: "A", status: "won", amount: 100, since: "2024-02-10", later: 120},
        {deal_id: "B", status: "open", amount: 100, since: null, later: null},
        {deal_id: "B", status: "won", amount: 100, since: "2024-02-11", later: 200}
      ]);
    });
  });
});

describe("deleted and merged deals", () => {
  it("are there until they are deleted, and in no mart after", async () => {
    const log = [
      change("2024-02-01", "is_deleted", "false", "true"),
      change("2024-03-01", "amount", "1", "2", "B")
    ];
    const deals = [deal({deleted: "true"}), deal({id: "B", amount: "2"})];
    await withBuilt({deals, log}, async ({on, engine}) => {
      expect([...(await on("2024-01-31")).keys()]).toEqual(["A", "B"]);
      expect([...(await on("2024-02-01")).keys()]).toEqual(["B"]);
      expect(await engine.rows("select deal_id from marts.deals")).toEqual([{deal_id: "B"}]);
    });
  });

  it("leave on the day the record names when the log has no deletions", async () => {
    const deals = [deal({deleted: "true", deleted_at: "2024-02-01T12:00:00Z"}), deal({id: "B"})];
    await withBuilt({deals, asOf: "2024-03-01"}, async ({on}) => {
      expect((await on("2024-01-31")).has("A")).toBe(true);
      expect((await on("2024-02-01")).has("A")).toBe(false);
    });
  });

  it("were never there when their record says they were deleted before they were created, and leave other deals as they are", async () => {
    const deals = [
      deal({amount: "900.00", owner: "zoe"}),
      deal({id: "B", amount: "50.00", deleted: "true", deleted_at: "2023-12-01T12:00:00Z"}),
      deal({id: "D", amount: "80.00", owner: "cid"})
    ];
    await withBuilt({deals, asOf: "2024-03-01"}, async ({on}) => {
      expect((await on("2023-12-31")).size).toBe(0);
      const seen = [...(await on("2024-01-01"))].map(([id, {amount, owner_id}]) => [id, amount, owner_id]);
      expect(seen).toEqual([
        ["A", "900.00", "zoe"],
        ["D", "80.00", "cid"]
      ]);
    });
  });

  it("are rebuilt from the log alone when a merge removed their record, and count once after it", async () => {
    const log = [
      change("2024-01-05", "stage_id", "", "Demo", "B"),
      change("2024-01-05", "amount", "", "70", "B"),
      change("2024-02-01", "is_deleted", "false", "true", "B"),
      change("2024-02-01", "amount", "100", "170")
    ];
    await withBuilt({deals: [deal({amount: "170"})], log}, async ({on, engine}) => {
      const amounts = async (day: string) => [...(await on(day)).values()].map(({amount}) => amount);
      expect(await amounts("2024-01-04")).toEqual(["100.00"]);
      expect(await amounts("2024-01-31")).toEqual(["100.00", "70.00"]);
      expect(await amounts("2024-02-01")).toEqual(["170.00"]);
      expect(
        await engine.rows(
          "select n_failures::integer as n from weir.check_result where name = 'chk_events_of_known_deals'"
        )
      ).toEqual([{n: 0}]);
    });
  });
});

describe("what the log leaves out", () => {
  it("is assumed where the history starts after the deal, and known from the first change on", async () => {
    const deals = [
      deal({created_at: "2024-01-01T12:00:00Z"}),
      deal({id: "B", created_at: "2024-03-01T12:00:00Z"})
    ];
    const log = [change("2024-02-01", "amount", "80", "100")];
    await withBuilt({deals, log}, async ({on}) => {
      const early = (await on("2024-01-15")).get("A")!;
      expect([early.amount, early.is_amount_assumed, early.is_owner_assumed]).toEqual(["80.00", true, true]);
      expect((await on("2024-02-01")).get("A")!.is_amount_assumed).toBe(false);
      // Amounts were logged when B was created: no entry means no change.
      expect((await on("2024-03-01")).get("B")!.is_amount_assumed).toBe(false);
      expect((await on("2024-03-01")).get("B")!.is_owner_assumed).toBe(true);
    });
  });

  it("counts as an assumed change at the newest moment when the record says otherwise than the log's end", async () => {
    const log = [
      ...LOG_START,
      change("2024-02-01", "amount", "80", "90"),
      change("2024-03-01", "close_on", "", "2024-06-30", "Z")
    ];
    await withBuilt({deals: [deal(), Z], log}, async ({on, engine}) => {
      const seen = async (day: string) => {
        const {amount, is_amount_assumed} = (await on(day)).get("A")!;
        return [amount, is_amount_assumed];
      };
      expect(await seen("2024-02-29")).toEqual(["90.00", false]);
      expect(await seen("2024-03-01")).toEqual(["100.00", true]);
      const [warned] = await engine.rows<{examples: string}>(
        "select examples from weir.check_result where name = 'chk_log_ends_in_record'"
      );
      expect(JSON.parse(warned!.examples)).toContainEqual({
        deal_id: "A",
        what: "rest",
        assumed_at: "2024-03-01 12:00:00"
      });
    });
  });

  it("has a closing nobody logged on the day the record closed, and no stage before it", async () => {
    const deals = [deal({stage: "Won", closed_at: "2024-02-01T12:00:00Z"})];
    await withBuilt({deals}, async ({on}) => {
      const before = (await on("2024-01-31")).get("A")!;
      expect([before.outcome, before.stage_id, before.is_stage_assumed]).toEqual(["open", null, true]);
      const after = (await on("2024-02-01")).get("A")!;
      expect([after.outcome, after.stage_id, after.closed_on]).toEqual(["won", "Won", "2024-02-01"]);
    });
  });

  it("never hides a column the export does not have: the log's word stands", async () => {
    const log = [change("2024-02-01", "forecast_category", "pipeline", "Best Case")];
    await withBuilt({deals: [deal()], log}, async ({on}) => {
      expect((await on("2024-02-01")).get("A")!.forecast_category).toBe("best_case");
    });
  });

  it("starts a deal before its record's creation when the log has earlier changes, and says so", async () => {
    const log = [change("2023-12-01", "amount", "80", "100")];
    await withBuilt({deals: [deal()], log}, async ({on, engine}) => {
      expect((await on("2023-12-01")).get("A")!.amount).toBe("100.00");
      expect((await on("2023-11-30")).size).toBe(0);
      expect(
        await engine.rows(
          "select n_failures::integer as n from weir.check_result where name = 'chk_log_before_creation'"
        )
      ).toEqual([{n: 1}]);
    });
  });
});

describe("the order of events", () => {
  it("is that of time, whatever the order of the file", async () => {
    const log = [
      change("2024-03-01", "amount", "90", "100"),
      change("2024-01-15", "amount", "70", "80"),
      change("2024-02-01", "amount", "80", "90")
    ];
    await withBuilt({deals: [deal()], log}, async ({on}) => {
      const amounts = await Promise.all(
        ["2024-01-02", "2024-01-15", "2024-02-01", "2024-03-01"].map(
          async (day) => (await on(day)).get("A")!.amount
        )
      );
      expect(amounts).toEqual(["70.00", "80.00", "90.00", "100.00"]);
    });
  });

  it("is that of the file within one second, for the last value and for the first old one", async () => {
    const log = [
      change("2024-02-01T12:00:00", "amount", "10", "20"),
      change("2024-02-01T12:00:00", "amount", "20", "30"),
      change("2024-02-01T12:00:00", "amount", "30", "100")
    ];
    await withBuilt({deals: [deal()], log}, async ({on}) => {
      expect((await on("2024-01-31")).get("A")!.amount).toBe("10.00");
      expect((await on("2024-02-01")).get("A")!.amount).toBe("100.00");
    });
  });

  it("is not disturbed by an event that is there twice", async () => {
    const once = [
      change("2024-02-01", "stage_id", "New", "Demo"),
      change("2024-03-01", "stage_id", "Demo", "Offer")
    ];
    const build = (log: Cells[]) =>
      withBuilt({deals: [deal({stage: "Offer"})], log}, async ({engine}) => [
        await engine.rows("select * from intermediate.int_deal_interval order by all"),
        await engine.rows("select * from marts.stage_entries order by all"),
        await engine.rows("select * from marts.daily_pipeline order by all")
      ]);
    expect(await build([once[0]!, once[0]!, once[1]!, once[1]!])).toEqual(await build(once));
  });
});
