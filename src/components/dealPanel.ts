import {html} from "htl";
import {DataTable, type TableColumn} from "./dataTable.js";
import {count, formatValue, money, type Unit} from "./format.js";
import {How} from "./how.js";
import {linkPanel} from "./linkedFigure.js";
import {columnTotal} from "./tableModel.js";

export interface Figure {
  /** The figure that was clicked, in full precision; null when there is not enough data. */
  value: number | null;
  unit: Unit;
  currency?: string | null;
}

export interface DealPanelProps<Row extends object> {
  /** What the figure is: "Won in 2026 Q2". */
  title: string;
  figure: Figure;
  rows: readonly Row[];
  /** The first stays first; amounts come next, so that a phone shows them. */
  columns: readonly TableColumn<Row>[];
  /**
   * What the rows add up to. Default: the sum of the first money column for money, their number for a count;
   * for any other unit, and for null, rows do not add up and nothing is claimed.
   */
  total?: number | null;
  /** How a figure that is no sum comes of the rows: "50 / 108 = 46%". */
  made?: string;
  /** Said under the figure: the slice, the period. */
  scope?: string;
  /** Deals behind the figure that are too many to list: the rows are the largest, these the others. */
  notListed?: number;
  /** What a row is, where it is no deal: singular and plural. */
  noun?: readonly [string, string];
  /** Said above the rows: where to go on from here. */
  more?: Node;
}

/**
 * Opens a side panel with the deals behind a figure, whether they add up to it and, of a figure that has a link, how it is computed.
 * Escape, the button, the back button and a click outside close it; focus returns to where it was.
 * @returns the dialog, already shown
 */
export function openDealPanel<Row extends object>(props: DealPanelProps<Row>): HTMLDialogElement {
  const {title, figure, rows, columns, scope, noun, more} = props;
  const before = document.activeElement;
  const close = html`<button type="button" class="weir-button" aria-label="Close">Close</button>`;
  const [first, ...others] = columns;
  const amounts = others.filter(({unit}) => unit === "money");
  const rest = others.filter(({unit}) => unit !== "money");
  const counted = [...(first ? [first] : []), ...amounts, ...rest].map((column) =>
    column.unit === "money" ? {...column, total: column.total ?? true} : column
  );
  const dialog = html`<dialog class="weir-panel" aria-label=${title}>
    <header class="weir-panel-head">
      <div>
        <h2>${title}</h2>
        <p class="weir-panel-figure">${exact(figure.value, figure)}</p>
        ${scope ? html`<p class="weir-panel-scope">${scope}</p>` : null}
        ${more ?? null}
      </div>
      ${close}
    </header>
    <div class="weir-panel-made">${Sum(props)}</div>
    ${DataTable(rows, counted, {caption: `${noun ? "What is" : "Deals"} behind ${title}`, maxHeight: null})}
  </dialog>` as HTMLDialogElement;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  const how = linkPanel(dialog);
  if (how) dialog.querySelector(".weir-panel-made")!.append(How(how));
  return dialog;
}

function Sum<Row extends object>({
  figure,
  rows,
  columns,
  total,
  notListed = 0,
  noun = ["deal", "deals"],
  made
}: DealPanelProps<Row>): HTMLElement | null {
  const amounts = columns.find((column) => column.unit === "money");
  const added =
    total !== undefined
      ? total
      : figure.unit === "count"
        ? rows.length
        : figure.unit === "money" && amounts
          ? (columnTotal(rows, amounts) ?? 0)
          : null;
  if (notListed > 0) return Largest(rows.length, notListed, figure, added);
  const n = `${count(rows.length)} ${noun[rows.length === 1 ? 0 : 1]}`;
  if (figure.value === null || added === null)
    return html`<p class="weir-panel-sum">${n} behind this figure${made ? `: ${made}` : ""}.</p>`;
  const gap = Math.round((figure.value - added) * 100) / 100;
  if (gap === 0)
    return html`<p class="weir-panel-sum">${n}; they add up to ${exact(added, figure)}, the figure shown.</p>`;
  return html`<p class="weir-panel-sum weir-panel-gap"><strong>Does not add up:</strong> ${n} add up to ${exact(added, figure)},
    ${exact(Math.abs(gap), figure)} ${gap > 0 ? "less" : "more"} than the figure shown.</p>`;
}

/** Of too many to list: the largest, what they come to, and what the others do. */
function Largest(listed: number, others: number, figure: Figure, added: number | null): HTMLElement {
  const which = `The largest ${count(listed)} of ${count(listed + others)} deals`;
  if (figure.unit !== "money" || figure.value === null || added === null)
    return html`<p class="weir-panel-sum">${which}; the other ${count(others)} are smaller and not listed.</p>`;
  const rest = Math.round((figure.value - added) * 100) / 100;
  return html`<p class="weir-panel-sum">${which}: they add up to ${exact(added, figure)}, the other ${count(others)} to
    ${exact(rest, figure)}; together the figure shown.</p>`;
}

function exact(value: number | null, {unit, currency = null}: Figure): string {
  return unit === "money" ? money(value, currency, {exact: true}) : formatValue(value, unit, currency);
}
