/** The lead a new deal came from, and the campaigns that touched it. */
import type {Day} from "../calendar/days.ts";
import type {Account, Campaign} from "../firm/cast.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import {secondOfDay} from "../firm/workingHours.ts";
import type {World} from "../firm/world.ts";
import {COUNTRIES, type Country, type RegionName} from "../names/countries.ts";
import {type PersonName, personName} from "../names/personNames.ts";
import type {Rng} from "../random/rng.ts";

/** A campaign's touch of a person; seconds since 1970. */
export interface Touch {
  campaign: number;
  at: number;
  hasResponded: boolean;
}

export interface LeadStory {
  person: PersonName;
  country: Country;
  createdAt: number;
  /** Null for leads that never converted. */
  convertedAt: number | null;
  touches: Touch[];
  isWorking: boolean;
}

const COUNTRY_BY_CODE = new Map(COUNTRIES.map((country) => [country.code, country]));

/** The lead that a deal began as. */
export function leadOfDeal(world: World, account: Account, {facts, record}: SoldDeal, rng: Rng): LeadStory {
  const convertedAt = record.saves[0]!.at - 60;
  const country = COUNTRY_BY_CODE.get(account.country)!;
  const createdDay = Math.floor(convertedAt / 86_400) - 2 - Math.floor(22 * rng.exponential());
  const createdAt = createdDay * 86_400 + secondOfDay(account.region, rng);
  const sourcing = facts.campaign >= 0 ? world.cast.campaigns[facts.campaign] : undefined;
  return {
    person: personName(country.locale, rng),
    country,
    createdAt,
    convertedAt,
    touches: drawTouches(world, account.region, sourcing, createdAt, createdDay, rng),
    isWorking: false
  };
}

/** A country of one of the regions in which a campaign runs, by weight. One draw. */
export function leadCountry({regions}: Campaign, rng: Rng): Country {
  const list = COUNTRIES.filter(({region}) => regions?.includes(region) ?? true);
  return list[rng.weighted(list.map(({weight}) => weight))]!;
}

/** Leads of a campaign that came to nothing, one by one. */
export function idleLead(world: World, campaign: Campaign, country: Country, rng: Rng): LeadStory | null {
  const {exportDay} = world.rhythm;
  const createdDay = campaign.startDay + rng.int(Math.max(1, campaign.endDay - campaign.startDay) + 20);
  if (createdDay > exportDay) return null;
  const createdAt = createdDay * 86_400 + secondOfDay(country.region, rng);
  return {
    person: personName(country.locale, rng),
    country,
    createdAt,
    convertedAt: null,
    touches: drawTouches(world, country.region, campaign, createdAt, createdDay, rng),
    isWorking: createdDay > exportDay - 40
  };
}

/** The sourcing touch, and later ones that change nothing: nurturing is planted as without effect. */
function drawTouches(
  world: World,
  region: RegionName,
  sourcing: Campaign | undefined,
  createdAt: number,
  createdDay: Day,
  rng: Rng
): Touch[] {
  const touches: Touch[] = [];
  if (sourcing) {
    const day = Math.min(Math.max(createdDay, sourcing.startDay), sourcing.endDay);
    touches.push({
      campaign: sourcing.index,
      at: Math.min(createdAt, day * 86_400 + 46_800),
      hasResponded: true
    });
  }
  const more = rng.poisson(sourcing ? 0.9 : 0.35);
  for (let i = 0; i < more; i++) {
    const day = createdDay + rng.int(30);
    const campaign = world.pickCampaign(region, day, rng.chance(0.3) ? "event" : "web", rng);
    const isNew = campaign && !touches.some((touch) => touch.campaign === campaign.index);
    if (isNew && day >= campaign.startDay && day <= world.rhythm.exportDay)
      touches.push({campaign: campaign.index, at: day * 86_400 + 50_400, hasResponded: rng.chance(0.5)});
  }
  return touches;
}
