/** Who brought the deals: direct, sourced by a partner, influenced by one. Each deal has one origin. */
import {cell, dayNumber, type FactTable} from "./facts.js";
import type {Period} from "./select.js";

export type Origin = "sourced" | "influenced" | "direct";
export const ORIGINS: readonly Origin[] = ["sourced", "influenced", "direct"];

/** Deals and money (cents of base currency) of one origin, or of one partner's. */
export interface OriginTotal {
  key: string;
  nOpen: number;
  openCents: number;
  nWon: number;
  wonCents: number;
  nLost: number;
  /** Rows of deals.json. */
  open: number[];
  won: number[];
  lost: number[];
}

/**
 * Totals by a key of the origin rows ("origin", "origin_partner", "tier"), the most won first; rows without one are left out.
 * Open is as of the day, won and lost are of the deals closed in the period.
 */
export function originTotals(
  origins: FactTable,
  deals: FactTable,
  rows: readonly number[],
  key: string,
  period: Period
): OriginTotal[] {
  const totals = new Map<string, OriginTotal>();
  const closedOn = deals.columns["closed_on"];
  const [from, to] = [dayNumber(period.from), dayNumber(period.to)];
  for (const row of rows) {
    const name = cell(origins, key, row);
    if (name === null) continue;
    const total = totals.get(String(name)) ?? empty(String(name));
    totals.set(String(name), total);
    const deal = Number(cell(origins, "deal", row));
    const outcome = cell(deals, "outcome", deal);
    const day = closedOn?.kind === "day" ? (closedOn.values[deal] ?? null) : null;
    if (outcome === "open") {
      total.nOpen++;
      total.openCents += cents(deals, "open_amount", deal);
      total.open.push(deal);
    } else if (day !== null && day >= from && day <= to) {
      if (outcome === "won") {
        total.nWon++;
        total.wonCents += cents(deals, "won_amount", deal);
        total.won.push(deal);
      } else {
        total.nLost++;
        total.lost.push(deal);
      }
    }
  }
  return [...totals.values()].sort(
    (a, b) => b.wonCents - a.wonCents || b.openCents - a.openCents || (a.key < b.key ? -1 : 1)
  );
}

function empty(key: string): OriginTotal {
  return {key, nOpen: 0, openCents: 0, nWon: 0, wonCents: 0, nLost: 0, open: [], won: [], lost: []};
}

function cents(deals: FactTable, name: string, deal: number): number {
  const column = deals.columns[name];
  return column?.kind === "cents" ? (column.values[deal] ?? 0) : 0;
}
