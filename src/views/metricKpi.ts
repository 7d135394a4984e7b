/** A headline figure from the metric catalogue: value, comparison, history, definition, deals. */

import {formatValue, money, sentence, type Unit} from "../components/format.js";
import type {HowProps} from "../components/how.js";
import {type Comparison, Kpi} from "../components/kpi.js";
import {evaluate, figureRows, ratioParts, type Selection} from "../slices/evaluate.js";
import {isShare, isStock, type MetricSpec, term} from "../slices/metricSpec.js";
import {type FiscalPeriod, sqlOf} from "../slices/site.js";
import {showDeals} from "./deals.js";
import type {Chosen, PageContext} from "./pageContext.js";

export interface MetricKpiOptions {
  /** The figure is not of a period. */
  isTimeless?: boolean;
  /** In place of the metric's own label. */
  label?: string;
  /** Its name in a link, where the label changes from day to day. */
  figure?: string;
  /** Said under the value. */
  note?: string;
  /** Holds the figure against another day's. */
  compared?: (value: number | null, unit: Unit) => {comparison?: Comparison};
}

const HISTORY_QUARTERS = 12;

/**
 * The definition of a metric for its "how" panel. Its query asks today's tables, so that a past day has none; nor has a published site any.
 * @param gives what the query gives, where what is shown are several figures
 */
export function howOf(
  {site}: PageContext,
  key: string,
  {period, filters, asOf = site.asOf}: Chosen & {asOf?: string},
  gives?: string
): HowProps {
  const {label, formula, unit, caveat} = site.catalogue.metrics[key]!;
  const isFiltered = Object.values(filters).some((values) => values.length > 0);
  const asked = site.sql[key];
  const sql =
    asked !== undefined && asOf === site.asOf
      ? `${gives ? `-- ${gives}\n` : ""}${sqlOf(asked, period, isFiltered)}`
      : null;
  return {label, formula, unit, sql, ...(caveat ? {caveat} : {})};
}

/** The definition of a figure that a function computes, for its "how" panel. */
export function definitionOf({site}: Pick<PageContext, "site">, key: string): HowProps {
  const {label, formula, unit, caveat, computed_by, rivals = []} = site.catalogue.definitions[key]!;
  const said = [caveat, ...rivals].filter((text) => text !== undefined).join(" ");
  return {label, formula, unit, source: computed_by, ...(said ? {caveat: said} : {})};
}

/** One headline figure. */
export function MetricKpi(
  context: PageContext,
  key: string,
  chosen: Chosen,
  options: MetricKpiOptions = {}
): HTMLElement {
  const {site, facts} = context;
  const metric = site.catalogue.metrics[key]!;
  const {filters} = chosen;
  const period = options.isTimeless ? undefined : chosen.period;
  const at = (span?: {from: string; to: string}) =>
    evaluate(key, site.catalogue, facts, {filters, period: span});
  const figure = at(period);
  // What stands on the as-of day cannot be asked of a past quarter here.
  const hasPast = period !== undefined && !isStock(metric, site.catalogue);
  const earlier = hasPast && chosen.before ? at(chosen.before.period).value : null;
  const onOpen = () =>
    showDeals(context, figureRows(key, site.catalogue, facts, {filters, period}), {
      title: metric.label,
      scope: scopeOf(metric, period ? chosen.period.label : "open on the as-of day"),
      value: figure.value,
      unit: metric.unit,
      ...(metric.sum && site.catalogue.measures[metric.sum]!.column === "weighted_amount"
        ? {sumOf: "weighted"}
        : {}),
      ...madeOf(context, key, {filters, period}, figure.value),
      ...(context.cells && metric.median ? {n: figure.n} : {})
    });
  return Kpi({
    label: options.label ?? metric.label,
    value: figure.value,
    unit: metric.unit,
    currency: site.currency,
    n: figure.value === null && figure.n === 0 ? null : figure.n,
    how: howOf(context, key, chosen),
    ...(options.note ? {note: options.note} : {}),
    ...(options.figure ? {figure: options.figure} : {}),
    ...(figure.reason ? {reason: sentence(figure.reason)} : {}),
    ...(hasPast
      ? {
          spark: history(site.quarters, chosen.period).map((quarter) => ({
            on: quarter.from,
            value: at(quarter).value
          }))
        }
      : {}),
    ...(chosen.before && hasPast && figure.value !== null && earlier !== null
      ? {
          comparison: {
            ...difference(figure.value, earlier, metric.unit),
            label: chosen.before.label,
            goodWhen: metric.good_when ?? null
          }
        }
      : {}),
    ...options.compared?.(figure.value, metric.unit),
    ...(figure.n > 0 ? {onOpen} : {})
  });
}

/** How a ratio or a median comes of its deals; nothing of a sum. */
function madeOf(
  {site, facts}: PageContext,
  key: string,
  selection: Selection,
  value: number | null
): {made?: string} {
  const {median, ratio, unit} = site.catalogue.metrics[key]!;
  if (value === null) return {};
  if (median) return {made: "the median, with as many below as above"};
  const parts = ratioParts(key, site.catalogue, facts, selection);
  if (!parts) return {};
  const said = (terms: readonly string[], sum: number) =>
    terms.every((text) => site.catalogue.measures[term(text).measure]!.column.startsWith("n_"))
      ? formatValue(sum, "count")
      : money(sum, site.currency, {exact: true});
  const [over, under] = [said(ratio!.numerator, parts.over), said(ratio!.denominator, parts.under)];
  return {made: `${over} / ${under} = ${formatValue(value, unit, site.currency)}`};
}

/** Of a share all deals are listed that it is a share of. */
function scopeOf(metric: MetricSpec, scope: string): string {
  return isShare(metric) ? `${scope}: won and lost deals` : scope;
}

/** Shares differ by points, days by days; money and counts by their relative change. */
function difference(
  now: number,
  earlier: number | null,
  unit: string
): {value: number | null; unit: "ratio" | "days"} {
  if (earlier === null) return {value: null, unit: "ratio"};
  if (unit === "days") return {value: now - earlier, unit: "days"};
  if (unit === "ratio") return {value: now - earlier, unit: "ratio"};
  return {value: earlier === 0 ? null : now / earlier - 1, unit: "ratio"};
}

function history(quarters: readonly FiscalPeriod[], until: FiscalPeriod): FiscalPeriod[] {
  return quarters.filter(({from}) => from <= until.from).slice(-HISTORY_QUARTERS);
}
