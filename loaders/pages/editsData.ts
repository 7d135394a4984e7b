/** When people edit deals, judged at build: the page gets one row a person, however long the log is. */
import {type EditDay, type EditReport, judgeEdits} from "../../src/slices/edits.ts";
import type {Engine} from "../engine/engine.ts";

const DAY = (column: string) => `date_diff('day', date '1970-01-01', ${column})::integer`;

/** Reads the days of edits and judges everybody by them. */
export async function editReport(engine: Engine): Promise<EditReport> {
  return judgeEdits(
    await engine.rows<EditDay>(`
      select actor, ${DAY("edited_on")} as "on", n_deals as "nDeals", n_together as "nTogether", n_pushed as "nPushed",
        ${DAY("quarter_ends_on")} as "quarterEndsOn"
      from marts.edit_days order by actor_id, edited_on`)
  );
}
