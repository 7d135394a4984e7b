/** A column of a CSV file: the field to read and the heading to write. */
export interface CsvColumn {
  key: string;
  label?: string;
  /** What its numbers measure: told in the heading, for the cells are bare. */
  unit?: string;
  /** ISO code of money, where it is one for the column. */
  currency?: unknown;
}

/** Units as a heading names them; a count and a text need none. */
const HEADED: Record<string, string> = {ratio: "share of 1", multiple: "times", days: "days"};
/** Labels that say their unit already. */
const SAYS: Record<string, RegExp> = {ratio: /\bshare\b/i, multiple: /\btimes\b/i, days: /\bdays?\b/i};

/**
 * RFC 4180 text: CRLF line ends, quotes doubled, header first. A text cell that a spreadsheet could take for a
 * formula (leading = + - @, full width too, tab, line end, NUL) gets a leading apostrophe; numbers are written as they are, in the unit
 * that the heading names; null is empty.
 * @example toCsv([{a: "=1+1"}], [{key: "a"}]) // "a\r\n'=1+1\r\n"
 */
export function toCsv(rows: readonly object[], columns: readonly CsvColumn[]): string {
  const head = columns.map((column) => cell(heading(column)));
  const lines = rows.map((row) => columns.map(({key}) => cell((row as Record<string, unknown>)[key])));
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

/** Hands CSV to the browser as a file. The byte order mark makes Excel read it as UTF-8. */
export function downloadCsv(name: string, text: string): void {
  downloadText(name.endsWith(".csv") ? name : `${name}.csv`, `\ufeff${text}`, "text/csv");
}

/** Hands a text to the browser as a file of that name. */
export function downloadText(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], {type: `${type};charset=utf-8`}));
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

/** "Amount (USD)"; a label that says its unit is left as it is. */
function heading({key, label = key, unit = "", currency}: CsvColumn): string {
  // Codes of currencies are words too: ALL is the Albanian lek.
  if (unit === "money")
    return typeof currency !== "string" || label.includes(currency) ? label : `${label} (${currency})`;
  const said = HEADED[unit];
  return said === undefined || SAYS[unit]!.test(label) ? label : `${label} (${said})`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
