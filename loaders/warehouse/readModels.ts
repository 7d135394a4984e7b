/** The SQL models: one file a relation, in the folder of its layer, referring to others by `{{ ref('name') }}`. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {parse} from "yaml";
import {z} from "zod";
import {PROJECT} from "../workspace/statePaths.ts";

export const LAYERS = ["staging", "intermediate", "marts", "checks"] as const;
export type Layer = (typeof LAYERS)[number];

export interface Model {
  name: string;
  layer: Layer;
  file: string;
  sql: string;
  /** Staging models, and those that say `-- materialized: view`, are views. */
  kind: "view" | "table";
  /** Names of the models it reads. */
  refs: string[];
  /** Names of the source and workspace tables it reads. */
  sources: string[];
  /** Documentation and tests, from the .yml beside it. */
  doc?: ModelDoc;
  /** For checks: "warn" lets the build go on. */
  severity: "error" | "warn";
  /** For checks: what its rows mean, from the first comment. */
  description: string;
  /** For checks of the exports themselves: what mends them. */
  toDo?: string;
}

const modelDocSchema = z.strictObject({
  grain: z.string().describe("One row per ..."),
  description: z.string().optional(),
  key: z.array(z.string()).min(1),
  columns: z.record(z.string(), z.strictObject({unit: z.string(), meaning: z.string()})),
  identities: z
    .array(z.strictObject({name: z.string(), sql: z.string().describe("A condition every row must satisfy")}))
    .default([]),
  narrow: z
    .strictObject({relation: z.string(), key: z.array(z.string()).min(1)})
    .optional()
    .describe(
      "The intermediate table that a view puts into words row for row, and its key: promises are asked there, identities by the columns both have"
    ),
  checked_by: z
    .string()
    .optional()
    .describe(
      "The check, of less rows, from which key and identities follow: a build does not ask them of every row"
    )
});

export type ModelDoc = z.infer<typeof modelDocSchema>;

export const MODELS_DIR = join(PROJECT, "loaders", "models");

const REF = /\{\{\s*ref\('([^']+)'\)\s*\}\}/g;
const SOURCE = /\{\{\s*(?:source|workspace)\('([^']+)'\)\s*\}\}/g;

/** Reads all models under a folder. @throws when a mart has no .yml or a .yml does not fit its schema or names no check. */
export function readModels(dir = MODELS_DIR): Model[] {
  const models = LAYERS.flatMap((layer) => {
    const folder = join(dir, layer);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .sort();
    return files.map((file) => readModel(join(folder, file), layer));
  });
  for (const {file, doc} of models)
    if (doc?.checked_by && !models.some(({name, layer}) => name === doc.checked_by && layer === "checks"))
      throw new Error(`${file}: checked_by names no check (${doc.checked_by})`);
  return models;
}

/** Models as they were last read, by file: a process that builds again, or asks of many days, parses only what has changed. */
const known = new Map<string, {sql: string; yml: string | undefined; model: Model}>();

function readModel(file: string, layer: Layer): Model {
  const sql = readFileSync(file, "utf8");
  const docFile = file.replace(/\.sql$/, ".yml");
  const yml = existsSync(docFile) ? readFileSync(docFile, "utf8") : undefined;
  if (layer === "marts" && yml === undefined) throw new Error(`${file}: a mart needs a .yml beside it`);
  const last = known.get(file);
  if (last?.sql === sql && last.yml === yml) return last.model;
  const doc = yml === undefined ? undefined : parseDoc(docFile, yml);
  const model = parseModel(file, layer, sql, doc);
  known.set(file, {sql, yml, model});
  return model;
}

function parseModel(file: string, layer: Layer, sql: string, doc: ModelDoc | undefined): Model {
  const comment = sql.match(/^(--.*\n)+/)?.[0] ?? "";
  const toDo = comment.match(/^--\s*to do:\s*(.*)$/m)?.[1];
  return {
    name: basename(file, ".sql"),
    layer,
    file,
    sql,
    kind: layer === "staging" || /^--\s*materialized:\s*view/m.test(comment) ? "view" : "table",
    refs: [...new Set([...sql.matchAll(REF)].map((match) => match[1]!))],
    sources: [...new Set([...sql.matchAll(SOURCE)].map((match) => match[1]!))],
    ...(doc ? {doc} : {}),
    severity: /^--\s*severity:\s*warn/m.test(comment) ? "warn" : "error",
    ...(toDo ? {toDo} : {}),
    description: comment
      .split("\n")
      .filter((line) => !/severity:|materialized:|to do:/.test(line))
      .map((line) => line.replace(/^--\s?/, ""))
      .join(" ")
      .trim()
  };
}

function parseDoc(file: string, yml: string): ModelDoc {
  const parsed = modelDocSchema.safeParse(parse(yml));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * Models in an order in which each comes after those it reads.
 * @throws when a reference names no model, a layer reads a later one, or models read each other in a circle.
 */
export function modelOrder(models: readonly Model[]): Model[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const done = new Set<string>();
  const order: Model[] = [];
  const visit = (model: Model, path: readonly string[]) => {
    if (done.has(model.name)) return;
    if (path.includes(model.name))
      throw new Error(`models read each other in a circle: ${[...path, model.name].join(" -> ")}`);
    for (const ref of model.refs) {
      const upstream = byName.get(ref);
      if (!upstream) throw new Error(`${model.file}: ref('${ref}') names no model`);
      if (LAYERS.indexOf(upstream.layer) > LAYERS.indexOf(model.layer))
        throw new Error(`${model.file}: ${model.layer} must not read ${upstream.layer} (${ref})`);
      visit(upstream, [...path, model.name]);
    }
    done.add(model.name);
    order.push(model);
  };
  for (const model of models) visit(model, []);
  return order;
}
