/** Stock and purchase orders less what is needed: what runs short, when, and by when to order it. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {StockWeeks} from "../../components/charts/stockWeeks.js";
import {DataTable, type TableColumn} from "../../components/dataTable.js";
import {count, date, days} from "../../components/format.js";
import {balanceWeeks, type SupplyRow, supplyRows} from "../../slices/material/net.js";
import type {PlanMaterial, PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import type {AskedMaterial} from "./chosen.js";
import {openSupply} from "./ledger.js";
import {one} from "./tenths.js";

/** The chart of one material and the table of all; nothing where the exports have no stock. */
export function SupplyPart(site: SiteData, data: PlanningData, asked: AskedMaterial): HTMLElement[] {
  if (!data.supply.hasStock) return [];
  const rows = supplyRows(data);
  return [StockChart(site, data, asked, rows), SupplyTable(site, data, rows)];
}

/** Of the material that is chosen, or of the most urgent one. */
function StockChart(
  site: SiteData,
  data: PlanningData,
  {material}: AskedMaterial,
  rows: readonly SupplyRow[]
): HTMLElement {
  const shown = material ?? data.materials.find(({id}) => id === rows[0]?.id) ?? null;
  const row = rows.find(({id}) => id === shown?.id) ?? null;
  const supply = shown?.supply ?? null;
  const weeks = supply ? balanceWeeks(supply, data) : [];
  const open = html`<button type="button" class="weir-button">What is there, comes and is needed</button>`;
  open.addEventListener("click", () => shown && openSupply(site, data, shown));
  const unit = "count" as const;
  const notes = [
    material ? "" : "The most urgent material; choose another above.",
    row && row.overdue > 0
      ? `${count(one(row.overdue))} of what is on order is overdue and taken to come at once.`
      : "",
    supply && supply.undated > 0
      ? `${count(one(supply.undated))} on order have no day: they are in no week.`
      : "",
    row && !row.isCounted ? "No count has it: none is taken to be there." : ""
  ];
  return Chart({
    title: row ? headline(row) : "Nothing is stocked or needed",
    subtitle: shown
      ? `${shown.name}, units left at the end of each week: stock and deliveries, less orders${data.record ? " and open deals times their chance" : ""}`
      : "",
    rows: weeks,
    columns: [
      {key: "from", label: "Week from", unit: "date"},
      {key: "received", label: "Delivered", unit},
      {key: "firm", label: "Needed for orders", unit},
      {key: "afterFirm", label: "Left after orders", unit},
      ...(data.record
        ? ([
            {key: "expected", label: "Expected for deals", unit},
            {key: "afterExpected", label: "Left after deals", unit},
            {key: "afterP90", label: "Left in nine cases of ten", unit}
          ] as const)
        : [])
    ],
    name: shown ? `stock-${shown.id}` : "stock",
    how: definitionOf({site}, "net_requirement"),
    note: html`${notes.filter((words) => words !== "").join(" ")} ${open}`,
    empty: {reason: "Nothing of it is in stock, on order or needed.", action: "Choose another material."},
    render: (width) =>
      StockWeeks({
        ...{rows: weeks, width, unit},
        firmLabel: "left after orders",
        expectedLabel: data.record ? "after expected deals" : null,
        shortOn: row?.shortOn ?? null,
        expectedShortOn: row?.dealsShortOn ?? null
      })
  });
}

/** "Steel plate is short for orders from 3 Aug 2026: 120 are missing at the worst, the first to be ordered by 11 May 2026, 11 days ago". */
export function headline(row: SupplyRow): string {
  const {material, shortOn, dealsShortOn, dealsShortUnits} = row;
  if (shortOn !== null) return `${material} is short for orders from ${date(shortOn)}: ${missingWords(row)}`;
  if (dealsShortOn !== null)
    return `${material} lasts for orders; expected deals make it short from ${date(dealsShortOn)}, by ${count(one(dealsShortUnits!))}`;
  return `${material} lasts for orders and expected deals`;
}

/** How much orders are short of, and by when the first of it must be ordered. */
export function missingWords({shortUnits, orderBy, daysLate}: SupplyRow): string {
  const missing = `${count(one(shortUnits!))} ${shortUnits === 1 ? "is" : "are"} missing at the worst`;
  if (orderBy === null) return `${missing}, and no lead time is known`;
  return daysLate === null
    ? `${missing}, the first to be ordered by ${date(orderBy)}`
    : `${missing}, and the first had to be ordered by ${date(orderBy)}, ${days(daysLate)} ago`;
}

export function SupplyTable(site: SiteData, data: PlanningData, rows: readonly SupplyRow[]): HTMLElement {
  const isKnown = data.record !== null;
  const columns: TableColumn<SupplyRow>[] = [
    {key: "material", label: "Material", unit: "text"},
    {key: "shortOn", label: "Short for orders from", unit: "date", missing: "lasts"},
    {key: "orderBy", label: "Order by", unit: "date", missing: "nothing, or no lead time"},
    {key: "daysLate", label: "Days late", unit: "days", missing: "in time"},
    {key: "shortUnits", label: "Units short", unit: "count", missing: "none"},
    {key: "onHand", label: "In stock", unit: "count", missing: "no count"},
    {key: "onOrder", label: "On order", unit: "count"},
    {key: "overdue", label: "Of it overdue", unit: "count"},
    {key: "firm", label: "Needed for orders", unit: "count"},
    ...(isKnown
      ? ([
          {key: "expected", label: "Expected for deals", unit: "count"},
          {key: "dealsShortOn", label: "Short with deals from", unit: "date", missing: "lasts"},
          {
            key: "dealsOrderBy",
            label: "Order by for deals",
            unit: "date",
            missing: "nothing, or no lead time"
          },
          {key: "dealsShortUnits", label: "Units short with deals", unit: "count", missing: "none"},
          {key: "p90ShortUnits", label: "Units short, P90", unit: "count", missing: "none"}
        ] as TableColumn<SupplyRow>[])
      : []),
    {key: "leadDays", label: "Lead time", unit: "days"}
  ];
  return html`<section>
    ${DataTable(rows.map(rounded), columns, {
      caption: "What runs short, and by when to order it",
      showCaption: true,
      pageSize: 10,
      onRow: ({id}) => openSupply(site, data, materialOf(data, id))
    })}
    <p class="weir-chart-note">${tableNote(data)}</p>
  </section>`;
}

function materialOf({materials}: PlanningData, id: string): PlanMaterial {
  return materials.find((material) => material.id === id)!;
}

function tableNote({supply, record, materials}: PlanningData): string {
  const {hasPurchases, nMaterials, nUncounted, nShortBeyond} = supply;
  return [
    "What must be ordered first comes first. Short is the first day on which all that was in stock and has come since is less than all that was needed; the order day is the lead time before it, and the units are what is missing at the worst.",
    record ? "With deals: orders, and open deals times their chance of being won within 26 weeks." : "",
    record && materials.length < nMaterials
      ? `What deals make short is told of the ${count(materials.length)} ${materials.length === 1 ? "material" : "materials"} of this table alone: those that orders make short, and the dearest; orders are asked of all ${count(nMaterials)}.`
      : "",
    hasPurchases
      ? "What is overdue with suppliers is taken to come at once."
      : "The exports have no purchase orders: what is on order with suppliers is not taken off, so what is short may be on its way.",
    nUncounted > 0
      ? `${count(nUncounted)} ${nUncounted === 1 ? "material has" : "materials have"} no count: none of it is taken to be there.`
      : "",
    nShortBeyond > 0
      ? `${count(nShortBeyond)} more ${nShortBeyond === 1 ? "material is" : "materials are"} short for orders and not listed.`
      : ""
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function rounded(row: SupplyRow): SupplyRow {
  const maybe = (value: number | null) => (value === null ? null : one(value));
  return {
    ...row,
    onHand: maybe(row.onHand),
    onOrder: one(row.onOrder),
    overdue: one(row.overdue),
    firm: one(row.firm),
    expected: one(row.expected),
    shortUnits: maybe(row.shortUnits),
    dealsShortUnits: maybe(row.dealsShortUnits),
    p90ShortUnits: maybe(row.p90ShortUnits)
  };
}
