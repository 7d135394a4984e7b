/** Flags by days, against the same firm built as of a past day: what was known then, by the models of that day. */
import {expect, test} from "vitest";
import {withTwin} from "../support/withTwin.ts";

/** The end of a quarter, so that both take what is usual in a stage from the same deals. */
const DAY = "2025-12-31";
const TWIN = {
  firm: "software" as const,
  deals: 500,
  seed: 3,
  relations: ["deal_flag_spells", "deal_flags", "flag_rules"]
};

type Row = {deal_id: string; what: string};

test("a past day's flags are those of the firm as it was built on that day", async () => {
  const byDays = await withTwin({...TWIN, asOf: "2026-05-22"}, async (_, engine) => ({
    flags: await engine.rows<Row>(
      `select deal_id, flag || ' ' || severity as what from marts.deal_flag_spells
       where from_on <= date '${DAY}' and to_on > date '${DAY}' order by deal_id, what`
    ),
    undated: await engine.rows<{flag: string}>(
      "select flag from marts.flag_rules where not is_dated order by 1"
    )
  }));
  const then = await withTwin({...TWIN, asOf: DAY}, async (_, engine) => ({
    flags: await engine.rows<Row>(
      `select flagged.deal_id, flagged.flag || ' ' || flagged.severity as what
       from marts.deal_flags as flagged inner join marts.flag_rules as rule using (flag) where rule.is_dated
       order by deal_id, what`
    )
  }));
  expect(byDays.undated.map(({flag}) => flag)).toEqual(["no_account", "no_next_step"]);
  expect(new Set(then.flags.map(({what}) => what.split(" ")[0])).size).toBeGreaterThan(5);
  expect(byDays.flags).toEqual(then.flags);
});
