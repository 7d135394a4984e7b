/** What campaigns cause: new customers that would not have come, in the campaign's regions, some days after its money. */
import type {Day} from "../calendar/days.ts";
import {REGIONS, type RegionName} from "../names/countries.ts";
import {Picker} from "../random/picker.ts";
import type {Rng} from "../random/rng.ts";
import type {Campaign} from "./cast.ts";
import type {FirmSpec} from "./firmSpec.ts";
import type {Rhythm} from "./rhythm.ts";

/** Why an account came: the campaign without which it would not have, and where and when. */
export interface Cause {
  campaign: Campaign;
  region: RegionName;
  day: Day;
}

/** Deals that a campaign caused and the CRM names it for; of the others the credit goes elsewhere. */
export const TRACKED = 0.8;
/** Caused customers grow with this power of a campaign's money. */
export const SPEND_POWER = 0.7;
/** Standard deviation of the logarithm of what campaigns of a kind cause for the same money. */
export const EFFICIENCY_SPREAD = 0.2;
/** After so many mean lags hardly anybody comes any more. */
const LAGS = 7;

export interface CampaignCauses {
  /** Share of all new accounts in the window that campaigns cause. */
  readonly share: number;
  /** Accounts that a campaign is expected to cause, up to a day, for each that comes anyway in the whole window. */
  perAccount(campaign: number, until?: Day): number;
  /** The cause of a new account; undefined for those that come anyway. At most four draws. */
  draw(rng: Rng): Cause | undefined;
}

interface Arrivals {
  campaign: Campaign;
  from: Day;
  /** Accounts by day since `from`, for each that comes anyway. */
  weights: Float64Array;
  total: number;
  regions: readonly RegionName[];
  regionWeights: readonly number[];
}

/**
 * What the campaigns cause from the rhythm's first day to its export day. `usual` are the days whose usual arrivals the kinds'
 * shares are of: a longer window has more of both.
 */
export function campaignCauses(
  spec: FirmSpec,
  campaigns: readonly Campaign[],
  rhythm: Rhythm,
  usual: {exportDay: Day}
): CampaignCauses {
  const ofDays = (exportDay: Day) =>
    rhythm.arrival.subarray(0, exportDay - rhythm.first + 1).reduce((sum, each) => sum + each, 0);
  const scale = ofDays(usual.exportDay) / ofDays(rhythm.exportDay);
  const force = (campaign: Campaign) =>
    (campaign.costCents / kindOf(spec, campaign).budgetUsd) ** SPEND_POWER * campaign.efficiency;
  const forces = new Map<string, number>();
  for (const campaign of campaigns.filter(({startDay}) => startDay <= usual.exportDay))
    forces.set(campaign.type, (forces.get(campaign.type) ?? 0) + force(campaign));
  const list = campaigns.map((campaign): Arrivals => {
    const {caused, lagDays} = kindOf(spec, campaign);
    const all = (scale * caused * force(campaign)) / (forces.get(campaign.type) ?? 1);
    const regions = campaign.regions ?? REGIONS;
    return {
      ...arrivalsByDay(campaign, lagDays, all, rhythm),
      campaign,
      regions,
      regionWeights: regions.map((region) => spec.regions[region].weight)
    };
  });
  const each = list.reduce((sum, {total}) => sum + total, 0);
  const byIndex = new Map(list.map((arrivals) => [arrivals.campaign.index, arrivals]));
  // Founders were there before; their share is of the accounts that no campaign causes.
  const caused = each * (1 - spec.founders);
  const share = caused / (1 + caused);
  const campaignPicker = each > 0 ? new Picker(list.map(({total}) => total)) : null;
  const dayPickers = new Map<number, Picker>();
  return {
    share,
    perAccount(campaign, until = rhythm.exportDay) {
      const {weights, from} = byIndex.get(campaign)!;
      return weights.subarray(0, Math.max(0, until - from + 1)).reduce((sum, weight) => sum + weight, 0);
    },
    draw(rng) {
      if (!campaignPicker || !rng.chance(share)) return undefined;
      const {campaign, from, weights, regions, regionWeights} = list[campaignPicker.pick(rng)]!;
      const days = dayPickers.get(campaign.index) ?? new Picker(weights);
      dayPickers.set(campaign.index, days);
      const region = regions[rng.weighted(regionWeights)]!;
      return {campaign, region, day: from + days.pick(rng)};
    }
  };
}

function kindOf(spec: FirmSpec, {type}: Campaign) {
  return spec.cast.campaignKinds.find((kind) => kind.type === type)!;
}

/** Each of the campaign's days brings people after exponential lags; on days without work hardly anybody comes. */
function arrivalsByDay(
  {startDay, endDay}: Campaign,
  lagDays: number,
  all: number,
  rhythm: Rhythm
): Pick<Arrivals, "from" | "weights" | "total"> {
  const to = Math.round(endDay + LAGS * lagDays);
  const weights = new Float64Array(to - startDay + 1);
  let waiting = 0;
  let sum = 0;
  for (let day = startDay; day <= to; day++) {
    waiting = waiting * Math.exp(-1 / lagDays) + (day <= endDay ? 1 : 0);
    const isWorkday = (rhythm.pace[day - rhythm.first] ?? 1) > 0;
    weights[day - startDay] = waiting * (isWorkday ? 1 : 0.04);
    sum += weights[day - startDay]!;
  }
  let total = 0;
  for (let day = startDay; day <= to; day++) {
    const isIn = day >= rhythm.first && day <= rhythm.exportDay;
    weights[day - startDay]! *= isIn ? all / sum : 0;
    total += weights[day - startDay]!;
  }
  return {from: startDay, weights, total};
}
