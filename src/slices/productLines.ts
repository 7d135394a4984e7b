/** What each product brings: pipeline, wins, price and discount, from the lines of deals. */
import {median} from "./evaluate.js";
import {cell, dayNumber, type FactTable} from "./facts.js";
import {rateInterval} from "./rateInterval.js";
import {NONE, type Period} from "./select.js";

/** One product or family over a period; money in cents of base currency. */
export interface ProductRow {
  product: string;
  nOpen: number;
  openCents: number;
  /** Deals closed in the period that hold the product. */
  nWon: number;
  nLost: number;
  wonCents: number;
  /** Won / (won + lost), counted, of the closed deals that count, with its 95% Wilson interval; null when none did. */
  winRate: number | null;
  lo: number | null;
  hi: number | null;
  /** Median days from creation to close of the deals won; null when none. */
  cycleDays: number | null;
  /** 1 - what was paid / list price, over won lines with both; null when none has both. */
  discount: number | null;
  /** Won money per piece, seat or day; null without quantities. */
  priceCents: number | null;
  /** Share of the won money, and of the won deals with lines that hold it; null when nothing was won. */
  mix: number | null;
  attach: number | null;
}

/** A line's deal and what it counts for. */
interface Line {
  row: number;
  deal: number;
  product: string;
}

/**
 * One row a product (or family), the most won first, then the most open.
 * @param lines with columns deal, line_product, line_family, amount_base, line_amount, list_amount, quantity
 * @param rows of `lines` that count
 * @param by the column that names the product
 * @param counts whether a closed deal counts for the share that is won: where products are filled in as deals advance, those
 * that came as far as the stage from which they are known (a deal lost before it carries none, and would flatter them all)
 */
export function productRows(
  lines: FactTable,
  deals: FactTable,
  rows: readonly number[],
  by: "line_product" | "line_family",
  period: Period,
  counts: (deal: number) => boolean = () => true
): ProductRow[] {
  const all = linesOf(lines, rows, by);
  const [isWon, isLost] = [closedIn(deals, "won", period), closedIn(deals, "lost", period)];
  const allWon = all.filter(isWon);
  const wonCents = sum(lines, "amount_base", allWon);
  const nWithLines = new Set(
    allWon.filter(({row}) => cell(lines, "line_product", row) !== null).map(({deal}) => deal)
  ).size;
  return [...groupBy(all)]
    .map(([product, mine]) => {
      const open = mine.filter(({deal}) => cell(deals, "outcome", deal) === "open");
      const mineWon = mine.filter(isWon);
      const [wins, losses] = [dealsOf(mineWon), dealsOf(mine.filter(isLost))];
      const nWon = wins.length;
      const won = wins.filter(counts).length;
      const closed = won + losses.filter(counts).length;
      const interval = rateInterval(won, closed);
      const mineCents = sum(lines, "amount_base", mineWon);
      const quantity = sum(lines, "quantity", mineWon);
      return {
        product,
        nOpen: dealsOf(open).length,
        openCents: sum(lines, "amount_base", open),
        nWon,
        nLost: losses.length,
        wonCents: mineCents,
        winRate: interval ? won / closed : null,
        lo: interval?.lo ?? null,
        hi: interval?.hi ?? null,
        cycleDays: medianOf(dealsOf(mineWon).map((deal) => cell(deals, "cycle_days", deal))),
        discount: discountOf(
          lines,
          mineWon.map(({row}) => row)
        ),
        priceCents: quantity > 0 ? mineCents / quantity : null,
        mix: wonCents > 0 ? mineCents / wonCents : null,
        attach: nWithLines > 0 && product !== NONE ? nWon / nWithLines : null
      };
    })
    .sort((a, b) => b.wonCents - a.wonCents || b.openCents - a.openCents || (a.product < b.product ? -1 : 1));
}

/** 1 - paid / list over lines that say both; the same currency within a line, weighed by list price in its own currency. */
export function discountOf(lines: FactTable, rows: readonly number[]): number | null {
  let list = 0;
  let paid = 0;
  for (const row of rows) {
    const priced = pricedLine(lines, row);
    list += priced?.list ?? 0;
    paid += priced?.paid ?? 0;
  }
  return list > 0 ? 1 - paid / list : null;
}

/** What a line cost and its list price, in units of base currency; null where it does not say both. */
export function pricedLine(lines: FactTable, row: number): {paid: number; list: number} | null {
  const [base, own, full] = ["amount_base", "line_amount", "list_amount"].map((name) =>
    cell(lines, name, row)
  );
  if (typeof own !== "number" || typeof full !== "number" || typeof base !== "number" || own <= 0)
    return null;
  // The line's own list price at the rate its amount was converted at, so that currencies can be added.
  return {paid: base, list: (full * base) / own};
}

/** Share of won money by product family for each period; deals without lines are "(none)". */
export function mixByPeriod(
  lines: FactTable,
  deals: FactTable,
  rows: readonly number[],
  periods: readonly (Period & {label: string})[]
): {label: string; from: string; family: string; cents: number; share: number | null}[] {
  const all = linesOf(lines, rows, "line_family");
  const families = [...groupBy(all).keys()];
  return periods.flatMap((period) => {
    const won = all.filter(closedIn(deals, "won", period));
    const total = sum(lines, "amount_base", won);
    return families.map((family) => {
      const cents = sum(
        lines,
        "amount_base",
        won.filter(({product}) => product === family)
      );
      return {label: period.label, from: period.from, family, cents, share: total > 0 ? cents / total : null};
    });
  });
}

/** Lines with a product in deals won in the period. */
export function wonRows(
  lines: FactTable,
  deals: FactTable,
  rows: readonly number[],
  period: Period
): {row: number; deal: number; product: string}[] {
  const isWon = closedIn(deals, "won", period);
  return linesOf(lines, rows, "line_product").filter((line) => line.product !== NONE && isWon(line));
}

/** Deals that hold each product or family. */
export function dealsByProduct(
  lines: FactTable,
  rows: readonly number[],
  by: "line_product" | "line_family"
): Map<string, Set<number>> {
  return new Map(
    [...groupBy(linesOf(lines, rows, by))].map(([product, mine]) => [product, new Set(dealsOf(mine))])
  );
}

function linesOf(lines: FactTable, rows: readonly number[], by: string): Line[] {
  return rows.map((row) => ({
    row,
    deal: Number(cell(lines, "deal", row)),
    product: String(cell(lines, by, row) ?? NONE)
  }));
}

function groupBy(list: readonly Line[]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of list) {
    const group = groups.get(line.product);
    if (group) group.push(line);
    else groups.set(line.product, [line]);
  }
  return groups;
}

function dealsOf(list: readonly Line[]): number[] {
  return [...new Set(list.map(({deal}) => deal))];
}

/** Whether a deal closed with the outcome in the period. */
function closedIn(
  deals: FactTable,
  outcome: "won" | "lost",
  {from, to}: Period
): (line: {deal: number}) => boolean {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const column = deals.columns["closed_on"];
  return ({deal}) => {
    const day = column?.kind === "day" ? (column.values[deal] ?? null) : null;
    return day !== null && day >= first && day <= last && cell(deals, "outcome", deal) === outcome;
  };
}

/** Cents as they are stored, so that sums are exact; other numbers as they are. */
function sum(lines: FactTable, name: string, list: readonly Line[]): number {
  const column = lines.columns[name];
  if (column?.kind !== "cents" && column?.kind !== "number") return 0;
  return list.reduce((total, {row}) => total + (column.values[row] ?? 0), 0);
}

function medianOf(values: readonly (string | number | null)[]): number | null {
  const known = values.filter((value): value is number => typeof value === "number").sort((a, b) => a - b);
  return known.length > 0 ? median(known) : null;
}
