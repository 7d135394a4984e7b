/** Builds the models in order, then runs every check. A failing check names itself and shows its rows. */
import type {Engine, Row} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {Workspace} from "../workspace/schema.ts";
import {converted} from "./converted.ts";
import {inOrder} from "./inOrder.ts";
import {localDay} from "./localDay.ts";
import {type Model, modelOrder} from "./readModels.ts";
import {toldApart} from "./toldApart.ts";

export interface CheckResult {
  name: string;
  description: string;
  severity: "error" | "warn";
  n_failures: number;
  /** The first failing rows, as JSON objects. */
  examples: Row[];
}

/** What was found of the models. */
export interface Checked {
  checks: CheckResult[];
  /** Rows of the relations of whose promises all rows were asked, by relation. */
  rowCounts: Record<string, number>;
}

const MAX_EXAMPLES = 5;

/** Models that run side by side, each in a connection of its own. */
const LANES = 2;

/**
 * Shares the threads among the lanes: a statement on one thread costs a fifth less than one that two have to put together
 * again. Asked for before the engine is locked down.
 */
export async function shareThreads(engine: Engine): Promise<void> {
  const [now] = await engine.rows<{n: number}>("select current_setting('threads')::integer as n");
  await engine.run(`set threads = ${Math.ceil(now!.n / LANES)}`);
}

/**
 * Builds every relation in its layer's schema. Staging is views, the rest tables unless they say otherwise.
 * @throws {WeirError} exit 1 with the model's name when its SQL fails; exit 3 when a check of severity error fails.
 */
export async function runModels(
  engine: Engine,
  models: readonly Model[],
  config: Workspace,
  reporter: Reporter
): Promise<Checked> {
  const order = modelOrder(models);
  const layerOf = new Map(order.map((model) => [model.name, model.layer]));
  const step = reporter.start("model", order.length);
  const lanes = [engine];
  while (lanes.length < LANES) lanes.push(await engine.beside());
  for (const layer of new Set(order.map((model) => model.layer)))
    await engine.run(`create schema if not exists ${layer}`);
  const found = await inOrder(order, lanes, async (lane, model) => {
    const checked = await runModel(lane, model, renderModel(model, layerOf, config));
    step.tick(model.name);
    return checked;
  });
  const results = order.flatMap(({name}) => found.get(name)!.checks);
  const failed = results.filter((result) => result.n_failures > 0);
  const errors = failed.filter((result) => result.severity === "error");
  if (errors.length > 0) throw checksFailed(errors, results.length, models);
  const warned = failed.length > 0 ? `, ${failed.length} with warnings` : "";
  step.done(
    `${order.length - models.filter((model) => model.layer === "checks").length} models, ${results.length} checks passed${warned}`
  );
  for (const {name, description, n_failures} of failed)
    reporter.warn(`${name}: ${description} (${n_failures})`);
  return {
    checks: results,
    rowCounts: Object.assign({}, ...[...found.values()].map((each) => each.rowCounts))
  };
}

/** Makes a relation and checks what is promised of it, or runs a check. */
async function runModel(engine: Engine, model: Model, sql: string): Promise<Checked> {
  const {name, layer, kind} = model;
  if (layer === "checks") {
    const check = await runCheck(engine, name, model.description, model.severity, sql);
    return {checks: [check], rowCounts: {}};
  }
  await named(name, engine.run(`create or replace ${kind} ${layer}.${identifier(name)} as ${sql}`));
  return documentChecks(engine, model);
}

/** The model's SQL with its references replaced by relations, custom attributes, local days, conversions and codes filled in. */
export function renderModel(model: Model, layerOf: ReadonlyMap<string, string>, config: Workspace): string {
  return model.sql
    .replaceAll(
      /\{\{\s*ref\('([^']+)'\)\s*\}\}/g,
      (_, name: string) => `${layerOf.get(name)}.${identifier(name)}`
    )
    .replaceAll(
      /\{\{\s*(source|workspace)\('([^']+)'\)\s*\}\}/g,
      (_, schema: string, name: string) => `${schema}.${identifier(name)}`
    )
    .replaceAll(/\{\{\s*local_day\('([^']+)'\)\s*\}\}/g, (_, utc: string) => localDay(utc, config.time_zone))
    .replaceAll(
      /\{\{\s*told_apart\('([^']+)',\s*'([^']+)',\s*'([^']+)',\s*'([^']+)'\)\s*\}\}/g,
      (_, isOne: string, name: string, region: string, id: string) => toldApart(isOne, name, region, id)
    )
    .replaceAll(/\{\{\s*converted\('([^']+)',\s*'([^']+)'\)\s*\}\}/g, (_, amount: string, rate: string) =>
      converted(amount, rate)
    )
    .replaceAll(/\{\{\s*held\s*\}\}/g, HELD)
    .replaceAll(/\{\{\s*in_order\('[^']+'\)\s*\}\}/g, IN_ORDER)
    .replaceAll(/\{\{\s*(empty|empty_amount)\s*\}\}/g, (_, name: "empty" | "empty_amount") => CODES[name])
    .replaceAll(/\{\{\s*custom_when\('([^']+)',\s*'([^']+)'\)\s*\}\}/g, (_, table: string, alias: string) =>
      config.custom_attributes
        .filter((attribute) => attribute.table === table)
        .map(({name}) => `when ${literal(name)} then cast(${alias}.${identifier(`x_${name}`)} as varchar)`)
        .join(" ")
    )
    .replaceAll(/\{\{\s*custom\('([^']+)',\s*'([^']+)'\)\s*\}\}/g, (_, table: string, alias: string) =>
      config.custom_attributes
        .filter((attribute) => attribute.table === table)
        .map((attribute) => `${alias}.${identifier(`x_${attribute.name}`)},`)
        .join(" ")
    );
}

/**
 * Works a named part of a query out before what reads it: joins of a part lie in memory at the same time, and what one part
 * holds it gives back before the next begins. Other engines write nothing there.
 */
const HELD = "materialized";

/**
 * How the rows before and after are found in a part whose rows come sorted: as they come, in one pass, without sorting them again by
 * partitions. A model that asks so looks itself whether the row before is of the same deal. Engines without an order of
 * rows put the partition and order that are named there.
 */
const IN_ORDER = "";

/** The codes of "set to empty" in the event models: even, before any date, and beyond any DECIMAL(18,2) in cents. */
const CODES = {empty: "-2000000000", empty_amount: "cast(-4000000000000000000 as bigint)"};

/** Counted first, which reads no column that the condition does not ask for; rows are only made where there are some. */
async function runCheck(
  engine: Engine,
  name: string,
  description: string,
  severity: "error" | "warn",
  sql: string
): Promise<CheckResult> {
  const failing = sql.replace(/;\s*$/, "");
  const count = await named(
    name,
    engine.rows<{n: number}>(`select count(*)::integer as n from (${failing}\n)`)
  );
  const n_failures = count[0]!.n;
  const examples = n_failures > 0 ? await exampleRows(engine, failing) : [];
  return {name, description, severity, n_failures, examples: examples.map(plainRow)};
}

/** The first of the failing rows, in the order in which a table would have them. */
async function exampleRows(engine: Engine, failing: string): Promise<Row[]> {
  await engine.run(`create or replace temp table failing as ${failing}`);
  const rows = await engine.rows(`from failing limit ${MAX_EXAMPLES}`);
  await engine.run("drop table failing");
  return rows;
}

/** What the .yml of a model promises: its columns, its key, its identities; of one that another check vouches for the columns alone, unless `isEvery`. */
export async function documentChecks(
  engine: Engine,
  {name, layer, doc}: Model,
  isEvery = doc?.checked_by === undefined
): Promise<Checked> {
  if (!doc) return {checks: [], rowCounts: {}};
  // Row for row the same: words are dearer to hash than keys.
  const relation = doc.narrow
    ? `intermediate.${identifier(doc.narrow.relation)}`
    : `${layer}.${identifier(name)}`;
  const key = (doc.narrow?.key ?? doc.key).map(identifier);
  const isNull = key.map((column) => `${column} is null`).join(" or ");
  const columns = await checkColumns(engine, name, `${layer}.${identifier(name)}`, Object.keys(doc.columns));
  const promises: Promised[] = [
    {
      check: `${name}: key`,
      description: `${doc.key.join(", ")} identifies a row of ${name}`,
      broken: isNull,
      failing: `select ${key.join(", ")}, count(*)::integer as n from ${relation} group by all
       having count(*) > 1 or ${isNull}`
    },
    ...doc.identities.map(({name: identity, sql}) => ({
      check: `${name}: ${identity}`,
      description: `${identity}: ${sql.trim()}`,
      broken: `not coalesce(${sql}, false)`,
      failing: `select * from ${relation} where not coalesce(${sql}, false)`
    }))
  ];
  if (!isEvery || columns.n_failures > 0) return {checks: [columns], rowCounts: {}};
  const {checks, nRows} = await checkPromises(engine, relation, key, promises);
  return {checks: [columns, ...checks], rowCounts: {[`${layer}.${name}`]: nRows}};
}

/** Columns documented and not there, or there and not documented; those of custom attributes (`x_...`) need no word. */
async function checkColumns(
  engine: Engine,
  name: string,
  relation: string,
  documented: readonly string[]
): Promise<CheckResult> {
  const found = await engine.rows<{name: string}>(`select name from pragma_table_info(${literal(relation)})`);
  const there = found.map((column) => column.name).filter((column) => !column.startsWith("x_"));
  const failing = [
    ...without(documented, there).map((column_name) => ({column_name, problem: "documented, not there"})),
    ...without(there, documented).map((column_name) => ({column_name, problem: "there, not documented"}))
  ];
  return {
    name: `${name}: columns`,
    description: `the columns of ${name} are those its .yml documents`,
    severity: "error",
    n_failures: failing.length,
    examples: failing.slice(0, MAX_EXAMPLES)
  };
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((each) => !others.includes(each));
}

/** A promise of a .yml: the condition that a row breaks it by, and the rows that break it. */
interface Promised {
  check: string;
  description: string;
  broken: string;
  failing: string;
}

/**
 * All promises of a relation, the first of its key, in one pass over it; those under suspicion are looked at row by row. Keys go by one number
 * instead of texts: equal keys have equal hashes, and where hashes are equal the keys are looked at.
 */
async function checkPromises(
  engine: Engine,
  relation: string,
  key: readonly string[],
  promises: readonly Promised[]
): Promise<{checks: CheckResult[]; nRows: number}> {
  const found = promises.map(({broken}, index) => {
    const isTwice = index === 0 ? ` or count(distinct hash(${key.join(", ")})) < count(*)` : "";
    return `coalesce(bool_or(${broken}), false)${isTwice} as p${index}`;
  });
  const [suspected] = await named(
    relation,
    engine.rows<Record<string, boolean> & {n: number}>(
      `select count(*)::double as n, ${found.join(", ")} from ${relation}`
    )
  );
  const results: CheckResult[] = [];
  for (const [index, {check, description, failing}] of promises.entries())
    results.push(
      suspected![`p${index}`]
        ? await runCheck(engine, check, description, "error", failing)
        : {name: check, description, severity: "error", n_failures: 0, examples: []}
    );
  return {checks: results, nRows: suspected!.n};
}

async function named<T>(model: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new WeirError(`Model ${model} failed: ${(error as Error).message}`, {exitCode: EXIT.unexpected});
  }
}

/** Where something is known to be missing in the exports, that alone is told: what else fails then may only follow from it. */
function checksFailed(errors: readonly CheckResult[], nChecks: number, models: readonly Model[]): WeirError {
  const toDo = new Map(models.map((model) => [model.name, model.toDo]));
  const causes = errors.filter(({name}) => toDo.get(name) !== undefined);
  const more = errors.length - causes.length;
  const also = causes.length > 0 && more > 0 ? `, ${more} of them perhaps because of what is missing` : "";
  return new WeirError(
    `${errors.length} of ${nChecks} checks failed${also}; the last good warehouse stays in place`,
    {
      exitCode: EXIT.data,
      problems: (causes.length > 0 ? causes : errors).map((error) =>
        checkProblem(error, toDo.get(error.name))
      )
    }
  );
}

function checkProblem(
  {name, description, n_failures, examples}: CheckResult,
  toDo = "look these records up in the exports; the rows above name them"
): Problem {
  const rows = examples.map((row) => `    ${JSON.stringify(row)}`).join("\n");
  return {
    what: `${n_failures} failing row${n_failures === 1 ? "" : "s"}\n${rows}`,
    file: name,
    expected: description,
    fix: toDo
  };
}

/** A row as JSON can carry it. */
function plainRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === "bigint" ? Number(value) : value instanceof Date ? value.toISOString() : value
    ])
  );
}
