/** Where and when new customers came, and where and when campaigns' money was at work. */

/** The first deal of a customer; days since 1970. */
export interface Arrival {
  day: number;
  region: string;
  isWon: boolean;
  /** Money won; 0 while it is not won. */
  won: number;
  /** Row of the campaign that is credited with it; null for none. */
  sourcedBy: number | null;
}

export interface RegionalCampaign {
  from: number;
  to: number;
  /** To the as-of day; null when nobody says. */
  cost: number | null;
  /** Null for everywhere, or when nobody says where. */
  regions: readonly string[] | null;
}

/** Weeks on each side over which the usual number of arrivals is averaged. */
const HALF_YEAR = 26;
/** Days before a campaign that are looked at as a check. */
export const BEFORE_DAYS = 56;

export interface Grid {
  regions: string[];
  firstDay: number;
  nWeeks: number;
  /** Arrivals by region, then by week. */
  created: Float64Array[];
  /** Usual arrivals of all regions by week, and each region's share. */
  level: Float64Array;
  shares: number[];
}

/** The arrivals of the days up to `asOf`, whole weeks from the first arrival on. */
export function gridOf(known: readonly Arrival[], asOf: number): Grid {
  const firstDay = known.reduce((least, {day}) => Math.min(least, day), asOf);
  const nWeeks = Math.floor((asOf - firstDay) / 7) + 1;
  const regions = [...new Set(known.map(({region}) => region))].sort();
  const empty = () => regions.map(() => new Float64Array(nWeeks));
  const created = empty();
  const all = new Float64Array(nWeeks);
  for (const {day, region} of known) {
    const [r, w] = [regions.indexOf(region), Math.floor((day - firstDay) / 7)];
    created[r]![w]!++;
    all[w]!++;
  }
  const level = all.map((_, w) => {
    const near = all.subarray(Math.max(0, w - HALF_YEAR), w + HALF_YEAR + 1);
    return near.reduce((sum, n) => sum + n, 0) / near.length;
  });
  const shares = created.map((weeks) => weeks.reduce((sum, n) => sum + n, 0) / known.length);
  return {regions, firstDay, nWeeks, created, level, shares};
}

/** Campaigns' money at work by region and week, beside the arrivals usual where it works; the mean of what is not 0 is 1. */
export function exposureOf(
  grid: Grid,
  own: readonly RegionalCampaign[],
  asOf: number,
  lagDays: number
): Float64Array[] {
  const stays = Math.exp(-1 / lagDays);
  const last = grid.firstDay + 7 * grid.nWeeks - 1;
  return spread(grid, own, (campaign, add) => {
    const to = Math.min(campaign.to, asOf);
    let waiting = 0;
    for (let day = campaign.from; day <= last; day++) {
      waiting = waiting * stays + (day <= to ? 1 / (to - campaign.from + 1) : 0);
      add(day, waiting * (1 - stays));
    }
  });
}

/** The same money as if it had worked in the eight weeks before. */
export function exposureBefore(grid: Grid, own: readonly RegionalCampaign[], asOf: number): Float64Array[] {
  return spread(grid, own, ({from}, add) => {
    for (let day = from - BEFORE_DAYS; day < Math.min(from, asOf + 1); day++) add(day, 1 / BEFORE_DAYS);
  });
}

function spread(
  {regions, nWeeks, firstDay, level, shares}: Grid,
  own: readonly RegionalCampaign[],
  walk: (campaign: RegionalCampaign, add: (day: number, share: number) => void) => void
): Float64Array[] {
  const costs = own.flatMap(({cost}) => (cost !== null && cost > 0 ? [cost] : [])).sort((a, b) => a - b);
  // A campaign whose cost nobody says counts as a usual one.
  const usual = costs[Math.floor(costs.length / 2)] ?? 1;
  const cells = regions.map(() => new Float64Array(nWeeks));
  for (const campaign of own) {
    const into = regions.flatMap((region, r) => ((campaign.regions?.includes(region) ?? true) ? [r] : []));
    const size = into.reduce((sum, r) => sum + shares[r]!, 0);
    if (size === 0) continue;
    const cost = campaign.cost !== null && campaign.cost > 0 ? campaign.cost : usual;
    walk(campaign, (day, share) => {
      const w = Math.floor((day - firstDay) / 7);
      if (w < 0 || w >= nWeeks) return;
      for (const r of into) cells[r]![w]! += (cost * share) / (size * level[w]!);
    });
  }
  const used = cells.flatMap((weeks) => [...weeks].filter((value) => value > 0));
  const mean = used.reduce((sum, value) => sum + value, 0) / used.length;
  return cells.map((weeks) => weeks.map((value) => (mean > 0 ? value / mean : 0)));
}
