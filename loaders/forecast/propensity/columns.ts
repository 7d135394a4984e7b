/** A table of closed deals as models read it: numbers as they are, words as codes, what is missing as missing. */

/** One column: its name and whether its values are words or numbers. */
export interface PropensityColumn {
  name: string;
  kind: "category" | "number";
}

export type PropensityRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** How one column is read, decided on the training rows. */
export interface ColumnCoding extends PropensityColumn {
  /** Words by code; words seen rarely or never before share the last code, "other". */
  words: readonly string[];
  /** Upper bounds of the bins of a number, ascending; the last bin is open. */
  cuts: readonly number[];
  /** Codes a value can have, the one for missing (code 0) included. */
  nCodes: number;
}

const MOST_BINS = 32;
const LEAST_OF_A_WORD = 3;

/** Decides the codes of each column from training rows. @throws {Error} naming the column when a number is not finite */
export function codeColumns(
  rows: readonly PropensityRow[],
  columns: readonly PropensityColumn[]
): ColumnCoding[] {
  return columns.map((column) => {
    if (column.kind === "category") {
      const counts = new Map<string, number>();
      for (const row of rows) {
        const value = row[column.name];
        if (value !== null && value !== undefined && value !== "")
          counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
      }
      const words = [...counts]
        .filter(([, n]) => n >= LEAST_OF_A_WORD)
        .map(([word]) => word)
        .sort();
      return {...column, words, cuts: [], nCodes: words.length + 2};
    }
    const values = rows
      .map((row) => row[column.name])
      .filter((value) => value !== null && value !== undefined && value !== "")
      .map((value) => numberOf(value!, column.name))
      .sort((a, b) => a - b);
    const cuts: number[] = [];
    for (let bin = 1; bin < MOST_BINS; bin++) {
      const at = Math.floor((bin * values.length) / MOST_BINS);
      const cut = values[at - 1];
      if (at > 0 && cut !== undefined && cut < values.at(-1)! && (cuts.length === 0 || cut > cuts.at(-1)!))
        cuts.push(cut);
    }
    return {...column, words: [], cuts, nCodes: cuts.length + 2};
  });
}

/** Codes of every row, column by column: 0 missing, then words in order and "other", or bins from low to high. */
export function encode(rows: readonly PropensityRow[], codings: readonly ColumnCoding[]): Uint16Array[] {
  return codings.map(({name, kind, words, cuts}) => {
    const codes = new Uint16Array(rows.length);
    const index = new Map(words.map((word, i) => [word, i + 1]));
    rows.forEach((row, r) => {
      const value = row[name];
      if (value === null || value === undefined || value === "") return;
      if (kind === "category") codes[r] = index.get(String(value)) ?? words.length + 1;
      else {
        const number = numberOf(value, name);
        let low = 0;
        let high = cuts.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (number <= cuts[middle]!) high = middle;
          else low = middle + 1;
        }
        codes[r] = low + 1;
      }
    });
    return codes;
  });
}

function numberOf(value: string | number | boolean, name: string): number {
  const number = Number(value);
  if (!Number.isFinite(number))
    throw new Error(`column ${name}: ${JSON.stringify(value)} is not a finite number`);
  return number;
}
