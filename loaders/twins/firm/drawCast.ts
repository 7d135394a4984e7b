/** Draws the people, partners and campaigns of a firm; their number follows the number of deals. */
import {dayOf, workdayAfter} from "../calendar/days.ts";
import {companyName} from "../names/companyNames.ts";
import {COUNTRIES_OF, REGIONS, type RegionName} from "../names/countries.ts";
import {personName} from "../names/personNames.ts";
import type {Rng} from "../random/rng.ts";
import type {Streams} from "../random/streams.ts";
import {EFFICIENCY_SPREAD} from "./campaignCauses.ts";
import {type Campaign, HABITS, type Partner, type Rep, TIERS} from "./cast.ts";
import type {FirmSpec} from "./firmSpec.ts";

export interface Cast {
  /** Reps first, then managers, partner managers and operations. */
  people: Rep[];
  repsOf: ReadonlyMap<RegionName, Rep[]>;
  operations: number;
  partners: Partner[];
  partnersOf: ReadonlyMap<RegionName, {list: Partner[]; weights: number[]}>;
  campaigns: Campaign[];
  /** Campaigns that begin after the exports, for what is then expected. */
  laterCampaigns: Campaign[];
}

interface Span {
  first: number;
  exportDay: number;
}

/** Reps of each habit, in the order of HABITS; they sum to 100. */
export const HABIT_WEIGHTS = [38, 14, 18, 14, 16];
/** Standard deviations of log hazard ratios: of reps, and of partners about their tier. */
export const SKILL_SPREAD = 0.22;
export const PARTNER_SPREAD = 0.28;

/** Days beyond the exports for which campaigns are planned. */
export const DAYS_AHEAD = 190;

/** The cast of a firm with so many deals; pure. */
export function drawCast(spec: FirmSpec, nDeals: number, streams: Streams): Cast {
  const span: Span = {first: dayOf(spec.rhythm.firstDay), exportDay: dayOf(spec.rhythm.exportDay)};
  const {first, exportDay} = span;
  const people: Rep[] = [];
  const rng = streams.stream("cast.people");
  const nReps = clamp(Math.round(nDeals / spec.cast.dealsPerRep), 8, 6_000);
  const regionShare = REGIONS.map((region) => spec.regions[region].weight);
  const seats = REGIONS.map((_, i) => Math.max(2, Math.round((nReps * regionShare[i]!) / 100)));
  for (const [i, region] of REGIONS.entries())
    for (let seat = 0; seat < seats[i]!; seat++) {
      // The first seat of a region is held throughout, so that there is always somebody to hand over to.
      const isKeeper = seat === 0;
      const startDay = isKeeper || rng.chance(0.6) ? first - 200 : first + rng.int(exportDay - first - 200);
      const leaves = !isKeeper && rng.chance(0.28);
      const endDay = leaves ? workdayAfter(startDay + 420 + rng.int(700)) : null;
      people.push(person(people.length, "rep", region, startDay, endDay, exportDay, rng));
    }
  const managerOf = new Map<RegionName, number>();
  for (const region of REGIONS) {
    managerOf.set(region, people.length);
    people.push(person(people.length, "manager", region, first - 400, null, exportDay, rng));
  }
  for (const rep of people) if (rep.role === "rep") rep.manager = managerOf.get(rep.region)!;
  const partnerManagers = new Map<RegionName, number>();
  for (const region of REGIONS) {
    partnerManagers.set(region, people.length);
    const manager = person(people.length, "partner_manager", region, first - 300, null, exportDay, rng);
    people.push({...manager, manager: managerOf.get(region)!});
  }
  const operations = people.length;
  people.push(person(operations, "operations", "North America", first - 400, null, exportDay, rng));
  const campaigns = drawCampaigns(spec, nDeals, span, streams);
  const partners = drawPartners(spec, nDeals, span, partnerManagers, streams.stream("cast.partners"));
  return {
    people,
    repsOf: groupByRegion(people.filter((each) => each.role === "rep")),
    operations,
    partners,
    partnersOf: new Map(
      [...groupByRegion(partners)].map(([region, list]) => [
        region,
        {list, weights: list.map((each) => each.weight)}
      ])
    ),
    campaigns: campaigns.filter(({isLater}) => !isLater).map(({campaign}) => campaign),
    laterCampaigns: campaigns.filter(({isLater}) => isLater).map(({campaign}) => campaign)
  };
}

function person(
  index: number,
  role: Rep["role"],
  region: RegionName,
  startDay: number,
  endDay: number | null,
  exportDay: number,
  rng: Rng
): Rep {
  const {list, weights} = COUNTRIES_OF.get(region)!;
  const {directory, latin} = personName(list[rng.weighted(weights)]!.locale, rng);
  const habit = HABITS[rng.weighted(HABIT_WEIGHTS)]!;
  const skill = rng.normal() * SKILL_SPREAD;
  const isBulkEditor = rng.chance(0.35);
  return {
    index,
    ...directory,
    name: `${directory.first} ${directory.last}`,
    latin,
    role,
    region,
    manager: -1,
    startDay,
    endDay: endDay !== null && endDay < exportDay ? endDay : null,
    skill,
    habit: role === "rep" ? habit : "plain",
    isBulkEditor: role === "rep" && isBulkEditor
  };
}

function drawPartners(
  {regions, cast}: FirmSpec,
  nDeals: number,
  {first, exportDay}: Span,
  managers: ReadonlyMap<RegionName, number>,
  rng: Rng
): Partner[] {
  const kindWeights = cast.partnerKinds.map(({weight}) => weight);
  const partners: Partner[] = [];
  const n = clamp(Math.round(nDeals / cast.dealsPerPartner), 12, 4_000);
  for (let index = 0; index < n; index++) {
    const region = REGIONS[index < 8 ? index % 4 : rng.weighted(REGIONS.map((r) => regions[r].weight))]!;
    const {list, weights} = COUNTRIES_OF.get(region)!;
    const country = list[rng.weighted(weights)]!;
    const {latinName: name, domain} = companyName(country.locale, rng);
    const tier = rng.weighted([45, 30, 17, 8]);
    // Two partners of each region are there from the start.
    const signedDay = workdayAfter(index < 8 ? first - 300 : first - 500 + rng.int(exportDay - first + 300));
    const onboardedDay = workdayAfter(signedDay + 20 + rng.int(100));
    const trainedDays = Array.from({length: rng.poisson(1.4)}, () =>
      workdayAfter(onboardedDay + rng.int(900))
    ).filter((day) => day <= exportDay);
    partners.push({
      index,
      name,
      domain,
      country: country.code,
      kind: cast.partnerKinds[rng.weighted(kindWeights)]!.kind,
      tier: TIERS[tier]!,
      region,
      signedDay,
      onboardedDay,
      manager: managers.get(region)!,
      effect: cast.tierEffect[tier]! + rng.normal() * PARTNER_SPREAD,
      trainedDays: trainedDays.sort((a, b) => a - b),
      weight: cast.tierWeight[tier]! * Math.exp(0.4 * rng.normal())
    });
  }
  return partners;
}

function drawCampaigns(
  {cast: {campaignKinds}, regions}: FirmSpec,
  nDeals: number,
  {first, exportDay}: Span,
  streams: Streams
): {campaign: Campaign; isLater: boolean}[] {
  const rng = streams.stream("cast.campaigns");
  const regionRng = streams.stream("cast.campaign.regions");
  const campaigns: {campaign: Campaign; isLater: boolean}[] = [];
  const perQuarter = clamp(Math.round(Math.sqrt(nDeals) / 9), 4, 60);
  const scale = Math.max(0.4, nDeals / 1500) / (perQuarter / 4);
  for (let start = first - 30; start < exportDay + DAYS_AHEAD; start += 91)
    for (let n = 0; n < perQuarter; n++) {
      const kind = campaignKinds[(campaigns.length * 3 + n) % campaignKinds.length]!;
      const {type, channel, days, effect, budgetUsd} = kind;
      const startDay = workdayAfter(start + rng.int(40));
      const budgetCents = Math.round((budgetUsd * scale * rng.between(0.6, 1.5)) / 100) * 10_000;
      const campaign: Campaign = {
        index: campaigns.length,
        name: `${type} ${quarterLabel(startDay)} ${String.fromCharCode(65 + (n % 26))}`,
        type,
        channel,
        startDay,
        endDay: startDay + days,
        budgetCents,
        costCents: Math.round((budgetCents * rng.between(0.8, 1.15)) / 100) * 100,
        efficiency: Math.exp(EFFICIENCY_SPREAD * rng.normal()),
        regions: kind.regions === "all" ? null : pickRegions(regions, kind.regions, regionRng),
        effect: effect + 0.06 * rng.normal(),
        weight: rng.between(0.5, 1.5)
      };
      campaigns.push({campaign, isLater: start >= exportDay});
    }
  return campaigns;
}

/** So many regions, larger ones more often, in the order of all. */
function pickRegions(levels: FirmSpec["regions"], n: number, rng: Rng): RegionName[] {
  const left = REGIONS.map((region) => levels[region].weight);
  const picked = Array.from({length: n}, () => {
    const at = rng.weighted(left);
    left[at] = 0;
    return at;
  });
  return REGIONS.filter((_, i) => picked.includes(i));
}

function quarterLabel(day: number): string {
  const date = new Date(day * 86_400_000);
  return `${date.getUTCFullYear()} Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

function groupByRegion<T extends {region: RegionName}>(list: readonly T[]): ReadonlyMap<RegionName, T[]> {
  return new Map(REGIONS.map((region) => [region, list.filter((each) => each.region === region)]));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
