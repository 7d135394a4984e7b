/** What is in stock and what suppliers are to deliver, and what of it each material's needs meet. */
import {dayNumber, isoDay} from "../../src/slices/facts.ts";
import {firmShortage} from "../../src/slices/material/net.ts";
import type {PlanOrder, PlanProduct, Receipt, Supply} from "../../src/slices/material/planningData.ts";
import type {Engine} from "../engine/engine.ts";

/** Of one material, whoever needs it. */
export interface StockedMaterial {
  onHand: number | null;
  sites: [string, number][];
  countedOn: string | null;
  receipts: Receipt[];
  undated: number;
}

export interface StockRead {
  hasStock: boolean;
  hasPurchases: boolean;
  countedFrom: string | null;
  countedTo: string | null;
  /** First day of counts after the as-of day, which are not taken; null without one. */
  countedAfter: string | null;
  /** By material id; a material that nothing is told of is not there. */
  of: ReadonlyMap<string, StockedMaterial>;
}

/** Of exports that tell neither stock nor orders with suppliers. */
export const NO_STOCK: StockRead = {
  ...{hasStock: false, hasPurchases: false, countedFrom: null, countedTo: null, countedAfter: null},
  of: new Map()
};

interface StockRow {
  id: string;
  site: string;
  counted_on: string;
  on_hand: number;
}

interface LineRow {
  id: string;
  name: string;
  units: number;
  expected_on: string | null;
  is_overdue: boolean;
  is_assumed: boolean;
}

/** @param asOf day number: what is overdue is taken to come then, and no earlier */
export async function readStock(engine: Engine, asOf: number): Promise<StockRead> {
  const stock = await engine.rows<StockRow & Record<string, unknown>>(
    "select material_id as id, site, counted_on::varchar as counted_on, on_hand from marts.material_stock order by material_id, site"
  );
  const lines = await engine.rows<LineRow & Record<string, unknown>>(
    `select material_id as id, coalesce(purchase_order_id || coalesce(' / ' || line_id, ''), line_key) as name,
       open_quantity as units, expected_on::varchar as expected_on, is_overdue, is_day_assumed as is_assumed
     from marts.purchase_lines where open_quantity > 0 order by expected_on, name, line_key`
  );
  const [told] = await engine.rows<{n: number}>("select count(*)::integer as n from marts.purchase_lines");
  const [later] = await engine.rows<{on: string | null}>(
    `select min(counted_on)::varchar as "on" from staging.stg_stock where counted_on > (select as_of from workspace.run)`
  );
  const of = new Map<string, StockedMaterial>();
  const at = (id: string) => {
    const found = of.get(id) ?? {onHand: null, sites: [], countedOn: null, receipts: [], undated: 0};
    of.set(id, found);
    return found;
  };
  for (const {id, site, counted_on, on_hand} of stock) {
    const material = at(id);
    material.onHand = (material.onHand ?? 0) + on_hand;
    material.sites.push([site, on_hand]);
    if (material.countedOn === null || counted_on < material.countedOn) material.countedOn = counted_on;
  }
  for (const {id, name, units, expected_on, is_overdue, is_assumed} of lines) {
    if (expected_on === null) at(id).undated += units;
    else
      at(id).receipts.push({
        id: name,
        on: isoDay(Math.max(asOf, dayNumber(expected_on))),
        dueOn: expected_on,
        units,
        isOverdue: is_overdue,
        isAssumed: is_assumed
      });
  }
  const days = stock.map(({counted_on}) => counted_on).sort();
  return {
    hasStock: stock.length > 0,
    hasPurchases: told!.n > 0,
    countedFrom: days[0] ?? null,
    countedTo: days.at(-1) ?? null,
    countedAfter: later!.on,
    of
  };
}

const NOTHING: StockedMaterial = {onHand: null, sites: [], countedOn: null, receipts: [], undated: 0};

/** What covers a material's firm needs: null where the exports have no stock. What deals need is added by who knows it. */
export function supplyOf(
  read: StockRead,
  id: string,
  needs: Supply["needs"]
): Omit<Supply, "expected" | "expectedP90"> | null {
  return read.hasStock ? {...(read.of.get(id) ?? NOTHING), needs} : null;
}

/** Which materials orders alone make short, of all that bills name: a cheap one stops a machine as well as a dear one. */
export function shortForOrders(
  read: StockRead,
  materials: readonly {id: string; leadDays: number | null}[],
  products: readonly PlanProduct[],
  orders: readonly Pick<PlanOrder, "lines" | "needOn">[],
  asOf: number
): Set<number> {
  if (!read.hasStock) return new Set();
  const needs = needsByDay(orders, products, materials.length);
  return new Set(
    [...materials.keys()].filter((m) => {
      const supply = needs[m]!.length > 0 ? supplyOf(read, materials[m]!.id, needs[m]!) : null;
      return supply !== null && firmShortage(supply, null, isoDay(asOf)) !== null;
    })
  );
}

/** Units that open orders wait for, by material and day of need (ISO, in order); each order is exploded once, for bills may name thousands. */
export function needsByDay(
  orders: readonly Pick<PlanOrder, "lines" | "needOn">[],
  products: readonly PlanProduct[],
  nMaterials: number
): [string, number][][] {
  const needs = Array.from({length: nMaterials}, () => new Map<string, number>());
  for (const {lines, needOn} of orders) {
    if (needOn === null) continue;
    for (const [product, quantity] of lines)
      for (const [material, units] of products[product]!.takes)
        needs[material]!.set(needOn, (needs[material]!.get(needOn) ?? 0) + quantity * units);
  }
  return needs.map((byDay) => [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)));
}
