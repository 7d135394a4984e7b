/** What becomes of a won deal in the works: engineering, material, production, test, shipping, delivery. */
import {type Day, dayOf, monthOf, workdayAfter} from "../calendar/days.ts";
import type {Account} from "../firm/cast.ts";
import type {DealLine} from "../firm/deal.ts";
import type {RegionName} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import {
  CANCELLED,
  CONGESTION,
  LEAD_SPREAD,
  MATERIALS,
  PRODUCTS,
  STOCK_SHARE,
  SUPPLY_SHOCK
} from "./machines.ts";

export const MILESTONES = ["engineering", "material", "production", "test", "shipped", "delivered"] as const;
export type MilestoneKind = (typeof MILESTONES)[number];

export interface Milestone {
  kind: MilestoneKind;
  plannedDay: Day;
  /** The day on which it truly happens, be it after the exports; null when the order is cancelled before. */
  actualDay: Day | null;
}

export interface OrderStory {
  orderedDay: Day;
  /** What the customer was told. */
  promisedDay: Day;
  milestones: Milestone[];
  /** The day on which it is cancelled; null for nearly all. */
  cancelledDay: Day | null;
  /** The material that came last, -1 when there is none. */
  criticalMaterial: number;
  /** Days that material took from the end of engineering, as planned and as it was. */
  plannedMaterialDays: number;
  materialDays: number;
  /** Factor on production time when it was produced; 1 when nothing is. */
  congestion: number;
  /** Hours by work centre. */
  hours: number[];
}

const SHOCK_FROM = dayOf(SUPPLY_SHOCK.from);
const SHOCK_TO = dayOf(SUPPLY_SHOCK.to);
/** Days in which a stocked material is there. */
const FROM_STOCK = 18;
const TRANSIT: Record<RegionName, number> = {"North America": 6, EMEA: 28, APAC: 38, LATAM: 30};
/** Hours of an order that the works do in a day. */
const HOURS_A_DAY = 14;

/** The order of a deal won on `wonDay`; `rng` is the order's own stream. */
export function tellOrder(account: Account, lines: readonly DealLine[], wonDay: Day, rng: Rng): OrderStory {
  const orderedDay = workdayAfter(wonDay + 2 + rng.int(9));
  const hours: number[] = [0, 0, 0, 0, 0, 0];
  const built = lines.filter(({product}) => PRODUCTS[product]!.bom.length > 0);
  for (const {product, quantity} of built)
    for (const [, , centre, each] of PRODUCTS[product]!.bom) hours[centre]! += each * quantity;
  const totalHours = hours.reduce((sum, each) => sum + each, 0);
  if (totalHours === 0) return serviceOrder(account, orderedDay, hours, rng);

  const planned = new Schedule(orderedDay);
  const actual = new Schedule(orderedDay);
  const engineering = Math.max(...built.map(({product}) => PRODUCTS[product]!.engineeringDays));
  planned.add("engineering", engineering);
  actual.add("engineering", Math.round(engineering * Math.exp(0.06 + 0.2 * rng.normal())));
  const material = drawMaterial(built, orderedDay, rng);
  planned.add("material", material.planned);
  actual.add("material", material.actual);
  // Several machines are built side by side.
  const production = Math.round(totalHours / HOURS_A_DAY / Math.max(1, Math.sqrt(built[0]!.quantity)));
  planned.add("production", production);
  const congestion = CONGESTION[monthOf(actual.day) % 12]!;
  actual.add("production", Math.round(production * congestion * Math.exp(0.12 * rng.normal())));
  planned.add("test", 10);
  actual.add("test", Math.round(10 * Math.exp(0.3 * rng.normal())));
  planned.add("shipped", 5);
  actual.add("shipped", 3 + rng.int(7));
  const transit = TRANSIT[account.region];
  planned.add("delivered", transit);
  actual.add("delivered", Math.max(1, Math.round(transit * Math.exp(0.18 * rng.normal()))));
  const isCancelled = rng.chance(CANCELLED);
  const cancelledDay = isCancelled ? workdayAfter(orderedDay + 5 + rng.int(engineering)) : null;
  return {
    orderedDay,
    promisedDay: workdayAfter(planned.day + 20 + rng.int(30)),
    milestones: planned.milestones.map(({kind, day}, i) => {
      const happens = actual.milestones[i]!.day;
      const isReached = cancelledDay === null || happens < cancelledDay;
      return {kind, plannedDay: day, actualDay: isReached ? happens : null};
    }),
    cancelledDay,
    criticalMaterial: material.critical,
    plannedMaterialDays: material.planned,
    materialDays: material.actual,
    congestion,
    hours: isCancelled ? hours.map(() => 0) : hours
  };
}

/** Service and spare parts have one milestone. */
function serviceOrder(account: Account, orderedDay: Day, hours: number[], rng: Rng): OrderStory {
  const plannedDay = workdayAfter(orderedDay + 20 + rng.int(25));
  const late = Math.round(plannedDay - orderedDay) * Math.exp(0.05 + 0.22 * rng.normal());
  const actualDay = workdayAfter(
    orderedDay + Math.max(2, Math.round(late)) + (account.region === "APAC" ? 3 : 0)
  );
  return {
    orderedDay,
    promisedDay: workdayAfter(plannedDay + 5),
    milestones: [{kind: "delivered", plannedDay, actualDay}],
    cancelledDay: null,
    criticalMaterial: -1,
    plannedMaterialDays: 0,
    materialDays: 0,
    congestion: 1,
    hours
  };
}

/** The wait for the last material; planners count on stock and on the suppliers' stated lead times. */
function drawMaterial(built: readonly DealLine[], orderedDay: Day, rng: Rng) {
  let planned = 0;
  let actual = 0;
  let critical = -1;
  const isShock = orderedDay >= SHOCK_FROM && orderedDay <= SHOCK_TO;
  const needed = new Set(built.flatMap(({product}) => PRODUCTS[product]!.bom.map(([material]) => material)));
  for (const number of needed) {
    const {leadDays, isStocked, leadFactor, isElectronic} = MATERIALS[number]!;
    planned = Math.max(planned, isStocked ? FROM_STOCK : leadDays);
    const isThere = rng.chance(STOCK_SHARE);
    const share = rng.between(0.15, 0.8);
    const noise = rng.normal();
    const shock = isShock && isElectronic ? SUPPLY_SHOCK.factor : 1;
    const days =
      isStocked && isThere
        ? Math.round(FROM_STOCK * Math.exp(0.2 * noise))
        : Math.round(leadDays * leadFactor * shock * Math.exp(LEAD_SPREAD * noise) * (isStocked ? share : 1));
    if (days <= actual) continue;
    actual = days;
    critical = number;
  }
  return {planned, actual, critical};
}

/** Steps one after the other, each ending on a workday. */
class Schedule {
  readonly milestones: {kind: MilestoneKind; day: Day}[] = [];
  day: Day;

  constructor(start: Day) {
    this.day = start;
  }

  add(kind: MilestoneKind, days: number): void {
    this.day = workdayAfter(this.day + Math.max(1, days));
    this.milestones.push({kind, day: this.day});
  }
}
