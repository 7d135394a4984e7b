import {html} from "htl";
import {aroundPrint} from "./aroundPrint.js";
import {downloadCsv, toCsv} from "./csv.js";
import {Empty, type EmptyProps} from "./empty.js";
import {count} from "./format.js";
import {How, type HowProps} from "./how.js";
import {isNumeric, type Sort, searcher, sortRows, type TableColumn} from "./tableModel.js";
import {LATE, tableRow} from "./tableRow.js";
import {tableLayout, totalText, widthOf} from "./tableWidths.js";
import {virtualRows} from "./virtualRows.js";

export type {Sort, TableColumn} from "./tableModel.js";

export interface DataTableOptions<Row> {
  /** What the table lists: read to screen readers, and the CSV's name. */
  caption: string;
  /** Draws the caption above the table too. */
  showCaption?: boolean;
  /** Search over all columns; by default from 12 rows on. */
  search?: boolean;
  /** The order at first; default: as given. */
  sort?: Sort | null;
  /** Rows in view without scrolling, 12 when absent. */
  pageSize?: number;
  /** Height of the scrolling part in px, in place of `pageSize`; null leaves it to the container. */
  maxHeight?: number | null;
  /** CSV download, on by default. */
  csv?: boolean;
  empty?: EmptyProps;
  /** How what the table lists is defined, folded below it. */
  how?: HowProps;
  /** Rows there are, when more than can be listed: those given are the first of them, and no totals are claimed. */
  of?: number;
  /** Opens a row: its first cell becomes a button, and the row answers to a click. */
  onRow?: (row: Row) => void;
}

const ROW_HEIGHT = 36;
const MOST_PRINTED = 500;

/**
 * A table of plain rows: sticky header and first column, sort, search, totals, CSV. Only rows in view are in the
 * document, so that 10 000 feel like ten. A null cell shows a dash and says what it means. Columns beyond a page's width are
 * shown when asked for; the search and the CSV know them all.
 */
export function DataTable<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  options: DataTableOptions<Row>
): HTMLElement {
  const {caption, showCaption = false, onRow, csv = true, search = rows.length >= 12} = options;
  const all = Math.max(options.of ?? 0, rows.length);
  const isCut = all > rows.length;
  const title = showCaption ? html`<h2 class="weir-table-caption">${caption}</h2>` : null;
  if (rows.length === 0) {
    const why = options.empty ?? {
      reason: "No rows in this selection.",
      action: "Widen the period or clear a filter."
    };
    return html`<div class="weir-table">${title}${Empty(why)}${options.how ? How(options.how) : null}</div>`;
  }
  const layout = tableLayout(rows, columns, options.maxHeight === null);
  const {texts, decimals, nFitting} = layout;
  const isLate = (i: number) => i >= nFitting;
  const find = searcher(rows, texts);
  let sort = options.sort ?? null;
  let found = find("");
  let shown = sortRows(found, columns, sort);

  const {maxHeight = ((options.pageSize ?? 12) + 1) * ROW_HEIGHT} = options;
  const limit = maxHeight === null ? {} : {maxHeight: `calc(${maxHeight}px + var(--weir-head, 0px))`};
  const heads = columns.map((column) => Head(column, () => sortBy(column)));
  for (const head of heads.slice(nFitting)) head.classList.add(LATE);
  const body = html`<tbody></tbody>`;
  const foot = html`<tfoot></tfoot>`;
  const table = html`<table class=${`weir-grid${layout.isTight ? " weir-tight" : ""}`} aria-rowcount=${rows.length + 1}>
    <caption class="weir-unseen">${caption}</caption>
    <colgroup>${layout.columns.map(({width, isWide}, i) => html`<col class=${`${isWide ? "weir-wide" : ""}${isLate(i) ? ` ${LATE}` : ""}`} style=${{"--weir-column": `${width}px`}}>`)}</colgroup>
    <thead><tr aria-rowindex="1">${heads}</tr></thead>${body}${foot}
  </table>`;
  const scroller = html`<div class="weir-scroller" role="region" tabindex="0" aria-label=${caption} style=${limit}>${table}</div>`;
  const status = html`<p class="weir-table-status" role="status"></p>`;
  const none = html`<p class="weir-table-none" hidden>No row matches the search. Try fewer words.</p>`;
  const cut = html`<p class="weir-table-status weir-print-only">Printed: the first ${count(MOST_PRINTED)} rows.</p>`;
  const view = virtualRows({
    scroller,
    body,
    rowHeight: ROW_HEIGHT,
    height: maxHeight ?? 1000,
    row: (i) => tableRow({row: shown[i]!, index: i, columns, texts, isLate, onRow})
  });

  function refresh(): void {
    shown = sortRows(found, columns, sort);
    for (const [i, {key}] of columns.entries()) {
      const way = sort?.key === key ? (sort.descending ? "descending" : "ascending") : "none";
      heads[i]!.setAttribute("aria-sort", way);
    }
    const n = count(found.length);
    const rounded = layout.isRounded ? "; whole amounts, cents in the CSV" : "";
    status.textContent =
      found.length === rows.length
        ? isCut
          ? `The first ${n} of ${count(all)} rows${rounded}`
          : `${n} ${rows.length === 1 ? "row" : "rows"}${rounded}`
        : `${n} of ${isCut ? "the first " : ""}${count(rows.length)} rows${rounded}`;
    none.hidden = found.length > 0;
    cut.hidden = found.length <= MOST_PRINTED;
    foot.replaceChildren(...(isCut ? [] : Totals(found, columns, decimals, isLate)));
    view.show(shown.length);
  }

  function sortBy(column: TableColumn<Row>): void {
    const first = isNumeric(column.unit);
    sort =
      sort?.key === column.key
        ? {key: column.key, descending: !sort.descending}
        : {key: column.key, descending: first};
    refresh();
  }

  const box =
    html`<input type="search" class="weir-search weir-table-search" placeholder="Search" aria-label=${`Search ${caption}`}>` as HTMLInputElement;
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    found = find(box.value);
    refresh();
  });
  const save = html`<button type="button" class="weir-button weir-quiet">Download CSV<span class="weir-unseen"> of ${caption}</span></button>`;
  save.addEventListener("click", () => downloadCsv(fileName(caption), toCsv(shown, columns)));
  const more = html`<button type="button" class="weir-button weir-quiet">`;
  const showColumns = (isAll: boolean) => {
    table.classList.toggle("weir-few", !isAll);
    table.style.setProperty(
      "--weir-columns",
      `${widthOf(isAll ? layout.columns : layout.columns.slice(0, nFitting))}px`
    );
    more.setAttribute("aria-expanded", String(isAll));
    more.textContent = isAll ? "Fewer columns" : `All ${count(columns.length)} columns`;
  };
  more.addEventListener("click", () => showColumns(more.getAttribute("aria-expanded") === "false"));
  showColumns(nFitting === columns.length);
  refresh();
  const root = html`<div class="weir-table">${title}
    <div class="weir-table-bar">${search ? box : null}${status}${nFitting < columns.length ? more : null}${csv ? save : null}</div>
    ${scroller}${none}${cut}${options.how ? How(options.how) : null}
  </div>`;
  fitScroller(scroller, table.querySelector("thead")!);
  aroundPrint(root, {before: () => view.all(MOST_PRINTED)});
  return root;
}

function Head<Row extends object>(column: TableColumn<Row>, onSort: () => void): HTMLElement {
  const button = html`<button type="button" class="weir-sort">${column.label}</button>`;
  button.addEventListener("click", onSort);
  return html`<th scope="col" class=${align(column)}>${button}</th>`;
}

/** The last line: sums of the columns that ask for one. */
function Totals<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  decimals: readonly (0 | 2)[],
  isLate: (column: number) => boolean
): HTMLElement[] {
  if (!columns.some((column) => column.total) || rows.length === 0) return [];
  const cells = columns.map(
    (column, i) =>
      html`<td class=${`${align(column)}${isLate(i) ? ` ${LATE}` : ""}`}>${totalText(rows, column, decimals[i]!) ?? (i === 0 ? "Total" : "")}</td>`
  );
  return [html`<tr>${cells}</tr>`];
}

function align<Row extends object>({align: side, unit}: TableColumn<Row>): string {
  return (side ?? (isNumeric(unit) ? "right" : "left")) === "right" ? "weir-right" : "";
}

function fileName(caption: string): string {
  return caption
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** Fades the right edge while there are columns beyond it; a head of several lines takes no row's place. */
function fitScroller(scroller: HTMLElement, head: HTMLElement): void {
  const refresh = () => {
    scroller.style.setProperty("--weir-head", `${Math.max(0, head.offsetHeight - ROW_HEIGHT)}px`);
    const beyond = scroller.scrollWidth - scroller.clientWidth - scroller.scrollLeft > 2;
    scroller.classList.toggle("weir-more-right", beyond);
  };
  scroller.addEventListener("scroll", refresh, {passive: true});
  if (typeof ResizeObserver !== "undefined") new ResizeObserver(refresh).observe(scroller);
}
