/** The order in which deals entered their stages, from the logs: what tells it where names say nothing. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {cellOf, stageChanges} from "./cells.ts";
import type {ChosenFile} from "./chooseFiles.ts";

/** Deals that must have been in both of two stages for the two to be put in order. */
const ENOUGH = 10;
/** Times as sheets and reports write them; what is read as another day of the month first keeps the order of most. */
const TIMES = [
  "%d.%m.%Y %H:%M:%S",
  "%d.%m.%Y %H:%M",
  "%d.%m.%Y",
  "%d/%m/%Y %H:%M",
  "%m/%d/%Y %I:%M %p",
  "%m/%d/%Y, %I:%M %p",
  "%m/%d/%Y"
];

/**
 * Stages by the number of others that more deals entered later than earlier, the most first: each pair of stages that enough
 * deals have been in has one vote (Copeland's rule), so that skipping and going back by some changes nothing.
 */
export async function walkedOrder(engine: Engine, files: readonly ChosenFile[]): Promise<string[]> {
  const entries = files.flatMap((file) =>
    file.recognition.object.maps({pipelines: []}).flatMap((map) => {
      if (map.table !== "deal_event") return [];
      const filter = stageChanges(file, map);
      const [deal, at, stage] = ["deal_id", "at", "new_value"].map((column) => {
        const header = map.columns[column]?.column;
        return header === undefined ? undefined : cellOf(file, header);
      });
      if (filter === undefined || !deal || !at || !stage) return [];
      const times = TIMES.map((time) => literal(time)).join(", ");
      return [
        `select trim(${deal}) as deal, trim(${stage}) as stage,
          coalesce(try_cast(${at} as timestamp), try_strptime(trim(${at}), [${times}])) as entered_at
        from ${file.source!.sql} where ${filter} and trim(${stage}) <> ''`
      ];
    })
  );
  if (entries.length === 0) return [];
  const rows = await engine.rows<{stage: string}>(`
    with first_entry as (
      select deal, stage, min(entered_at) as entered_at
      from (${entries.join(" union all ")}) where entered_at is not null group by all
    ),
    pair as (
      select a.stage, b.stage as other, sum(sign(epoch(b.entered_at) - epoch(a.entered_at))) as n_before
      from first_entry as a inner join first_entry as b on b.deal = a.deal and b.stage <> a.stage
      group by all having count(*) >= ${ENOUGH}
    )
    select stage from pair group by stage
    order by sum(sign(n_before)) desc, sum(n_before) desc, stage`);
  return rows.map(({stage}) => stage);
}
