/** The Data page's data; made by loaders/pages/qualityData.ts. */
export interface QualityData {
  files: {
    file: string;
    tables: string;
    n_records: number;
    n_loaded: number;
    n_rejected: number;
    is_reused: boolean;
    hash: string;
  }[];
  rejects: {file: string; line: number; column: string; value: string | null; reason: string}[];
  checks: {name: string; description: string; severity: string; n_failures: number; examples: string}[];
  manifest: {fact: string; value: string}[];
  rowCounts: {relation: string; n: number}[];
  freshness: {what: string; newest_on: string | null; n: number}[];
}
