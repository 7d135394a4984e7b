/** What is in stock of a material, what comes and what needs it, in a panel whose sum is what is left. */
import type {TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import {count, date} from "../../components/format.js";
import {demandBehind} from "../../slices/material/behind.js";
import {sum} from "../../slices/material/demandRows.js";
import type {PlanMaterial, PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {one} from "./tenths.js";

interface Row extends Record<string, string | number | null> {
  name: string;
  units: number;
}

export function openSupply(site: SiteData, data: PlanningData, material: PlanMaterial): void {
  const rows = ledgerRows(data, material);
  const left = leftOf(material);
  const columns: TableColumn<Row>[] = [
    {
      key: "name",
      label: "Where it comes from or goes to",
      unit: "text",
      ...(site.dealUrl
        ? {
            link: ({dealId}) =>
              dealId === null ? null : site.dealUrl!.replace("{id}", encodeURIComponent(String(dealId)))
          }
        : {})
    },
    {key: "units", label: "Units", unit: "count", total: true},
    {key: "kind", label: "What it is", unit: "text"},
    {key: "on", label: "Day", unit: "date"},
    {key: "account", label: "Customer", unit: "text"}
  ];
  openDealPanel({
    title: `${material.name}: what is left of it`,
    figure: {value: left, unit: "count"},
    rows,
    columns,
    total: sum(rows.map(({units}) => units)),
    scope: `In stock${material.supply!.countedOn ? ` on ${date(material.supply!.countedOn)}` : ""} and on order, less what orders wait for${data.record ? " and what deals won within 26 weeks are expected to need" : ""}. Below zero it is missing.`,
    noun: ["row", "rows"]
  });
}

/** Stock and what is on order with a day, less all that is needed: what the chart's last week leaves. */
export function leftOf({supply, firm, whole}: PlanMaterial): number {
  const {onHand, receipts} = supply!;
  return (onHand ?? 0) + sum(receipts.map(({units}) => units)) - sum(firm) - whole.mean;
}

/** To which what a deal is expected to need is told. */
const TENTH = 0.1;

/** Sites, purchase orders by day, then orders and deals below zero; they sum to what is left. */
export function ledgerRows(data: PlanningData, material: PlanMaterial): Row[] {
  const {sites, receipts, undated} = material.supply!;
  const none = {account: null, dealId: null};
  const needs = demandBehind(data, material);
  const needOn = new Map(data.orders.map(({orderId, needOn}) => [orderId, needOn]));
  const rows: Row[] = [
    ...sites.map(
      ([site, units]): Row => ({
        name: site === "not said" ? "Stock" : site,
        units,
        kind: "stock",
        on: null,
        ...none
      })
    ),
    ...receipts.map(
      ({id, units, dueOn, isOverdue, isAssumed}): Row => ({
        ...{name: id, units, on: dueOn, ...none},
        kind: `on order${isOverdue ? ", overdue" : isAssumed ? ", day by lead time" : ""}`
      })
    ),
    ...(undated > 0
      ? [
          {
            name: `${count(one(undated))} on order without a day`,
            units: 0,
            kind: "in no week",
            on: null,
            ...none
          }
        ]
      : []),
    ...needs.map(
      (each): Row => ({
        name: each.name,
        units: -each.counted,
        kind: each.kind === "order" ? "needed for the order" : "expected for the deal",
        on: each.kind === "order" ? (needOn.get(each.id) ?? null) : null,
        account: each.account,
        dealId: each.dealId
      })
    )
  ];
  // What is too small to be listed, or to a tenth of a unit a deal, is one row, so that the rows sum to the figure.
  const rest = leftOf(material) - sum(rows.map(({units}) => units));
  const others = data.nOrders + data.nDeals - data.orders.length - data.deals.length;
  // More than rounding is no row: the panel then says that its rows do not add up.
  const isRounding = others === 0 && Math.abs(rest) <= (TENTH / 2) * needs.length;
  return Math.abs(rest) > 1e-6 && (others > 0 || isRounding)
    ? [
        ...rows,
        {
          name:
            others > 0
              ? `${count(others)} smaller orders and deals`
              : "Rounding of what deals are expected to need",
          units: rest,
          kind: others > 0 ? "not listed" : "rounding",
          on: null,
          ...none
        }
      ]
    : rows;
}
