/** A scenario: which window is looked at, of which deals, and what is assumed to differ from the forecast. */
import type {Filters} from "../slices/select.js";
import type {LeverKind} from "./levers/leverKinds.js";

export interface LeverSetting {
  kind: LeverKind;
  /** A factor (1 changes nothing) or a number (0 changes nothing), as its kind says. */
  value: number;
  /** Only deals with this value of a slice (or of "stage"). */
  where?: {dimension: string; value: string};
  /** ISO day from which it holds; from the as-of day when absent. */
  from?: string;
}

export interface ForcedDeal {
  deal: string;
  action: "won" | "lost" | "moved" | "priced";
  /** Day it is won on (as-of day when absent), or moved to. */
  on?: string;
  /** What it closes at, base currency; its expected amount when absent. */
  amount?: number;
}

export interface Scenario {
  name: string;
  /** Label of the window; the first one when empty. */
  window: string;
  filters: Filters;
  /** What to reach in the window, base currency; the quota when null. */
  target: number | null;
  levers: LeverSetting[];
  deals: ForcedDeal[];
  /** The data it was made on. */
  made: {hash: string; asOf: string};
  /** What it came to when it was saved; in files only. */
  said?: Said;
}

/** The figures a saved scenario is scored by later, base currency; days are ISO. */
export interface Said {
  from: string;
  to: string;
  expected: number;
  low80: number;
  high80: number;
  /** What the forecast expected at that time. */
  forecast: number;
}

/** The forecast itself: nothing assumed. */
export function baseOf(scenario: Scenario): Scenario {
  return {...scenario, levers: [], deals: []};
}
