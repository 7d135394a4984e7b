/** What the equipment maker builds, of what, and where: list prices, bills of materials, lead times, work centres. */

export interface Machine {
  sku: string;
  name: string;
  family: string;
  kind: "equipment" | "part" | "service";
  listUsd: number;
  /** Engineering of an order for it, days, as planned. */
  engineeringDays: number;
  /** Material, quantity, work centre, hours there. */
  bom: readonly BomLine[];
}

export type BomLine = readonly [material: number, quantity: number, workCentre: number, hours: number];

export interface Material {
  number: string;
  name: string;
  /** The supplier's stated lead time. */
  leadDays: number;
  costUsd: number;
  /** Kept on stock: then usually there in days, else it takes the lead time. */
  isStocked: boolean;
  /** True mean of the real lead time over the stated one. */
  leadFactor: number;
  /** Hit by the supply shock. */
  isElectronic: boolean;
}

export interface WorkCentre {
  number: string;
  name: string;
}

/** Longer lead times of electronics: the factor on them for orders placed in these days. */
export const SUPPLY_SHOCK = {from: "2023-01-01", to: "2023-12-31", factor: 1.45} as const;
/** Chance that a stocked material is there when it is wanted; else a replenishment is on its way. */
export const STOCK_SHARE = 0.93;
/** Spread of real lead times: standard deviation of the logarithm. */
export const LEAD_SPREAD = 0.14;
/** Share of orders that are cancelled while they are engineered. */
export const CANCELLED = 0.025;
/** Factor on production time for January to December: how full the works are. */
export const CONGESTION = [1.05, 1, 1, 1.02, 1.05, 1.1, 1.25, 1.3, 1.1, 1.05, 1.05, 1.2] as const;
/** The material that runs short, and the share of what the orders in hand need of it that is in stock or on order. */
export const SHORTAGE = {material: "M-1002", covered: 0.6} as const;
/** Share of the centres' hours that the expected orders need. */
export const UTILISATION = 0.82;

export const WORK_CENTRES: readonly WorkCentre[] = [
  {number: "WC10", name: "Fabrication and welding"},
  {number: "WC20", name: "Machining"},
  {number: "WC30", name: "Surface and paint"},
  {number: "WC40", name: "Mechanical assembly"},
  {number: "WC50", name: "Electrical assembly"},
  {number: "WC60", name: "Test bay"}
];

const week = (weeks: number) => weeks * 7;

export const MATERIALS: readonly Material[] = [
  material("M-1001", "Cast frame", week(16), 21_000, false, 1.02),
  material("M-1002", "Steel plate", week(12), 6_400, true, 1),
  material("M-1003", "Ball screw", week(20), 5_200, true, 1.05),
  material("M-1004", "Linear guide set", week(18), 3_900, true, 1.03),
  material("M-1005", "Planetary gearbox", week(24), 8_800, false, 1.1),
  material("M-1006", "Hydraulic unit", week(18), 12_500, false, 1.04),
  material("M-1007", "Bearing set", week(14), 1_900, true, 1),
  material("M-1008", "Pneumatic valve island", week(15), 2_700, true, 1.02),
  material("M-1009", "Paint system", week(12), 380, true, 1),
  material("M-2001", "Servo drive", week(26), 6_900, false, 1.15, true),
  material("M-2002", "Controller", week(38), 9_400, true, 1.2, true),
  material("M-2003", "Safety controller", week(44), 4_100, true, 1.12, true),
  material("M-2004", "Power module", week(52), 3_300, true, 1.25, true),
  material("M-2005", "Vision camera", week(34), 5_800, true, 1.1, true),
  material("M-2006", "Operator panel", week(22), 2_200, false, 1.06, true),
  material("M-2007", "Cable harness", week(12), 1_500, false, 1),
  material("M-3001", "Six-axis arm", week(30), 38_000, false, 1.08)
];

export const PRODUCTS: readonly Machine[] = [
  machine("SP-160", "Servo press 160 t", "Servo presses", 310_000, 34, [
    [8, 2, 2, 36],
    [0, 1, 0, 60],
    [1, 6, 0, 70],
    [2, 2, 1, 55],
    [4, 1, 3, 40],
    [6, 4, 3, 30],
    [9, 2, 4, 45],
    [10, 1, 4, 40],
    [12, 2, 4, 24],
    [15, 1, 4, 20],
    [14, 1, 5, 60]
  ]),
  machine("SP-400", "Servo press 400 t", "Servo presses", 720_000, 52, [
    [8, 5, 2, 80],
    [0, 2, 0, 120],
    [1, 14, 0, 140],
    [2, 4, 1, 110],
    [4, 2, 3, 80],
    [5, 1, 3, 60],
    [6, 8, 3, 50],
    [9, 4, 4, 80],
    [10, 1, 4, 50],
    [11, 1, 4, 20],
    [12, 4, 4, 40],
    [14, 1, 5, 110]
  ]),
  machine("CL-30", "Carton line C30", "Carton lines", 260_000, 28, [
    [8, 2, 2, 30],
    [1, 8, 0, 80],
    [3, 6, 1, 50],
    [6, 6, 3, 45],
    [7, 3, 3, 60],
    [9, 3, 4, 40],
    [10, 1, 4, 36],
    [14, 1, 4, 20],
    [15, 2, 4, 30],
    [13, 2, 5, 50]
  ]),
  machine("CL-60", "Carton line C60", "Carton lines", 540_000, 44, [
    [8, 4, 2, 64],
    [1, 18, 0, 160],
    [3, 14, 1, 100],
    [6, 12, 3, 90],
    [7, 6, 3, 110],
    [9, 6, 4, 80],
    [10, 2, 4, 70],
    [11, 1, 4, 24],
    [14, 2, 4, 36],
    [15, 4, 4, 60],
    [13, 4, 5, 100]
  ]),
  machine("RC-2", "Robot cell R2", "Robot cells", 290_000, 38, [
    [8, 1, 2, 22],
    [16, 1, 3, 50],
    [1, 4, 0, 40],
    [3, 2, 1, 30],
    [10, 1, 4, 44],
    [11, 1, 4, 30],
    [13, 2, 4, 36],
    [15, 2, 4, 40],
    [14, 1, 5, 70]
  ]),
  machine("RC-4", "Robot cell R4", "Robot cells", 560_000, 56, [
    [8, 2, 2, 44],
    [16, 2, 3, 100],
    [1, 8, 0, 80],
    [3, 4, 1, 60],
    [10, 2, 4, 80],
    [11, 2, 4, 50],
    [12, 2, 4, 24],
    [13, 4, 4, 70],
    [15, 4, 4, 80],
    [14, 2, 5, 130]
  ]),
  machine(
    "TK-1",
    "Tooling kit",
    "Tooling",
    26_000,
    10,
    [
      [1, 2, 0, 20],
      [6, 1, 1, 30]
    ],
    "part"
  ),
  machine("SPP-1", "Spare parts package", "Spare parts", 14_500, 0, [], "part"),
  machine("SRV-R", "Retrofit week", "Service", 11_800, 0, [], "service"),
  machine("SRV-C", "Commissioning week", "Service", 9_600, 0, [], "service")
];

/** The small and the large machine of a family, by its number. */
export const MACHINES_OF: readonly (readonly [small: number, large: number])[] = [
  [0, 1],
  [2, 3],
  [4, 5]
];
export const TOOLING = 6;
export const SPARES = 7;
export const RETROFIT = 8;
export const COMMISSIONING = 9;

function material(
  number: string,
  name: string,
  leadDays: number,
  costUsd: number,
  isStocked: boolean,
  leadFactor: number,
  isElectronic = false
): Material {
  return {number, name, leadDays, costUsd, isStocked, leadFactor, isElectronic};
}

function machine(
  sku: string,
  name: string,
  family: string,
  listUsd: number,
  engineeringDays: number,
  bom: readonly BomLine[],
  kind: Machine["kind"] = "equipment"
): Machine {
  return {sku, name, family, kind, listUsd, engineeringDays, bom};
}
