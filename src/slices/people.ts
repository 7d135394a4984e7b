/** How people call their deals: what they said first, or when a quarter began, against what came. */

import type {EditReport} from "./edits.js";
import {median} from "./evaluate.js";
import {cell, type FactTable} from "./facts.js";
import {fitPeers, type ShrunkenRate, shrunkenRates, type Trials} from "./shrunkenRates.js";

export interface PeopleData {
  /** Deals due in finished quarters when they began, or won in them: quarter_label, owner_then, was_due, category_then, result. */
  calls: FactTable;
  /** Won deals: owner_then, days_late, amount_change, is_month_end, is_round, is_won_round. */
  first: FactTable;
  /** When people edit deals, of all deals. */
  edits: EditReport;
}

/** One person's calls; each rate is shrunk towards the colleagues' (see shrunkenRates). */
export interface Caller {
  owner: string;
  /** Share of won deals that came after the close date first said; median days after it (negative: before). */
  late: ShrunkenRate | null;
  medianDays: number | null;
  /** Still open at the end of the quarter they were due in. */
  slipped: ShrunkenRate | null;
  /** Won deals that were not due when the quarter began. */
  lateAdds: ShrunkenRate | null;
  /** Won of those called (commit or best case) and due when the quarter began. */
  called: ShrunkenRate | null;
  /** Mean of won amount / first amount - 1; null below five deals. */
  amountBias: number | null;
  nAmounts: number;
  /** First close dates on a month's last workday, and first amounts of at most two figures before the zeros. */
  monthEnds: ShrunkenRate | null;
  round: ShrunkenRate | null;
  /** Which of the two are clearly more than the middle colleague's. */
  heaps: ("month ends" | "round amounts")[];
  nFirst: number;
  lean: Lean;
  /** The middle colleague's rate of late wins, against which the lean is judged; null when nobody has enough data. */
  middle: number | null;
}

/** What the close dates and calls of a person say, with 97.5% on that side; rare where nothing is to be found. */
export type Lean = "happy ears" | "sandbagging" | "as colleagues" | "not enough data";

const FEW = 5;
const CALLED = ["commit", "best_case"];

/** One row a person, by the number of won deals. */
export function callers(
  {calls, first}: PeopleData,
  callRows: readonly number[],
  firstRows: readonly number[]
): Caller[] {
  const owners = [
    ...new Set([
      ...callRows.map((row) => ownerOf(calls, row)),
      ...firstRows.map((row) => ownerOf(first, row))
    ])
  ];
  const yes = (table: FactTable, name: string) => (row: number) => cell(table, name, row) === 1;
  const result = (row: number) => cell(calls, "result", row);
  const due = callRows.filter(yes(calls, "was_due"));
  const won = callRows.filter((row) => result(row) === "won");
  const called = due.filter((row) => CALLED.includes(String(cell(calls, "category_then", row))));
  const late = rates(owners, first, firstRows, (row) => Number(cell(first, "days_late", row)) > 0);
  const slipped = rates(owners, calls, due, (row) => result(row) === "slipped");
  const lateAdds = rates(owners, calls, won, (row) => cell(calls, "was_due", row) !== 1);
  const calledWon = rates(owners, calls, called, (row) => result(row) === "won");
  const monthEnds = rates(owners, first, firstRows, yes(first, "is_month_end"));
  // An amount that nobody stated is neither round nor not.
  const priced = firstRows.filter((row) => cell(first, "is_round", row) !== null);
  const round = rates(owners, first, priced, yes(first, "is_round"));
  const middle = middleOf(owners, late);
  const [middleEnds, middleRound] = [middleOf(owners, monthEnds), middleOf(owners, round)];
  const firstOf = new Map<string, number[]>(owners.map((owner) => [owner, []]));
  for (const row of firstRows) firstOf.get(ownerOf(first, row))!.push(row);
  return owners
    .map((owner) => {
      const mine = firstOf.get(owner)!;
      const days = numbers(first, "days_late", mine);
      const changes = numbers(first, "amount_change", mine);
      const found = {
        late: late(owner),
        slipped: slipped(owner),
        lateAdds: lateAdds(owner),
        called: calledWon(owner)
      };
      return {
        owner,
        ...found,
        medianDays: days.length >= FEW ? median(days.sort((a, b) => a - b)) : null,
        amountBias:
          changes.length >= FEW ? changes.reduce((sum, each) => sum + each, 0) / changes.length : null,
        nAmounts: changes.length,
        monthEnds: monthEnds(owner),
        round: round(owner),
        heaps: [
          ...(isAbove(monthEnds(owner), middleEnds) ? (["month ends"] as const) : []),
          ...(isAbove(round(owner), middleRound) ? (["round amounts"] as const) : [])
        ],
        nFirst: mine.length,
        lean: leanOf(found, middle),
        middle
      };
    })
    .sort((a, b) => b.nFirst - a.nFirst || (a.owner < b.owner ? -1 : 1));
}

/**
 * Happy ears say dates too early: more of their wins come late than of the middle colleague's. Sandbaggers say them too late.
 * The middle one, not the mean, which a few with happy ears would raise until plain people look like sandbaggers. Close dates
 * decide, because everybody states one for every deal; other figures are shown beside it.
 */
function leanOf({late}: Pick<Caller, "late">, middle: number | null): Lean {
  if (!late || middle === null || late.verdict === "not enough data") return "not enough data";
  return late.lo95 > middle ? "happy ears" : late.hi95 < middle ? "sandbagging" : "as colleagues";
}

/** The middle one of those with enough data; null when nobody has. */
function middleOf(owners: readonly string[], of: (owner: string) => ShrunkenRate | null): number | null {
  const known = owners.flatMap((owner) => {
    const rate = of(owner);
    return rate && rate.verdict !== "not enough data" ? [rate.rate] : [];
  });
  return known.length > 0 ? median(known.sort((a, b) => a - b)) : null;
}

function isAbove(rate: ShrunkenRate | null, middle: number | null): boolean {
  return rate !== null && middle !== null && rate.verdict !== "not enough data" && rate.lo95 > middle;
}

function rates(
  owners: readonly string[],
  table: FactTable,
  rows: readonly number[],
  isHit: (row: number) => boolean
): (owner: string) => ShrunkenRate | null {
  const counts = new Map<string, Trials>(owners.map((key) => [key, {key, successes: 0, trials: 0}]));
  for (const row of rows) {
    const trials = counts.get(ownerOf(table, row))!;
    trials.trials++;
    if (isHit(row)) trials.successes++;
  }
  const list = [...counts.values()];
  const peers = fitPeers(list);
  const found = new Map(peers ? shrunkenRates(list, peers).map((rate) => [rate.key, rate]) : []);
  return (owner) => found.get(owner) ?? null;
}

function ownerOf(table: FactTable, row: number): string {
  return String(cell(table, "owner_then", row) ?? "(none)");
}

function numbers(table: FactTable, name: string, rows: readonly number[]): number[] {
  return rows
    .map((row) => cell(table, name, row))
    .filter((value): value is number => typeof value === "number");
}
