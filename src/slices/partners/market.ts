/** Where there is room for partners, and where demand has none. */
import {median} from "../evaluate.js";
import type {FactTable} from "../facts.js";
import {NONE} from "../select.js";
import {fitPeers, type ShrunkenRate, shrunkenRates} from "../shrunkenRates.js";
import {centsAt, dayAt, dealCents, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";
import type {MarketRow} from "./programmeData.js";

/** Days of closed deals that win odds rest on. */
export const ODDS_DAYS = 730;
/** Days of new deals that count as demand. */
export const DEMAND_DAYS = 365;
/** Fewer won deals than this have no typical amount. */
const FEW_WON = 3;

/** One region and segment: its accounts, and how often deals there are won with and without partners. */
export interface MarketCell {
  key: string;
  nAccounts: number;
  nCustomers: number;
  nInPlay: number;
  nWhite: number;
  /** Of deals with a partner that closed in two years, shrunk to what cells have in common; null when none closed anywhere. */
  partner: ShrunkenRate | null;
  direct: ShrunkenRate | null;
  /** Median won amount in cents; null for fewer than three. */
  typicalCents: number | null;
  /** Untouched accounts x win odds with a partner x typical amount: what one deal each would bring, in cents. */
  roomCents: number | null;
}

/** One row a region and segment, the most room first; those without a figure last, by untouched accounts. */
export function marketCells(
  market: readonly MarketRow[],
  parts: FactTable,
  deals: FactTable,
  asOf: number
): MarketCell[] {
  const withPartner = new Set(rowsOf(parts).map((row) => numberAt(parts, "deal", row)));
  const closed = rowsOf(deals).filter((deal) => {
    const day = dayAt(deals, "closed_on", deal);
    return day !== null && day > asOf - ODDS_DAYS && day <= asOf;
  });
  const isWon = (deal: number) => wordAt(deals, "outcome", deal) === "won";
  const byCell = groupBy(closed, (deal) =>
    cellName(wordAt(deals, "region", deal), wordAt(deals, "segment", deal), "segment")
  );
  const cells = market.map((row) => {
    const key = cellName(row.region, row.segment, "segment");
    return {...row, key, deals: byCell.get(key) ?? []};
  });
  const rates = (wanted: boolean) => {
    const trials = cells.map(({key, deals: mine}) => {
      const own = mine.filter((deal) => withPartner.has(deal) === wanted);
      return {key, successes: own.filter(isWon).length, trials: own.length};
    });
    const peers = fitPeers(trials);
    return peers ? shrunkenRates(trials, peers) : null;
  };
  const [partner, direct] = [rates(true), rates(false)];
  return cells
    .map(({key, nAccounts, nCustomers, nInPlay, nWhite, deals: mine}, i) => {
      const won = mine.filter(isWon).map((deal) => centsAt(deals, "won_amount", deal) ?? 0);
      const typicalCents = won.length < FEW_WON ? null : median(won.sort((a, b) => a - b));
      const odds = partner?.[i] ?? null;
      const roomCents = odds && typicalCents !== null ? Math.round(nWhite * odds.rate * typicalCents) : null;
      const known = {key, nAccounts, nCustomers, nInPlay, nWhite, typicalCents, roomCents};
      return {...known, partner: odds, direct: direct?.[i] ?? null};
    })
    .sort(
      (a, b) => (b.roomCents ?? -1) - (a.roomCents ?? -1) || b.nWhite - a.nWhite || (a.key < b.key ? -1 : 1)
    );
}

/** New deals of one region and product family in a year, and who of the partners is there. */
export interface DemandCell {
  key: string;
  nDeals: number;
  cents: number;
  nWithPartner: number;
  /** Share of new deals with a partner, shrunk to what cells have in common. */
  attach: ShrunkenRate;
  /** Partners with a part in one of them. */
  nPartners: number;
  /** Deals that would have a partner at the common share, and have not; 0 where there are enough. */
  nLacking: number;
  deals: number[];
}

/** One row a region and product family with new deals, the most lacking first. Empty without any partner. */
export function demandCells(
  parts: FactTable,
  deals: FactTable,
  asOf: number
): {cells: DemandCell[]; common: number | null} {
  const partnersOf = groupBy(rowsOf(parts), (row) => numberAt(parts, "deal", row));
  const recent = rowsOf(deals).filter((deal) => {
    const day = dayAt(deals, "created_on", deal);
    return day !== null && day > asOf - DEMAND_DAYS && day <= asOf;
  });
  const groups = [
    ...groupBy(recent, (deal) =>
      cellName(wordAt(deals, "region", deal), wordAt(deals, "product_family", deal), "product")
    )
  ];
  const trials = groups.map(([key, mine]) => ({
    key,
    successes: mine.filter((deal) => partnersOf.has(deal)).length,
    trials: mine.length
  }));
  const peers = fitPeers(trials);
  if (!peers || parts.n === 0) return {cells: [], common: null};
  const rates = shrunkenRates(trials, peers);
  const cells = groups.map(([key, mine], i) => {
    const attach = rates[i]!;
    const rows = mine.flatMap((deal) => partnersOf.get(deal) ?? []);
    return {
      key,
      nDeals: mine.length,
      cents: mine.reduce((sum, deal) => sum + dealCents(deals, deal), 0),
      nWithPartner: attach.successes,
      attach,
      nPartners: new Set(rows.map((row) => wordAt(parts, "partner", row))).size,
      nLacking: Math.max(0, peers.mean * mine.length - attach.successes),
      deals: mine
    };
  });
  return {
    cells: cells.sort((a, b) => b.nLacking - a.nLacking || b.nDeals - a.nDeals || (a.key < b.key ? -1 : 1)),
    common: peers.mean
  };
}

/** "EMEA / SMB", "EMEA / no product"; an unknown region is left out, for a firm may have none. */
function cellName(region: string | null, other: string | null, what: string): string {
  const place = region === null || region === NONE ? [] : [region];
  return [...place, other === null || other === NONE ? `no ${what}` : other].join(" / ");
}
