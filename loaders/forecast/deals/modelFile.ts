/**
 * A fitted deal model as a file: every coefficient with its name, what it was fitted on and by which code. A number that is not
 * finite is neither written nor read, and a file of another version, code or history is refused.
 */

import {EXIT, type Problem, WeirError} from "../../weirError.ts";
import {isoOf} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {type AmountModel, fitAmounts} from "./amounts.ts";
import {dealFeatures} from "./dealFeatures.ts";
import {type LandmarkOptions, landmarks} from "./landmarks.ts";
import {featureNames, type OutcomeModel} from "./outcomeModel.ts";
import {pairsNamed, withPairs} from "./pairedFeatures.ts";
import type {DealModel} from "./projectDeals.ts";

export const MODEL_FORMAT = "weir deal model";
/** Raised whenever the file says something else, or says it elsewhere. */
export const MODEL_VERSION = 2;

/** One column of the fit. */
export interface ModelColumn {
  /** "Stage: Negotiation". */
  name: string;
  /** Log-odds of being won, and of being lost, in a week. */
  won: number;
  lost: number;
}

/** Lists of numbers are Float64Arrays in memory. */
type Plain = number | string | boolean | null | readonly number[] | {readonly [key: string]: Plain};

export interface ModelFile {
  format: typeof MODEL_FORMAT;
  version: number;
  /** SHA-256 of the code that fitted it. */
  code: string;
  /** The last day it knows of. */
  asOf: string;
  /** SHA-256 of the history it was fitted on. */
  data: string;
  options: LandmarkOptions;
  /** Groups of columns that the fit told together. */
  pairs: (readonly [string, string])[];
  columns: ModelColumn[];
  /** All other numbers of the outcome model: counts, drift. */
  outcomes: {[key: string]: Plain};
  /**
   * Amount at closing over the one stated, by stage. How single amounts spread about it is the won deals themselves: made again
   * from the history, not kept.
   */
  amounts: {stages: {name: string; ratio: number}[]; meanWon: number; n: number};
}

/** What a file must have been fitted on and by to be used. */
export interface ModelIdentity {
  code: string;
  data: string;
}

/**
 * @param history the model was fitted on
 * @throws {WeirError} naming the column of a number that is not finite
 */
export function toModelFile(
  {outcomes, amounts}: DealModel,
  history: PipelineHistory,
  {code, data}: ModelIdentity,
  options: LandmarkOptions = {}
): ModelFile {
  const {features, won, lost, ...others} = outcomes;
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    code,
    asOf: isoOf(history.asOf),
    data,
    options,
    pairs: [...features.pairs],
    columns: featureNames(features).map((name, j) => ({name, won: won[j]!, lost: lost[j]!})),
    outcomes: plain(others) as ModelFile["outcomes"],
    amounts: amountPart(amounts, history)
  };
  const problems = notFinite(file);
  if (problems.length > 0) throw refused("the deal model holds numbers that are not finite", problems);
  return file;
}

/**
 * The model of a file, the same to the bit as the one that was written.
 * @param parsed the file's JSON, from anywhere
 * @param path to name in errors
 * @param history the one it was fitted on; its features are made again and must bear the names of the file's columns
 * @throws {WeirError} on another format, version, code or history, on columns that differ and on numbers that are not finite
 */
export function fromModelFile(
  parsed: unknown,
  path: string,
  history: PipelineHistory,
  {code, data}: ModelIdentity
): DealModel {
  const file = checkedModelFile(parsed, path);
  const problems: Problem[] = [];
  const expect = (field: keyof ModelFile, expected: string, what: string) => {
    if (file[field] !== expected)
      problems.push({what, file: path, field, value: String(file[field]), expected, fix: REFIT});
  };
  expect("code", code, "it was fitted by other code");
  expect("asOf", isoOf(history.asOf), "it was fitted on another day");
  expect("data", data, "it was fitted on another history");
  if (problems.length > 0) throw refused("the deal model is not that of this history", problems);
  const parts = dealFeatures(history, landmarks(history, file.options));
  const pairs = pairsNamed(parts, file.pairs);
  if (!pairs)
    throw refused("the deal model has other columns than this history", [
      {
        what: "a pair of groups that are not there",
        file: path,
        field: "pairs",
        value: JSON.stringify(file.pairs),
        expected: parts.groups.map(({name}) => name).join(", "),
        fix: REFIT
      }
    ]);
  const features = withPairs(parts, pairs);
  const names = featureNames(features);
  const at = Math.max(names.length, file.columns.length);
  for (let j = 0; j < at; j++)
    if (names[j] !== file.columns[j]?.name)
      throw refused("the deal model has other columns than this history", [
        {
          what: "another column",
          file: path,
          field: `columns[${j}]`,
          value: file.columns[j]?.name ?? "none",
          expected: names[j] ?? "none",
          fix: REFIT
        }
      ]);
  const amounts = fitAmounts(history);
  const made = JSON.stringify(amountPart(amounts, history));
  if (JSON.stringify(file.amounts) !== made)
    throw refused("the deal model has other amounts than this history", [
      {
        what: "other amounts",
        file: path,
        field: "amounts",
        value: JSON.stringify(file.amounts),
        expected: made,
        fix: REFIT
      }
    ]);
  const won = Float64Array.from(file.columns, (column) => column.won);
  const lost = Float64Array.from(file.columns, (column) => column.lost);
  return {outcomes: {...typed(file.outcomes), features, won, lost} as OutcomeModel, amounts};
}

function amountPart(
  {ratioByStage, meanWon, n}: AmountModel,
  {stages}: PipelineHistory
): ModelFile["amounts"] {
  const names = [...stages.map(({name}) => name), "stage not known"];
  return {stages: names.map((name, i) => ({name, ratio: ratioByStage[i]!})), meanWon, n};
}

const REFIT = "delete the file and build again: the model is then fitted anew";

/** Format, version, parts and numbers of a file, whatever it was fitted on. @throws {WeirError} on the first kind of fault */
export function checkedModelFile(parsed: unknown, path: string): ModelFile {
  const file = parsed as Partial<ModelFile> | null;
  const fault = (field: string, value: unknown, expected: string, what: string): never => {
    throw refused("the deal model cannot be read", [
      {what, file: path, field, value: JSON.stringify(value) ?? "none", expected, fix: REFIT}
    ]);
  };
  if (typeof file !== "object" || file === null || file.format !== MODEL_FORMAT)
    fault("format", file?.format, JSON.stringify(MODEL_FORMAT), "this is no model file");
  if (file!.version !== MODEL_VERSION)
    fault("version", file!.version, String(MODEL_VERSION), "it is of another version of Weir");
  const {columns} = file!;
  if (!Array.isArray(columns) || columns.length === 0 || columns[0]!.name !== "constant")
    fault("columns", columns, "the constant and the columns after it", "its columns are missing");
  if (!Array.isArray(file!.pairs) || !file!.pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    fault("pairs", file!.pairs, "a list of pairs of names", "its pairs are missing");
  for (const part of ["options", "outcomes", "amounts"] as const)
    if (typeof file![part] !== "object" || file![part] === null)
      fault(part, file![part], "an object", "a part is missing");
  const problems = notFinite(file as ModelFile).map((problem) => ({...problem, file: path, fix: REFIT}));
  if (problems.length > 0) throw refused("the deal model holds numbers that are not finite", problems);
  return file as ModelFile;
}

/** Every number that is not finite, or is none at all: JSON has null for them. */
function notFinite({columns, outcomes, amounts}: ModelFile): Problem[] {
  const problems: Problem[] = [];
  const check = (value: unknown, field: string) => {
    if (typeof value !== "number" || !Number.isFinite(value))
      problems.push({what: "not a finite number", field, value: String(value), expected: "a finite number"});
  };
  for (const {name, won, lost} of columns) {
    check(won, `${name}, won`);
    check(lost, `${name}, lost`);
  }
  const walk = (value: unknown, field: string): void => {
    if (typeof value === "string" || typeof value === "boolean") return;
    if (Array.isArray(value)) for (const [i, part] of value.entries()) walk(part, `${field}[${i}]`);
    else if (typeof value === "object" && value !== null)
      for (const [key, part] of Object.entries(value)) walk(part, `${field}.${key}`);
    else check(value, field);
  };
  walk(outcomes, "outcomes");
  walk(amounts, "amounts");
  return problems;
}

function plain(value: unknown): Plain {
  if (value instanceof Float64Array) return Array.from(value);
  if (typeof value !== "object" || value === null) return value as Plain;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function typed(parts: {readonly [key: string]: Plain}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parts).map(([key, part]) => [
      key,
      Array.isArray(part)
        ? Float64Array.from(part as number[])
        : typeof part === "object" && part !== null
          ? typed(part as {[key: string]: Plain})
          : part
    ])
  );
}

function refused(message: string, problems: readonly Problem[]): WeirError {
  return new WeirError(message, {exitCode: EXIT.data, problems});
}
