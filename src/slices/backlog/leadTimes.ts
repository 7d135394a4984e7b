/** How long orders take, in whole and step by step: what is still under way counts as not ended yet. */
import {median} from "../evaluate.js";
import {type CurvePoint, kaplanMeier, type LeftBy, leftBy, type Stay} from "../kaplanMeier.js";
import {dayAt, numberAt, wordAt} from "../partners/columns.js";
import type {BacklogData} from "./backlogData.js";

/** Days by which a half and four fifths are done, with 95% intervals. */
export interface TimeTaken {
  p50: LeftBy;
  p80: LeftBy;
  /** Stays in all, and those that have ended. */
  n: number;
  nEnded: number;
}

export interface PhaseTime extends TimeTaken {
  milestone: string;
  /** Median days of the plan of the same steps; null without one. */
  planned: number | null;
  /** Under way now. */
  nOpen: number;
}

/** A step ends as the works know it; its place is that of most orders. */
interface Steps {
  stays: Stay[];
  planned: number[];
  nOpen: number;
  place: number;
}

/** From order to delivery. @param rows of the orders @returns also the rows of those that have arrived, of those that are counted */
export function leadTime(
  {orders}: BacklogData,
  rows: readonly number[]
): {lead: TimeTaken & {curve: CurvePoint[]}; arrived: number[]} {
  const hasArrived = (row: number) => dayAt(orders, "delivered_on", row) !== null;
  const counted = rows.filter((row) => (numberAt(orders, "waited_days", row) ?? -1) >= 0);
  const stays = counted.map(
    (row): Stay => ({days: numberAt(orders, "waited_days", row)!, hasEnded: hasArrived(row)})
  );
  return {lead: {...taken(stays), curve: kaplanMeier(stays)}, arrived: counted.filter(hasArrived)};
}

/** Every step of orders that have more than one, in the order of the works. @param isMine whether an order is in the selection */
export function phaseTimes({phases}: BacklogData, isMine: (order: number) => boolean): PhaseTime[] {
  const steps = new Map<string, Steps>();
  for (let row = 0; row < phases.n; row++) {
    if (!isMine(numberAt(phases, "order", row)!) || numberAt(phases, "n_steps", row)! < 2) continue;
    const milestone = wordAt(phases, "milestone", row)!;
    const step = steps.get(milestone) ?? {stays: [], planned: [], nOpen: 0, place: 0};
    steps.set(milestone, step);
    step.place = Math.max(step.place, numberAt(phases, "step_number", row)!);
    const days = numberAt(phases, "phase_days", row);
    if (days === null || days < 0) continue;
    step.stays.push({days, hasEnded: numberAt(phases, "is_ended", row) === 1});
    step.nOpen += numberAt(phases, "is_under_way", row) ?? 0;
    const planned = numberAt(phases, "planned_days", row);
    if (planned !== null) step.planned.push(planned);
  }
  return [...steps]
    .sort(([, a], [, b]) => a.place - b.place)
    .map(([milestone, {stays, planned, nOpen}]) => ({
      milestone,
      ...taken(stays),
      planned: planned.length > 0 ? median(planned.sort((a, b) => a - b)) : null,
      nOpen
    }));
}

function taken(stays: readonly Stay[]): TimeTaken {
  const curve = kaplanMeier(stays);
  return {
    p50: leftBy(curve, 0.5),
    p80: leftBy(curve, 0.8),
    n: stays.length,
    nEnded: stays.filter(({hasEnded}) => hasEnded).length
  };
}
