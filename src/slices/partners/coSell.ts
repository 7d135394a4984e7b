/** Deals worked together: with a partner, or several, from some day of the deal's life on; against like deals worked alone. */
import {type AdjustedEffect, adjustedEffect, strataOf} from "../adjustedEffect.js";
import type {FactTable} from "../facts.js";
import {centsAt, dayAt, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";
import {likeOf} from "./likeDeals.js";

/** Deals are compared from this age on: a partner that joins later has been given more of the deal's life to join. */
export const LANDMARK_DAYS = 30;
const TWO_YEARS = 730;
/** A partner known this many days after the deal's creation still came first: registrations are entered late. */
const FIRST_DAYS = 7;

export interface CoSold {
  /** Row in deals.json. */
  deal: number;
  partners: string[];
  /** The first day a partner is known to have worked on it; null when no evidence has one. */
  since: number | null;
  /** Days from the deal's creation to then; negative when the partner came first. */
  age: number | null;
  nMeetings: number;
  isSourced: boolean;
  evidence: string;
}

/** Deals with a partner, one row each, the newest part first. */
export function coSold(parts: FactTable, deals: FactTable): CoSold[] {
  return [...groupBy(rowsOf(parts), (row) => numberAt(parts, "deal", row)!)]
    .map(([deal, rows]) => {
      const days = rows.flatMap((row) => dayAt(parts, "since_on", row) ?? []);
      const since = days.length > 0 ? Math.min(...days) : null;
      const began = dayAt(deals, "created_on", deal);
      return {
        deal,
        partners: rows.map((row) => wordAt(parts, "partner", row)!),
        since,
        age: since === null || began === null ? null : since - began,
        nMeetings: rows.reduce((sum, row) => sum + (numberAt(parts, "n_meetings", row) ?? 0), 0),
        isSourced: rows.some((row) => wordAt(parts, "part", row) === "sourced"),
        evidence: [...new Set(rows.map((row) => wordAt(parts, "evidence", row)!))].join("; ")
      };
    })
    .sort((a, b) => (b.since ?? -1) - (a.since ?? -1) || a.deal - b.deal);
}

/** Kinds of working together, each with its test. */
export const KINDS: readonly {label: string; is: (each: CoSold) => boolean}[] = [
  {label: "Any partner", is: () => true},
  // Not "sourced": whether a deal closed within the window is known only with its end.
  {label: "The partner came first", is: ({age}) => age !== null && age <= FIRST_DAYS},
  {label: "A partner joined later", is: ({age}) => age !== null && age > FIRST_DAYS},
  {label: "With a co-sell meeting", is: ({nMeetings}) => nMeetings > 0},
  {label: "Two partners or more", is: ({partners}) => partners.length > 1}
];

export interface CoSellEffect extends AdjustedEffect {
  label: string;
  /** Deals of the kind that closed; of these joined after the landmark (alone until then), without a day, or closed before it. */
  nClosed: number;
  nLate: number;
  nUndated: number;
  nShort: number;
}

/** Deals closed in two years that were worked together, against like ones worked alone, from the landmark on. */
export function coSellEffects(all: readonly CoSold[], deals: FactTable, asOf: number): CoSellEffect[] {
  const together = new Map(all.map((each) => [each.deal, each]));
  const closed = rowsOf(deals).filter((deal) => {
    const day = dayAt(deals, "closed_on", deal);
    const outcome = wordAt(deals, "outcome", deal);
    return day !== null && day > asOf - TWO_YEARS && day <= asOf && (outcome === "won" || outcome === "lost");
  });
  const lived = (deal: number) => {
    const began = dayAt(deals, "created_on", deal);
    return began !== null && dayAt(deals, "closed_on", deal)! - began >= LANDMARK_DAYS;
  };
  // Who joins after the landmark was alone at it: to leave those deals out would look ahead.
  const alone = closed.filter(
    (deal) => lived(deal) && (!together.has(deal) || (together.get(deal)!.age ?? 0) > LANDMARK_DAYS)
  );
  return KINDS.map(({label, is}) => {
    const mine = closed.filter((deal) => together.has(deal) && is(together.get(deal)!));
    const age = (deal: number) => together.get(deal)!.age;
    const dated = mine.filter((deal) => age(deal) !== null);
    const inTime = dated.filter((deal) => age(deal)! <= LANDMARK_DAYS);
    const compared = inTime.filter(lived);
    const treated = new Set(compared);
    const strata = strataOf(
      [...compared, ...alone],
      (deal) => likeOf(deals, deal),
      (deal) => treated.has(deal),
      (deal) => wordAt(deals, "outcome", deal) === "won"
    );
    return {
      label,
      ...adjustedEffect(strata),
      nClosed: mine.length,
      nUndated: mine.length - dated.length,
      nLate: dated.length - inTime.length,
      nShort: inTime.length - compared.length
    };
  });
}

/** A rep and a partner with deals in common; money in cents. */
export interface Pair {
  owner: string;
  partner: string;
  nDeals: number;
  nOpen: number;
  nWon: number;
  nLost: number;
  wonCents: number;
  openCents: number;
  nMeetings: number;
  /** First day of working together that is known. */
  since: number | null;
  deals: number[];
}

/** Who works with whom, the most deals first. */
export function coSellPairs(parts: FactTable, deals: FactTable): Pair[] {
  const groups = groupBy(rowsOf(parts), (row) =>
    JSON.stringify([
      wordAt(deals, "owner", numberAt(parts, "deal", row)!) ?? "(none)",
      wordAt(parts, "partner", row)
    ])
  );
  return [...groups]
    .map(([key, rows]) => {
      const [owner, partner] = JSON.parse(key) as [string, string];
      const mine = rows.map((row) => numberAt(parts, "deal", row)!);
      const n = (outcome: string) => mine.filter((deal) => wordAt(deals, "outcome", deal) === outcome).length;
      const sum = (name: string) =>
        mine.reduce((total, deal) => total + (centsAt(deals, name, deal) ?? 0), 0);
      const days = rows.flatMap((row) => dayAt(parts, "since_on", row) ?? []);
      return {
        owner,
        partner,
        nDeals: mine.length,
        nOpen: n("open"),
        nWon: n("won"),
        nLost: n("lost"),
        wonCents: sum("won_amount"),
        openCents: sum("open_amount"),
        nMeetings: rows.reduce((total, row) => total + (numberAt(parts, "n_meetings", row) ?? 0), 0),
        since: days.length > 0 ? Math.min(...days) : null,
        deals: mine
      };
    })
    .sort(
      (a, b) =>
        b.nDeals - a.nDeals || b.wonCents - a.wonCents || (a.owner + a.partner < b.owner + b.partner ? -1 : 1)
    );
}

/** How many deals a partner joined in which span of the deal's life, in spans of a day, or at most ten of whole weeks beyond a fortnight. */
export function joinBins(ages: readonly number[]): {from: number; to: number; n: number}[] {
  const joined = ages.filter((age) => age > 0);
  if (joined.length === 0) return [];
  const longest = Math.max(...joined);
  const width = longest < 15 ? 1 : 7 * Math.ceil((longest + 1) / 70);
  const bins = Array.from({length: Math.floor(longest / width) + 1}, (_, i) => ({
    from: i * width,
    to: (i + 1) * width,
    n: 0
  }));
  for (const age of joined) bins[Math.floor(age / width)]!.n++;
  return bins;
}
