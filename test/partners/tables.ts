/** Small fact tables, written column by column. */
import {dayNumber, type FactColumn, type FactTable} from "../../src/slices/facts.ts";

export function key(values: readonly (string | null)[]): FactColumn {
  const words = [...new Set(values.filter((value) => value !== null))];
  return {kind: "key", words, codes: values.map((value) => (value === null ? null : words.indexOf(value)))};
}
export const numbers = (values: (number | null)[]): FactColumn => ({kind: "number", values});
export const cents = (values: (number | null)[]): FactColumn => ({kind: "cents", values});
export const days = (values: (string | null)[]): FactColumn => ({
  kind: "day",
  values: values.map((value) => (value === null ? null : dayNumber(value)))
});
export const table = (n: number, columns: Record<string, FactColumn>): FactTable => ({n, columns});

export interface SmallDeal {
  outcome: "open" | "won" | "lost";
  created: string;
  closed?: string;
  cents?: number;
  region?: string | null;
  segment?: string;
  family?: string | null;
  owner?: string;
}

/** deals.json of a few deals; the amount lies in the column of its outcome. */
export function dealTable(deals: readonly SmallDeal[]): FactTable {
  const amount = (outcome: string) =>
    cents(deals.map((deal) => (deal.outcome === outcome ? (deal.cents ?? 100) : 0)));
  return table(deals.length, {
    outcome: key(deals.map(({outcome}) => outcome)),
    created_on: days(deals.map(({created}) => created)),
    closed_on: days(deals.map(({closed}) => closed ?? null)),
    region: key(deals.map(({region = "North"}) => region)),
    segment: key(deals.map(({segment = "Small"}) => segment)),
    product_family: key(deals.map(({family = "Pumps"}) => family)),
    deal_type: key(deals.map(() => "new")),
    pipeline: key(deals.map(() => "sales")),
    owner: key(deals.map(({owner = "Ana"}) => owner)),
    open_amount: amount("open"),
    won_amount: amount("won"),
    lost_amount: amount("lost")
  });
}

export interface SmallPart {
  deal: number;
  partner: string;
  since?: string | null;
  part?: "sourced" | "influenced";
  meetings?: number;
  isOrigin?: boolean;
}

export function partTable(parts: readonly SmallPart[]): FactTable {
  return table(parts.length, {
    deal: numbers(parts.map(({deal}) => deal)),
    partner: key(parts.map(({partner}) => partner)),
    tier: key(parts.map(() => "Gold")),
    part: key(parts.map(({part = "influenced"}) => part)),
    since_on: days(parts.map(({since = null}) => since)),
    n_meetings: numbers(parts.map(({meetings = 0}) => meetings)),
    evidence: key(parts.map(() => "registration")),
    is_origin: numbers(parts.map(({isOrigin = true}) => Number(isOrigin)))
  });
}
