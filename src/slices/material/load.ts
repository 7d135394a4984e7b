/** Load of work centres by week against the hours they offer, and who makes it. */
import {dayNumber} from "../facts.js";
import {hoursAt} from "./explode.js";
import {dealShares, orderShares, wonIn} from "./placing.js";
import {PLAN_WEEKS, type PlanCentre, type PlanningData} from "./planningData.js";

/** A centre in a week; hours. */
export interface LoadWeek {
  centre: string;
  /** Index of the centre and of the week. */
  at: number;
  week: number;
  from: string;
  firm: number;
  pipeline: number;
  total: number;
  offered: number | null;
  /** Total over offered hours; null where no hours are offered. */
  load: number | null;
}

export function loadWeeks({centres, weeks}: Pick<PlanningData, "centres" | "weeks">): LoadWeek[] {
  return centres.flatMap((centre, at) => weeks.map((from, week) => weekOf(centre, at, week, from)));
}

function weekOf(
  {name, firm, pipeline, hoursPerWeek}: PlanCentre,
  at: number,
  week: number,
  from: string
): LoadWeek {
  const total = firm[week]! + pipeline[week]!;
  return {
    centre: name,
    ...{at, week, from, total},
    firm: firm[week]!,
    pipeline: pipeline[week]!,
    offered: hoursPerWeek,
    load: hoursPerWeek === null ? null : total / hoursPerWeek
  };
}

/** Weeks that need more than is offered, the fullest first. */
export function overloads(rows: readonly LoadWeek[]): LoadWeek[] {
  return rows
    .filter(({load}) => load !== null && load > 1)
    .sort((a, b) => b.load! - a.load! || a.week - b.week);
}

/** An order or deal behind a figure. */
export interface Behind {
  kind: "order" | "deal";
  id: string;
  /** Of an order its own deal, if any. */
  dealId: string | null;
  name: string;
  account: string | null;
  /** If won; of an order all of it. */
  whole: number;
  /** Chance of winning that counts here, 0..1; 1 of an order. */
  chance: number;
  /** What is counted: whole times chance, or the part that falls into the week. */
  counted: number;
  /** Whether the deal names no product, so that like deals' lines are taken. */
  isAssumed: boolean;
}

/** Hours of a centre in a week by order and deal, the largest first; what is not listed is the figure less their sum. */
export function loadBehind(data: PlanningData, {at, week}: Pick<LoadWeek, "at" | "week">): Behind[] {
  const asOf = dayNumber(data.asOf);
  const n = data.weeks.length;
  const spread = Array.from({length: PLAN_WEEKS}, (_, k) => dealShares(k + 1, asOf, data.offsets, n)[week]!);
  const orders = data.orders.map((order): Behind => {
    const whole = hoursAt(order.lines, data.products, at);
    return {
      ...{
        kind: "order",
        id: order.orderId,
        dealId: order.dealId,
        name: order.orderId,
        account: order.account
      },
      ...{whole, chance: 1, isAssumed: false},
      counted: whole * orderShares(order, asOf, n)[week]!
    };
  });
  const deals = data.deals.map((deal): Behind => {
    const whole = hoursAt(deal.lines, data.products, at);
    const chance = spread.reduce((total, share, k) => total + (share > 0 ? wonIn(deal.won, k + 1) : 0), 0);
    return {
      ...{kind: "deal", id: deal.dealId, dealId: deal.dealId, name: deal.name, account: deal.account},
      ...{whole, chance, isAssumed: deal.isAssumed},
      counted: whole * spread.reduce((total, share, k) => total + share * wonIn(deal.won, k + 1), 0)
    };
  });
  return largest([...orders, ...deals]);
}

/** Those that count, the largest first. */
export function largest(list: readonly Behind[]): Behind[] {
  return list
    .filter(({counted}) => counted > 0)
    .sort((a, b) => b.counted - a.counted || (a.id < b.id ? -1 : 1));
}
