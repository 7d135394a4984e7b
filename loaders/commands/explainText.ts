/** What `weir explain` prints: definitions, and a figure with its query and its deals. */
import {relative} from "node:path";
import {
  type DefinitionSpec,
  type MetricCatalogue,
  type MetricSpec,
  measuresOf,
  UNIT_WORDS
} from "../../src/slices/metricSpec.ts";
import type {GlossaryEntry} from "../../src/slices/playbook.ts";
import {metricSql} from "../metrics/metricSql.ts";
import type {AnswerRecord, MetricAnswer} from "../pages/metricAnswer.ts";
import {readModels} from "../warehouse/readModels.ts";
import type {AskedFor} from "./explainAsked.ts";

export interface Answered {
  warehouse: string;
  /** When it was built, ISO 8601; what the exports have become since is not in it. */
  builtAt: string | null;
  asked: AskedFor;
  found: MetricAnswer;
}

/** Records listed; --json has all. */
const LISTED = 10;
/** Of a line that is words: a terminal's usual width, less a margin. */
const WIDTH = 100;

/** All figures by subject, a line each: the name to ask by, the label, and the formula as far as the line holds it. */
export function listText(
  subjects: readonly {subject: string; entries: readonly GlossaryEntry[]}[],
  {metrics}: MetricCatalogue
): string[] {
  const keys = subjects.flatMap(({entries}) => entries.map(({key}) => key.length));
  const width = Math.max(...keys);
  return [
    ...subjects.flatMap(({subject, entries}) => [
      subject,
      ...entries.map(({key, term, formula}) =>
        cut(`${Object.hasOwn(metrics, key) ? "*" : " "} ${key.padEnd(width)}  ${term}: ${formula}`)
      ),
      ""
    ]),
    "weir explain NAME tells one whole; of those with a *, once built, also the figure, its query and its deals."
  ];
}

/** A metric of the catalogue without a warehouse to ask. */
export function metricText(key: string, catalogue: MetricCatalogue): string {
  const metric = catalogue.metrics[key]!;
  const isDated = measuresOf(metric).some((name) => catalogue.measures[name]!.on);
  return [...head(key, metric), `Query${isDated ? ", over all time" : ""}:`, metricSql(key, catalogue)].join(
    "\n\n"
  );
}

/** A figure that a function computes or a mart holds. */
export function definitionText(key: string, definition: DefinitionSpec): string {
  const {computed_by, rivals = []} = definition;
  const marts = new Set([...computed_by.matchAll(/\bmarts\.(\w+)/g)].map(([, name]) => name!));
  const grains =
    marts.size === 0
      ? []
      : readModels().flatMap(({name, doc}) => (doc && marts.has(name) ? [{name, doc}] : []));
  return [
    ...head(key, definition),
    ...rivals.map(wrapped),
    `Computed by: ${computed_by}`,
    ...grains.map(({name, doc}) => `Rows: select * from marts.${name}\n      ${doc.grain}`)
  ].join("\n\n");
}

/** A figure of a warehouse: what it is, what it is of, the query that gives it and the records that add up to it. */
export function answerText(
  key: string,
  catalogue: MetricCatalogue,
  {warehouse, builtAt, asked, found}: Answered
): string {
  const metric = catalogue.metrics[key]!;
  const {value, reason, sql} = found;
  const isDated = measuresOf(metric).some((name) => catalogue.measures[name]!.on);
  const said =
    value === null ? `not enough data: ${reason ?? "undefined"}` : inUnit(value, metric, asked.currency);
  return [
    ...head(key, metric),
    `Figure: ${said}\n        ${scope(asked, isDated)}`,
    ...(sql === null
      ? []
      : [
          `Query, of ${relative(process.cwd(), warehouse) || warehouse}${builtAt === null ? "" : `, built ${builtAt.slice(0, 16).replace("T", " ")} UTC`}:`,
          sql
        ]),
    ...recordsText(metric, found, asked)
  ].join("\n\n");
}

function head(key: string, {label, unit, formula, caveat, subject}: MetricSpec | DefinitionSpec): string[] {
  return [
    [`${label} (${key})`, `${UNIT_WORDS[unit]}${subject ? `; of ${subject}` : ""}`].join("\n"),
    wrapped(`Formula: ${formula}`),
    ...(caveat ? [wrapped(`Note: ${caveat}`)] : [])
  ];
}

function scope({as_of, period, filters}: AskedFor, isDated: boolean): string {
  const when = period ? `${period.label}, ${period.from} to ${period.to}` : "over all time";
  const slices = Object.entries(filters).map(([key, values]) => `${key} ${values.join(" or ")}`);
  return [...(isDated ? [when] : []), `as of ${as_of}`, ...slices].join("; ");
}

function recordsText(metric: MetricSpec, {records, value}: MetricAnswer, {currency}: AskedFor): string[] {
  if (records.length === 0) return [];
  const isOfDeals = records.every(({fact}) => fact === "deals");
  const nouns = isOfDeals
    ? ["deal", "deals"]
    : records.some(({fact}) => fact === "deals")
      ? ["deal or quota", "deals and quotas"]
      : ["quota", "quotas"];
  const n = `${records.length} ${nouns[records.length === 1 ? 0 : 1]}`;
  const shown = records.slice(0, LISTED);
  const rest = records.slice(LISTED);
  const isRatio = metric.ratio !== undefined;
  const sums = (of: readonly AnswerRecord[]) =>
    isRatio ? [total(of, "over"), total(of, "under")] : [total(of, "over")];
  const isMedian = metric.median !== undefined;
  const lines = shown.map(({id, name, over, under}) => [
    ...(isRatio ? [over, under!] : [over]),
    `${id}  ${name ?? ""}`
  ]);
  const totals = isMedian
    ? []
    : [
        ...(rest.length > 0 ? [[...sums(rest), `the other ${rest.length}; --json lists them`]] : []),
        [...sums(records), `all ${n}`]
      ];
  const heads = isRatio
    ? ["divided", "by", ""]
    : [isMedian ? "days" : metric.unit === "money" ? currency : "adds", ""];
  return [
    `${isMedian ? `Median of ${n}` : `Made of ${n}`}, ${rest.length > 0 ? `the largest ${shown.length}` : "all of them"}:`,
    table([heads, ...lines, ...totals]),
    ...(value === null || !isRatio
      ? []
      : [`${number(total(records, "over"))} / ${number(total(records, "under"))} = ${number(value)}`])
  ];
}

function total(records: readonly AnswerRecord[], side: "over" | "under"): number {
  return records.reduce((sum, record) => sum + Math.round((record[side] ?? 0) * 100), 0) / 100;
}

/** Numbers to the right, in columns; the last is text. */
function table(rows: readonly (readonly (number | string)[])[]): string {
  // Cents or whole numbers, so that a column lines up.
  const hasCents = rows[0]!.map((_, i) =>
    rows.some((row) => typeof row[i] === "number" && !Number.isInteger(row[i]))
  );
  const texts = rows.map((row) =>
    row.map((each, i) =>
      typeof each === "number"
        ? hasCents[i]
          ? each.toFixed(2)
          : String(each)
        : each.replaceAll(/\s*[\r\n]+\s*/g, " ")
    )
  );
  const nNumbers = texts[0]!.length - 1;
  const widths = Array.from({length: nNumbers}, (_, i) => Math.max(...texts.map((row) => row[i]!.length)));
  return texts
    .map((row) =>
      cut(
        `  ${row
          .slice(0, nNumbers)
          .map((each, i) => each.padStart(widths[i]!))
          .join("  ")}  ${row[nNumbers]}`
      ).trimEnd()
    )
    .join("\n");
}

function inUnit(value: number, {unit}: MetricSpec, currency: string): string {
  if (unit === "money") return `${value.toFixed(2)} ${currency}`;
  if (unit === "ratio") return `${number(value)} (${(value * 100).toFixed(1)}%)`;
  return unit === "multiple"
    ? `${number(value)} times`
    : unit === "days"
      ? `${number(value)} days`
      : number(value);
}

/** As a script would read it: no grouping, at most six decimals. */
function number(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** A paragraph in lines that a terminal shows whole. */
function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

function cut(line: string): string {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line;
}
