/** The deals behind a movement as rows people read: what each was, what it is, and what that changed. */
import type {TableColumn} from "../components/dataTable.js";
import {openDealPanel, openWhenRead} from "../components/dealPanel.js";
import {stated} from "../slices/evaluate.js";
import {cell, isoDay} from "../slices/facts.js";
import {type DealMove, LINE_WORDS, type Line} from "../slices/movement.js";
import type {MovementData} from "../slices/movementData.js";
import {type Filters, selectRows} from "../slices/select.js";
import type {DaySpan, State} from "../slices/stretches.js";
import type {PageContext} from "./pageContext.js";

export interface MoveRow {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  class: string;
  change: number;
  before: number | null;
  after: number | null;
  due_before: string | null;
  due_after: string | null;
  stage: string | null;
  owner: string | null;
}

/** One row a deal, the largest change first. `lines`: only what these lines changed. */
export function moveRows(data: MovementData, moves: readonly DealMove[], lines?: readonly Line[]): MoveRow[] {
  return moves
    .flatMap((move): MoveRow[] => {
      const counted = move.lines.filter(({line}) => !lines || lines.includes(line));
      if (counted.length === 0) return [];
      const words = (column: string) => cell(data.deals, column, move.deal) as string | null;
      return [
        {
          deal_id: words("deal_id")!,
          deal_name: words("deal_name")!,
          account_name: words("account_name"),
          class: LINE_WORDS[move.class],
          change: counted.reduce((sum, {cents}) => sum + cents, 0) / 100,
          before: amount(move.from),
          after: amount(move.to),
          due_before: due(move.from),
          due_after: due(move.to),
          stage: move.to.stage,
          owner: cell(data.stretches, "owner", move.to.row) as string | null
        }
      ];
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

/** Columns of a table of moves; those that no row fills are left out. */
export function moveColumns(
  {site}: PageContext,
  rows: readonly MoveRow[],
  isGone = false
): TableColumn<MoveRow>[] {
  const link = (row: MoveRow) => site.dealUrl?.replace("{id}", encodeURIComponent(row.deal_id)) ?? null;
  const money = {unit: "money", currency: site.currency} as const;
  const columns: TableColumn<MoveRow>[] = [
    {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {key: "change", label: isGone ? "Left the pipeline" : "Change", total: true, ...money},
    {key: "class", label: "What happened", unit: "text"},
    {key: "before", label: "Amount before", missing: "not open then", ...money},
    {key: "after", label: "Amount after", ...money},
    {key: "due_before", label: "Close date before", unit: "date"},
    {key: "due_after", label: "Close date after", unit: "date"},
    {key: "stage", label: "Stage", unit: "text"},
    {key: "owner", label: "Owner", unit: "text"},
    {key: "account_name", label: "Customer", unit: "text"}
  ];
  return columns.filter(({key}) => rows.some((row) => row[key] !== null));
}

/** Of a large firm: the largest moves in a span of days within the filters, and in some lines when any are named. */
export async function largestMoveRows(
  data: MovementData,
  {filters, span, lines}: {filters: Filters; span: DaySpan; lines?: readonly Line[]}
): Promise<MoveRow[]> {
  const moves = await (data.cells ?? data.before!).largest();
  return selectRows(moves, filters, {from: isoDay(span.from), to: isoDay(span.to)}, "week_on")
    .filter((row) => !lines || lines.includes(cell(moves, "line", row) as Line))
    .map((row): MoveRow => {
      const words = (column: string) => cell(moves, column, row) as string | null;
      return {
        ...{deal_id: words("deal_id")!, deal_name: words("deal_name")!, account_name: words("account_name")},
        class: LINE_WORDS[words("line") as Line],
        change: cell(moves, "amount", row) as number,
        ...{before: null, after: null, due_before: null, due_after: null, stage: null},
        owner: words("owner")
      };
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

/** What a panel of moves says of a figure. */
interface ShownMoves {
  title: string;
  scope: string;
  value: number;
  /** The figure says what left the pipeline as money, not as a change of it. */
  isGone?: boolean;
}

function signed(rows: readonly MoveRow[], isGone: boolean): MoveRow[] {
  return rows.map((row) => (isGone ? {...row, change: -row.change} : row));
}

/** Opens the panel with the largest of the moves that a figure counts. */
export async function showLargestMoves(
  context: PageContext,
  data: MovementData,
  of: {filters: Filters; span: DaySpan; lines?: readonly Line[]},
  {title, scope, value, n, isGone = false}: ShownMoves & {n: number}
): Promise<void> {
  const said = {title, scope, figure: {value, unit: "money", currency: context.site.currency} as const};
  await openWhenRead(said, async () => {
    const rows = signed(await largestMoveRows(data, of), isGone);
    return {
      ...said,
      rows,
      columns: moveColumns(context, rows, isGone),
      total: Math.round(rows.reduce((sum, {change}) => sum + change * 100, 0)) / 100,
      notListed: Math.max(0, n - rows.length)
    };
  });
}

/** Opens the panel with the deals of some lines of the waterfall (all lines when none are named). */
export function showMoves(
  context: PageContext,
  data: MovementData,
  moves: readonly DealMove[],
  {title, scope, value, lines, isGone = false}: ShownMoves & {lines?: readonly Line[]}
): void {
  const rows = signed(moveRows(data, moves, lines), isGone);
  openDealPanel({
    title,
    figure: {value, unit: "money", currency: context.site.currency},
    rows,
    columns: moveColumns(context, rows, isGone).map((column) =>
      column.unit === "money" && column.key !== "change" ? {...column, total: false} : column
    ),
    total: Math.round(rows.reduce((sum, {change}) => sum + change * 100, 0)) / 100,
    scope
  });
}

function amount(state: State | null): number | null {
  return state && state.status !== "deleted" ? stated(state.cents / 100, 1) : null;
}

function due(state: State | null): string | null {
  return state?.dueOn == null ? null : isoDay(state.dueOn);
}
