/** Loads all files of a workspace into the canonical tables, or says everything that is wrong with them. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {CANONICAL_TABLE_NAMES} from "../workspace/canonicalTables.ts";
import type {FileSpec} from "../workspace/schema.ts";
import {accountsInWords} from "./accountsAsNamed.ts";
import {changeProblems} from "./changeBounds.ts";
import {duplicateKeys} from "./duplicateKeys.ts";
import {type FileReport, fileReconciliation} from "./fileReport.ts";
import {findFile, type LandedFile, type LandingOptions, landFile} from "./landFile.ts";
import {type MappedFile, mappedColumns} from "./mappedColumns.ts";
import type {Reject} from "./reject.ts";
import {resolveFiles} from "./resolveFile.ts";
import {settleRecords} from "./settleRecords.ts";
import {createSourceTables, fillSourceTables, type MappedRows} from "./sourceTables.ts";

export type {FileReport} from "./fileReport.ts";

export interface LoadReport {
  files: FileReport[];
  rejects: Reject[];
  /** Names of the typed copies that were read. */
  copies: Set<string>;
}

/**
 * Reads every file, takes the rows of its maps, checks keys. All files are tried before anything is thrown, so that one run
 * shows every problem.
 * @throws {WeirError} exit 4 when a file is missing; exit 3 for bad files, rejects over the limit, duplicate keys.
 */
export async function loadSources(options: LandingOptions, reporter: Reporter): Promise<LoadReport> {
  const {engine, workspace, filesDir} = options;
  const config = resolveFiles(workspace.config);
  await createSourceTables(engine, config);
  const found = config.files.map((spec) => ({spec, ...findFile(spec, filesDir)}));
  const missing = found.flatMap(({spec, problem}) => (problem && !spec.optional ? [problem] : []));
  if (missing.length > 0)
    throw new WeirError(`${plural(missing.length, "file")} of ${workspace.name} not found`, {
      exitCode: EXIT.source,
      problems: missing
    });

  const report: LoadReport = {files: [], rejects: [], copies: new Set()};
  const problems: Problem[] = [];
  const taken: MappedRows[] = [];
  const step = reporter.start("read", found.length);
  const present = found.flatMap(({spec, path}) =>
    path ? [{spec, path, mapped: mappedColumns(spec, config)}] : []
  );
  for (const {spec, path} of found) if (!path) reporter.note(`   ${spec.path}: absent, optional`);
  const results = await landAll(present, options, ({spec}) => step.tick(spec.path));
  for (const [index, {spec, mapped}] of present.entries()) {
    const landed = results[index]!;
    if (landed instanceof WeirError) {
      problems.push(...landed.problems);
      continue;
    }
    const file: FileReport = {
      file: spec.path,
      path: landed.path,
      sha256: landed.sha256,
      tables: [...new Set(mapped.maps.map((map) => map.table))].join(", "),
      n_records: landed.nRecords,
      n_loaded: landed.nLoaded,
      n_rejected: landed.nRejected,
      is_reused: landed.isReused,
      n_header: landed.nHeader,
      totals: landed.totals
    };
    report.files.push(file);
    report.rejects.push(...landed.rejects);
    report.copies.add(landed.copy);
    const before = options.previous?.find((each) => each.file === spec.path);
    if (landed.nRejected > spec.reject_limit) problems.push(...landed.rejects.map(rejectProblem));
    else if (landed.nLoaded === 0) problems.push(nothingLoaded(file));
    else if (!options.accept?.includes(spec.path))
      problems.push(...changeProblems(file, before, spec.bounds));
    const {rows} = landed;
    for (const [index, map] of mapped.maps.entries())
      taken.push({map, index, rows, system: spec.source, file: spec.path});
  }
  if (problems.length === 0) {
    await fillSourceTables(engine, taken, config);
    await insertQuotas(engine, workspace.config);
    problems.push(...(await insertRates(engine, workspace)));
    const files = new Map(found.map(({spec, path}) => [spec.path, {path, format: spec.format}]));
    for (const name of CANONICAL_TABLE_NAMES)
      problems.push(...(await duplicateKeys(engine, name, files, options.landingDir)));
  }
  const settled = problems.length === 0 ? await settleRecords(engine, workspace.config) : undefined;
  if (problems.length > 0)
    throw new WeirError(
      `The exports of ${workspace.name} have ${plural(problems.length, "problem")}; nothing was changed`,
      {
        exitCode: EXIT.data,
        problems
      }
    );
  step.done(reconciliation(report.files));
  for (const file of report.files) reporter.note(`   ${fileReconciliation(file)}`);
  if (settled && settled.nMerged > 0)
    reporter.note(`   ${plural(settled.nMerged, "merged deal")} set aside: each is part of another`);
  if (settled && settled.nMigrated > 0)
    reporter.note(
      `   ${plural(settled.nMigrated, "deal")} closed before the record was made: when they began is not known`
    );
  for (const line of settled ? accountsInWords(settled.named) : []) reporter.note(`   ${line}`);
  return report;
}

interface FoundFile {
  spec: FileSpec;
  path: string;
  mapped: MappedFile;
}

/**
 * Lands files two at a time, each on one thread of the database: while one is scanned here, the other is written there. Two threads on one
 * file hold back what they read out of its order, at up to twice the CPU.
 * @returns what came of each file, in their order
 */
async function landAll(
  files: readonly FoundFile[],
  options: LandingOptions,
  landed: (file: FoundFile) => void
): Promise<(LandedFile | WeirError)[]> {
  const {engine} = options;
  const results: (LandedFile | WeirError)[] = [];
  const waiting = [...files.entries()];
  const takeAll = async (lane: Engine) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, file] = next;
      try {
        results[index] = await landFile(file.path, file.spec, file.mapped, {...options, engine: lane});
      } catch (error) {
        if (!(error instanceof WeirError)) throw error;
        results[index] = error;
      }
      landed(file);
    }
  };
  const [now] = await engine.rows<{n: number}>("select current_setting('threads')::integer as n");
  await engine.run("set threads = 1");
  const lanes = await Promise.allSettled([takeAll(engine), takeAll(await engine.beside())]);
  await engine.run(`set threads = ${now!.n}`);
  for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
  return results;
}

/** "9 files, 12,000 records = 12,000 loaded + 0 rejected (3 unchanged files not read again)". */
export function reconciliation(files: readonly FileReport[]): string {
  const sum = (key: "n_records" | "n_loaded" | "n_rejected") =>
    files.reduce((total, file) => total + file[key], 0);
  const reused = files.filter((file) => file.is_reused).length;
  const number = (value: number) => value.toLocaleString("en-US");
  const counts = `${number(sum("n_records"))} records = ${number(sum("n_loaded"))} loaded + ${number(sum("n_rejected"))} rejected`;
  return `${plural(files.length, "file")}, ${counts}${reused > 0 ? ` (${reused} unchanged, not read again)` : ""}`;
}

function rejectProblem({file, line, column, value, reason, fix}: Reject): Problem {
  const [, story, expected] = /^(?:(.*); )?expected (.*)$/s.exec(reason) ?? [];
  return {
    what: `the value cannot be read${story ? `: ${story}` : ""}`,
    file,
    line,
    field: column,
    value: value ?? "",
    expected: expected ?? reason,
    fix
  };
}

function nothingLoaded({file, n_records}: FileReport): Problem {
  return {
    what: `all ${n_records} records were rejected`,
    file,
    expected: "at least one record that can be read",
    fix: "lower reject_limit for this file to see why"
  };
}

/** Quotas written in workspace.yaml join those of the exports. */
async function insertQuotas(engine: Engine, {quotas}: LandingOptions["workspace"]["config"]): Promise<void> {
  for (const [index, {person, team, starts_on, ends_on, amount, currency}] of quotas.entries())
    await engine.run(`insert into source.quota (person_id, team, starts_on, ends_on, amount, currency, source_system, source_file, source_record)
      values (${[person, team, starts_on, ends_on, amount, currency, "workspace", "workspace.yaml", index + 1].map(literal).join(", ")})`);
}

/** Rates written in workspace.yaml join those of the exports; one currency has either. */
async function insertRates(engine: Engine, {config, file}: LandingOptions["workspace"]): Promise<Problem[]> {
  const rates = config.exchange_rates;
  if (rates.length === 0) return [];
  const known = await engine.rows<{currency: string}>(
    "select distinct upper(trim(currency)) as currency from source.fx_rate"
  );
  const both = known.filter(({currency}) => rates.some((rate) => rate.currency === currency));
  if (both.length > 0)
    return both.map(({currency}) => ({
      what: "the exports have rates of this currency too",
      file,
      field: "exchange_rates",
      value: currency,
      expected: "rates of a currency either in an export or in workspace.yaml",
      fix: "take them out of exchange_rates"
    }));
  for (const [index, {currency, rate, since}] of rates.entries())
    await engine.run(`insert into source.fx_rate (currency, "on", rate, source_system, source_file, source_record)
      values (${[currency, since ?? ALWAYS, rate, "workspace", "workspace.yaml", index + 1].map(literal).join(", ")})`);
  return [];
}

/** Before every day that an export may name. */
const ALWAYS = "0001-01-01";

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
