/** The pipelines and stages of a firm, from a file of stages if there is one, else from its deals. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {ObjectMap} from "../sources/sourceSystem.ts";
import {cellOf, recordsWhere, stageChanges} from "./cells.ts";
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
  /** What a person has to say of the pipeline as a whole. */
  questions: string[];
  /** Whether neither names nor a file tell the order of its open stages. */
  isOrderAsked: boolean;
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
  "qualified",
  "contact made",
  "needs analysis",
  "discovery",
  "demo",
  "demo scheduled",
  "presentationscheduled",
  "develop",
  "value proposition",
  "id. decision makers",
  "identify decision makers",
  "decisionmakerboughtin",
  "perception analysis",
  "proposal",
  "proposal made",
  "propose",
  "proposal/price quote",
  "negotiation/review",
  "negotiation",
  "negotiations started",
  "contractsent",
  "commit",
  "close"
];

/** "1-Qualify", "02. Demo": stages that people have numbered. */
const LEADING_NUMBER = /^(\d{1,2})(?:\s*[-.:)]\s*|\s+)\p{L}/u;

interface StageRow {
  pipeline: string | null;
  stage: string;
  /** Deals in it. */
  n: number;
  /** Changes of a log that name it. */
  n_logged: number;
  order: number | null;
  /** Records that say whether the stage is won and closed, and how many say that it is. */
  n_flagged: number;
  n_won: number;
  n_closed: number;
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
  // A log names stages, not pipelines: a stage that is only in the past may be of any pipeline that has deals.
  const inUse = [...new Set(rows.flatMap(({pipeline}) => pipeline ?? []))];
  const put = (row: StageRow, pipeline: string) =>
    pipelines.set(pipeline, [...(pipelines.get(pipeline) ?? []), row]);
  for (const row of listed) put(row, row.pipeline ?? "sales");
  const [first] = [...pipelines.keys()];
  for (const row of used)
    if (row.pipeline) put(row, row.pipeline);
    else if (row.n_logged > 0 && inUse.length > 0) for (const pipeline of inUse) put(row, pipeline);
    else put(row, first ?? inUse[0] ?? "sales");
  const closesByStatus = files.some(({recognition}) =>
    ["pipedrive", "dynamics"].includes(recognition.system.id)
  );
  return [...pipelines].map(([id, rows]) => {
    const found = ordered(rows);
    const open = found.filter(({kind}) => kind === "open").map(({id: stage}) => stage);
    const isGuessed = rows.some(
      ({stage, order}) =>
        order === null &&
        open.includes(stage) &&
        !LEADING_NUMBER.test(stage) &&
        !USUAL.includes(stage.toLowerCase())
    );
    // Where a file lists stages with their order, what deals walked does not go before it.
    const isListed = rows.some(({order}) => order !== null);
    const isAsked = open.length > 1 && isGuessed;
    const stages = complete(found, closesByStatus);
    const untold = (["won", "lost"] as const).filter((kind) => !found.some((stage) => stage.kind === kind));
    return {
      id,
      stages,
      questions: [
        ...(closesByStatus ? [] : untold).map(
          (kind) =>
            `no stage of ${id} says that its deals are ${kind}; which one does? Give that one kind: ${kind} and delete the one named ${kind}`
        ),
        ...(isAsked && isListed ? [`do the deals of ${id} walk its open stages in this order?`] : [])
      ],
      isOrderAsked: isAsked && !isListed
    };
  });
}

/** A stage once, in order; won and lost last. */
function ordered(rows: readonly StageRow[]): FoundStage[] {
  const byStage = new Map<string, StageRow>();
  for (const row of rows) {
    const before = byStage.get(row.stage);
    byStage.set(row.stage, before ? merged(before, row) : row);
  }
  const place = ({stage, order}: StageRow) => {
    if (order !== null) return order;
    const numbered = LEADING_NUMBER.exec(stage)?.[1];
    if (numbered !== undefined) return Number(numbered);
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

function merged(a: StageRow, b: StageRow): StageRow {
  return {
    pipeline: a.pipeline,
    stage: a.stage,
    n: a.n + b.n,
    n_logged: a.n_logged + b.n_logged,
    order: a.order ?? b.order,
    n_flagged: a.n_flagged + b.n_flagged,
    n_won: a.n_won + b.n_won,
    n_closed: a.n_closed + b.n_closed,
    probability: a.probability ?? b.probability,
    name: a.name ?? b.name
  };
}

function asStage({
  stage,
  name,
  n_flagged,
  n_won,
  n_closed,
  probability,
  order,
  n,
  n_logged
}: StageRow): FoundStage {
  const named = kindByName(name ?? stage);
  const most = 2 * n_won > n_flagged ? "won" : 2 * n_closed > n_flagged ? "lost" : "open";
  const isUnanimous = n_flagged > 0 && [0, n_flagged].includes(n_won) && [0, n_flagged].includes(n_closed);
  // Records of one stage that disagree are mistakes in some of them; then a name that says it is better evidence.
  const kind = n_flagged === 0 ? named : isUnanimous || named === "open" ? most : named;
  const guesses = [
    ...(n_flagged > 0
      ? []
      : [kind === "open" ? "open: its name says neither won nor lost" : `${kind} by its name`]),
    ...(n_flagged > 0 && !isUnanimous
      ? [`QUESTION: ${n_won} of ${n_flagged} records say won, ${n_closed} closed; is it ${kind}?`]
      : []),
    ...(order === null ? ["its place is a guess"] : []),
    ...(n > 0 ? [`${n} deals`] : []),
    ...(n === 0 && n_logged > 0 ? ["only in the history: no deal is in it now"] : [])
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

/** Stages that deals and their logs name. */
async function usedStages(engine: Engine, files: readonly ChosenFile[]): Promise<StageRow[]> {
  const found: StageRow[] = [];
  for (const file of files)
    for (const map of file.recognition.object.maps({pipelines: []})) {
      const [stage, before] = [map.columns["stage_id"], map.columns["new_value"]].map((spec) => spec?.column);
      if (map.table === "deal" && stage !== undefined)
        found.push(...(await stagesOfDeals(engine, file, map)));
      if (map.table !== "deal_event" || before === undefined) continue;
      const filter = stageChanges(file, map);
      if (filter === undefined) continue;
      for (const header of [before, map.columns["old_value"]?.column])
        if (header !== undefined) found.push(...(await stagesOfLog(engine, file, header, filter)));
    }
  return found;
}

/** The headers by which systems say whether a deal is won and closed. */
const FLAGS = {won: ["IsWon", "hs_is_closed_won"], closed: ["IsClosed", "hs_is_closed"]};
const TRUE = "('true', '1', 't', 'yes')";

/** Stages of all deals, since a closed one may be reopened; counted, and missed, are those of the map's own records. */
async function stagesOfDeals(
  engine: Engine,
  file: ChosenFile,
  {columns, rows_where = {}}: ObjectMap
): Promise<StageRow[]> {
  const header = columns["stage_id"]?.column;
  const cell = header === undefined ? undefined : cellOf(file, header);
  if (cell === undefined) return [];
  const recode = Object.entries(columns["stage_id"]?.recode ?? {}).map(
    ([from, to]) => `when ${literal(from)} then ${literal(to)}`
  );
  const stage =
    recode.length > 0 ? `case trim(${cell}) ${recode.join(" ")} else trim(${cell}) end` : `trim(${cell})`;
  const taken = recordsWhere(file, rows_where) ?? "true";
  const flag = (headers: readonly string[]) =>
    headers.map((each) => cellOf(file, each)).find((each) => each !== undefined);
  const [won, closed] = [flag(FLAGS.won), flag(FLAGS.closed)];
  const count = (cell: string | undefined) =>
    cell ? `count(*) filter (lower(${cell}) in ${TRUE})::integer` : "0";
  const filled = [won, closed].flatMap((cell) => (cell ? [`${cell} <> ''`] : []));
  const pipelineHeader = columns["pipeline_id"]?.column;
  const pipeline = pipelineHeader ? cellOf(file, pipelineHeader) : undefined;
  return engine.rows<StageRow>(`
    select ${pipeline ? `nullif(trim(${pipeline}), '')` : "null"} as pipeline,
      coalesce(nullif(${stage}, ''), ${literal(NO_STAGE)}) as stage,
      count(*) filter (${taken})::integer as n, 0 as n_logged, null as "order",
      ${filled.length > 0 ? `count(*) filter (${filled.join(" or ")})::integer` : "0"} as n_flagged,
      ${count(won)} as n_won, greatest(${count(won)}, ${count(closed)}) as n_closed,
      null as probability, null as name
    from ${file.source!.sql} group by 1, 2 having n > 0 or stage <> ${literal(NO_STAGE)}`);
}

async function stagesOfLog(
  engine: Engine,
  file: ChosenFile,
  header: string,
  filter: string
): Promise<StageRow[]> {
  const stage = cellOf(file, header);
  if (stage === undefined) return [];
  const order = cellOf(file, "SortOrder");
  return engine.rows<StageRow>(`
    select null as pipeline, trim(${stage}) as stage, 0 as n, count(*)::integer as n_logged,
      ${order ? `min(try_cast(${order} as double))` : "null"} as "order",
      0 as n_flagged, 0 as n_won, 0 as n_closed, null as probability, null as name
    from ${file.source!.sql} where ${filter} and trim(${stage}) <> '' group by 2`);
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
    column ? `case when lower(${column}) in ${TRUE} then 1 else 0 end` : "0";
  const id = cell("ApiName", "stage_id", "id");
  const label = cell("MasterLabel", "label", "name");
  const isSalesforce = cell("MasterLabel") !== undefined;
  const percent = cell("DefaultProbability", "deal_probability");
  const share = cell("probability");
  const won = cell("IsWon", "closed_won");
  const closed = cell("IsClosed", "is_closed");
  return engine.rows<StageRow>(`
    select ${isSalesforce ? "null" : (cell("pipeline_id") ?? "null")} as pipeline,
      ${isSalesforce ? label : id} as stage, ${label ?? "null"} as name, 0 as n, 0 as n_logged,
      try_cast(${cell("SortOrder", "display_order", "order_nr") ?? "null"} as double) as "order",
      ${(won ?? closed) ? 1 : 0} as n_flagged, ${truth(won)} as n_won,
      greatest(${truth(won)}, ${truth(closed)}) as n_closed,
      ${percent ? `try_cast(${percent} as double) / 100` : share ? `try_cast(${share} as double)` : "null"} as probability
    from ${file.source!.sql}`);
}
