/** What good looks like, stage by stage, worked out at build: the page gets a row a stage, however many deals there are. */
import {dayNumber} from "../../src/slices/facts.ts";
import {type Rule, type StageGuide, stageGuide} from "../../src/slices/playbook.ts";
import {laddersOf, stagePaths} from "../../src/slices/stagePaths.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";

/** Two years, as on Conversion and Velocity: whether a deal moves on is asked within a year of entering. */
const WINDOW_DAYS = 730;

/** Deals of which nothing happened in the window cannot have entered a stage in it; without a history of stages none is known to have. */
const MOVED = `(select deal_id from marts.stage_entries cross join workspace.run as run
  where entered_on > run.as_of - ${WINDOW_DAYS} and exists (from marts.stage_entries where not is_assumed) group by deal_id)`;
const ENTRIES = `(select entry.deal_id, entry.passage_number, entry.stage, entry.stage_kind, entry.entered_on, entry.left_on,
    deal.pipeline, cast(dense_rank() over (order by entry.deal_id) - 1 as integer) as deal
  from marts.stage_entries as entry inner join ${MOVED} as moved using (deal_id) inner join marts.deals as deal using (deal_id)) as entries`;

/** The guide of every stage, for the deals that entered it in the two years to the as-of day. */
export async function playbookData(engine: Engine): Promise<{rules: Rule[]; guides: StageGuide[]}> {
  const [run] = await engine.rows<{as_of: string}>("select as_of::varchar as as_of from workspace.run");
  const stages = await engine.rows<{pipeline: string; stage: string; kind: string}>(`
    select pipeline.pipeline_name as pipeline, stage.stage_name as stage, stage.kind
    from workspace.stage inner join workspace.pipeline using (pipeline_id)
    order by pipeline.pipeline_order, stage.stage_order`);
  const rules = await engine.rows<Rule>(`
    select pipeline.pipeline_name as pipeline, stage.stage_name as stage, criterion.side, criterion.in_words as rule
    from workspace.criterion
    inner join workspace.stage using (pipeline_id, stage_id)
    inner join workspace.pipeline using (pipeline_id)
    order by pipeline.pipeline_order, stage.stage_order, criterion.side, criterion.rule_order`);
  const entries = await factTable(engine, ENTRIES, {
    columns: ["deal", "pipeline", "stage", "stage_kind", "entered_on", "left_on"],
    orderBy: "deal, passage_number"
  });
  const day = dayNumber(run!.as_of);
  const ladders = laddersOf(stages);
  const rows = Array.from({length: entries.n}, (_, row) => row);
  const paths = stagePaths(entries, rows, ladders, day);
  return {rules, guides: stageGuide(paths, ladders, rules, day, {from: day - WINDOW_DAYS + 1, to: day})};
}
