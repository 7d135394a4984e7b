import {printJson} from "../../loaders/pages/printJson.ts";

// The rules of workspace.yaml in words, in the order of the stages.
await printJson((engine) =>
  engine.rows(`
    select pipeline.pipeline_name as pipeline, stage.stage_name as stage, criterion.side, criterion.in_words as rule
    from workspace.criterion
    inner join workspace.stage using (pipeline_id, stage_id)
    inner join workspace.pipeline using (pipeline_id)
    order by pipeline.pipeline_order, stage.stage_order, criterion.side, criterion.rule_order`)
);
