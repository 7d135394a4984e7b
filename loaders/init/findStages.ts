/** The pipelines and stages of a firm, from a file of stages if there is one, else from its deals. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {headersOf, spellingsOf} from "../sources/sourceSystem.ts";
import type {ChosenFile} from "./chooseFiles.ts";

export interface FoundStage {
  id: string;
  name?: string;
  kind: "open" | "won" | "lost";
  /** 0 to 1, when a file says so. */
  probability?: number;
  /** Where kind and order come from, for the comment; undefined when a file of the system says it. */
  guess?: string;
}

export interface FoundPipeline {
  id: string;
  stages: FoundStage[];
}

/** What stands for a deal whose stage is empty. */
export const NO_STAGE = "(no stage)";

const WON = /\b(won|gewonnen|gagn|ganad|vint|vunnen|vundet|成約|受注)/i;
const LOST = /\b(lost|verloren|perdu|perdid|pers[oa]|f[öo]rlorad|tabt|失注)|disqualified|abandoned|churn/i;
/** The stages of standard setups in their order: what tells the order when nothing else does. */
const USUAL = [
  "prospecting",
  "lead",
  "new",
  "appointmentscheduled",
  "qualification",
  "qualify",
  "qualifiedtobuy",
  "needs analysis",
  "discovery",
  "demo",
  "presentationscheduled",
  "develop",
  "value proposition",
  "id. decision makers",
  "decisionmakerboughtin",
  "perception analysis",
  "proposal",
  "propose",
  "proposal/price quote",
  "negotiation/review",
  "negotiation",
  "contractsent",
  "commit",
  "close"
];

interface StageRow {
  pipeline: string | null;
  stage: string;
  n: number;
  order: number | null;
  is_won: number | null;
  is_closed: number | null;
  probability: number | null;
  name: string | null;
}

/** @param files those chosen; @param stageFiles those that list stages. Pipelines without a stage that closes get one. */
export async function findStages(
  engine: Engine,
  files: readonly ChosenFile[],
  stageFiles: readonly ChosenFile[]
): Promise<FoundPipeline[]> {
  const rows = await usedStages(engine, files);
  const listed = (await Promise.all(stageFiles.map((file) => listedStages(engine, file)))).flat();
  const known = new Set(listed.flatMap(({stage, name}) => [stage, name]));
  const pipelines = new Map<string, StageRow[]>();
  const used = rows.filter(({stage}) => !known.has(stage));
  const put = (row: StageRow, pipeline: string) =>
    pipelines.set(pipeline, [...(pipelines.get(pipeline) ?? []), row]);
  for (const row of listed) put(row, row.pipeline ?? "sales");
  const [first] = [...pipelines.keys()];
  for (const row of used) put(row, row.pipeline && row.pipeline !== "" ? row.pipeline : (first ?? "sales"));
  const closesByStatus = files.some(({recognition}) =>
    ["pipedrive", "dynamics"].includes(recognition.system.id)
  );
  return [...pipelines].map(([id, stages]) => ({id, stages: complete(ordered(stages), closesByStatus)}));
}

/** A stage once, in order; won and lost last. */
function ordered(rows: readonly StageRow[]): FoundStage[] {
  const byStage = new Map<string, StageRow>();
  for (const row of rows) {
    const before = byStage.get(row.stage);
    byStage.set(row.stage, before ? {...before, n: before.n + row.n} : row);
  }
  const place = ({stage, order}: StageRow) => {
    if (order !== null) return order;
    const usual = USUAL.indexOf(stage.toLowerCase());
    return usual < 0 ? 500 : usual;
  };
  return [...byStage.values()]
    .map((row) => ({row, stage: asStage(row)}))
    .sort(
      (a, b) =>
        KINDS.indexOf(a.stage.kind) - KINDS.indexOf(b.stage.kind) ||
        place(a.row) - place(b.row) ||
        (a.row.probability ?? 0) - (b.row.probability ?? 0) ||
        b.row.n - a.row.n ||
        (a.row.stage < b.row.stage ? -1 : 1)
    )
    .map(({stage}) => stage);
}

const KINDS = ["open", "won", "lost"];

function asStage({stage, name, is_won, is_closed, probability, order, n}: StageRow): FoundStage {
  const isSaid = is_won !== null || is_closed !== null;
  const kind = is_won ? "won" : is_closed ? "lost" : isSaid ? "open" : kindByName(name ?? stage);
  const guesses = [
    ...(isSaid ? [] : [`${kind} by its name`]),
    ...(order === null ? ["its place is a guess"] : []),
    ...(n > 0 ? [`${n} deals`] : [])
  ];
  return {
    id: stage,
    ...(name && name !== stage ? {name} : {}),
    kind,
    ...(probability !== null && kind === "open" ? {probability} : {}),
    ...(guesses.length > 0 ? {guess: guesses.join(", ")} : {})
  };
}

function kindByName(name: string): FoundStage["kind"] {
  return LOST.test(name) ? "lost" : WON.test(name) ? "won" : "open";
}

/** Every pipeline has an open and a won stage, and one for what is lost. */
function complete(stages: FoundStage[], closesByStatus: boolean): FoundStage[] {
  const whole = [...stages];
  const add = (kind: FoundStage["kind"], id: string) => {
    if (whole.some((stage) => (closesByStatus ? stage.id === id : stage.kind === kind))) return;
    const guess = closesByStatus ? "a status there, a stage here" : "no stage of the export is of this kind";
    whole.push({id, kind, guess});
  };
  if (!whole.some(({kind}) => kind === "open"))
    whole.unshift({id: "Open", kind: "open", guess: "no stage of the export is of this kind"});
  add("won", closesByStatus ? "won" : "Won");
  add("lost", closesByStatus ? "lost" : "Lost");
  return whole;
}

/** The cell of an object's header in a file, as SQL; undefined when the file does not have it. */
export function cellOf({recognition: {object}, source}: ChosenFile, header: string): string | undefined {
  const index = spellingsOf(object, header)
    .map((name) => source!.header.indexOf(name))
    .find((position) => position >= 0);
  return index === undefined ? undefined : `h${index}`;
}

/** Stages that deals and their logs name. */
async function usedStages(engine: Engine, files: readonly ChosenFile[]): Promise<StageRow[]> {
  const found: StageRow[] = [];
  for (const file of files) {
    for (const map of file.recognition.object.maps({pipelines: []})) {
      const isDeal = map.table === "deal";
      const isLog = map.table === "deal_event" && map.columns["field"]?.value === "stage_id";
      const stage = isDeal
        ? map.columns["stage_id"]?.column
        : isLog
          ? map.columns["new_value"]?.column
          : undefined;
      const cell = stage === undefined ? undefined : cellOf(file, stage);
      if (cell === undefined) continue;
      found.push(...(await stagesIn(engine, file, cell, map.columns["pipeline_id"]?.column)));
    }
  }
  return found;
}

async function stagesIn(
  engine: Engine,
  file: ChosenFile,
  stage: string,
  pipelineHeader: string | undefined
): Promise<StageRow[]> {
  const truth = (header: string) => {
    const cell = cellOf(file, header);
    return cell
      ? `max(case when lower(${cell}) in ('true', '1', 't', 'yes') then 1 when ${cell} <> '' then 0 end)`
      : "null";
  };
  const order = cellOf(file, "SortOrder") ?? headerCell(file, "SortOrder");
  const pipeline = pipelineHeader ? cellOf(file, pipelineHeader) : undefined;
  const isDeal = headersOf(file.recognition.object).some((header) =>
    ["StageName", "dealstage", "stage_id", "stepname"].includes(header)
  );
  const rows = await engine.rows<StageRow>(`
    select ${pipeline ? `nullif(trim(${pipeline}), '')` : "null"} as pipeline, coalesce(nullif(trim(${stage}), ''), ${literal(NO_STAGE)}) as stage,
      ${isDeal ? "count(*)::integer" : "0"} as n,
      ${order ? `min(try_cast(${order} as double))` : "null"} as "order",
      ${truth("IsWon")} as is_won, ${truth("IsClosed")} as is_closed, null as probability, null as name
    from ${file.source!.sql} group by all`);
  return rows;
}

function headerCell({source}: ChosenFile, header: string): string | undefined {
  const index = source!.header.indexOf(header);
  return index < 0 ? undefined : `h${index}`;
}

/** Stages as a file of stages lists them: of Salesforce, HubSpot or Pipedrive. */
async function listedStages(engine: Engine, file: ChosenFile): Promise<StageRow[]> {
  const cell = (...headers: string[]) =>
    headers.map((header) => headerCell(file, header)).find((each) => each !== undefined);
  const truth = (column: string | undefined) =>
    column ? `case when lower(${column}) in ('true', '1', 't', 'yes') then 1 else 0 end` : "null";
  const id = cell("ApiName", "stage_id", "id");
  const label = cell("MasterLabel", "label", "name");
  const isSalesforce = cell("MasterLabel") !== undefined;
  const percent = cell("DefaultProbability", "deal_probability");
  const share = cell("probability");
  const won = cell("IsWon", "closed_won");
  const closed = cell("IsClosed", "is_closed");
  return engine.rows<StageRow>(`
    select ${isSalesforce ? "null" : (cell("pipeline_id") ?? "null")} as pipeline,
      ${isSalesforce ? label : id} as stage, ${label ?? "null"} as name, 0 as n,
      try_cast(${cell("SortOrder", "display_order", "order_nr") ?? "null"} as double) as "order",
      ${truth(won)} as is_won, ${truth(closed)} as is_closed,
      ${percent ? `try_cast(${percent} as double) / 100` : share ? `try_cast(${share} as double)` : "null"} as probability
    from ${file.source!.sql}`);
}
