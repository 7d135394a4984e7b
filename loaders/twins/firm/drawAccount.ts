/** Draws an account. */
import {companyName} from "../names/companyNames.ts";
import {COUNTRIES_OF, REGIONS} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import type {Cause} from "./campaignCauses.ts";
import type {Account} from "./cast.ts";
import type {World} from "./world.ts";

/** Draws accounts by number, each from a stream of its own. */
export function accountDrawer(world: World): (index: number, rng: Rng) => Account {
  const {regions, segments} = world.spec;
  const regionWeights = REGIONS.map((region) => regions[region].weight);
  const segmentWeights = segments.map((segment) => segment.weight);
  const causeRng = world.streams.reuse("account.cause");
  return (index, rng) =>
    drawAccount(world, regionWeights, segmentWeights, world.causes.draw(causeRng(index)), index, rng);
}

function drawAccount(
  world: World,
  regionWeights: readonly number[],
  segmentWeights: readonly number[],
  cause: Cause | undefined,
  index: number,
  rng: Rng
): Account {
  const {rhythm, arrivals, spec} = world;
  // What is drawn is drawn with a cause as well, so that an account without one is the same whatever campaigns cause.
  const usualRegion = REGIONS[rng.weighted(regionWeights)]!;
  const region = cause?.region ?? usualRegion;
  const {list, weights} = COUNTRIES_OF.get(region)!;
  const country = list[rng.weighted(weights)]!;
  const segment = rng.weighted(segmentWeights);
  const [fewest, most] = spec.segments[segment]!.employees;
  const nEmployees = Math.round(fewest * (most / fewest) ** rng.next());
  const isFounder = rng.chance(spec.founders);
  const isCustomer = isFounder && !cause;
  const usualDay = rhythm.first + arrivals.pick(rng);
  const arrivalDay = cause?.day ?? usualDay;
  const createdDay = isCustomer ? rhythm.first - 1 - rng.int(900) : arrivalDay;
  const {name, domain} = companyName(country.locale, rng, spec.sellsToFactories);
  return {
    index,
    name,
    domain,
    country: country.code,
    city: rng.pick(country.cities),
    region,
    currency: country.currency,
    segment,
    industry: rng.pick(spec.industries),
    nEmployees,
    revenueUsd: Math.round((nEmployees * rng.between(90_000, 320_000)) / 1e5) * 1e5,
    createdDay,
    rep: world.pickRep(region, Math.max(createdDay, rhythm.first), rng).index,
    isCustomer,
    causedBy: cause?.campaign.index ?? -1
  };
}
