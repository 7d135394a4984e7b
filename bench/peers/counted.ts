/** The deals of a market as the figures that partners are compared by. */
import type {Counted, MeasureKey, PartnerCounts} from "../../src/slices/partners/compare/measures.ts";
import type {PartnerDeal, PartnerMarket} from "./market.ts";

/** Figures that a deal alone tells; those of registrations are of the same two kinds. */
export const JUDGED = ["win_rate", "growth", "pushed", "cycle", "deal_size"] as const satisfies MeasureKey[];
export type Judged = (typeof JUDGED)[number];

/** Sums of one partner's figure: of successes out of trials, or of logarithms. */
interface Sums {
  n: number;
  sum: number;
  squares: number;
  total: number;
}

/** What is counted of a deal for a figure: 0 or 1, or a value whose logarithm is compared; null where the deal is not of it. */
const OF: Record<Judged, (deal: PartnerDeal) => number | null> = {
  win_rate: ({isWon}) => Number(isWon),
  growth: ({isWon, isLater}) => (isWon ? Number(isLater) : null),
  pushed: ({isPutOff}) => Number(isPutOff),
  cycle: ({isWon, cycleDays}) => (isWon ? cycleDays : null),
  deal_size: ({isWon, usd}) => (isWon && usd > 0 ? usd : null)
};
const IS_RATE: Record<Judged, boolean> = {
  win_rate: true,
  growth: true,
  pushed: true,
  cycle: false,
  deal_size: false
};

/**
 * Figures of which the rest of the market is known better than partners differ. What share of wins fell in the later year and how large deals are
 * is planted of no partner: these are judged where none differs.
 */
export const KNOWN: readonly Judged[] = ["win_rate", "pushed", "cycle"];

/** What everybody in the market and each firm has of each partner. */
export class MarketSums {
  private readonly sums = new Map<string, Sums>();

  constructor(market: PartnerMarket) {
    for (const deal of market.deals)
      for (const key of JUDGED) {
        const value = OF[key](deal);
        if (value === null) continue;
        for (const firm of deal.firm < 0 ? ["all"] : ["all", deal.firm])
          this.add(`${key} ${deal.partner} ${firm}`, IS_RATE[key] ? value : Math.log(value), value);
      }
  }

  /** One partner's figure in one firm; null where nothing is of it. */
  counted(key: Judged, partner: number, firm: number): Counted | null {
    const found = this.sums.get(`${key} ${partner} ${firm}`);
    if (!found) return null;
    const {n, sum, squares, total} = found;
    if (IS_RATE[key]) return {successes: sum, trials: n};
    return {n, mean: sum / n, squares: Math.max(0, squares - sum ** 2 / n), total};
  }

  /** The figure of the rest of the market: a share, or a mean of logarithms. Null with fewer records than make it known. */
  truth(key: Judged, partner: number, firm: number): number | null {
    const all = this.sums.get(`${key} ${partner} all`);
    const own = this.sums.get(`${key} ${partner} ${firm}`);
    const n = (all?.n ?? 0) - (own?.n ?? 0);
    return n < FEWEST ? null : (all!.sum - (own?.sum ?? 0)) / n;
  }

  private add(name: string, value: number, total: number): void {
    const sums = this.sums.get(name) ?? {n: 0, sum: 0, squares: 0, total: 0};
    this.sums.set(name, sums);
    sums.n++;
    sums.sum += value;
    sums.squares += value ** 2;
    sums.total += total;
  }
}

/** Records from which on the rest of the market knows a partner's figure. */
const FEWEST = 60;

/** The first partners of one firm as one group, with what each has to count. */
export function partnersOf(sums: MarketSums, firm: number, nPartners: number): PartnerCounts[] {
  return Array.from({length: nPartners}, (_, partner): PartnerCounts => {
    const counts: PartnerCounts["counts"] = {};
    for (const key of JUDGED) {
      const found = sums.counted(key, partner, firm);
      if (found) counts[key] = found;
    }
    return {partnerId: String(partner), partner: String(partner), kind: null, tier: null, counts};
  });
}
