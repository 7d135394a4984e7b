/**
 * The movement between two days worked out the slow way: from the true pipeline of every single day, deal by deal, with
 * nothing of the code under test.
 */
import type {TrueDeal} from "../models/simulatedCrm.ts";

export interface BruteMove {
  class: string;
  /** Cents by line. */
  lines: Record<string, number>;
}

export interface BruteScope {
  /** Null: everybody's. */
  owners: readonly string[] | null;
  /** ISO days, both included; null: whatever the close date. */
  period: {from: string; to: string} | null;
  /** Whether the deal had been created by the end of the first day: one deleted the same day is in no day's truth. */
  existed: (id: string) => boolean;
}

export interface BruteResult {
  begin: number;
  end: number;
  moves: Map<string, BruteMove>;
  /** Deals both deleted and closed, or won and lost, within the window: which amount they left with is not compared. */
  unknown: Set<string>;
}

type Day = ReadonlyMap<string, TrueDeal>;

const cents = (deal: TrueDeal) => Math.round(Number(deal.amount_base ?? 0) * 100);

/** `days` are all days of the truth in order; `from` and `to` are among them. */
export function bruteMovement(
  truth: ReadonlyMap<string, readonly TrueDeal[]>,
  days: readonly string[],
  [from, to]: readonly [string, string],
  scope: BruteScope
): BruteResult {
  const upTo = days.slice(0, days.indexOf(to) + 1);
  const byDay = upTo.map((day) => new Map(truth.get(day)!.map((deal) => [deal.deal_id, deal])));
  const result: BruteResult = {begin: 0, end: 0, moves: new Map(), unknown: new Set()};
  for (const id of new Set(byDay.flatMap((deals) => [...deals.keys()])))
    judge(id, byDay, days.indexOf(from), scope, result);
  return result;
}

function judge(
  id: string,
  byDay: readonly Day[],
  first: number,
  {owners, period, existed}: BruteScope,
  result: BruteResult
): void {
  const history = byDay.map((deals) => deals.get(id));
  const [before, after] = [history[first], history.at(-1)];
  const mine = (deal: TrueDeal) => owners === null || owners.includes(deal.owner_id ?? "(none)");
  const due = (day: string | null) => !period || (day !== null && day >= period.from && day <= period.to);
  const later = (day: string | null) => day === null || day > (period?.to ?? "9999");
  const isIn = (deal: TrueDeal | undefined) => deal?.outcome === "open" && due(deal.close_on);
  if (before && isIn(before) && mine(before)) result.begin += cents(before);
  if (after && isIn(after) && mine(after)) result.end += cents(after);

  const lines: BruteMove["lines"] = {};
  const put = (name: string, amount: number) => {
    lines[name] = amount;
    result.moves.set(id, {class: name, lines});
  };
  // How it left, when it is not open at the end: the day, what it was then, and what it was worth.
  let leftAt = history.length - 1;
  while (leftAt > 0 && history[leftAt - 1]?.outcome === after?.outcome) leftAt--;
  const lastSeen = history[leftAt - 1];
  const wasDeleted = history.some((deal, day) => !deal && history.slice(0, day).some((earlier) => earlier));
  const isCorrected = lastSeen !== undefined && lastSeen.outcome !== "open";
  if (isIn(before) && after?.outcome !== "open" && (isCorrected || (after && wasDeleted))) {
    result.unknown.add(id);
    return;
  }
  const then = after?.outcome === "won" || lastSeen?.outcome !== "open" ? history[leftAt] : lastSeen;
  const worth = after?.outcome === "open" ? after : then;
  const dueThen = after?.outcome === "won" ? after.closed_on : (then?.close_on ?? null);
  const holder = after && after.outcome !== "open" ? history[leftAt]! : after;

  if (before && isIn(before)) {
    const amount = cents(worth!);
    const isSame = worth!.amount === before.amount && worth!.currency_code === before.currency_code;
    const change = amount - cents(before);
    if (mine(before) && change !== 0)
      put(isSame ? "revalued" : change > 0 ? "increased" : "decreased", change);
    const stays = isIn(after) || (after && after.outcome !== "open");
    const owner = stays ? holder! : before;
    if (mine(before) && !mine(owner)) put("transferred_out", -amount);
    if (!mine(before) && mine(owner)) put("transferred_in", amount);
    if (isIn(after) || !mine(owner)) return;
    if (!after) put("deleted", -amount);
    else if (after.outcome !== "open") put(after.outcome, -amount);
    else put(later(after.close_on) ? "pushed_out" : "pulled_out", -amount);
    return;
  }
  if (!after) return;
  const entry = !existed(id)
    ? "new"
    : before?.outcome !== "open"
      ? "reopened"
      : later(before.close_on)
        ? "pulled_in"
        : "pushed_in";
  if (isIn(after)) {
    if (mine(after)) put(entry, cents(after));
    return;
  }
  const hasJustClosed =
    after.outcome !== "open" &&
    leftAt > first &&
    (lastSeen?.outcome === "open" || !history.slice(0, leftAt).some((deal) => deal !== undefined));
  if (!hasJustClosed || !due(dueThen) || !mine(holder!)) return;
  put(entry, cents(worth!));
  put(after.outcome, -cents(worth!));
}
