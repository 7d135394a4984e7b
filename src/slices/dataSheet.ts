/** What is known of synthetic data because it was planted; made by loaders/pages/dataSheetData.ts. */
export interface SheetSection {
  title: string;
  about: string;
  caption: string;
  columns: {key: string; label: string; unit: "text" | "ratio" | "count"}[];
  rows: Record<string, string | number | null>[];
}

export interface DataSheet {
  /** The firm's kind, such as "software firm"; null for data that Weir did not make. */
  firm: string | null;
  planted: SheetSection[];
  /** What an estimator may find and should not believe. */
  notPlanted: string[];
}
