/** A metric asked of a warehouse: its figure by its own query, and the records that add up to it, as the pages list them. */
import {evaluate, figureRows} from "../../src/slices/evaluate.ts";
import {cell, type Facts, type FactTable} from "../../src/slices/facts.ts";
import {type MetricCatalogue, measuresOf, term} from "../../src/slices/metricSpec.ts";
import type {Filters, Period} from "../../src/slices/select.ts";
import type {Engine} from "../engine/engine.ts";
import {metricSql} from "../metrics/metricSql.ts";
import {dealsTable, quotasTable} from "./dealFacts.ts";

/** A deal, or a quota of a month, and what it adds. */
export interface AnswerRecord {
  fact: string;
  /** Of a deal its id, of a quota the month. */
  id: string;
  name: string | null;
  /** Added to a sum or a numerator; of a median the value itself. */
  over: number;
  /** Added to a denominator; null where the metric is no ratio. */
  under: number | null;
}

export interface MetricAnswer {
  /** Money in units of base currency, ratios 0 to 1, days; null when undefined. */
  value: number | null;
  /** Why the value is null. */
  reason: string | null;
  /** The query that gives the value; null where the selection cannot be asked of these tables. */
  sql: string | null;
  /** All of them, those that add most first. */
  records: AnswerRecord[];
}

/**
 * Asks a metric of a selection.
 * @throws when its query and the pages' own sum do not agree: one definition makes both
 */
export async function metricAnswer(
  engine: Engine,
  key: string,
  catalogue: MetricCatalogue,
  selection: {filters: Filters; period?: Period}
): Promise<MetricAnswer> {
  const facts = await factsOf(engine, key, catalogue, selection.filters);
  const {value, reason = null} = evaluate(key, catalogue, facts, selection);
  // Of a filter that the tables do not know, or that would flatter a rate, a query would give a number all the same.
  const isAskable = value !== null || Object.values(selection.filters).every((values) => values.length === 0);
  const sql = isAskable ? metricSql(key, catalogue, selection) : null;
  if (value !== null) {
    const [row] = await engine.rows<{value: number | null}>(sql!);
    const asked = row!.value;
    if (asked === null || Math.abs(asked - value) > 1e-9 * Math.max(1, Math.abs(value)))
      throw new Error(`${key}: its query gives ${asked}, its records ${value}`);
  }
  return {value, reason, sql, records: isAskable ? recordsOf(key, catalogue, facts, selection) : []};
}

/** The tables that the metric's measures are columns of, with no more columns than are asked. */
async function factsOf(
  engine: Engine,
  key: string,
  catalogue: MetricCatalogue,
  filters: Filters
): Promise<Facts> {
  const {needs, ...metric} = catalogue.metrics[key]!;
  const names = [...measuresOf(metric), ...(needs ? [needs.measure, needs.when] : [])];
  const measures = names.map((name) => catalogue.measures[name]!);
  const columns = measures
    .flatMap(({column, on, of}) => [column, on, of])
    .filter((name) => name !== undefined);
  const facts: Facts = {};
  if (measures.some(({fact}) => fact === "deals"))
    facts["deals"] = await dealsTable(engine, ["deal_id", "deal_name", ...Object.keys(filters), ...columns]);
  if (measures.some(({fact}) => fact === "quotas")) facts["quotas"] = await quotasTable(engine);
  return facts;
}

/** Every record that a term of the metric counts. */
function recordsOf(
  key: string,
  {metrics, measures}: MetricCatalogue,
  facts: Facts,
  selection: {filters: Filters; period?: Period}
): AnswerRecord[] {
  const {sum, median, ratio} = metrics[key]!;
  const over = ratio?.numerator ?? [(sum ?? median)!];
  const found = new Map<string, AnswerRecord>();
  for (const [side, terms] of [
    ["over", over],
    ["under", ratio?.denominator ?? []]
  ] as const)
    for (const text of terms) {
      const {sign, measure} = term(text);
      const {fact, column} = measures[measure]!;
      const table = facts[fact]!;
      const alone = {metrics: {[measure]: {...metrics[key]!, ...only(measure)}}, measures, definitions: {}};
      for (const row of figureRows(measure, alone, facts, selection)) {
        const place = `${fact} ${row}`;
        const record = found.get(place) ?? recordOf(table, fact, row, ratio !== undefined);
        const adds = sign * Number(cell(table, column, row) ?? 0);
        record[side] = inCents((record[side] ?? 0) + adds);
        found.set(place, record);
      }
    }
  return [...found.values()].sort((a, b) => b.over - a.over || (b.under ?? 0) - (a.under ?? 0));
}

/** A metric that is one measure and nothing else. */
function only(measure: string) {
  return {sum: measure, ratio: undefined, median: undefined, of: undefined, needs: undefined};
}

function recordOf(table: FactTable, fact: string, row: number, isRatio: boolean): AnswerRecord {
  const word = (column: string) => cell(table, column, row) as string | null;
  const named =
    fact === "deals"
      ? {id: word("deal_id") ?? "", name: word("deal_name")}
      : {id: word("month_on") ?? "", name: word("owner") ?? word("team")};
  return {fact, ...named, over: 0, under: isRatio ? 0 : null};
}

/** What floating point leaves of sums of cents. */
function inCents(value: number): number {
  return Math.round(value * 100) / 100;
}
