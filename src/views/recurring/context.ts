/** What the sections of the Recurring revenue page share: its figures, the quarter asked for, and lists of customers. */
import type {TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import {date, type Unit} from "../../components/format.js";
import type {Chosen} from "../../figures/chosen.js";
import type {RecurringFigures} from "../../figures/recurring.js";
import {ARR_LINES, type ArrLine, LOST_LINES} from "../../slices/recurring/arrMonths.js";
import type {PageContext} from "../pageContext.js";

export interface Recurring {
  context: PageContext;
  figures: RecurringFigures;
  currency: string;
  /** "2026 Q2", with "to 22 May 2026" where it is not over. */
  period: string;
}

/** The page's figures as its views want them. */
export function recurring(context: PageContext, figures: RecurringFigures, {period}: Chosen): Recurring {
  const {currency, asOf, quarters} = context.site;
  const isOver = (quarters.find(({label}) => label === period.label)?.to ?? period.to) <= asOf;
  return {
    ...{context, figures, currency},
    period: isOver ? period.label : `${period.label} to ${date(figures.on)}`
  };
}

export const NO_CONTRACTS = {
  reason: "The exports hold no contracts of recurring revenue.",
  action:
    "Export subscriptions or contracts from the billing system, one row a contract: the customer's account, first and last day, what a year of it brings and, where they are known, contract id, product, currency and the deal that brought it. Map them to the table subscription in workspace.yaml."
};

export const LINE_LABELS: Record<ArrLine, string> = {
  new: "New customers",
  reactivation: "Came back",
  expansion: "Expansion",
  step: "Agreed steps",
  contraction: "Contraction",
  churn: "Churn"
};

/** The same of one customer. */
const KINDS: Record<ArrLine, string> = {...LINE_LABELS, new: "New"};

/** What a line adds to ARR: lost ones are told as positive amounts. */
export function signedLine(lines: Record<ArrLine, number>, line: ArrLine): number {
  return LOST_LINES.includes(line) ? -lines[line] : lines[line];
}

/** A customer's change in the quarter, in units of money. */
export interface MovedRow {
  name: string | number | null;
  change: number;
  begin: number;
  end: number;
  kind: string;
  region: string | number | null;
  segment: string | number | null;
}

/** Customers that moved in the quarter by what one line, or all, came to. */
export function movedRows({figures}: Recurring, line?: ArrLine): MovedRow[] {
  return figures.moved.list
    .filter((each) => !line || each[line] !== 0)
    .map((each) => ({
      name: each.name,
      change: (line ? signedLine(each, line) : each.end - each.begin) / 100,
      begin: each.begin / 100,
      end: each.end / 100,
      kind: ARR_LINES.filter((one) => each[one] !== 0)
        .map((one) => KINDS[one])
        .join(", "),
      region: each.region,
      segment: each.segment
    }));
}

/** Columns of a table of customers that moved. */
export function movedColumns(currency: string): TableColumn<MovedRow>[] {
  return [
    {key: "name", label: "Customer", unit: "text"},
    {key: "change", label: "Change", unit: "money", currency, total: true},
    {key: "kind", label: "What", unit: "text"},
    {key: "begin", label: "ARR before", unit: "money", currency, total: true},
    {key: "end", label: "ARR after", unit: "money", currency, total: true},
    {key: "region", label: "Region", unit: "text", missing: "none"},
    {key: "segment", label: "Segment", unit: "text", missing: "none"}
  ];
}

/** Lists rows behind a figure in a panel whose sum is checked against it. */
export function listRows<Row extends object>(
  {currency}: Recurring,
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  says: {
    title: string;
    scope: string;
    value: number | null;
    unit: Unit;
    noun: readonly [string, string];
    n?: number;
    total?: number;
    /** How the figure comes of the rows, where it is no sum of them. */
    made?: string;
  }
): void {
  const {title, scope, value, unit, noun, n = rows.length, total, made} = says;
  openDealPanel({
    ...{title, scope, rows, columns, noun},
    figure: {value, unit, currency},
    ...(total === undefined ? {} : {total}),
    ...(made === undefined ? {} : {made, total: null}),
    ...(n > rows.length ? {notListed: n - rows.length} : {})
  });
}
