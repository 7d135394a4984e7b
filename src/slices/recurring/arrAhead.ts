/** ARR to come: what is signed already, and what open deals may bring by their published chances. Money in cents. */
import type {FactTable} from "../facts.js";
import {centsAt, dayAt, numberAt, wordAt} from "../partners/columns.js";

/** A coming quarter of what is signed: its level at the end, were nothing more to be signed. */
export interface ContractedQuarter {
  quarter: string;
  begin: number;
  /** Contracts that begin and go on from no other. */
  starts: number;
  /** What renewals that are signed and agreed steps change. */
  renewals: number;
  /** Contracts that end and have no renewal yet, as a positive amount. */
  ends: number;
  end: number;
}

/** Contracted ARR at the end of coming quarters; begin, changes and end are an identity. */
export function contractedAhead(
  contracts: FactTable,
  rows: readonly number[],
  quarters: readonly {label: string; to: number}[],
  asOf: number
): ContractedQuarter[] {
  const level = (day: number) =>
    rows.reduce((sum, row) => sum + (runsOn(contracts, row, day) ? centsAt(contracts, "arr", row)! : 0), 0);
  let [before, begin] = [asOf, level(asOf)];
  return quarters.map(({label, to}) => {
    const beginning = begin;
    let [starts, renewals, ends] = [0, 0, 0];
    for (const row of rows) {
      const start = dayAt(contracts, "starts_on", row)!;
      const last = dayAt(contracts, "runs_to", row);
      const cents = centsAt(contracts, "arr", row)!;
      if (last !== null && last >= before && last < to && !goesOn(contracts, row)) ends += cents;
      if (start <= before || start > to) continue;
      const earlier = centsAt(contracts, "earlier_arr", row);
      if (earlier === null) starts += cents;
      else renewals += cents - earlier;
    }
    const end = level(to);
    before = to;
    begin = end;
    return {quarter: label, begin: beginning, starts, renewals, ends, end};
  });
}

/** Another contract goes on from it, so that its end takes nothing away. */
function goesOn(contracts: FactTable, row: number): boolean {
  return ["renewed", "goes on as agreed", "replaced"].includes(wordAt(contracts, "end_state", row)!);
}

function runsOn(contracts: FactTable, row: number, day: number): boolean {
  const last = dayAt(contracts, "runs_to", row);
  return dayAt(contracts, "starts_on", row)! <= day && (last === null || last >= day);
}

/** What an open deal would bring. */
export const DEAL_KINDS = ["New", "Expansion", "Renewal", "Other"] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** The kind that a deal's type says. */
export function dealKind(type: string | null): DealKind {
  const word = type?.toLowerCase() ?? "";
  if (/renew/.test(word)) return "Renewal";
  if (/expan|upsell|up-sell|cross|add.?on|existing|upgrade/.test(word)) return "Expansion";
  return /new/.test(word) ? "New" : "Other";
}

export interface PipelineCell {
  kind: DealKind;
  /** Open deals that state recurring money, and what they state. */
  n: number;
  cents: number;
  /** Of these, what their chances come to by the end of this quarter, each deal rounded to the cent; null where a deal has no chance. */
  thisQuarter: number | null;
}

/** Open deals' recurring money by kind, times their chances; kinds without a deal are left out. */
export function pipelineToArr(pipeline: FactTable, rows: readonly number[]): PipelineCell[] {
  return DEAL_KINDS.flatMap((kind) => {
    const mine = rows.filter(
      (row) =>
        (centsAt(pipeline, "recurring_arr", row) ?? 0) !== 0 &&
        dealKind(wordAt(pipeline, "deal_type", row)) === kind
    );
    if (mine.length === 0) return [];
    const parts = mine.map((row) => expectedCents(pipeline, row));
    return [
      {
        ...{
          kind,
          n: mine.length,
          cents: mine.reduce((sum, row) => sum + centsAt(pipeline, "recurring_arr", row)!, 0)
        },
        thisQuarter: parts.some((part) => part === null)
          ? null
          : parts.reduce<number>((sum, part) => sum + part!, 0)
      }
    ];
  });
}

/** A deal's recurring money by the chance that it is won in this quarter, cents; null without a chance. */
export function expectedCents(pipeline: FactTable, row: number): number | null {
  const chance = numberAt(pipeline, "chance_this", row);
  return chance === null ? null : Math.round(chance * centsAt(pipeline, "recurring_arr", row)!);
}
