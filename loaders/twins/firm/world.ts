/** Everything of a firm that is drawn once and shared by all accounts. */
import {dayOf, monthOf} from "../calendar/days.ts";
import {REGIONS, type RegionName} from "../names/countries.ts";
import {Picker} from "../random/picker.ts";
import type {Rng} from "../random/rng.ts";
import {createStreams, type Streams} from "../random/streams.ts";
import {type CampaignCauses, campaignCauses} from "./campaignCauses.ts";
import type {Campaign, Partner, Rep} from "./cast.ts";
import {type Cast, drawCast} from "./drawCast.ts";
import type {FirmSpec} from "./firmSpec.ts";
import {drawFxRates, type FxRates} from "./fxRates.ts";
import {buildRhythm, type Rhythm} from "./rhythm.ts";

export interface World {
  spec: FirmSpec;
  seed: number;
  nDeals: number;
  streams: Streams;
  cast: Cast;
  rhythm: Rhythm;
  fx: FxRates;
  /** Days since the rhythm's first day on which new accounts come. */
  arrivals: Picker;
  /** New accounts that would not come without a campaign. */
  causes: CampaignCauses;
  /** Factor on list prices. */
  priceFactor(day: number): number;
  /** An employed rep of the region. At most nine draws. */
  pickRep(region: RegionName, day: number, rng: Rng): Rep;
  /** A partner signed by then, or undefined when the draws find none. At most five draws. */
  pickPartner(region: RegionName, day: number, rng: Rng): Partner | undefined;
  /** A campaign that ran in the region in the two months before. One draw at most. */
  pickCampaign(region: RegionName, day: number, kind: "event" | "web", rng: Rng): Campaign | undefined;
}

/** Days before the CRM for which rates are known: registrations are older than the deals they became. */
const RATES_BEFORE = 100;

/** The world of a firm with so many deals; pure. */
export function drawWorld(spec: FirmSpec, nDeals: number, seed: number): World {
  const streams = createStreams(seed);
  const cast = drawCast(spec, nDeals, streams);
  const rhythm = buildRhythm(spec.rhythm);
  const prices = spec.priceChanges.map(({from, factor}) => ({from: dayOf(from), factor}));
  const nDays = rhythm.exportDay - rhythm.first + 1;
  const partnerPickers = new Map(
    REGIONS.map((region) => [region, new Picker(cast.partnersOf.get(region)!.weights)])
  );
  const byMonth = new Map(
    REGIONS.map((region) => [
      region,
      campaignsByMonth(cast.campaigns.filter(({regions}) => regions?.includes(region) ?? true))
    ])
  );
  return {
    spec,
    seed,
    nDeals,
    streams,
    cast,
    rhythm,
    fx: drawFxRates(
      spec.currencies,
      rhythm.first - RATES_BEFORE,
      rhythm.exportDay + 31,
      streams.stream("fx")
    ),
    arrivals: new Picker(rhythm.arrival.subarray(0, nDays)),
    causes: campaignCauses(spec, cast.campaigns, rhythm, rhythm),
    priceFactor: (day) =>
      prices.reduce((factor, change) => (day >= change.from ? factor * change.factor : factor), 1),
    pickRep(region, day, rng) {
      const list = cast.repsOf.get(region)!;
      for (let attempt = 0; attempt < 8; attempt++) {
        const rep = rng.pick(list);
        if (isEmployed(rep, day)) return rep;
      }
      return list[0]!;
    },
    pickPartner(region, day, rng) {
      const {list} = cast.partnersOf.get(region)!;
      for (let attempt = 0; attempt < 5; attempt++) {
        const partner = list[partnerPickers.get(region)!.pick(rng)]!;
        if (partner.onboardedDay <= day) return partner;
      }
      return list.find((partner) => partner.onboardedDay <= day);
    },
    pickCampaign(region, day, kind, rng) {
      const running = byMonth.get(region)!.get(monthOf(day));
      const list = kind === "event" ? running?.event : running?.web;
      return list && list.length > 0 ? rng.pick(list) : undefined;
    }
  };
}

/** Whether the rep works there on that day. */
export function isEmployed({startDay, endDay}: Rep, day: number): boolean {
  return startDay <= day && (endDay === null || endDay > day);
}

/** Whether people meet there; the others are seen on the web. */
export function isEvent({channel}: Campaign): boolean {
  return channel === "event" || channel === "webinar";
}

function campaignsByMonth(campaigns: readonly Campaign[]) {
  const months = new Map<number, {event: Campaign[]; web: Campaign[]}>();
  for (const campaign of campaigns)
    for (let month = monthOf(campaign.startDay); month <= monthOf(campaign.endDay) + 1; month++) {
      if (!months.has(month)) months.set(month, {event: [], web: []});
      months.get(month)![isEvent(campaign) ? "event" : "web"].push(campaign);
    }
  return months;
}
