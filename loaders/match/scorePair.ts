/** Is this registration that deal? A score from 0 to 1 and the evidence for it, in words. */
import {nameSimilarity, type WordWeights} from "./nameSimilarity.ts";

/** What a registration or a deal says of the business; null where it says nothing. */
export interface Business {
  id: string;
  /** Core form of the customer's name. */
  name: string | null;
  domain: string | null;
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

export interface PairScore {
  score: number;
  evidence: Evidence[];
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

/** Names less alike than this say that it is another firm. */
const OTHER_NAME = 0.6;
/** Half a year apart is as good as no agreement: most customers have bought again by then. */
const DAYS_APART = 180;
/** A partner registers a deal before it closes; a late one within a quarter. */
const LATE_DAYS = 90;
/** What is left of a score when the deal was closed long before the registration. */
const CLOSED_BEFORE = 0.7;

/**
 * The weighted mean of what both sides say. What one side leaves out counts neither way, but a pair of which little is
 * known stays below certainty, and without a name or a domain in common it is no pair.
 */
export function scorePair(registration: Business, deal: Business, weights: WordWeights): PairScore {
  const evidence = [
    compareNames(registration, deal, weights),
    compareDomains(registration, deal),
    compareCountries(registration, deal),
    compareProducts(registration, deal, weights),
    compareAmounts(registration, deal),
    compareDates(registration, deal),
    comparePartners(registration, deal)
  ].filter((each) => each !== null);
  const identity = evidence.filter(
    ({what, likeness}) => (what === "name" || what === "domain") && likeness > 0
  );
  if (identity.length === 0) return {score: 0, evidence};
  const weight = evidence.reduce((sum, {what}) => sum + WEIGHTS[what], 0);
  const mean = evidence.reduce((sum, {what, likeness}) => sum + WEIGHTS[what] * likeness, 0) / weight;
  const known = Math.min(1, weight / (WEIGHTS.name + WEIGHTS.dates + WEIGHTS.amount));
  const late = daysLate(registration, deal);
  if (late > LATE_DAYS)
    evidence.push({
      what: "dates",
      likeness: 0,
      words: `the deal had been closed for ${Math.round(late)} days`
    });
  return {score: mean * (0.8 + 0.2 * known) * (late > LATE_DAYS ? CLOSED_BEFORE : 1), evidence};
}

/**
 * The most that a deal of this customer could score, whatever else it says: 0 for another name and no domain in common. It
 * spares reading the deals of firms that cannot be meant.
 */
export function bestScore(registration: Business, customer: Named, weights: WordWeights): number {
  const evidence = [
    compareNames(registration, customer, weights),
    compareDomains(registration, customer)
  ].filter((each) => each !== null);
  if (!evidence.some(({likeness}) => likeness > 0)) return 0;
  const known = evidence.reduce((sum, {what}) => sum + WEIGHTS[what], 0);
  const found = evidence.reduce((sum, {what, likeness}) => sum + WEIGHTS[what] * likeness, 0);
  const rest = WEIGHTS.country + WEIGHTS.product + WEIGHTS.amount + WEIGHTS.dates + WEIGHTS.partner;
  return (found + rest) / (known + rest);
}

/** The evidence as one line for people. */
export function evidenceInWords(evidence: readonly Evidence[]): string {
  return evidence.map(({words}) => words).join("; ");
}

function compareNames(a: Named, b: Named, weights: WordWeights): Evidence | null {
  if (!a.name || !b.name) return null;
  const likeness = nameSimilarity(a.name, b.name, weights);
  return {
    what: "name",
    likeness: Math.max(0, (likeness - OTHER_NAME) / (1 - OTHER_NAME)),
    words:
      likeness === 1 ? "same name" : likeness < OTHER_NAME ? "other name" : `names ${percent(likeness)} alike`
  };
}

function compareDomains(a: Named, b: Named): Evidence | null {
  if (!a.domain || !b.domain) return null;
  if (a.domain === b.domain) return {what: "domain", likeness: 1, words: `same domain ${a.domain}`};
  // acme.de and acme.com are often one firm in two countries.
  const isSameLabel = a.domain.split(".")[0] === b.domain.split(".")[0];
  return isSameLabel
    ? {what: "domain", likeness: 0.7, words: `domains ${a.domain} and ${b.domain}`}
    : {what: "domain", likeness: 0, words: "other domain"};
}

function compareCountries(a: Business, b: Business): Evidence | null {
  if (!a.country || !b.country) return null;
  const isSame = a.country === b.country;
  return {what: "country", likeness: Number(isSame), words: isSame ? "same country" : "other country"};
}

function compareProducts(a: Business, b: Business, weights: WordWeights): Evidence | null {
  if (a.products.length === 0 || b.products.length === 0) return null;
  const isSame = a.products.some((x) => b.products.some((y) => nameSimilarity(x, y, weights) > 0.9));
  return {what: "product", likeness: Number(isSame), words: isSame ? "same product" : "other product"};
}

function compareAmounts(a: Business, b: Business): Evidence | null {
  if (!a.amount || !b.amount || a.currency !== b.currency || a.amount < 0 || b.amount < 0) return null;
  const ratio = Math.min(a.amount, b.amount) / Math.max(a.amount, b.amount);
  return {
    what: "amount",
    likeness: ratio,
    words: ratio > 0.995 ? "same amount" : `amounts differ by ${percent(1 - ratio)}`
  };
}

function compareDates(a: Business, b: Business): Evidence | null {
  const gaps = [gap(a.startedOn, b.startedOn), gap(a.closesOn, b.closesOn)].filter((days) => days !== null);
  if (gaps.length === 0) return null;
  const apart = Math.min(...gaps);
  return {
    what: "dates",
    likeness: Math.max(0, 1 - apart / DAYS_APART),
    words: `${Math.round(apart)} ${Math.round(apart) === 1 ? "day" : "days"} apart`
  };
}

function comparePartners(a: Business, b: Business): Evidence | null {
  if (a.partnerIds.length === 0 || b.partnerIds.length === 0) return null;
  const isSame = a.partnerIds.some((id) => b.partnerIds.includes(id));
  return {what: "partner", likeness: Number(isSame), words: isSame ? "same partner" : "other partner"};
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
