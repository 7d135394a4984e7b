/** The text of a first workspace.yaml: what was found, what was guessed, what a person has to answer. */
import type {FileFormat} from "../workspace/schema.ts";
import type {LeftOut} from "./chooseFiles.ts";
import type {FoundPipeline, FoundStage} from "./findStages.ts";
import type {FittedFile} from "./fitColumns.ts";

export interface Found {
  company: string;
  currency: string;
  /** Undefined when the exports say it. */
  currencyQuestion?: string;
  pipelines: readonly FoundPipeline[];
  files: readonly (FittedFile & {score: number; unread: readonly string[]; advice: readonly string[]})[];
  leftOut: readonly LeftOut[];
}

const WIDTH = 110;

/** YAML with comments; every guess is marked as one, every open question begins with QUESTION. */
export function workspaceText({
  company,
  currency,
  currencyQuestion,
  pipelines,
  files,
  leftOut
}: Found): string {
  const lines = [
    "# Written by `weir init` from the headers and values of the exports. Guesses are marked; lines with QUESTION want an",
    "# answer. `weir check` says whether the exports load, `weir build` makes the site.",
    ...comment("QUESTION: the company has the name of its folder; what is it called?"),
    `company: ${text(company)}`,
    ...(currencyQuestion ? comment(`QUESTION: ${currencyQuestion}`) : []),
    `base_currency: ${currency}`,
    ...comment(
      "QUESTION: in which time zone does the company close its days, and with which month does its year begin?"
    ),
    "time_zone: UTC",
    "fiscal_calendar: {first_month: 1, week_starts_on: monday}",
    "",
    "# Stages in the order a deal walks them. A probability, a forecast_category, a day_limit and entry or exit rules can",
    "# be added to each.",
    "pipelines:",
    ...pipelines.flatMap(({id, stages, questions}) => [
      ...questions.flatMap((question) => comment(`QUESTION: ${question}`, "  ")),
      `  - id: ${text(id)}`,
      "    stages:",
      ...stages.flatMap((stage) => stageLines(stage))
    ]),
    "",
    "files:",
    ...files.flatMap(fileLines)
  ];
  if (leftOut.length > 0)
    lines.push("", "# Not loaded:", ...leftOut.flatMap(({file, why}) => comment(`${file}: ${why}`)));
  return `${lines.join("\n")}\n`;
}

function stageLines({id, name, kind, probability, guess}: FoundStage): string[] {
  const parts = [
    `id: ${text(id)}`,
    ...(name ? [`name: ${text(name)}`, `aliases: [${text(name)}]`] : []),
    `kind: ${kind}`,
    ...(probability === undefined ? [] : [`probability: ${probability}`])
  ];
  return [`      - {${parts.join(", ")}}${guess ? ` # ${guess}` : ""}`];
}

function fileLines({spec, notes, score, unread, advice}: Found["files"][number]): string[] {
  return [
    ...comment(
      `${Math.round(score * 100)}% of the columns Weir knows of a ${spec.source} ${spec.object}`,
      "  "
    ),
    ...notes.flatMap((note) => comment(note, "  ")),
    ...(unread.length > 0 ? comment(`not read: ${list(unread)}`, "  ") : []),
    ...advice.flatMap((each) => comment(each, "  ")),
    `  - path: ${text(spec.path)}`,
    `    source: ${spec.source}`,
    `    object: ${text(spec.object ?? "")}`,
    ...(Object.keys(spec.format).length > 0 ? [`    format: ${inline(spec.format)}`] : []),
    ...(spec.columns
      ? [
          "    columns:",
          ...Object.entries(spec.columns).map(
            ([column, value]) => `      ${column}: ${value === null ? "null" : inline(value)}`
          )
        ]
      : [])
  ];
}

/** The first twelve names, and how many more there are. */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}

function inline(value: FileFormat | string | object): string {
  if (typeof value === "string") return text(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${typeof each === "string" ? text(each) : JSON.stringify(each)}`)
    .join(", ")}}`;
}

/** JSON strings are YAML strings; plain words need no quotes. */
function text(value: string): string {
  return /^[A-Za-z][A-Za-z0-9 _/.-]*[A-Za-z0-9]$/.test(value) && !RESERVED.test(value)
    ? value
    : JSON.stringify(value);
}

const RESERVED = /^(true|false|yes|no|on|off|null|y|n)$/i;

function comment(words: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of words.replaceAll(/\s+/g, " ").split(" ")) {
    if (line.length + word.length + 1 > WIDTH && line !== `${indent}#`) {
      lines.push(line);
      line = `${indent}#  `;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
