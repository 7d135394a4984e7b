/** What the partner portal holds of a deal, and registrations that never became one. */
import {type Day, workdayAfter} from "../calendar/days.ts";
import type {Account, Partner} from "../firm/cast.ts";
import {roughly} from "../firm/cents.ts";
import {linesTotal} from "../firm/deal.ts";
import type {PortalMess} from "../firm/firmSpec.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import {secondOfDay} from "../firm/workingHours.ts";
import type {World} from "../firm/world.ts";
import {companyName} from "../names/companyNames.ts";
import {COUNTRIES_OF} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import type {Registration} from "./registrationFile.ts";

/** Days an approved registration protects the partner. */
const PROTECTION_DAYS = 120;
const REJECT_REASONS = [
  "Existing opportunity",
  "Incomplete information",
  "Not qualified",
  "Outside territory"
];

/**
 * Registrations of a partner-sourced deal, in order of submission: the partner's own, and now and then one of a
 * rival for the same customer. `crmId` is the opportunity's id, which the portal knows only of some.
 */
export function dealRegistrations(
  world: World,
  account: Account,
  sold: SoldDeal,
  crmId: string,
  rng: Rng
): Registration[] {
  const {facts, record} = sold;
  const created = record.saves[0]!.at;
  const createdDay = Math.floor(created / 86_400);
  const decidedDay = createdDay - 1 - rng.int(6);
  const submittedDay = decidedDay - 1 - Math.min(12, Math.round(2.5 * rng.exponential()));
  const own: Registration = {
    ...customerOf(account, world.spec.mess, rng),
    number: 0,
    partner: facts.partner,
    submittedAt: stamp(submittedDay, account, rng),
    status: "converted",
    decidedAt: stamp(decidedDay, account, rng),
    rejectReason: "",
    expiresAt: (decidedDay + PROTECTION_DAYS) * 86_400,
    productLine: world.spec.families[facts.family]!.name,
    estimatedCents: roughly(linesTotal(facts.lines, 0) * Math.exp(0.4 * rng.normal())),
    currency: facts.currency,
    expectedCloseDay: submittedDay + 60 + rng.int(90),
    crmId: rng.chance(world.spec.mess.registrationNotLinked) ? "" : crmId,
    convertedAt: created,
    conflictWith: null,
    dealType: rng.chance(0.7) ? "resell" : "referral"
  };
  if (!rng.chance(0.11)) return [own];
  const rival = world.pickPartner(account.region, submittedDay, rng);
  if (!rival || rival.index === facts.partner) return [own];
  const rivalDay = submittedDay + 2 + rng.int(20);
  const decided = workdayAfter(rivalDay + 1 + rng.int(5));
  if (decided > world.rhythm.exportDay) return [own];
  const collision: Registration = {
    ...own,
    ...customerOf(account, world.spec.mess, rng),
    partner: rival.index,
    submittedAt: Math.max(own.submittedAt + 3600, stamp(rivalDay, account, rng)),
    status: "rejected",
    decidedAt: stamp(decided, account, rng),
    rejectReason: "Conflict with an earlier registration",
    expiresAt: null,
    crmId: "",
    convertedAt: null,
    conflictWith: own
  };
  return [own, collision];
}

/** Registrations of a partner that never became a deal: rejected, expired, withdrawn, or still waiting. */
export function idleRegistrations(world: World, partner: Partner, mean: number, rng: Rng): Registration[] {
  const {exportDay, first} = world.rhythm;
  const {families, segments, mess} = world.spec;
  const from = Math.max(first, partner.onboardedDay);
  const list: Registration[] = [];
  if (from >= exportDay) return list;
  const n = rng.poisson((mean * (exportDay - from)) / (exportDay - first));
  const {list: countries, weights} = COUNTRIES_OF.get(partner.region)!;
  for (let i = 0; i < n; i++) {
    const country = countries[rng.weighted(weights)]!;
    const customer = companyName(country.locale, rng, world.spec.sellsToFactories);
    const submittedDay = workdayAfter(from + rng.int(exportDay - from));
    if (submittedDay > exportDay) continue;
    const submittedAt = submittedDay * 86_400 + secondOfDay(partner.region, rng);
    const decidedDay = workdayAfter(submittedDay + 1 + Math.round(4 * rng.exponential()));
    const expiryDay = decidedDay + PROTECTION_DAYS;
    const isDecided = decidedDay <= exportDay;
    const fate = rng.weighted([34, 48, 18]);
    const status = !isDecided
      ? rng.chance(0.5)
        ? "submitted"
        : "under_review"
      : fate === 0
        ? "rejected"
        : fate === 2
          ? "withdrawn"
          : expiryDay <= exportDay
            ? "expired"
            : "approved";
    const segment = segments[rng.weighted(segments.map((each) => each.weight))]!;
    list.push({
      number: 0,
      partner: partner.index,
      submittedAt,
      status,
      decidedAt: isDecided ? decidedDay * 86_400 + secondOfDay(partner.region, rng) : null,
      rejectReason: status === "rejected" ? rng.pick(REJECT_REASONS) : "",
      expiresAt: status === "expired" || status === "approved" ? expiryDay * 86_400 : null,
      customerName: customer.name,
      customerDomain: rng.chance(mess.missingDomain) ? "" : customer.domain,
      country: country.code,
      productLine: rng.pick(families).name,
      estimatedCents: roughly(segment.medianUsd * 100 * Math.exp(0.8 * rng.normal())),
      currency: "USD",
      expectedCloseDay: submittedDay + 60 + rng.int(120),
      crmId: "",
      convertedAt: null,
      conflictWith: null,
      dealType: rng.chance(0.7) ? "resell" : "referral"
    });
  }
  return list;
}

/** The customer as the partner typed it. */
function customerOf({name, domain, country}: Account, mess: PortalMess, rng: Rng) {
  const isMisspelt = rng.chance(mess.misspeltCustomer);
  const at = 1 + rng.int(Math.max(1, name.length - 2));
  return {
    customerName: isMisspelt ? name.slice(0, at) + name.slice(at + 1) : name,
    customerDomain: rng.chance(mess.missingDomain) ? "" : domain,
    country
  };
}

function stamp(day: Day, account: Account, rng: Rng): number {
  return day * 86_400 + secondOfDay(account.region, rng);
}
