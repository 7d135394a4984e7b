/**
 * What each figure of How you compare is made of: a site that does not get one of these columns is not told the figure, its own or its
 * peers'. The map is whole by its type: a new figure does not compile until somebody has decided on it.
 */

import {MEASURE_KEYS, type MeasureKey} from "../../../src/slices/partners/compare/measures.ts";
import type {PeerGroup} from "../../../src/slices/partners/compare/peerGroups.ts";
import {type CanonicalTableName, canonicalTable} from "../../workspace/canonicalTables.ts";
import type {Allowed} from "../allowedColumns.ts";

const CLOSED = ["deal.closed_at", "deal.outcome", "partner.partner_id"];
const DECIDED = ["registration.partner_id", "registration.status", "registration.decided_at"];

const MADE_OF: Record<MeasureKey, readonly string[]> = {
  win_rate: CLOSED,
  growth: CLOSED,
  cycle: [...CLOSED, "deal.created_at"],
  deal_size: [...CLOSED, "deal.amount"],
  pushed: [...CLOSED, "deal.close_on", "deal_event.field"],
  approval: DECIDED,
  decision: [...DECIDED, "registration.submitted_at"],
  registered_win: [...DECIDED, ...CLOSED, "registration.submitted_at", "registration.deal_id"]
};

/** The figures that a site with these columns may be told. @throws when a figure names a column that no canonical table has */
export function allowedMeasures(allowed: Allowed): MeasureKey[] {
  return MEASURE_KEYS.filter((key) => MADE_OF[key].every((name) => isAllowed(name, allowed)));
}

/** What a partner's group is made of: its kind and tier, as the list of partners or the portal has them. */
const GROUPED_BY = [
  ...["partner.kind", "partner.tier"],
  ...["registration.partner_kind", "registration.partner_tier"]
];

/** What a group is called in a site with these columns: by kind and tier only where all of them may be known. */
export function allowedGroupWords({words}: PeerGroup, allowed: Allowed): string {
  return GROUPED_BY.every((name) => isAllowed(name, allowed)) ? words : "partners like you";
}

function isAllowed(name: string, allowed: Allowed): boolean {
  const [table, column] = name.split(".") as [CanonicalTableName, string];
  if (!(column in canonicalTable(table).columns)) throw new Error(`${name} is no column of the exports`);
  return allowed.get(table)!.has(column);
}
