/** The ERP's planning data: materials, bills of materials, work centres. */
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

export interface ErpMaterial {
  number: string;
  name: string;
  leadDays: number;
  costUsd: number;
  isStocked: boolean;
}

export interface ErpProduct {
  sku: string;
  bom: readonly (readonly [material: number, quantity: number, workCentre: number, hours: number])[];
}

export interface ErpWorkCentre {
  number: string;
  name: string;
}

/** materials.csv and bill_of_materials.csv: a row a product and material, with the hours at the centre that fits it. */
export function writeBillsOfMaterials(
  folder: ExportFolder,
  products: readonly ErpProduct[],
  materials: readonly ErpMaterial[],
  centres: readonly ErpWorkCentre[]
): void {
  const materialFile = folder.file("materials.csv", [
    "material_id",
    "name",
    "lead_time_days",
    "unit_cost",
    "currency",
    "is_stocked"
  ]);
  for (const {number, name, leadDays, costUsd, isStocked} of materials)
    materialFile.row(`${number},${text(name)},${leadDays},${money(costUsd * 100)},USD,${isStocked}`);
  const bomFile = folder.file("bill_of_materials.csv", [
    "product_id",
    "material_id",
    "quantity",
    "work_centre_id",
    "hours"
  ]);
  for (const {sku, bom} of products)
    for (const [material, quantity, centre, hours] of bom)
      bomFile.row(`${sku},${materials[material]!.number},${quantity},${centres[centre]!.number},${hours}`);
}

/** work_centres.csv: hours a week that each centre offers. */
export function writeWorkCentres(
  folder: ExportFolder,
  centres: readonly ErpWorkCentre[],
  hoursPerWeek: readonly number[]
): void {
  const file = folder.file("work_centres.csv", ["work_centre_id", "name", "hours_per_week"]);
  for (const [i, {number, name}] of centres.entries())
    file.row(`${number},${text(name)},${Math.max(40, Math.ceil(hoursPerWeek[i]! / 8) * 8)}`);
}
