/**
 * What is in stock on the export day and what suppliers are still to deliver. Material that is not stocked is bought for its order
 * as soon as that is placed; stocked material comes every four weeks, as much as the orders in hand need. One material is planted to run
 * short: what is there and on order covers only a part of what the orders need.
 */
import {type Day, isoDay} from "../calendar/days.ts";
import type {PurchaseLine, SupplyFiles} from "../erp/supplyFiles.ts";
import type {DealLine} from "../firm/deal.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {MATERIALS, PRODUCTS, SHORTAGE} from "./machines.ts";
import type {MilestoneKind, OrderStory} from "./orderStory.ts";

/** Bought lines that came longer ago than this are not exported any more. */
const KEPT_DAYS = 180;
const RHYTHM_DAYS = 28;
const SITES = ["Main works", "Spare parts store"] as const;
/** Of the units in stock, those in the second site. */
const STORE_SHARE = 0.2;
/** Open lines of several units of which a part has come. */
const PART_DELIVERED = 0.1;

export class SupplyStory {
  /** Units that orders in hand wait for, by material and day. */
  private readonly needs = MATERIALS.map(() => new Map<Day, number>());
  /** In the house, for orders that still wait for something else. */
  private readonly reserved = MATERIALS.map(() => 0);

  constructor(
    private readonly files: SupplyFiles,
    private readonly exportDay: Day
  ) {}

  /** An order that was placed; `rng` is its own stream. */
  add(order: OrderStory, lines: readonly DealLine[], rng: Rng): void {
    const {exportDay} = this;
    const planned = milestone(order, "material");
    if (!planned || (order.cancelledDay !== null && order.cancelledDay <= exportDay)) return;
    const isThere = planned.actualDay !== null && planned.actualDay <= exportDay;
    const engineering = milestone(order, "engineering")!;
    const isLate = engineering.actualDay !== null && engineering.actualDay <= exportDay;
    const late = isLate ? Math.max(0, engineering.actualDay! - engineering.plannedDay) : 0;
    const needDay = Math.max(exportDay, planned.plannedDay + late);
    const bought: PurchaseLine[] = [];
    for (const [material, units] of unitsOf(lines)) {
      const {number, isStocked} = MATERIALS[material]!;
      const dueDay = planned.plannedDay - 2 - rng.int(8);
      const orderedDay = Math.min(order.orderedDay + 2 + rng.int(6), exportDay);
      const isPart = rng.chance(PART_DELIVERED);
      if (!isThere) {
        const byDay = this.needs[material]!;
        byDay.set(needDay, (byDay.get(needDay) ?? 0) + units);
      }
      if (isStocked || dueDay <= orderedDay) {
        if (!isStocked && !isThere) this.reserved[material]! += units;
        continue;
      }
      // Of an order whose time has come, only what it waits for is not there.
      const hasCome = isThere || (dueDay <= exportDay && material !== order.criticalMaterial);
      const received = hasCome ? units : isPart && units > 1 ? Math.floor(units / 2) : 0;
      if (!isThere) this.reserved[material]! += received;
      const cameDay = Math.min(dueDay, exportDay, planned.actualDay ?? exportDay);
      if (received === units && cameDay < exportDay - KEPT_DAYS) continue;
      bought.push({
        ...{material: number, units, orderedDay, dueDay, received},
        receivedDay: received > 0 ? Math.max(orderedDay, cameDay) : null
      });
    }
    this.files.purchase(bought);
  }

  /** Writes what is in stock and what is to refill it, and tells what was planted. */
  finish(folder: ExportFolder, rng: Rng): void {
    const truth = folder.file("truth/shortages.csv", ["material_id", "short_on", "units"]);
    for (const [m, {number, isStocked}] of MATERIALS.entries()) {
      const needs = [...this.needs[m]!].sort(([a], [b]) => a - b);
      const total = needs.reduce((sum, [, units]) => sum + units, 0);
      if (number === SHORTAGE.material) {
        const covered = Math.floor(total * SHORTAGE.covered);
        const firstHalf = Math.max(Math.floor(covered / 2), upTo(needs, this.exportDay + 14));
        const onHand = Math.min(covered, firstHalf);
        this.count(m, onHand);
        const empty = firstAbove(needs, onHand);
        if (covered > onHand && empty !== null) this.refill(m, covered - onHand, empty - 4);
        const short = firstAbove(needs, covered);
        if (short !== null) truth.row(`${number},${isoDay(short)},${total - covered}`);
      } else if (isStocked) this.count(m, this.cover(m, needs, rng));
      else this.count(m, this.reserved[m]!);
    }
  }

  /** Orders of every four weeks that keep ahead of the needs. @returns what must be there already */
  private cover(m: number, needs: readonly (readonly [Day, number])[], rng: Rng): number {
    const last = needs.at(-1)?.[0] ?? this.exportDay;
    const first = this.exportDay + 3 + rng.int(RHYTHM_DAYS - 3);
    const total = needs.reduce((sum, [, units]) => sum + units, 0);
    const usual = Math.ceil((total / Math.max(1, last - this.exportDay)) * RHYTHM_DAYS);
    const onHand = upTo(needs, first + 3) + Math.max(2, Math.ceil(usual * (0.4 + 0.6 * rng.next())));
    let there = onHand;
    for (let due = first; due <= last; due += RHYTHM_DAYS) {
      const units = Math.max(usual, upTo(needs, due + RHYTHM_DAYS + 3) + 1 - there);
      this.refill(m, units, due);
      there += units;
    }
    return onHand;
  }

  private refill(m: number, units: number, day: Day): void {
    const {number, leadDays} = MATERIALS[m]!;
    const dueDay = Math.max(day, this.exportDay + 1);
    const orderedDay = Math.min(dueDay - leadDays, this.exportDay - 1);
    this.files.purchase([{material: number, units, orderedDay, dueDay, received: 0, receivedDay: null}]);
  }

  private count(m: number, units: number): void {
    const {number} = MATERIALS[m]!;
    const store = Math.floor(units * STORE_SHARE);
    this.files.count(number, SITES[0], units - store, this.exportDay);
    if (store > 0) this.files.count(number, SITES[1], store, this.exportDay);
  }
}

function milestone({milestones}: OrderStory, kind: MilestoneKind) {
  return milestones.find((each) => each.kind === kind);
}

function unitsOf(lines: readonly DealLine[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const {product, quantity} of lines)
    for (const [material, each] of PRODUCTS[product]!.bom)
      units.set(material, (units.get(material) ?? 0) + each * quantity);
  return units;
}

/** Needed by the end of a day. */
function upTo(needs: readonly (readonly [Day, number])[], day: Day): number {
  return needs.reduce((sum, [on, units]) => (on <= day ? sum + units : sum), 0);
}

/** The first day on which more than so many units have been needed; null when never. */
function firstAbove(needs: readonly (readonly [Day, number])[], units: number): Day | null {
  let sum = 0;
  for (const [day, each] of needs) {
    sum += each;
    if (sum > units) return day;
  }
  return null;
}
