/** What campaigns caused, from where and when new customers came: a comparison of regions week by week. */
import type {
  CampaignCaused,
  CausedBy,
  CausedDeals,
  CausedRange
} from "../../src/slices/marketing/causedDeals.ts";
import {exposureVariation, fitExcess} from "./excessArrivals.ts";
import {
  type Arrival,
  exposureBefore,
  exposureOf,
  type Grid,
  gridOf,
  type RegionalCampaign
} from "./exposure.ts";
import {averaged, type Moments, priced, rangeOf, wonOf} from "./moments.ts";

/** Mean lags tried; estimates are averaged over them by how well they fit. */
const LAGS = [7, 14, 28, 56];
const FEWEST_ARRIVALS = 100;
const FEWEST_CAMPAIGNS = 3;
const FEWEST_WEEKS = 26;
/** Share of a unit's exposure that must differ between regions. */
const LEAST_VARIATION = 0.05;
/** Single campaigns looked at, the newest. */
const MOST_CAMPAIGNS = 80;
const NOT_ENOUGH_VARIATION =
  "Not enough variation: it runs in all regions at the same time, or always beside another.";

/** A campaign with what it is counted under: its channel, say, or its kind. */
export interface UnitCampaign extends RegionalCampaign {
  unit: string;
}

interface LagFit {
  lag: number;
  weight: number;
  fit: NonNullable<ReturnType<typeof fitExcess>>;
  checked: ReturnType<typeof fitExcess>;
}

interface Comparison {
  grid: Grid;
  campaigns: readonly UnitCampaign[];
  asOf: number;
  /** Units that can be compared. */
  told: string[];
}

/**
 * Estimates what each unit caused up to `asOf`. Pure.
 * @param arrivals the first deals of customers; those without a region ("") are left out and counted
 * @param campaigns rows as `sourcedBy` of the arrivals has them; those that have not begun are passed over
 * @param withCampaigns also looks at single campaigns
 */
export function causedDeals(
  arrivals: readonly Arrival[],
  campaigns: readonly UnitCampaign[],
  asOf: number,
  withCampaigns: boolean
): CausedDeals {
  const known = arrivals.filter(({region, day}) => region !== "" && day <= asOf);
  const grid = gridOf(known, asOf);
  const names = [...new Set(campaigns.map(({unit}) => unit))].sort();
  const counted = {
    nArrivals: known.length,
    nWithoutRegion: arrivals.length - known.length,
    nRegions: grid.regions.length,
    nWeeks: grid.nWeeks
  };
  const silent = (unit: string, reason: string): CausedBy => ({
    unit,
    reason,
    credited: arrivals.filter(({sourcedBy}) => sourcedBy !== null && campaigns[sourcedBy]?.unit === unit)
      .length,
    created: null,
    won: null,
    money: null,
    before: null
  });
  const nothing = (reason: string, why?: ReadonlyMap<string, string>): CausedDeals => ({
    ...counted,
    reason,
    lagDays: null,
    all: null,
    units: names.map((unit) => silent(unit, why?.get(unit) ?? reason)),
    campaigns: []
  });
  const reason = whyNot(known, campaigns.filter(hasRun(asOf)), grid);
  if (reason !== null) return nothing(reason);
  const why = new Map<string, string>();
  const told = tellable({grid, campaigns, asOf, told: names}, why);
  if (told.length === 0) return nothing(NOT_ENOUGH_VARIATION, why);
  const comparison = {grid, campaigns, asOf, told};
  const fits = fitLags(comparison);
  if (fits.length === 0) return nothing("The comparison of regions has no solution.", why);
  const weights = fits.map(({weight}) => weight);
  const moments = (of: (fit: LagFit) => Moments | undefined) => averaged(fits.map(of), weights);
  const units = names.map((unit): CausedBy => {
    const k = told.indexOf(unit);
    if (k < 0) return silent(unit, why.get(unit)!);
    const created = moments(({fit}) => fit.caused[k]);
    const own = known.filter(({sourcedBy}) => sourcedBy !== null && campaigns[sourcedBy]?.unit === unit);
    return {
      ...silent(unit, ""),
      reason: null,
      created: rangeOf(created),
      won: rangeOf(created && wonOf(created, own, known)),
      money: rangeOf(created && priced(wonOf(created, own, known), known)),
      before: rangeOf(moments(({checked}) => checked?.caused[told.length + k]))
    };
  });
  return {
    ...counted,
    reason: null,
    lagDays: fits.reduce((sum, {lag, weight}) => sum + lag * weight, 0),
    all: rangeOf(moments(({fit}) => fit.total)),
    units,
    campaigns: withCampaigns ? singleCampaigns(comparison, fits) : []
  };
}

const hasRun =
  (asOf: number) =>
  ({from, to}: RegionalCampaign): boolean =>
    from <= asOf && to >= from;

function whyNot(
  known: readonly Arrival[],
  running: readonly RegionalCampaign[],
  {regions, nWeeks}: Grid
): string | null {
  if (running.length === 0) return "No campaign has dates.";
  if (regions.length < 2)
    return "Customers of fewer than two regions are known: there is nothing to compare with.";
  if (running.every((campaign) => campaign.regions === null))
    return "No campaign says in which regions it ran (map campaign.region).";
  if (known.length < FEWEST_ARRIVALS || nWeeks < FEWEST_WEEKS)
    return `A comparison takes ${FEWEST_ARRIVALS} new customers over half a year.`;
  return null;
}

function ownOf({campaigns, asOf}: Pick<Comparison, "campaigns" | "asOf">, unit: string): UnitCampaign[] {
  return campaigns.filter((each) => each.unit === unit && hasRun(asOf)(each));
}

/** Units that can be compared; says in `why` what speaks against the others. */
function tellable(comparison: Comparison, why: Map<string, string>): string[] {
  const {grid, asOf} = comparison;
  for (const unit of comparison.told)
    if (ownOf(comparison, unit).length < FEWEST_CAMPAIGNS)
      why.set(unit, `Fewer than ${FEWEST_CAMPAIGNS} campaigns have run.`);
  let told = comparison.told.filter((unit) => !why.has(unit));
  while (told.length > 0) {
    const exposures = told.map((unit) => exposureOf(grid, ownOf(comparison, unit), asOf, LAGS[1]!));
    const variation = exposureVariation({counts: grid.created, exposures});
    const least = Math.min(...variation);
    if (least >= LEAST_VARIATION) break;
    const worst = told[variation.indexOf(least)]!;
    why.set(worst, NOT_ENOUGH_VARIATION);
    told = told.filter((unit) => unit !== worst);
  }
  return told;
}

/** A fit for each lag, weighed by its likelihood. */
function fitLags(comparison: Comparison): LagFit[] {
  const {grid, told, asOf} = comparison;
  const before = told.map((unit) => exposureBefore(grid, ownOf(comparison, unit), asOf));
  const fits = LAGS.flatMap((lag) => {
    const exposures = told.map((unit) => exposureOf(grid, ownOf(comparison, unit), asOf, lag));
    const fit = fitExcess({counts: grid.created, exposures});
    const checked = fitExcess({counts: grid.created, exposures: [...exposures, ...before]});
    return fit ? [{lag, weight: 0, fit, checked}] : [];
  });
  const best = Math.max(...fits.map(({fit}) => fit.logLikelihood));
  const weights = fits.map(({fit}) => Math.exp((fit.logLikelihood - best) / fit.dispersion));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return fits.map((fit, i) => ({...fit, weight: weights[i]! / total}));
}

/** Each of the newest campaigns apart from the rest of its unit, at the lag that fits best. */
function singleCampaigns(comparison: Comparison, fits: readonly LagFit[]): CampaignCaused[] {
  const {grid, campaigns, told, asOf} = comparison;
  const {lag} = fits.reduce((best, fit) => (fit.weight > best.weight ? fit : best));
  const whole = told.map((unit) => exposureOf(grid, ownOf(comparison, unit), asOf, lag));
  return campaigns
    .map((campaign, row) => ({campaign, row}))
    .filter(({campaign}) => hasRun(asOf)(campaign) && told.includes(campaign.unit))
    .sort((a, b) => b.campaign.from - a.campaign.from || a.row - b.row)
    .slice(0, MOST_CAMPAIGNS)
    .flatMap(({campaign, row}) => {
      const k = told.indexOf(campaign.unit);
      const rest = ownOf(comparison, campaign.unit).filter((each) => each !== campaign);
      const alone = exposureOf(grid, [campaign], asOf, lag);
      const exposures = [...whole, alone];
      exposures[k] = exposureOf(grid, rest, asOf, lag);
      const fit = fitExcess({counts: grid.created, exposures});
      const created: CausedRange | null = rangeOf(fit?.caused[told.length] ?? null);
      return created ? [{row, created}] : [];
    });
}
