/** The orders and deals behind a figure of demand or load, in a panel whose sum is the figure. */
import type {TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import {count, date, money} from "../../components/format.js";
import {demandBehind} from "../../slices/material/behind.js";
import {type MaterialRow, sum} from "../../slices/material/demandRows.js";
import {type Behind, type LoadWeek, loadBehind} from "../../slices/material/load.js";
import type {PlanMaterial, PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";

interface Row extends Record<string, string | number | null> {
  name: string;
  counted: number;
}

/** Material in money that orders wait for, or that deals may: a part of the demand for all material. */
export function openPart(site: SiteData, data: PlanningData, kind: Behind["kind"]): void {
  const {firm, whole} = data.cost;
  const isOrders = kind === "order";
  open(
    site,
    data,
    demandBehind(data, null).filter((each) => each.kind === kind),
    {
      title: isOrders ? "Material that open orders wait for" : "Expected for deals won in 26 weeks",
      value: isOrders ? sum(firm) : whole.mean,
      isMoney: true,
      scope: isOrders
        ? "What each open order still needs"
        : "Each deal's material times its chance to be won within 26 weeks",
      others: isOrders ? data.nOrders - data.orders.length : data.nDeals - data.deals.length
    }
  );
}

/**
 * The materials of which some must be ordered before deals are won: what that costs.
 * @param when it must be ordered, in words: "within four weeks"
 */
export function openAhead({currency}: PlanningData, rows: readonly MaterialRow[], when: string): void {
  const decided = rows.filter(({decide}) => decide !== null && decide > 0);
  const cost = sum(decided.map(({decideCost}) => decideCost ?? 0));
  const cash = {unit: "money", currency} as const;
  openDealPanel({
    title: "To be ordered before deals are won",
    figure: {value: cost, ...cash},
    total: cost,
    scope: `${when}: what of the expected demand cannot wait for the deals`,
    noun: ["material", "materials"],
    rows: [...decided].sort((a, b) => (b.decideCost ?? 0) - (a.decideCost ?? 0)),
    columns: [
      {key: "material", label: "Material", unit: "text"},
      {key: "decideCost", label: "To be ordered", ...cash, total: true, missing: "no cost"},
      {key: "decide", label: "Units", unit: "count"},
      {key: "aheadDays", label: "Before the win", unit: "days"},
      {key: "leadDays", label: "Lead time", unit: "days"}
    ]
  });
}

/** Weeks in which a centre is asked for more than it offers. */
export function openOverfull(full: readonly LoadWeek[]): void {
  openDealPanel({
    title: "Weeks in which a work centre is overfull",
    figure: {value: full.length, unit: "count"},
    noun: ["week of a centre", "weeks of centres"],
    rows: full.map((week) => ({...week, over: week.total - (week.offered ?? 0)})),
    columns: [
      {key: "centre", label: "Work centre", unit: "text"},
      {key: "from", label: "Week from", unit: "date"},
      {key: "load", label: "Load", unit: "ratio"},
      {key: "over", label: "Hours too many", unit: "count"},
      {key: "offered", label: "Hours offered", unit: "count"}
    ]
  });
}

/** Demand for a material (null: all, in money): orders that wait for it, then deals by their chance. */
export function openDemand(site: SiteData, data: PlanningData, material: PlanMaterial | null): void {
  const {firm, whole} = material ?? data.cost;
  open(site, data, demandBehind(data, material), {
    title: material ? `${material.name}: firm and expected` : "All material: firm and expected",
    value: sum(firm) + whole.mean,
    isMoney: material === null,
    scope: `${said(sum(firm), material === null, data)} for orders, ${said(whole.mean, material === null, data)} expected for deals won within 26 weeks. A deal counts times its chance.`
  });
}

/** Hours of a centre in a week. */
export function openLoad(site: SiteData, data: PlanningData, week: LoadWeek): void {
  open(site, data, loadBehind(data, week), {
    title: `${week.centre}, week from ${date(week.from)}: hours`,
    value: week.total,
    isMoney: false,
    scope: `${count(Math.round(week.firm))} hours of orders, ${count(Math.round(week.pipeline))} expected of deals; ${count(week.offered)} are offered.`
  });
}

function open(
  site: SiteData,
  data: PlanningData,
  list: readonly Behind[],
  {
    title,
    value,
    isMoney,
    scope,
    others = data.nOrders + data.nDeals - data.orders.length - data.deals.length
  }: {title: string; value: number; isMoney: boolean; scope: string; others?: number}
): void {
  const listed = list.map(
    (each): Row => ({
      name: each.name,
      kind: each.kind === "order" ? "order" : each.isAssumed ? "deal, products not named yet" : "deal",
      account: each.account,
      whole: each.whole,
      chance: each.chance,
      counted: each.counted,
      dealId: each.dealId
    })
  );
  const rest = value - sum(list.map(({counted}) => counted));
  // What is too small to be listed is one row, so that the rows sum to the figure.
  const rows: Row[] =
    others > 0 && Math.abs(rest) > 1e-6
      ? [
          ...listed,
          {
            name: `${count(others)} smaller orders and deals`,
            kind: "not listed",
            account: null,
            whole: null,
            chance: null,
            counted: rest,
            dealId: null
          }
        ]
      : listed;
  const unit = isMoney ? "money" : "count";
  const currency = isMoney ? data.currency : null;
  const columns: TableColumn<Row>[] = [
    {
      key: "name",
      label: "Order or deal",
      unit: "text",
      ...(site.dealUrl
        ? {
            link: ({dealId}) =>
              dealId === null ? null : site.dealUrl!.replace("{id}", encodeURIComponent(String(dealId)))
          }
        : {})
    },
    {key: "counted", label: "Counted", unit, currency, total: true},
    {key: "whole", label: "Whole", unit, currency},
    {key: "chance", label: "Chance", unit: "ratio"},
    {key: "kind", label: "What it is", unit: "text"},
    {key: "account", label: "Customer", unit: "text"}
  ];
  openDealPanel({
    title,
    figure: {value, unit, currency},
    rows,
    columns,
    total: sum(rows.map(({counted}) => counted)),
    scope,
    noun: ["row", "rows"]
  });
}

function said(value: number, isMoney: boolean, {currency}: PlanningData): string {
  return isMoney ? money(value, currency) : count(Math.round(value * 10) / 10);
}
