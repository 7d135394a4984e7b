/** What became of one file, kept in the manifest: physical records = n_header + n_loaded + n_rejected. */
export interface FileReport {
  file: string;
  path: string;
  sha256: string;
  tables: string;
  /** Records after the header. */
  n_records: number;
  n_loaded: number;
  n_rejected: number;
  is_reused: boolean;
  /** 1 for CSV, 0 where names come with every record. */
  n_header: number;
  /** Sums of amounts by table.column, as exact decimal text. */
  totals: Record<string, string>;
}

/** "deals.csv: 84 records = 1 header + 83 loaded + 0 rejected". */
export function fileReconciliation({file, n_header, n_records, n_loaded, n_rejected}: FileReport): string {
  const number = (value: number) => value.toLocaleString("en-US");
  return `${file}: ${number(n_header + n_records)} records = ${n_header} header + ${number(n_loaded)} loaded + ${number(n_rejected)} rejected`;
}
