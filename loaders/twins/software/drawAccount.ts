/** Draws an account of the software firm. */
import type {Account} from "../firm/cast.ts";
import {companyName} from "../names/companyNames.ts";
import {COUNTRIES_OF, REGIONS} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import {INDUSTRIES, REGION_LEVELS, SEGMENTS} from "./softwareFirm.ts";
import type {SoftwareWorld} from "./world.ts";

const REGION_WEIGHTS = REGIONS.map((region) => REGION_LEVELS[region].weight);
const SEGMENT_WEIGHTS = SEGMENTS.map((segment) => segment.weight);
/** Share of accounts that were customers before the CRM was there. */
const FOUNDERS = 0.05;

/** Account number `index`, from the account's own stream. */
export function drawAccount(world: SoftwareWorld, index: number, rng: Rng): Account {
  const {rhythm, arrivals} = world;
  const region = REGIONS[rng.weighted(REGION_WEIGHTS)]!;
  const {list, weights} = COUNTRIES_OF.get(region)!;
  const country = list[rng.weighted(weights)]!;
  const segment = rng.weighted(SEGMENT_WEIGHTS);
  const [fewest, most] = SEGMENTS[segment]!.employees;
  const nEmployees = Math.round(fewest * (most / fewest) ** rng.next());
  const isCustomer = rng.chance(FOUNDERS);
  const arrivalDay = rhythm.first + arrivals.pick(rng);
  const createdDay = isCustomer ? rhythm.first - 1 - rng.int(900) : arrivalDay;
  const {name, domain} = companyName(country.locale, rng);
  return {
    index,
    name,
    domain,
    country: country.code,
    city: rng.pick(country.cities),
    region,
    currency: country.currency,
    segment,
    industry: rng.pick(INDUSTRIES),
    nEmployees,
    revenueUsd: Math.round((nEmployees * rng.between(90_000, 320_000)) / 1e5) * 1e5,
    createdDay,
    rep: world.pickRep(region, Math.max(createdDay, rhythm.first), rng).index,
    isCustomer
  };
}
