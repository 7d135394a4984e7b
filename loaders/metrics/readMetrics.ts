/** Reads the metric definitions: every YAML under loaders/models/metrics, checked. */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "yaml";
import {z} from "zod";
import {type MetricCatalogue, measuresOf} from "../../src/slices/metricSpec.ts";
import {MODELS_DIR} from "../warehouse/readModels.ts";

const measureSchema = z.strictObject({
  fact: z.string(),
  column: z.string(),
  on: z.string().optional(),
  of: z.string().optional(),
  is_stock: z.boolean().optional(),
  missing: z.string().optional()
});

const needSchema = z.strictObject({measure: z.string(), when: z.string(), reason: z.string()});

const textShape = {
  label: z.string(),
  unit: z.enum(["money", "ratio", "multiple", "days", "count"]),
  formula: z.string(),
  caveat: z.string().optional(),
  good_when: z.enum(["up", "down"]).optional()
};

const metricSchema = z
  .strictObject({
    ...textShape,
    sum: z.string().optional(),
    ratio: z
      .strictObject({numerator: z.array(z.string()).min(1), denominator: z.array(z.string()).min(1)})
      .optional(),
    median: z.string().optional(),
    of: z.string().optional(),
    needs: needSchema.optional()
  })
  .refine(({sum, ratio, median}) => [sum, ratio, median].filter((each) => each !== undefined).length === 1, {
    message: "expected exactly one of sum, ratio and median"
  });

const definitionSchema = z.strictObject({
  ...textShape,
  computed_by: z.string(),
  rivals: z.array(z.string()).optional()
});

const fileSchema = z.strictObject({
  subject: z.string(),
  measures: z.record(z.string(), measureSchema).default({}),
  metrics: z.record(z.string(), metricSchema).default({}),
  definitions: z.record(z.string(), definitionSchema).default({})
});

/** All measures and metrics. @throws naming the file when one does not fit or reads a measure that is not there. */
export function readMetrics(dir = join(MODELS_DIR, "metrics")): MetricCatalogue {
  const catalogue: MetricCatalogue = {measures: {}, metrics: {}, definitions: {}};
  for (const name of readdirSync(dir)
    .filter((file) => file.endsWith(".yml"))
    .sort()) {
    const parsed = fileSchema.safeParse(parse(readFileSync(join(dir, name), "utf8")));
    if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
    const {subject, ...kinds} = parsed.data;
    for (const [kind, entries] of Object.entries(kinds))
      for (const [key, entry] of Object.entries(entries)) {
        const into = catalogue[kind as keyof MetricCatalogue] as Record<string, unknown>;
        if (key in into) throw new Error(`${name}: ${key} is defined twice`);
        into[key] = kind === "measures" ? entry : {...entry, subject};
      }
  }
  for (const [key, metric] of Object.entries(catalogue.metrics))
    for (const measure of [...measuresOf(metric), ...(metric.of ? [metric.of] : [])])
      if (!(measure in catalogue.measures))
        throw new Error(`metric ${key} reads ${measure}, which is no measure`);
  return catalogue;
}
