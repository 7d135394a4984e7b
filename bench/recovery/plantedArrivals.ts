/** A twin's first deals and campaigns in memory, as the marts would have them, and what each campaign is planted to cause. */
import type {UnitCampaign} from "../../loaders/marketing/causedDeals.ts";
import type {Arrival} from "../../loaders/marketing/exposure.ts";
import {drawWorld, type World} from "../../loaders/twins/firm/world.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {TELLINGS} from "../coverage/market.ts";

export interface PlantedArrivals {
  arrivals: Arrival[];
  campaigns: UnitCampaign[];
  /** Days since 1970. */
  asOf: number;
  /** First deals to the day that each campaign is expected to cause. */
  expected: number[];
}

/** Told without the way through exports and warehouse; pure. `before` is in days before the exports end. */
export function plantedArrivals(
  firm: Firm,
  nDeals: number,
  seed: number,
  before: number,
  unit: "channel" | "type"
): PlantedArrivals {
  const {spec, teller} = TELLINGS[firm];
  const world = drawWorld(spec, nDeals, seed);
  const asOf = world.rhythm.exportDay - before;
  const tell = teller(world);
  const arrivals: Arrival[] = [];
  let [n, nUsual] = [0, 0];
  for (let index = 0; n < nDeals; index++) {
    const {account, deals} = tell(index);
    n += deals.length;
    const [first] = deals;
    if (!first || account.createdDay < world.rhythm.first) continue;
    const {facts, life, record} = first;
    if (facts.causedBy < 0) nUsual++;
    const isWon = life.outcome === "won" && life.outcomeDay <= asOf;
    const day = Math.floor(record.saves[0]!.at / 86_400);
    if (day > asOf) continue;
    const sourcedBy = facts.campaign >= 0 ? facts.campaign : null;
    arrivals.push({day, region: account.region, isWon, won: isWon ? 1 : 0, sourcedBy});
  }
  return {
    arrivals,
    campaigns: world.cast.campaigns.map((campaign) => ({
      unit: campaign[unit],
      from: campaign.startDay,
      to: campaign.endDay,
      cost: costTo(campaign, asOf),
      regions: campaign.regions
    })),
    asOf,
    expected: expectedTo(world, nUsual, asOf)
  };
}

/** First deals to a day that each campaign is expected to cause, beside so many that come anyway until the exports. */
export function expectedTo({cast, causes}: World, nUsual: number, asOf: number): number[] {
  return cast.campaigns.map(({index}) => nUsual * causes.perAccount(index, asOf));
}

function costTo({startDay, endDay, costCents}: World["cast"]["campaigns"][number], asOf: number): number {
  const elapsed = Math.min(1, Math.max(0, (asOf - startDay + 1) / (endDay - startDay + 1)));
  return (costCents / 100) * elapsed;
}
