/** The Movement page's data; made by loaders/pages/movementData.ts. */
import type {FactTable} from "./facts.js";
import type {MovementCells} from "./movementCells.js";
import type {FiscalPeriod} from "./site.js";

export interface MovementData {
  /** The first day whose changes the stretches know; what was open the evening before they know too. */
  since: string;
  /** The firm's own history begins earlier: a page has no room for more. */
  isShortened: boolean;
  /** Every deal of the stretches, deleted ones too. */
  deals: FactTable;
  stretches: FactTable;
  /** First and last day of each week, ISO; a week in which a quarter ends is two. */
  weeks: {from: string; to: string}[];
  /** Quarters in which an open deal was ever due. */
  quarters: FiscalPeriod[];
  /** Of a large firm in place of lives: sums week by week, and how to list the largest moves. */
  cells?: MovementCells & {largest: () => Promise<FactTable>};
  /** Of a large firm whose newest quarters are known deal by deal: the weeks before them, where the filters allow. */
  before?: MovementCells & {largest: () => Promise<FactTable>};
}
