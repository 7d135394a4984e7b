/**
 * What Weir asks of a database. DuckDB, embedded, is the default; anything that implements this can stand in. Values
 * come back as JavaScript numbers, strings, booleans, Dates in UTC and null; DECIMAL as a number only when the SQL
 * casts it (money leaves the database as a string or a cast, never as a silent float).
 */
export type SqlValue = string | number | boolean | null;
export type Row = Record<string, unknown>;

export interface Engine {
  /** Runs statements and discards what they return. */
  run(sql: string, values?: Record<string, SqlValue>): Promise<void>;
  /** Runs one statement and returns its rows as objects. */
  rows<R = Row>(sql: string, values?: Record<string, SqlValue>): Promise<R[]>;
  /** Runs one statement and returns its columns as arrays. */
  columns(sql: string, values?: Record<string, SqlValue>): Promise<Record<string, unknown[]>>;
  /** Runs one statement and gives its columns to `take` piece by piece, rows in order: its values are never all in JavaScript's memory. */
  pieces(sql: string, take: (columns: unknown[][]) => void): Promise<void>;
  /** Runs one statement whose columns are numbers and returns each as one array; null is NaN. */
  numbers(sql: string): Promise<Record<string, Float64Array>>;
  /** Name and version, for the manifest. */
  version(): Promise<string>;
  /** Another connection to the same database, whose statements run beside this one's. Closed with this one. */
  beside(): Promise<Engine>;
  /** From here on: no file outside this folder, if one is named, no network, no setting can be changed. */
  lockDown(folder?: string): Promise<void>;
  close(): void;
}
