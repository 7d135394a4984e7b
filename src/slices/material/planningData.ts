/** What the backlog and the pipeline need, by material, work centre and time; made by loaders/planning/buildPlanning.ts. */

/** Weeks after the as-of day in which deals are expected to be won: as far as chances of single deals reach. */
export const PLAN_WEEKS = 26;

/** Weeks ahead for which "to be ordered before the deal is won" is asked; the first is today. */
export const DECIDE_WEEKS = [0, 4, 13] as const;

/** Pieces of products: index into the products, how many (a mean of like deals has fractions). */
export type Lines = readonly (readonly [product: number, quantity: number])[];

/** A product with a bill: what one piece takes. */
export interface PlanProduct {
  name: string;
  /** Index into the materials, quantity. */
  takes: readonly (readonly [material: number, quantity: number])[];
  /** Index into the centres, hours. */
  hours: readonly (readonly [centre: number, hours: number])[];
  /** What one piece takes of materials beyond the list, base currency. */
  otherCost: number;
}

/** Central 80% of simulated draws with their median, and the exact expected value beside it. */
export interface Band {
  mean: number;
  p10: number;
  p50: number;
  p90: number;
}

/** Demand of one material (in its units), of all of them (money), or hours. */
export interface Demand {
  /** Of orders, by month of need. */
  firm: number[];
  /** Of deals expected to be won in the next 26 weeks, by month of need. */
  pipeline: Band[];
  /** Of all those deals together. */
  whole: Band;
}

export interface PlanMaterial extends Demand {
  id: string;
  name: string;
  /** The supplier's; null where the exports do not say: then no order day can be told. */
  leadDays: number | null;
  /** Base currency for one unit; null without one. */
  unitCost: number | null;
  isStocked: boolean | null;
  /** One for each of DECIDE_WEEKS: what deals need whose latest order day lies before their winning and within so many weeks. Null without a lead time. */
  decide: Band[] | null;
  /** Firm demand whose latest order day lies no later than each of DECIDE_WEEKS from the as-of day. */
  firmDue: number[] | null;
  /** The next latest order day of firm demand after the as-of day; null without one. */
  nextOrderOn: string | null;
  /** Of past windows of 13 weeks, how many, and in how many what won deals needed lay within the band. */
  held: {n: number; inside80: number};
  /** What covers it; null where the exports have no stock. */
  supply: Supply | null;
}

/** What is there of a material and what is to come, with the needs that it must cover, day by day. Units. */
export interface Supply {
  /** As counted; null where no count has the material. */
  onHand: number | null;
  /** Its sites with their units, the day of the oldest of these counts. */
  sites: readonly (readonly [site: string, units: number])[];
  countedOn: string | null;
  /** What suppliers are still to deliver, by day. */
  receipts: readonly Receipt[];
  /** On order without a day: in no week, and so in no figure of what is left. */
  undated: number;
  /** What orders need, by ISO day, no earlier than the as-of day. */
  needs: readonly (readonly [on: string, units: number])[];
  /** What deals won in each of the next PLAN_WEEKS weeks are expected to need, and nine cases of ten of what those won by its end need. */
  expected: readonly number[];
  expectedP90: readonly number[];
}

/** An open line of a purchase order, or the rest of one. */
export interface Receipt {
  id: string;
  /** When it is taken to come: the due day, no earlier than the as-of day. */
  on: string;
  /** The due day as told, or made of the lead time. */
  dueOn: string;
  units: number;
  isOverdue: boolean;
  isAssumed: boolean;
}

/** What is known of stock and of orders placed with suppliers. */
export interface SupplyFacts {
  /** Whether there is stock at all: without it nothing can be netted. */
  hasStock: boolean;
  hasPurchases: boolean;
  /** First and last day of the counts. */
  countedFrom: string | null;
  countedTo: string | null;
  /** First day of counts after the as-of day, which are not taken; null without one. */
  countedAfter: string | null;
  /** Materials of bills, and those of them that no count has. */
  nMaterials: number;
  nUncounted: number;
  /** Materials that are short for orders, beyond those listed; 0 as a rule. */
  nShortBeyond: number;
}

export interface PlanCentre {
  id: string;
  name: string;
  /** Null where the exports do not say. */
  hoursPerWeek: number | null;
  /** Hours by week of production. */
  firm: number[];
  pipeline: number[];
  held: {n: number; inside80: number};
}

/** An order that is still to be built, or is being built. ISO days. */
export interface PlanOrder {
  orderId: string;
  dealId: string | null;
  account: string | null;
  lines: Lines;
  /** Material of all its lines at standard cost, base currency. */
  cost: number;
  /** When its material must be there, no earlier than the as-of day; null when it is there. */
  needOn: string | null;
  /** Production still to come: days, both included, and the share of its hours, 0..1. */
  buildFrom: string;
  buildTo: string;
  buildShare: number;
}

/** An open deal and what it would take if won. */
export interface PlanDeal {
  dealId: string;
  name: string;
  account: string | null;
  stage: string | null;
  /** Its own lines, or the mean of like won deals'. */
  lines: Lines;
  /** Whether it names no product yet, so that its lines are those of like won deals. */
  isAssumed: boolean;
  /** Material of all its lines at standard cost, base currency, if won. */
  cost: number;
  /** Chance to have been won within 1, 2, ... weeks. */
  won: number[];
}

/** Days from order to the material that it needs, and of production after that, measured on past orders. */
export interface Offsets {
  materialDays: number;
  /** Between which days half the orders lie; null where too few have come so far. */
  materialLow: number | null;
  materialHigh: number | null;
  productionDays: number;
  nOrders: number;
}

/** What is not in the figures: how many, and their money in base currency. */
export interface LeftOut {
  what: string;
  n: number;
  amount: number | null;
}

/** How past bands and means came out. */
export interface DemandScore {
  kind: "month of need" | "next 13 weeks" | "next 26 weeks" | "before the deal is won";
  what: "all material" | "each material" | "all hours" | "each work centre";
  /** Windows whose outcome is known, and in how many it lay within P10 and P90. */
  n: number;
  inside80: number;
  /** Sums over those windows for which the naive method could be asked too. */
  nCompared: number;
  /** Absolute errors of the mean over what came, and of the naive method; null when nothing came. */
  error: number | null;
  naiveError: number | null;
  /** Mean less outcome, over what came; above 0 is too much. */
  bias: number | null;
}

export interface PastDemand {
  askedOn: string;
  weeks: number;
  mean: number;
  p10: number;
  p90: number;
  actual: number;
  naive: number | null;
}

export interface DemandRecord {
  scores: DemandScore[];
  /** All material at standard cost, as asked on past days. */
  past: PastDemand[];
  /** Of what was won within 26 weeks of those days, the share that came of deals that were not open yet; null when nothing was won. */
  fromLaterDeals: number | null;
}

export interface PlanningData {
  asOf: string;
  currency: string;
  /** Months of need, from that of the as-of day, as many as deals need; what orders need after the last one counts as in it. */
  months: {from: string; to: string}[];
  /** First day of each week from the day after the as-of day. */
  weeks: string[];
  products: PlanProduct[];
  materials: PlanMaterial[];
  /** All materials at standard cost, those beyond the list included. */
  cost: Demand;
  centres: PlanCentre[];
  offsets: Offsets;
  /** What tells deals without products apart; null when nothing does. */
  likeBy: string | null;
  supply: SupplyFacts;
  /** The largest by cost of material, of nOrders; deals by what they are expected to cost, of nDeals. Products are those of their lines. */
  orders: PlanOrder[];
  deals: PlanDeal[];
  nOrders: number;
  nDeals: number;
  /** Of the deals, those that name no product yet, and the share of the expected cost that they bring; null without any cost. */
  nAssumed: number;
  assumedShare: number | null;
  leftOut: LeftOut[];
  /** Null without past askings: then the pipeline's demand is not shown. */
  record: DemandRecord | null;
}

/** The data, or why there are none. */
export type Planning = {data: PlanningData; reason: null} | {data: null; reason: string; action: string};
