/** Firms, deals and registrations whose truth is known: near names, slips of the pen, missing fields, old deals. */
import {coreDomain, coreName} from "../../loaders/match/coreName.ts";
import type {Business} from "../../loaders/match/scorePair.ts";

const FIRST =
  "Nordic Baltic Alpine Atlantic Boreal Borealis Meridian Castell Orchid Granit Lumen Lumina Vector Victor Helio Helix Kestrel Harbor Harbour Juniper Müller Mueller Østergaard Lefèvre Castro Novák Kowalski Sørensen Dubois Tanaka Moreau Silva Rossi Jansen Petrov Andersson Brandt Weiss Fischer Keller".split(
    " "
  );
const SECOND =
  "Systems Robotics Foods Logistics Energy Pharma Textiles Works Marine Labs Optics Software Steel Paper Media Health Mobility Chemicals Ceramics Dynamics".split(
    " "
  );
const THIRD = ["", "", "", "", " Europe", " International", " North", " Solutions"];
const FORMS = ["GmbH", "Ltd", "Inc.", "S.A.", "AB", "SARL", "Sp. z o.o.", "S.p.A.", "B.V.", ""];
const COUNTRIES = ["DE", "FR", "PL", "IT", "SE", "GB"];
const PRODUCTS = ["core suite", "edge pack", "insight", "field service"];

export interface Seeded {
  registrations: Business[];
  deals: Business[];
  /** Registration to the deal it is; null when the CRM has none. */
  truth: Map<string, string | null>;
}

/** mulberry32: a small seeded generator, enough for test data. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function seededPairs(seed: number, nAccounts = 1500): Seeded {
  const random = generator(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const deals: Business[] = [];
  const registrations: Business[] = [];
  const truth = new Map<string, string | null>();
  const names = new Set<string>();
  while (names.size < nAccounts)
    names.add(`${pick(FIRST)}${random() < 0.5 ? `-${pick(FIRST)}` : ""} ${pick(SECOND)}${pick(THIRD)}`);
  for (const [a, name] of [...names].entries()) {
    const account = {
      name: `${name} ${pick(FORMS)}`.trim(),
      domain: `${name.toLowerCase().replace(/[^a-z]/g, "")}.${pick(["com", "eu", "io"])}`,
      country: pick(COUNTRIES)
    };
    const hasDomain = random() < 0.6;
    const isInCrm = random() < 0.9;
    const nDeals = 1 + Math.floor(random() * 3);
    for (let d = 0; d < nDeals; d++) {
      const startedOn = Math.floor(random() * 1000);
      const deal: Business = {
        id: `D${a}-${d}`,
        name: coreName(account.name),
        domain: hasDomain ? coreDomain(account.domain) : null,
        country: random() < 0.85 ? account.country : null,
        products: random() < 0.8 ? [pick(PRODUCTS)] : [],
        amount: random() < 0.85 ? Math.round(10_000 * Math.exp(random() * 3)) : null,
        currency: "EUR",
        startedOn,
        closesOn: startedOn + 60 + Math.floor(random() * 120),
        closedOn: null,
        partnerIds: random() < 0.5 ? [`P${Math.floor(random() * 30)}`] : []
      };
      deal.closedOn = random() < 0.7 ? deal.closesOn : null;
      if (isInCrm) deals.push(deal);
      if (random() < 0.35) continue;
      const id = `R${a}-${d}`;
      truth.set(id, isInCrm ? deal.id : null);
      registrations.push({
        id,
        name: coreName(misspelled(account.name, random)),
        domain: random() < 0.5 ? coreDomain(account.domain) : null,
        country: random() < 0.7 ? account.country : null,
        products: random() < 0.6 ? deal.products : [],
        amount: deal.amount && random() < 0.8 ? Math.round(deal.amount * (0.75 + random() * 0.5)) : null,
        currency: "EUR",
        startedOn: startedOn + Math.floor((random() - 0.6) * 50),
        closesOn: random() < 0.7 ? deal.closesOn! + Math.floor((random() - 0.5) * 80) : null,
        closedOn: null,
        partnerIds: [deal.partnerIds[0] ?? `P${Math.floor(random() * 30)}`]
      });
    }
  }
  return {registrations, deals, truth};
}

/** The name as a partner might type it. */
function misspelled(name: string, random: () => number): string {
  let text = name;
  if (random() < 0.3) text = text.replace(/ \S+$/, "");
  if (random() < 0.3) text = text.toUpperCase();
  if (random() < 0.2) text = `The ${text}`;
  if (random() < 0.2) text = text.replace("-", " ");
  if (random() < 0.25) {
    const letters = [...text];
    const at = 1 + Math.floor(random() * (letters.length - 2));
    const kind = random();
    if (kind < 0.4) letters.splice(at, 1);
    else if (kind < 0.7) letters.splice(at, 0, letters[at]!);
    else [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
    text = letters.join("");
  }
  return text;
}
