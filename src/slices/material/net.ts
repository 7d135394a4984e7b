/**
 * Stock and what suppliers are to deliver, less what orders and deals need: day by day, so that the first day on which something is
 * missing is told. The planners' net requirements, without lot sizes and safety stock.
 */
import {dayNumber, isoDay} from "../facts.js";
import {middleOf} from "./placing.js";
import type {Offsets, PlanMaterial, PlanningData, Supply} from "./planningData.js";

/** When a stock that runs down is first below zero, and by how much at its lowest. */
export interface Shortage {
  /** ISO day. */
  on: string;
  units: number;
  /** The last day on which an order placed with the supplier still comes in time; null without a lead time. */
  orderBy: string | null;
}

/** The stock that is left at the end of a week. */
export interface BalanceWeek {
  /** First day. */
  from: string;
  received: number;
  /** What orders need in the week, and what deals are expected to. */
  firm: number;
  expected: number;
  /** Left after orders; after orders and expected deals; and after what deals need in nine cases of ten. */
  afterFirm: number;
  afterExpected: number;
  afterP90: number;
}

/** Changes of stock by day number. */
type Changes = Map<number, number>;

/** What counts as nothing, of units that fractions of pieces make. */
const NOTHING = 1e-6;

/** What comes and what orders take, by day. */
function changesOf(supply: Pick<Supply, "receipts" | "needs">): Changes {
  const changes: Changes = new Map();
  for (const {on, units} of supply.receipts) add(changes, dayNumber(on), units);
  for (const [on, units] of supply.needs) add(changes, dayNumber(on), -units);
  return changes;
}

/** The day on which deals that are won in a week need their material. */
function needDay(week: number, asOf: number, {materialDays}: Pick<Offsets, "materialDays">): number {
  return middleOf(week, asOf) + materialDays;
}

/** The first day on which the stock is below zero; null when it never is. A material without a count is taken to have none. @param asOf ISO day */
function shortageOf(
  onHand: number | null,
  changes: Changes,
  leadDays: number | null,
  asOf: string
): Shortage | null {
  let left = onHand ?? 0;
  let lowest = Math.min(0, left);
  let first = left < -NOTHING ? dayNumber(asOf) : null;
  for (const [day, change] of [...changes].sort(([a], [b]) => a - b)) {
    left += change;
    lowest = Math.min(lowest, left);
    if (first === null && left < -NOTHING) first = day;
  }
  if (first === null) return null;
  return {on: isoDay(first), units: -lowest, orderBy: leadDays === null ? null : isoDay(first - leadDays)};
}

/** What orders alone make short. */
export function firmShortage(
  supply: Pick<Supply, "onHand" | "receipts" | "needs">,
  leadDays: number | null,
  asOf: string
): Shortage | null {
  return shortageOf(supply.onHand, changesOf(supply), leadDays, asOf);
}

/** What orders and deals make short: by what deals are expected to need, or by what they need in nine cases of ten. */
export function dealShortage(
  supply: Supply,
  leadDays: number | null,
  {asOf, offsets}: Pick<PlanningData, "asOf" | "offsets">,
  of: "expected" | "p90"
): Shortage | null {
  const changes = changesOf(supply);
  weekly(supply, of).forEach((units, i) => {
    add(changes, needDay(i + 1, dayNumber(asOf), offsets), -units);
  });
  return shortageOf(supply.onHand, changes, leadDays, asOf);
}

/** By week of winning; of nine cases of ten the steps of the running total, which never falls and never lies below what is expected. */
function weekly({expected, expectedP90}: Supply, of: "expected" | "p90"): number[] {
  if (of === "expected") return [...expected];
  let before = 0;
  let mean = 0;
  return expectedP90.map((total, i) => {
    mean += expected[i]!;
    const step = Math.max(before, total, mean) - before;
    before += step;
    return step;
  });
}

/** A material with all that is told of its supply. */
export interface SupplyRow {
  id: string;
  material: string;
  leadDays: number | null;
  isCounted: boolean;
  onHand: number | null;
  onOrder: number;
  overdue: number;
  firm: number;
  expected: number;
  shortOn: string | null;
  shortUnits: number | null;
  orderBy: string | null;
  /** Days from the last day to order to the as-of day; null where it is not past. */
  daysLate: number | null;
  dealsShortOn: string | null;
  dealsShortUnits: number | null;
  dealsOrderBy: string | null;
  p90ShortUnits: number | null;
}

/** Materials with a supply: those short for orders first, by the day to order by; then those that expected deals make short. */
export function supplyRows(data: PlanningData): SupplyRow[] {
  return data.materials.flatMap((material) => rowOf(material, data) ?? []).sort(byUrgency);
}

function rowOf(material: PlanMaterial, data: PlanningData): SupplyRow | null {
  const {supply, leadDays} = material;
  if (!supply) return null;
  const firm = firmShortage(supply, leadDays, data.asOf);
  const expected = dealShortage(supply, leadDays, data, "expected");
  const p90 = dealShortage(supply, leadDays, data, "p90");
  const units = (list: readonly {units: number}[]) => list.reduce((sum, each) => sum + each.units, 0);
  return {
    id: material.id,
    material: material.name,
    leadDays,
    isCounted: supply.onHand !== null,
    onHand: supply.onHand,
    onOrder: units(supply.receipts) + supply.undated,
    overdue: units(supply.receipts.filter(({isOverdue}) => isOverdue)),
    firm: supply.needs.reduce((sum, [, each]) => sum + each, 0),
    expected: supply.expected.reduce((sum, each) => sum + each, 0),
    shortOn: firm?.on ?? null,
    shortUnits: firm?.units ?? null,
    orderBy: firm?.orderBy ?? null,
    daysLate:
      firm?.orderBy && firm.orderBy < data.asOf ? dayNumber(data.asOf) - dayNumber(firm.orderBy) : null,
    dealsShortOn: expected?.on ?? null,
    dealsShortUnits: expected?.units ?? null,
    dealsOrderBy: expected?.orderBy ?? null,
    p90ShortUnits: p90?.units ?? null
  };
}

/** Orders before deals, what must be ordered first before the rest; without a lead time the day of the shortage decides. */
function byUrgency(a: SupplyRow, b: SupplyRow): number {
  const first = (row: SupplyRow) => row.orderBy ?? row.shortOn ?? "~";
  const next = (row: SupplyRow) => row.dealsOrderBy ?? row.dealsShortOn ?? "~";
  return (
    compare(a.shortOn === null ? "~" : first(a), b.shortOn === null ? "~" : first(b)) ||
    compare(next(a), next(b)) ||
    compare(a.material, b.material)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The stock at the end of each week, as far as anything is needed or comes. */
export function balanceWeeks(
  supply: Supply,
  {asOf, offsets}: Pick<PlanningData, "asOf" | "offsets">
): BalanceWeek[] {
  const start = dayNumber(asOf);
  // What falls on the as-of day itself is of the first week.
  const weekOf = (day: number) => Math.max(0, Math.floor((day - start - 1) / 7));
  const rows: {received: number; firm: number; expected: number; p90: number}[] = [];
  const at = (day: number) => {
    const week = weekOf(day);
    while (rows.length <= week) rows.push({received: 0, firm: 0, expected: 0, p90: 0});
    return rows[week]!;
  };
  for (const {on, units} of supply.receipts) at(dayNumber(on)).received += units;
  for (const [on, units] of supply.needs) at(dayNumber(on)).firm += units;
  const p90 = weekly(supply, "p90");
  supply.expected.forEach((units, i) => {
    if (units <= 0 && !(p90[i]! > 0)) return;
    const row = at(needDay(i + 1, start, offsets));
    row.expected += units;
    row.p90 += p90[i]!;
  });
  let [firm, expected, high] = [supply.onHand ?? 0, supply.onHand ?? 0, supply.onHand ?? 0];
  return rows.map((row, i) => {
    firm += row.received - row.firm;
    expected += row.received - row.firm - row.expected;
    high += row.received - row.firm - row.p90;
    return {
      from: isoDay(start + 1 + 7 * i),
      ...{received: row.received, firm: row.firm, expected: row.expected},
      ...{afterFirm: firm, afterExpected: expected, afterP90: high}
    };
  });
}

function add(changes: Changes, day: number, units: number): void {
  changes.set(day, (changes.get(day) ?? 0) + units);
}
