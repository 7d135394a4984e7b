import {html} from "htl";
import {DataTable, type TableColumn} from "./dataTable.js";
import {count, formatValue, money, type Unit} from "./format.js";
import {How, type HowProps} from "./how.js";
import {type AskedFigure, askedFigure, linkPanel} from "./linkedFigure.js";
import {columnTotal} from "./tableModel.js";

const UNREAD = "What is behind this figure could not be fetched. Load the page again, and open it once more.";

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
  /** The headline figure it belongs to, where its rows had to be fetched first; default: that whose click is being answered. */
  of?: AskedFigure | null;
  /** Why there are no rows, where they could not be had: said in place of what they add up to. */
  missing?: string;
}

/**
 * Opens a side panel with the deals behind a figure, whether they add up to it and, of a figure that has a link, how it is computed.
 * Escape, the button, the back button and a click outside close it; focus returns to where it was.
 * @returns the dialog, already shown
 */
export function openDealPanel<Row extends object>(props: DealPanelProps<Row>): HTMLDialogElement {
  const {title, figure, rows, columns, scope, noun, more, missing, of = askedFigure()} = props;
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
    <div class="weir-panel-made">${
      missing === undefined ? Sum(props) : html`<p class="weir-panel-sum weir-panel-gap">${missing}</p>`
    }${of?.how ? Definition(of.how) : null}</div>
    ${
      missing === undefined
        ? DataTable(rows, counted, {
            caption: `${noun ? "What is" : "Deals"} behind ${title}`,
            maxHeight: null
          })
        : null
    }
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
  linkPanel(dialog, of);
  return dialog;
}

/**
 * Opens a panel whose rows are fetched first; where they do not come (the connection is down, or the site was built anew under the open
 * page) one that says so. A reader who has opened another meanwhile keeps that.
 * @param said what is known of it without the rows
 * @throws what `read` throws, once it is said
 */
export async function openWhenRead<Row extends object>(
  said: Pick<DealPanelProps<Row>, "title" | "figure" | "scope">,
  read: () => Promise<DealPanelProps<Row>>
): Promise<void> {
  const of = askedFigure();
  const open = (props: DealPanelProps<Row>) => {
    if (!document.querySelector("dialog[open]")) openDealPanel({...props, of});
  };
  try {
    open(await read());
  } catch (error) {
    open({...said, rows: [], columns: [], missing: UNREAD});
    throw error;
  }
}

/** How the figure is computed; longer than its place, it scrolls, and by the keyboard too. */
function Definition(how: HowProps): HTMLElement {
  const root = How(how);
  const text = root.querySelector<HTMLElement>(".weir-how-text")!;
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", `How ${how.label} is computed`);
  return root;
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
  if (notListed > 0) return Largest({listed: rows.length, others: notListed, figure, added, noun, made});
  const isOne = rows.length === 1;
  const n = `${count(rows.length)} ${noun[isOne ? 0 : 1]}`;
  if (figure.value === null || added === null)
    return html`<p class="weir-panel-sum">${n} behind this figure${made ? `: ${made}` : ""}.</p>`;
  const gap = Math.round((figure.value - added) * 100) / 100;
  if (gap === 0)
    return html`<p class="weir-panel-sum">${n}; ${isOne ? "it comes" : "they add up"} to ${exact(added, figure)}, the figure shown.</p>`;
  return html`<p class="weir-panel-sum weir-panel-gap"><strong>Does not add up:</strong> ${n} ${isOne ? "comes" : "add up"} to ${exact(added, figure)},
    ${exact(Math.abs(gap), figure)} ${gap > 0 ? "less" : "more"} than the figure shown.</p>`;
}

/** Of too many to list: the largest, what they come to, and what the others do. */
function Largest({
  listed,
  others,
  figure,
  added,
  noun,
  made
}: {
  listed: number;
  others: number;
  figure: Figure;
  added: number | null;
  noun: readonly [string, string];
  made: string | undefined;
}): HTMLElement {
  const which = `The largest ${count(listed)} of ${count(listed + others)} ${noun[1]}`;
  if (figure.unit !== "money" || figure.value === null || added === null)
    return html`<p class="weir-panel-sum">${which} behind this figure${made ? `: ${made}` : ""}; the other ${
      others === 1 ? "is smaller" : `${count(others)} are smaller`
    } and not listed.</p>`;
  const rest = Math.round((figure.value - added) * 100) / 100;
  return html`<p class="weir-panel-sum">${which}: ${listed === 1 ? "it comes" : "they add up"} to ${exact(added, figure)}, the other ${count(others)} to
    ${exact(rest, figure)}; together the figure shown.</p>`;
}

function exact(value: number | null, {unit, currency = null}: Figure): string {
  return unit === "money" ? money(value, currency, {exact: true}) : formatValue(value, unit, currency);
}
