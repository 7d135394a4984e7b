import {safeLink} from "./safeLink.js";
import {isNumeric, type TableColumn} from "./tableModel.js";

/** Marks the cells of columns that are shown when asked for. */
export const LATE = "weir-late";

/** Letters from which on words are set smaller, so that more of them fit into two lines. */
const LONG = 34;

export interface TableRowProps<Row extends object> {
  row: Row;
  /** Position in the shown order, from 0. */
  index: number;
  columns: readonly TableColumn<Row>[];
  /** Text of each column's cell; null for a missing value. */
  texts: readonly ((row: Row) => string | null)[];
  /** Columns that are shown when asked for. */
  isLate: (column: number) => boolean;
  onRow?: (row: Row) => void;
}

/** One <tr>. Text goes in as text nodes only; addresses pass through safeLink. */
export function tableRow<Row extends object>({
  row,
  index,
  columns,
  texts,
  isLate,
  onRow
}: TableRowProps<Row>): HTMLElement {
  const line = document.createElement("tr");
  line.setAttribute("aria-rowindex", String(index + 2));
  for (const [i, column] of columns.entries()) {
    const cell = document.createElement(i === 0 ? "th" : "td");
    if (i === 0) cell.scope = "row";
    if ((column.align ?? (isNumeric(column.unit) ? "right" : "left")) === "right")
      cell.className = "weir-right";
    if (isLate(i)) cell.classList.add(LATE);
    const text = texts[i]!(row);
    if (text !== null && text.length > 24) cell.title = text;
    const filled = content(row, text, column, i === 0 ? onRow : undefined);
    if (column.unit === "text" && text !== null) {
      // Words have two lines, in a box of its own: a cell of a table would grow.
      const words = document.createElement("span");
      words.className = "weir-grid-words";
      if (text.length > LONG) words.classList.add("weir-grid-long");
      words.append(filled);
      cell.append(words);
    } else cell.append(filled);
    line.append(cell);
  }
  if (onRow) {
    line.className = "weir-opens";
    line.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("a, button")) onRow(row);
    });
  }
  return line;
}

function content<Row extends object>(
  row: Row,
  text: string | null,
  {link, unit, missing}: TableColumn<Row>,
  onRow?: (row: Row) => void
): Node {
  if (text === null) return dash(missing ?? (isNumeric(unit) ? "not enough data" : "none"));
  if (onRow) {
    const open = document.createElement("button");
    open.type = "button";
    open.className = "weir-textlink";
    open.textContent = text;
    open.addEventListener("click", () => onRow(row));
    return open;
  }
  return link ? safeLink(link(row), text) : document.createTextNode(text);
}

function dash(meaning: string): HTMLElement {
  const box = document.createElement("span");
  box.className = "weir-missing";
  box.title = meaning;
  const sign = document.createElement("span");
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = "–";
  const words = document.createElement("span");
  words.className = "weir-unseen";
  words.textContent = meaning;
  box.append(sign, words);
  return box;
}
