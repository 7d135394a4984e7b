/** Is this registration that deal? A score from 0 to 1 and the evidence for it, in words. */
import {areOtherCountries} from "./countryCode.ts";
import {nameSimilarity, rememberedSimilarity, type WordWeights} from "./nameSimilarity.ts";

/** What a registration or a deal says of the business; null where it says nothing. */
export interface Business {
  id: string;
  /** Core form of the customer's name. */
  name: string | null;
  domain: string | null;
  /** As `countryForm` gives it. */
  country: string | null;
  /** Matching forms of its products' names and families. */
  products: readonly string[];
  amount: number | null;
  currency: string | null;
  /** Day numbers: submitted or created, expected to close, closed. */
  startedOn: number | null;
  closesOn: number | null;
  closedOn: number | null;
  /** Partners: the registration's one, or those the CRM knows of the deal. */
  partnerIds: readonly string[];
}

type Named = Pick<Business, "name" | "domain">;

export interface Evidence {
  what: keyof typeof WEIGHTS;
  /** 0 speaks against, 1 for. */
  likeness: number;
  words: string;
}

/** How much each kind of evidence counts, relative to the others that are known. */
export const WEIGHTS = {
  name: 5,
  domain: 4,
  amount: 1.5,
  dates: 2,
  product: 1,
  country: 1,
  partner: 1
} as const;

const KINDS = ["name", "domain", "country", "product", "amount", "dates", "partner"] as const;

/** Likeness of domains that differ in their ending alone. */
const SAME_LABEL = 0.7;
/** Names less alike than this say that it is another firm. */
export const OTHER_NAME = 0.6;
/** Half a year apart is as good as no agreement: most customers have bought again by then. */
const DAYS_APART = 180;
/** A partner registers a deal before it closes; a late one within a quarter. */
const LATE_DAYS = 90;
/** Businesses further apart than a year, by starts and closes as far as both state them, are two. */
const YEAR_DAYS = 365;
/** What is left of a score when the pair cannot well be one: years apart, closed long before, customers of two countries. */
const CONTRADICTED = 0.7;

/**
 * The weighted mean of what both sides say. What one side leaves out counts neither way, but a pair of which little is
 * known stays below certainty, and without a name or a domain in common it is no pair. Numbers alone, for it is asked of
 * many pairs: `pairEvidence` says the same of one pair in words.
 */
export function scorePair(registration: Business, deal: Business, weights: WordWeights): number {
  return scoreDeal(customerLikeness(registration, deal, weights), registration, deal, weights);
}

/** How alike a registration's customer and another are; null where one of them says nothing. */
export interface CustomerLikeness {
  name: number | null;
  domain: number | null;
}

/** What all deals of a customer have in common with a registration. */
export function customerLikeness(
  registration: Business,
  customer: Named,
  weights: WordWeights
): CustomerLikeness {
  return {
    name: compareNames(registration, customer, weights),
    domain: compareDomains(registration, customer)
  };
}

/** `scorePair` of a deal whose customer has been compared. */
export function scoreDeal(
  alike: CustomerLikeness,
  registration: Business,
  deal: Business,
  weights: WordWeights
): number {
  if (!isLike(alike)) return 0;
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < KINDS.length; i++) {
    const kind = KINDS[i]!;
    const likeness = likenessOf(kind, alike, registration, deal, weights);
    if (likeness === null) continue;
    weight += WEIGHTS[kind];
    sum += WEIGHTS[kind] * likeness;
  }
  const known = Math.min(1, weight / (WEIGHTS.name + WEIGHTS.dates + WEIGHTS.amount));
  return (sum / weight) * (0.8 + 0.2 * known) * (isContradicted(registration, deal) ? CONTRADICTED : 1);
}

function isContradicted(registration: Business, deal: Business): boolean {
  return (
    daysLate(registration, deal) > LATE_DAYS ||
    (daysApart(registration, deal) ?? 0) > YEAR_DAYS ||
    areOtherCountries(registration.country, deal.country)
  );
}

function isLike({name, domain}: CustomerLikeness): boolean {
  return (name ?? 0) > 0 || (domain ?? 0) > 0;
}

/** What speaks for and against a pair, each kind that both sides tell. */
export function pairEvidence(registration: Business, deal: Business, weights: WordWeights): Evidence[] {
  const alike = customerLikeness(registration, deal, weights);
  const evidence = KINDS.flatMap((what): Evidence[] => {
    const likeness = likenessOf(what, alike, registration, deal, weights);
    return likeness === null
      ? []
      : [{what, likeness, words: inWords(what, likeness, registration, deal, weights)}];
  });
  const late = daysLate(registration, deal);
  if (late > LATE_DAYS)
    evidence.push({
      what: "dates",
      likeness: 0,
      words: `the deal had been closed for ${Math.round(late)} days`
    });
  return evidence;
}

/**
 * The most that a deal of this customer could score, whatever else it says: 0 for another name and no domain in common. It
 * spares reading the deals of firms that cannot be meant.
 */
export function bestScore(alike: CustomerLikeness): number {
  if (!isLike(alike)) return 0;
  const {name, domain} = alike;
  const known = (name === null ? 0 : WEIGHTS.name) + (domain === null ? 0 : WEIGHTS.domain);
  const found = WEIGHTS.name * (name ?? 0) + WEIGHTS.domain * (domain ?? 0);
  const rest = WEIGHTS.country + WEIGHTS.product + WEIGHTS.amount + WEIGHTS.dates + WEIGHTS.partner;
  return (found + rest) / (known + rest);
}

/** The evidence as one line for people. */
export function evidenceInWords(evidence: readonly Evidence[]): string {
  return evidence.map(({words}) => words).join("; ");
}

/** The likeness of one kind; null where a side says nothing. */
function likenessOf(
  kind: (typeof KINDS)[number],
  {name, domain}: CustomerLikeness,
  a: Business,
  b: Business,
  weights: WordWeights
): number | null {
  switch (kind) {
    case "name":
      return name;
    case "domain":
      return domain;
    case "country":
      return compareCountries(a, b);
    case "product":
      return compareProducts(a, b, weights);
    case "amount":
      return compareAmounts(a, b);
    case "dates":
      return compareDates(a, b);
    case "partner":
      return comparePartners(a, b);
  }
}

function inWords(
  what: (typeof KINDS)[number],
  likeness: number,
  a: Business,
  b: Business,
  weights: WordWeights
): string {
  const either = (is: string) => `${likeness > 0 ? "same" : "other"} ${is}`;
  switch (what) {
    case "name": {
      const alike = nameSimilarity(a.name!, b.name!, weights);
      return alike === 1 ? "same name" : alike < OTHER_NAME ? "other name" : `names ${percent(alike)} alike`;
    }
    case "domain":
      if (likeness === 1) return `same domain ${a.domain}`;
      return likeness > 0 ? `domains ${a.domain} and ${b.domain}` : "other domain";
    case "amount":
      return likeness > 0.995 ? "same amount" : `amounts differ by ${percent(1 - likeness)}`;
    case "dates": {
      const days = Math.round(daysApart(a, b)!);
      return `${days} ${days === 1 ? "day" : "days"} apart`;
    }
    default:
      return either(what);
  }
}

function compareNames(a: Named, b: Named, weights: WordWeights): number | null {
  if (!a.name || !b.name) return null;
  return Math.max(0, (nameSimilarity(a.name, b.name, weights) - OTHER_NAME) / (1 - OTHER_NAME));
}

function compareDomains(a: Named, b: Named): number | null {
  if (!a.domain || !b.domain) return null;
  if (a.domain === b.domain) return 1;
  // acme.de and acme.com are often one firm in two countries.
  return domainLabel(a.domain) === domainLabel(b.domain) ? SAME_LABEL : 0;
}

/** What stands before the first dot. */
export function domainLabel(domain: string): string {
  const dot = domain.indexOf(".");
  return dot < 0 ? domain : domain.slice(0, dot);
}

function compareCountries(a: Business, b: Business): number | null {
  return a.country && b.country ? Number(a.country === b.country) : null;
}

function compareProducts(a: Business, b: Business, weights: WordWeights): number | null {
  if (a.products.length === 0 || b.products.length === 0) return null;
  for (const x of a.products)
    for (const y of b.products) if (rememberedSimilarity(x, y, weights) > 0.9) return 1;
  return 0;
}

function compareAmounts(a: Business, b: Business): number | null {
  if (!a.amount || !b.amount || a.currency !== b.currency || a.amount < 0 || b.amount < 0) return null;
  return Math.min(a.amount, b.amount) / Math.max(a.amount, b.amount);
}

function compareDates(a: Business, b: Business): number | null {
  const apart = daysApart(a, b);
  return apart === null ? null : Math.max(0, 1 - apart / DAYS_APART);
}

/** Between the starts or the closes of both, whichever are nearer. */
function daysApart(a: Business, b: Business): number | null {
  const started = gap(a.startedOn, b.startedOn);
  const closes = gap(a.closesOn, b.closesOn);
  if (started === null || closes === null) return started ?? closes;
  return Math.min(started, closes);
}

function comparePartners(a: Business, b: Business): number | null {
  if (a.partnerIds.length === 0 || b.partnerIds.length === 0) return null;
  return Number(a.partnerIds.some((id) => b.partnerIds.includes(id)));
}

function daysLate(registration: Business, deal: Business): number {
  if (registration.startedOn === null || deal.closedOn === null) return 0;
  return registration.startedOn - deal.closedOn;
}

function gap(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.abs(a - b);
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
