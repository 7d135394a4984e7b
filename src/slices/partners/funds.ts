/** Market funds to pipeline to won: deals that partners began within some days of money paid to them. */
import {dayNumber, type FactTable} from "../facts.js";
import {centsAt, dayAt, dealCents, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";
import type {ProgrammeData} from "./programmeData.js";
import {type RateRatio, rateRatio} from "./rateRatio.js";

/** One partner that asked for or was paid funds; money in cents. */
export interface FundRow {
  partner: string;
  tier: string | null;
  requestedCents: number;
  approvedCents: number;
  claimedCents: number;
  nClaims: number;
  /** Deals it brought that began within the window after a claim; each once. */
  deals: number[];
  pipelineCents: number;
  openCents: number;
  wonCents: number;
}

export interface Funds {
  rows: FundRow[];
  /** How often a funded partner brings a deal within the window, against its own other days of the same year. */
  effect: RateRatio;
}

/** Every partner with funds, the most claimed first, and whether funds are followed by more deals. */
export function funds(data: ProgrammeData, deals: FactTable): Funds {
  const {partners, events, parts, asOf, fundWindowDays, registrationsFrom} = data;
  const claims = groupBy(
    rowsOf(events).filter((row) => wordAt(events, "kind", row) === "fund_claim"),
    (row) => wordAt(events, "partner", row)
  );
  const brought = groupBy(
    rowsOf(parts).filter((row) => numberAt(parts, "is_origin", row) === 1),
    (row) => wordAt(parts, "partner", row)
  );
  const funded = rowsOf(partners).filter(
    (row) =>
      (centsAt(partners, "fund_requested", row) ?? 0) !== 0 ||
      (centsAt(partners, "fund_claimed", row) ?? 0) !== 0
  );
  const strata = [];
  const rows = [];
  for (const row of funded) {
    const partner = wordAt(partners, "partner", row)!;
    const claimed = (claims.get(partner) ?? []).flatMap((event) => dayAt(events, "happened_on", event) ?? []);
    const isIn = (day: number) => claimed.some((paid) => day >= paid && day < paid + fundWindowDays);
    const own = (brought.get(partner) ?? []).map((part) => numberAt(parts, "deal", part)!);
    const began = own.flatMap((deal) => {
      const day = dayAt(deals, "created_on", deal);
      return day === null ? [] : [{deal, day}];
    });
    const inside = began.filter(({day}) => isIn(day)).map(({deal}) => deal);
    const sum = (list: readonly number[], of: (deal: number) => number) =>
      list.reduce((total, deal) => total + of(deal), 0);
    rows.push({
      partner,
      tier: wordAt(partners, "tier", row),
      requestedCents: centsAt(partners, "fund_requested", row) ?? 0,
      approvedCents: centsAt(partners, "fund_approved", row) ?? 0,
      claimedCents: centsAt(partners, "fund_claimed", row) ?? 0,
      nClaims: claimed.length,
      deals: inside,
      pipelineCents: sum(inside, (deal) => dealCents(deals, deal)),
      openCents: sum(inside, (deal) => centsAt(deals, "open_amount", deal) ?? 0),
      wonCents: sum(inside, (deal) => centsAt(deals, "won_amount", deal) ?? 0)
    });
    // The partner's own days from its beginning, as far as the exports know deals of partners.
    const start = Math.max(
      dayAt(partners, "signed_on", row) ?? Number.NEGATIVE_INFINITY,
      registrationsFrom === null ? Number.NEGATIVE_INFINITY : dayNumber(registrationsFrom)
    );
    if (Number.isFinite(start) && claimed.length > 0)
      strata.push(...yearsOf(start, dayNumber(asOf), isIn, began));
  }
  return {
    rows: rows.sort((a, b) => b.claimedCents - a.claimedCents || (a.partner < b.partner ? -1 : 1)),
    effect: rateRatio(strata)
  };
}

/** Days and deals of one partner, inside and outside its windows, year by year back from the last day. */
function yearsOf(from: number, to: number, isIn: (day: number) => boolean, began: readonly {day: number}[]) {
  const years = [];
  for (let last = to; last >= from; last -= 365) {
    const first = Math.max(from, last - 364);
    const year = {inside: {n: 0, days: 0}, outside: {n: 0, days: 0}};
    for (let day = first; day <= last; day++) (isIn(day) ? year.inside : year.outside).days++;
    for (const {day} of began) if (day >= first && day <= last) (isIn(day) ? year.inside : year.outside).n++;
    years.push(year);
  }
  return years;
}
