/** The order in which deals entered their stages, from the logs: what tells it where names say nothing. */
import type {Engine} from "../engine/engine.ts";
import type {FileSpec, Workspace} from "../workspace/schema.ts";
import {cellOf, stageChanges} from "./cells.ts";
import type {ChosenFile} from "./chooseFiles.ts";
import type {FoundPipeline, FoundStage} from "./findStages.ts";
import {timeCell} from "./fitColumns.ts";

/** Deals that must have been in both of two stages for the two to be put in order. */
const ENOUGH = 10;
/** Share of those deals that must say the same, fewer being a guess. */
const CLEAR = 2 / 3;

/** Two stages that enough deals have been in. */
interface Pair {
  stage: string;
  other: string;
  /** Deals in both, and how many more of them entered the first before the other than after it. */
  n: number;
  n_before: number;
}

/**
 * Pipelines with their open stages as most deals entered them, where names do not tell it. Logs are read only if there is
 * one to ask.
 * @param files with what was declared of each: its times are read as they were found to be written
 */
export async function inWalkedOrder(
  engine: Engine,
  pipelines: readonly FoundPipeline[],
  files: readonly {file: ChosenFile; spec: FileSpec}[],
  config: Workspace
): Promise<FoundPipeline[]> {
  if (!pipelines.some(({isOrderAsked}) => isOrderAsked)) return [...pipelines];
  const pairs = await walkedPairs(engine, files, config);
  return pipelines.map((pipeline) => (pipeline.isOrderAsked ? walked(pipeline, pairs) : pipeline));
}

/**
 * Stages by the number of others that more deals entered later than earlier, the most first: each pair of stages that enough
 * deals have been in has one vote (Copeland's rule), so that skipping and going back by some changes nothing.
 */
function walked(pipeline: FoundPipeline, pairs: readonly Pair[]): FoundPipeline {
  const open = pipeline.stages.filter(({kind}) => kind === "open");
  const ids = new Set(open.map(({id}) => id));
  const own = pairs.filter(({stage, other}) => ids.has(stage) && ids.has(other));
  const votes = (stage: string, of: (pair: Pair) => number) =>
    own.reduce((sum, pair) => (pair.stage === stage ? sum + of(pair) : sum), 0);
  const voted = open
    .filter(({id}) => own.some(({stage}) => stage === id))
    .map((stage) => ({
      stage,
      won: votes(stage.id, ({n_before}) => Math.sign(n_before)),
      margin: votes(stage.id, ({n_before}) => n_before)
    }))
    .sort((a, b) => b.won - a.won || b.margin - a.margin || (a.stage.id < b.stage.id ? -1 : 1))
    .map(({stage}) => stage);
  const asked = `do the deals of ${pipeline.id} walk its open stages in this order?`;
  if (voted.length < 2) return {...pipeline, questions: [...pipeline.questions, asked]};
  const unsure = voted.slice(1).flatMap((stage, i) => unsureOf(voted[i]!, stage, own));
  const others = open.filter((stage) => !voted.includes(stage));
  const said = [
    unsure.length === 0
      ? "It is the one in which most entered them"
      : `It is a guess from the log: too few deals, or about as many each way, tell ${unsure.join(" and ")} apart`,
    ...(others.length > 0
      ? [
          `too few were in ${others.map(({id}) => id).join(", ")} to say where among them, so that they stand last`
        ]
      : [])
  ];
  return {
    ...pipeline,
    stages: [...voted, ...others, ...pipeline.stages.filter(({kind}) => kind !== "open")],
    questions: [...pipeline.questions, `${asked} ${said.join("; ")}`]
  };
}

/** Two stages that follow each other, where the deals do not say clearly which comes first. */
function unsureOf(before: FoundStage, after: FoundStage, pairs: readonly Pair[]): string[] {
  const pair = pairs.find(({stage, other}) => stage === before.id && other === after.id);
  const isClear = pair !== undefined && (pair.n + pair.n_before) / 2 >= CLEAR * pair.n;
  return isClear ? [] : [`${before.id} and ${after.id}`];
}

/**
 * Pairs of stages by when deals first entered each. Logs of changes alone do not say that the first stage was entered: what
 * stood before a deal's first change was.
 */
async function walkedPairs(
  engine: Engine,
  files: readonly {file: ChosenFile; spec: FileSpec}[],
  config: Workspace
): Promise<Pair[]> {
  const changes = files.flatMap(({file, spec}) =>
    file.recognition.object.maps({pipelines: []}).flatMap((map) => {
      if (map.table !== "deal_event") return [];
      const filter = stageChanges(file, map);
      const [deal, header, stage, before] = ["deal_id", "at", "new_value", "old_value"].map((column) => {
        const name = map.columns[column]?.column;
        return name === undefined ? undefined : cellOf(file, name);
      });
      const at = header === undefined ? undefined : timeCell(file, spec, config);
      if (filter === undefined || !deal || !at || !stage) return [];
      return [
        `select trim(${deal}) as deal, trim(${stage}) as stage, trim(coalesce(${before ?? "''"}, '')) as before, ${at} as entered_at
        from ${file.source!.sql} where ${filter}`
      ];
    })
  );
  if (changes.length === 0) return [];
  return engine.rows<Pair>(`
    with change as materialized (
      select * from (${changes.join(" union all ")}) where entered_at is not null
    ),
    entry as (
      select deal, stage, entered_at from change
      union all
      select deal, arg_min(before, entered_at), min(entered_at) - interval 1 microsecond from change group by deal
    ),
    first_entry as (
      select deal, stage, min(entered_at) as entered_at from entry where stage <> '' group by all
    )
    select a.stage, b.stage as other, count(*)::integer as n,
      sum(sign(epoch_us(b.entered_at) - epoch_us(a.entered_at)))::integer as n_before
    from first_entry as a inner join first_entry as b on b.deal = a.deal and b.stage <> a.stage
    group by all having count(*) >= ${ENOUGH}`);
}
