/** Demand by month of need, and the materials ranked by what must be decided. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {DemandColumns} from "../../components/charts/demandColumns.js";
import {DataTable, type TableColumn} from "../../components/dataTable.js";
import {count, money, month} from "../../components/format.js";
import {demandMonths, type MaterialRow, materialRows} from "../../slices/material/demandRows.js";
import type {PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {type AskedMaterial, whenWords} from "./chosen.js";
import {openDemand} from "./panel.js";
import {heldWords, scoreFor} from "./record.js";
import {one} from "./tenths.js";

export function DemandChart(site: SiteData, data: PlanningData, {material}: AskedMaterial): HTMLElement {
  const {currency} = data;
  const unit = material ? "count" : "money";
  const rows = demandMonths(data, material).map(({from, firm, mean, p10, p50, p90, expected}) => ({
    label: month(from),
    ...{firm, mean, low: p10, p50, high: p90, expected}
  }));
  const score = scoreFor(data, "month of need", material ? "each material" : "all material");
  const measure = {unit, currency: material ? null : currency} as const;
  const note = data.record
    ? `${score ? `By month ${heldWords(score)}${material ? ", all materials together" : ""}. ` : ""}Monthly bands do not add up to the band of all 26 weeks, which is narrower: months do not all turn out high or low together. After the last month deals won later will follow.`
    : "What deals will need is not shown: no past day can be asked how good such a figure was.";
  const open = html`<button type="button" class="weir-button">Orders and deals behind it</button>`;
  open.addEventListener("click", () => openDemand(site, data, material));
  return Chart({
    title: headline(data, {material}),
    subtitle: material
      ? `${material.name}, units by month of need: orders, and deals expected to be won in 26 weeks`
      : `All material at standard cost, ${currency}, by month of need: orders, and deals expected to be won in 26 weeks`,
    rows,
    columns: [
      {key: "label", label: "Month", unit: "text"},
      {key: "firm", label: "Orders", ...measure},
      {key: "mean", label: "Expected of deals", ...measure},
      {key: "low", label: "P10 of deals", ...measure},
      {key: "p50", label: "P50 of deals", ...measure},
      {key: "high", label: "P90 of deals", ...measure},
      {key: "expected", label: "Orders and expected", ...measure}
    ],
    name: material ? `material-demand-${material.id}` : "material-demand",
    how: definitionOf({site}, "material_pipeline"),
    note: html`${note} ${open}`,
    empty: {
      reason: "No open order and no open deal needs this material.",
      action: "Choose another material."
    },
    render: (width) =>
      DemandColumns({
        ...{rows, width, ...measure},
        firmLabel: "orders",
        meanLabel: "expected of deals",
        bandLabel: "80% band of deals"
      })
  });
}

function headline(data: PlanningData, {material}: Pick<AskedMaterial, "material">): string {
  const rows = demandMonths(data, material);
  if (rows.length === 0) return "Nothing is needed";
  const most = rows.reduce((best, row) => (row.expected > best.expected ? row : best));
  const what = material
    ? `${count(Math.round(most.expected))} ${material.name}`
    : money(most.expected, data.currency);
  return `${month(most.from)} needs most: ${what}`;
}

/** Row by row what to order, how much of it before deals are won; a row opens the orders and deals behind it. */
export function MaterialTable(site: SiteData, data: PlanningData, {weeks}: AskedMaterial): HTMLElement {
  const {currency} = data;
  const rows = materialRows(data, weeks).map(rounded);
  const isKnown = data.record !== null;
  const columns: TableColumn<MaterialRow>[] = [
    {key: "material", label: "Material", unit: "text"},
    ...(isKnown
      ? ([
          {
            key: "decideCost",
            label: "To order before the win",
            unit: "money",
            currency,
            total: true
          },
          {key: "decide", label: "Units", unit: "count"},
          {key: "decideP90", label: "Units, P90", unit: "count"}
        ] as TableColumn<MaterialRow>[])
      : []),
    {key: "leadDays", label: "Lead time", unit: "days"},
    {
      key: "aheadDays",
      label: "Days before the win",
      unit: "days",
      missing: "can wait, or no lead time"
    },
    {key: "firm", label: "Units for orders", unit: "count"},
    {key: "firmPast", label: "Of these, day past", unit: "count"},
    {key: "nextOrderOn", label: "Next order day", unit: "date"},
    {key: "dueCost", label: "Due for orders", unit: "money", currency, total: true},
    ...(isKnown
      ? ([
          {key: "expected", label: "Deals in 26 weeks, expected", unit: "count"},
          {key: "p90", label: "Deals, P90", unit: "count"},
          {key: "held", label: "13-week band held", unit: "text", missing: "no past window"}
        ] as TableColumn<MaterialRow>[])
      : [])
  ];
  return html`<section>
    ${DataTable(rows, columns, {
      caption: `What to order ${whenWords(weeks)}`,
      showCaption: true,
      pageSize: 10,
      onRow: ({id}) => openDemand(site, data, data.materials.find((material) => material.id === id) ?? null)
    })}
    <p class="weir-chart-note">Ranked by what must be ordered before deals are won. A material whose lead time is shorter than the ${count(data.offsets.materialDays)} days an order usually has until its material is there can wait for the deal. "Due for orders" is what open orders need whose latest order day lies no later: past says that the supplier's lead time no longer fits, not that nobody has ordered.</p>
  </section>`;
}

/** Units to one decimal: chances make fractions of pieces. */
function rounded(row: MaterialRow): MaterialRow {
  const maybe = (value: number | null) => (value === null ? null : one(value));
  return {
    ...row,
    expected: one(row.expected),
    p90: one(row.p90),
    decide: maybe(row.decide),
    decideP90: maybe(row.decideP90),
    decideCost: row.decideCost === null ? null : Math.round(row.decideCost)
  };
}
