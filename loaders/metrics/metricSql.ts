/** The SQL of a metric, from the same definition the pages evaluate: for `weir explain`, tooltips and the tests. */

import {
  isShare,
  type MeasureSpec,
  type MetricCatalogue,
  measuresOf,
  term
} from "../../src/slices/metricSpec.ts";
import type {Filters, Period} from "../../src/slices/select.ts";
import {NONE} from "../../src/slices/select.ts";
import {identifier, literal} from "../engine/sqlText.ts";

export interface MetricSqlOptions {
  filters?: Filters;
  period?: Period;
}

/** One SELECT that returns the metric as `value` (double, null when undefined). */
export function metricSql(
  key: string,
  {metrics, measures}: MetricCatalogue,
  options: MetricSqlOptions = {}
): string {
  const metric = metrics[key];
  if (!metric) throw new Error(`no metric named ${key}`);
  const total = (text: string) => {
    const {sign, measure} = term(text);
    return `${sign < 0 ? "- " : ""}(${aggregate("sum", measures[measure]!, options)})`;
  };
  const sum = (terms: string[]) => terms.map((text) => `coalesce(${total(text)}, 0)`).join(" + ");
  const {needs} = metric;
  const needed = needs ? ` and not (${sum([needs.measure])} = 0 and ${sum([needs.when])} > 0)` : "";
  // What stands is in no period where none of the rows that count has the day.
  const dated = measuresOf(metric).flatMap((name) => {
    const {fact, column, on, of, is_stock} = measures[name]!;
    return options.period && is_stock && on
      ? [
          ` and (select count(*) = 0 or count(${identifier(on)}) > 0 from marts.${identifier(fact)} where ${identifier(of ?? column)} > 0)`
        ]
      : [];
  });
  const left = [needed, ...dated].join("");
  if (metric.sum) {
    const {fact, column} = measures[metric.sum]!;
    return `select case when (select count(${identifier(column)}) from marts.${identifier(fact)}) > 0${left}
  then coalesce(${total(metric.sum)}, 0)::double end as value`;
  }
  if (metric.median)
    return `select (${aggregate("median", measures[metric.median]!, options)})::double as value`;
  const {numerator, denominator} = metric.ratio!;
  const share = isShare(metric) ? " and numerator between 0 and denominator" : "";
  return `with parts as (
  select ${sum(numerator)} as numerator,
    ${sum(denominator)} as denominator
)
select case when denominator > 0${share}${left}
  then numerator::double / denominator::double end as value from parts`;
}

function aggregate(
  fn: "sum" | "median",
  {fact, column, on}: MeasureSpec,
  {filters = {}, period}: MetricSqlOptions
) {
  const terms = Object.entries(filters)
    .filter(([, values]) => values.length > 0)
    .map(
      ([key, values]) =>
        `coalesce(${identifier(key)}::varchar, ${literal(NONE)}) in (${values.map(literal).join(", ")})`
    );
  if (on && period)
    terms.push(`${identifier(on)} between ${literal(period.from)}::date and ${literal(period.to)}::date`);
  const where = terms.length > 0 ? ` where ${terms.join(" and ")}` : "";
  return `select ${fn}(${identifier(column)}) from marts.${identifier(fact)}${where}`;
}
