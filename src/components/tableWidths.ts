/** How wide a table's columns are, and what gives way where they would not fit beside each other. */
import {formatValue, money} from "./format.js";
import {cellText, cellValue, columnTotal, decimalsOf, type TableColumn} from "./tableModel.js";
import {textWidth} from "./textWidth.js";

/** What a page 1280 px wide leaves beside its menu. */
const ROOM = 952;
const FONT = 13;
/** Names and reasons wrap into two lines from this width on; in a tight table from what is left of it. */
const WIDEST = {plain: 264, tight: 140};
const PADDING = {plain: 28, tight: 17};
const LEAST = 52;

export interface TableLayout<Row extends object> {
  /** Text of each column's cell. */
  texts: readonly ((row: Row) => string | null)[];
  columns: {width: number; isWide: boolean}[];
  /** Of money in each column. */
  decimals: (0 | 2)[];
  /** Narrower cells, texts in two lines, money without cents. */
  isTight: boolean;
  /** Some money is shown without its cents. */
  isRounded: boolean;
  /** Columns that fit beside each other; the others are shown when asked for. */
  nFitting: number;
}

/**
 * Columns as wide as their longest text and their head in two lines ask for; tight where that is more than a page has.
 * @param isPanel a panel's table keeps its cents, which sum to the panel's figure
 */
export function tableLayout<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  isPanel: boolean
): TableLayout<Row> {
  const plain = laidOut(rows, columns, false);
  if (isPanel || widthOf(plain.columns) <= ROOM) return plain;
  const tight = laidOut(rows, columns, true);
  while (widthOf(tight.columns.slice(0, tight.nFitting)) > ROOM) tight.nFitting--;
  return tight;
}

/** Of columns beside each other, px. */
export function widthOf(columns: TableLayout<never>["columns"]): number {
  return columns.reduce((sum, {width}) => sum + width, 0);
}

function laidOut<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  isTight: boolean
): TableLayout<Row> {
  const size = isTight ? "tight" : "plain";
  const decimals = columns.map((column) => (isTight ? 0 : decimalsOf(rows, column)));
  const texts = columns.map((column, i) => cellText(column, decimals[i]!));
  return {
    texts,
    columns: columns.map((column, i) => {
      const {whole, word} = longestOf(rows, texts[i]!, isTight && column.unit === "text");
      const cells = word ? Math.max(inTwo(whole), textWidth(word, FONT)) : textWidth(whole, FONT);
      const total = totalText(rows, column, decimals[i]!);
      const wanted = Math.max(cells, headWidth(column), textWidth(total ?? "", FONT) * 1.06) + PADDING[size];
      return {
        width: Math.ceil(Math.min(WIDEST[size], Math.max(LEAST, wanted))),
        isWide: wanted > WIDEST[size]
      };
    }),
    decimals,
    isTight,
    isRounded: isTight && columns.some((column) => decimalsOf(rows, column) === 2),
    nFitting: columns.length
  };
}

/** The sum of a column as the last line says it; null where the column has none. */
export function totalText<Row extends object>(
  rows: readonly Row[],
  column: TableColumn<Row>,
  decimals: 0 | 2
): string | null {
  if (!column.total || rows.length === 0) return null;
  if (rows.every((row) => cellValue(row, column.key) === null)) return null;
  const sum = columnTotal(rows, column);
  if (sum === null) return "several currencies";
  if (column.unit !== "money") return formatValue(sum, column.unit);
  const {currency = null} = column;
  return money(sum, typeof currency === "function" ? currency(rows[0]!) : currency, {exact: true, decimals});
}

/** The widest text of a sample, and where it may wrap its widest word: of "qualifiziert" and "Verhandlung" the shorter. */
function longestOf<Row extends object>(
  rows: readonly Row[],
  text: (row: Row) => string | null,
  wraps: boolean
): {whole: string; word: string} {
  const step = Math.ceil(rows.length / 400);
  const whole = {text: "", width: 0};
  const word = {text: "", width: 0};
  const widen = (widest: typeof whole, found: string) => {
    // Letters are 0.34 to 1 em wide: what is far shorter is not wider, and need not be measured.
    if (found === widest.text || found.length < 0.3 * widest.text.length) return;
    const width = textWidth(found, FONT);
    if (width > widest.width) Object.assign(widest, {text: found, width});
  };
  for (let i = 0; i < rows.length; i += step) {
    const found = text(rows[i]!) ?? "";
    widen(whole, found);
    for (const each of wraps ? found.split(" ") : []) widen(word, each);
  }
  return {whole: whole.text, word: word.text};
}

/** The width of a text that is broken between words into two lines. */
function inTwo(text: string): number {
  const words = text.split(" ");
  const width = (some: readonly string[]) => textWidth(some.join(" "), FONT);
  return Math.min(...words.map((_, i) => Math.max(width(words.slice(0, i + 1)), width(words.slice(i + 1)))));
}

/** With the mark of its order. */
function headWidth<Row extends object>({label}: TableColumn<Row>): number {
  return inTwo(label) * (12 / FONT) + 14;
}
