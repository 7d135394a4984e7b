/** A quarter's forecast cut by region, owner, product and the like; made by loaders/forecast/publish/sliceForecast.ts. */

/** What one slice brings. Base currency; the slices of a dimension sum to the whole, column by column, to the cent. */
export interface SliceForecast {
  value: string;
  /** Open deals. */
  n: number;
  wonSoFar: number;
  mean: number;
  /** What it brings when the whole comes in at the 2.5%, 10%, 25%, 50%, 75%, 90% and 97.5% quantile of its forecast. */
  parts: number[];
  /** The slice's own 80% interval: these do not add up, as not all slices have a bad quarter at once. */
  low80: number;
  high80: number;
}

/** How the slices of a dimension did at the same point of past quarters. */
export interface SliceRecord {
  /** Slices times quarters. */
  n: number;
  inside80: number;
  quarters: number;
  /** Sum of absolute errors over the sum of outcomes, and that of the same days of the quarter before. */
  wape: number | null;
  naiveWape: number | null;
}

export interface SliceDimension {
  key: string;
  label: string;
  slices: SliceForecast[];
  record: SliceRecord;
}

export const PART_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;
