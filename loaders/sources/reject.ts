/** One bad cell of a record that was refused. */
export interface Reject {
  file: string;
  /** Line of the file its record starts on; in Parquet, which has none, the number of the row. */
  line: number;
  column: string;
  value: string | null;
  reason: string;
  /** What a person can do about it. */
  fix: string;
}

/** What became of one file's records. */
export interface ReadResult {
  /** 1 for CSV, 0 where names come with every record. */
  nHeader: number;
  nRecords: number;
  nLoaded: number;
  /** Cells, at most MAX_REJECTS of them. */
  rejects: Reject[];
  /** Records refused: one record may have several bad cells. */
  nRejected: number;
  /** Sums of amounts as exact decimal text, by table.column: what the next run is compared with. */
  totals: Record<string, string>;
}

/** Rejected cells kept per file; the number of rejected records is always exact. */
export const MAX_REJECTS = 10_000;
