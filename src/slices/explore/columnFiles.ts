/** A large firm's tables for Explore as files: the shapes, each column on its own, and the rows as they are listed, in pieces. */
import type {Asked} from "./answerQuestion.js";
import {prepare, rowsOf} from "./answerQuestion.js";
import {
  type ExploreShape,
  type ExploreTable,
  type NumberField,
  type ShownField,
  shapeOf,
  type WordField
} from "./exploreTable.js";
import type {Question} from "./question.js";

/** Rows of one piece. */
const PIECE_ROWS = 1000;
/** Pieces read for a list; a download reads what it needs. */
const MOST_PIECES = 4;

/** A table without its rows. */
export interface ColumnShape {
  shape: ExploreShape;
  shown: Omit<ShownField, "at">[];
}

type Piece = Record<string, (string | number | null)[]>;
type WordFile = Pick<WordField, "words" | "starts"> & {codes: number[]};

/** Rows as a page lists them. */
export interface ListedRows {
  columns: Omit<ShownField, "at">[];
  rows: Record<string, string | number | null>[];
  /** Rows there are; `rows` holds the first of them. */
  n: number;
}

/** The files of some tables, by name. */
export function* columnFiles(tables: readonly ExploreTable[]): Generator<[file: string, content: unknown]> {
  yield [
    "shapes",
    tables.map(
      (table): ColumnShape => ({
        shape: shapeOf(table),
        shown: table.shown.map(({key, label, unit}) => ({key, label, unit}))
      })
    )
  ];
  for (const {key: table, words, numbers, shown, n} of tables) {
    for (const {key, words: own, codes, starts} of words)
      yield [wordFile(table, key), {words: [...own], codes: [...codes], ...(starts ? {starts} : {})}];
    for (const {key, values} of numbers) yield [numberFile(table, key), values];
    for (let from = 0; from < n; from += PIECE_ROWS) {
      const rows = Array.from({length: Math.min(PIECE_ROWS, n - from)}, (_, i) => from + i);
      yield [
        pieceFile(table, from / PIECE_ROWS),
        Object.fromEntries(shown.map(({key, at}) => [key, rows.map(at)])) satisfies Piece
      ];
    }
  }
}

/** Tables whose columns are read when a question needs them. */
export class ColumnTables {
  readonly #read: (file: string) => Promise<unknown>;
  #shapes: ColumnShape[] = [];

  /** @param read reads one of {@link columnFiles}, each once however often it is asked for */
  constructor(read: (file: string) => Promise<unknown>) {
    this.#read = read;
  }

  async open(): Promise<ExploreShape[]> {
    this.#shapes = (await this.#read("shapes")) as ColumnShape[];
    return this.#shapes.map(({shape}) => shape);
  }

  /** The table with those columns that a question names. */
  async asked({table, by, across, field, filters}: Question): Promise<Asked> {
    const {shape} = this.#shapes.find(({shape}) => shape.key === table)!;
    const filtered = Object.keys(filters).filter((key) => filters[key]!.length > 0);
    const wanted = new Set([by, across, field, ...filtered]);
    const [words, numbers] = await Promise.all([
      Promise.all(
        shape.words
          .filter(({key}) => wanted.has(key))
          .map(async ({key, label, order}): Promise<WordField> => {
            const {codes, ...own} = (await this.#read(wordFile(table, key))) as WordFile;
            return {key, label, order, ...own, codes: Int32Array.from(codes)};
          })
      ),
      Promise.all(
        shape.numbers
          .filter(({key}) => key === field)
          .map(async ({key, label, unit}): Promise<NumberField> => {
            const values = (await this.#read(numberFile(table, key))) as (number | null)[];
            return {key, label, unit, values};
          })
      )
    ]);
    return prepare({...shape, words, numbers, shown: []});
  }

  /** The rows behind a question, the first of them; of those in many pieces fewer than `most`, unless all are asked for. */
  async rows(question: Question, group: {by?: string; across?: string}, most: number): Promise<ListedRows> {
    const {shape, shown} = this.#shapes.find(({shape}) => shape.key === question.table)!;
    const found = rowsOf(await this.asked(question), question, group);
    const pieces = [...new Set(Array.from(found.subarray(0, most), pieceOf))].slice(
      0,
      most === Infinity ? undefined : MOST_PIECES
    );
    const read = await Promise.all(
      pieces.map((piece) => this.#read(pieceFile(shape.key, piece)) as Promise<Piece>)
    );
    const pieceAt = new Map(pieces.map((piece, i) => [piece, read[i]!]));
    const rows = Array.from(found.subarray(0, most)).flatMap((row) => {
      const piece = pieceAt.get(pieceOf(row));
      return piece
        ? [Object.fromEntries(shown.map(({key}) => [key, piece[key]![row % PIECE_ROWS] ?? null]))]
        : [];
    });
    return {columns: shown, rows, n: found.length};
  }
}

function pieceOf(row: number): number {
  return Math.floor(row / PIECE_ROWS);
}

function wordFile(table: string, key: string): string {
  return `${table}/words/${key}`;
}

function numberFile(table: string, key: string): string {
  return `${table}/numbers/${key}`;
}

function pieceFile(table: string, piece: number): string {
  return `${table}/rows/${piece}`;
}
