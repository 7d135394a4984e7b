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
  /** Partner registrations and CRM deals; counts are empty when the exports have no registrations. */
  matching: {
    counts: {status: "matched" | "unsure" | "unmatched"; n: number; amount: number | null}[];
    /** Those that are not matched, unsure ones first. */
    waiting: {
      registration_id: string;
      partner: string | null;
      customer: string | null;
      amount: number | null;
      status: string;
      score: number | null;
      deal_id: string | null;
      account: string | null;
      evidence: string;
    }[];
  };
  /** Rates of workspace.yaml; those of exports are in their file. */
  statedRates: {currency: string; since_on: string | null; rate: string}[];
  freshness: {what: string; newest_on: string | null; n: number}[];
}
