/** The Movement page's data; made by loaders/pages/movementData.ts. */
import type {FactTable} from "./facts.js";
import type {FiscalPeriod} from "./site.js";

export interface MovementData {
  /** The first day the stretches know. */
  since: string;
  /** Every deal of the stretches, deleted ones too. */
  deals: FactTable;
  stretches: FactTable;
  /** First and last day of each week, ISO; a week in which a quarter ends is two. */
  weeks: {from: string; to: string}[];
  /** Quarters in which an open deal was ever due. */
  quarters: FiscalPeriod[];
}
