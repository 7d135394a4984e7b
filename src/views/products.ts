/** The Products page: what each product brings, at what price, where it stalls, and what is bought together. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {Trend} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import {count, money, named, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {stageRamp} from "../components/palette.js";
import type {Ranked} from "../figures/pageFigures.js";
import type {LineDeal, PricedDeal, ProductsFigures} from "../figures/products.js";
import {openStages} from "../figures/stages.js";
import type {ProductPair} from "../slices/crossSell.js";
import type {ProductRow} from "../slices/productLines.js";
import {NONE} from "../slices/select.js";
import {noHistory} from "./conversion.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";
import {isPartOfFirm} from "./wholeFirm.js";

const SERIES = 5;

export const NO_LINES = {
  reason: "No deal of this selection has product lines.",
  action:
    "Clear a filter, or export the line items of deals and the products and map them to deal_line and product."
};

/** One sentence: what brought most, and what it was sold at. */
export function productsAnswer(
  context: PageContext,
  {period}: Chosen,
  {products, hasLines, discount}: ProductsFigures
): Content | null {
  const best = products.find(({product, wonCents}) => product !== NONE && wonCents > 0);
  if (!hasLines || !best) return null;
  return [
    html`<strong>${best.product}</strong>`,
    " brought most in ",
    period.label,
    ": ",
    html`<strong>${money(best.wonCents / 100, context.site.currency)}</strong>`,
    `, ${percent(best.mix)} of what was won`,
    ...(discount === null
      ? []
      : ["; won lines were sold ", html`<strong>${percent(discount)}</strong>`, " below list"]),
    "."
  ];
}

/** Won with lines, discount, deals of several products, open without a product. */
export function productKpis(
  context: PageContext,
  {products, discount, nWon, nSeveral, lists, priced}: ProductsFigures
): HTMLElement {
  const {site} = context;
  const how = definitionOf(context, "product_figures");
  const named = products.filter(({product}) => product !== NONE);
  const bare = products.find(({product}) => product === NONE);
  const total = (list: readonly ProductRow[], key: "wonCents" | "openCents") =>
    list.reduce((sum, row) => sum + row[key], 0) / 100;
  const opens = (title: string, {n, list}: Ranked<LineDeal>, value: number) =>
    n > 0 ? {onOpen: () => openLineDeals(context, {title, list, n, value})} : {};
  return kpiRow([
    Kpi({
      label: "Won, by product lines",
      value: total(named, "wonCents"),
      unit: "money",
      currency: site.currency,
      n: nWon,
      how,
      ...opens("Won, by product lines", lists.won, total(named, "wonCents"))
    }),
    Kpi({
      label: "Discount on what was won",
      value: discount,
      unit: "ratio",
      how: definitionOf(context, "product_discount"),
      n: discount === null ? null : priced.deals.n,
      ...(discount === null ? {} : {onOpen: () => openPriced(context, priced, discount)}),
      reason: "No won line of the quarter says both its price and its list price."
    }),
    Kpi({
      label: "Won deals with several products",
      value: nWon > 0 ? nSeveral / nWon : null,
      unit: "ratio",
      n: nSeveral,
      nLabel: `of ${count(nWon)} deals`,
      how,
      ...(nSeveral > 0
        ? {
            onOpen: () =>
              showDeals(context, lists.several, {
                title: "Won deals with several products",
                scope: `${count(nSeveral)} of ${count(nWon)} won deals with lines`,
                value: nSeveral / nWon,
                unit: "ratio",
                made: `${count(nSeveral)} / ${count(nWon)} = ${percent(nSeveral / nWon)}`
              })
          }
        : {}),
      reason: "No deal with lines was won in the quarter."
    }),
    Kpi({
      label: "Open without a product",
      value: bare ? bare.openCents / 100 : 0,
      unit: "money",
      currency: site.currency,
      n: bare?.nOpen ?? 0,
      how,
      ...opens("Open without a product", lists.bare, (bare?.openCents ?? 0) / 100)
    })
  ]);
}

/** Opens the panel with the deals whose lines say what they cost and their list price. */
function openPriced(
  {site}: PageContext,
  {deals: {n, list}, paid, full}: ProductsFigures["priced"],
  discount: number
): void {
  const cash = {unit: "money", currency: site.currency} as const;
  const link = ({deal_id}: PricedDeal) => site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  const exact = (value: number) => money(value, site.currency, {exact: true});
  openDealPanel<PricedDeal>({
    title: "Discount on what was won",
    scope: "Won lines that say both their price and their list price",
    figure: {value: discount, unit: "ratio"},
    made: `1 - ${exact(paid)} / ${exact(full)} = ${percent(discount)}`,
    rows: list,
    columns: [
      {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "paid", label: "Paid", ...cash, total: true},
      {key: "list", label: "List price", ...cash, total: true},
      {key: "discount", label: "Discount", unit: "ratio", missing: "no list price"},
      {key: "owner", label: "Owner", unit: "text"}
    ],
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}

/** Opens the panel with the deals whose lines a sum is of. */
function openLineDeals(
  {site}: PageContext,
  {title, list, n, value}: {title: string; list: readonly LineDeal[]; n: number; value: number}
): void {
  const link = ({deal_id}: LineDeal) => site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  openDealPanel({
    title,
    figure: {value, unit: "money", currency: site.currency},
    rows: list,
    columns: [
      {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "amount", label: "Of its lines", unit: "money", currency: site.currency, total: true},
      {key: "stage", label: "Stage", unit: "text"},
      {key: "owner", label: "Owner", unit: "text"}
    ],
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}

/** Every product with what it brings; a row lists its deals. */
export function ProductTable(
  context: PageContext,
  {period}: Chosen,
  {products, holders, knownFrom}: ProductsFigures
): HTMLElement {
  const {currency} = context.site;
  return DataTable(
    products.map((row) => ({
      ...row,
      won: row.wonCents / 100,
      open: row.openCents / 100,
      price: row.priceCents === null ? null : row.priceCents / 100,
      between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`
    })),
    [
      {key: "product", label: "Product", unit: "text"},
      {key: "won", label: `Won in ${period.label}`, unit: "money", currency, total: true},
      {key: "mix", label: "Mix", unit: "ratio"},
      {key: "open", label: "Open", unit: "money", currency, total: true},
      {
        key: "winRate",
        // A deal lost before products are filled in carries none: only deals that came as far can be compared.
        label: knownFrom?.length ? `Win rate from ${knownFrom.join(" or ")}` : "Win rate",
        unit: "ratio",
        missing: knownFrom ? "products come later" : "none closed"
      },
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "attach", label: "In won deals", unit: "ratio", missing: ""},
      {key: "discount", label: "Discount", unit: "ratio", missing: "no list price"},
      {key: "price", label: "Price a piece", unit: "money", currency, missing: "none won"},
      {key: "cycleDays", label: "Cycle", unit: "days", missing: "none won"},
      {key: "nWon", label: "Won", unit: "count"},
      {key: "nLost", label: "Lost", unit: "count"},
      {key: "nOpen", label: "Open deals", unit: "count"}
    ],
    {
      caption: "What each product brings",
      showCaption: true,
      pageSize: 12,
      onRow: ({product, nOpen, nWon, nLost}) =>
        showDeals(context, holders[product] ?? {n: 0, rows: []}, {
          title: product,
          scope: `all deals that hold it; ${count(nOpen)} open, ${count(nWon)} won and ${count(nLost)} lost in ${period.label}`,
          value: holders[product]?.n ?? 0,
          unit: "count"
        })
    }
  );
}

/** Share of what was won by product family, quarter by quarter. */
export function MixTrend(context: PageContext, {mix: all}: ProductsFigures): HTMLElement {
  const {site} = context;
  const total = new Map<string, number>();
  for (const {family, cents} of all) total.set(family, (total.get(family) ?? 0) + cents);
  const top = [...total]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SERIES)
    .map(([family]) => family);
  const shown = all.filter(({family}) => top.includes(family));
  const trend = shown.map(({label, from, family, share, partial}) => ({
    on: from,
    label,
    series: named(family, "family"),
    value: share,
    partial
  }));
  return Chart({
    title: "Mix of what was won",
    subtitle: `Share of won money by product family and quarter${total.size > SERIES ? `, the ${count(SERIES)} largest` : ""}`,
    rows: shown.map((row) => ({...row, value: row.cents / 100})),
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "family", label: "Family", unit: "text"},
      {key: "value", label: "Won", unit: "money", currency: site.currency},
      {key: "share", label: "Share", unit: "ratio", missing: "nothing won"}
    ],
    name: "product-mix",
    how: definitionOf(context, "product_figures"),
    render: (width) =>
      Trend({rows: trend, width, unit: "ratio", colours: stageRamp(top.length), noun: "deals"})
  });
}

/** What was paid below list price, quarter by quarter. */
export function DiscountTrend(context: PageContext, {discounts: trend}: ProductsFigures): HTMLElement {
  return Chart({
    title: "What is paid below list price",
    subtitle: "Discount on won lines by quarter of closing, weighed by list price",
    rows: trend.some(({value}) => value !== null) ? trend : [],
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "value", label: "Discount", unit: "ratio", missing: "no list price"},
      {key: "n", label: "Won lines", unit: "count"}
    ],
    name: "product-discount",
    how: definitionOf(context, "product_discount"),
    empty: {
      reason: "No won line says both what it cost and its list price.",
      action: "Export the list price of line items, and map it to deal_line.list_price."
    },
    render: (width) => Trend({rows: trend, width, unit: "ratio", meaning: "won", noun: "lines"})
  });
}

/** For each family and stage, the share that moves on: where a product stalls its row is pale. */
export function StallGrid(context: PageContext, {stalls: cells}: ProductsFigures): HTMLElement {
  const {names} = openStages(context);
  const entered = names.filter((stage) => cells.some(({column}) => column === stage));
  const told = entered.filter((stage) => cells.some(({column, value}) => column === stage && value !== null));
  const left = entered.filter((stage) => !told.includes(stage));
  return Chart({
    title: "Where products stall",
    subtitle:
      "Share of the deals that entered a stage in the last two years and move on within a year from it, by product family",
    rows: cells,
    columns: [
      {key: "row", label: "Family", unit: "text"},
      {key: "column", label: "Stage", unit: "text"},
      {key: "value", label: "Moves on", unit: "ratio", missing: "not enough data"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Entered", unit: "count"}
    ],
    name: "where-products-stall",
    how: definitionOf(context, "product_stall"),
    empty: noHistory(context.site),
    note: `A dash: fewer than ten deals, or a stage in which most open deals have no lines yet, so that only those that come further are known by product.${left.length > 0 && told.length > 0 ? ` That is so of every family, and not drawn, in ${left.join(", ")}.` : ""}`,
    render: (width) =>
      HeatGrid({
        cells: told.length > 0 ? cells.filter(({column}) => told.includes(column)) : cells,
        columns: told.length > 0 ? told : entered,
        width,
        unit: "ratio",
        meaning: "won",
        noun: "deals"
      })
  });
}

/** Products customers hold together, with what chance would give: of a part of the firm not told, for customers buy by other deals, too. */
export function PairTable(
  {site}: PageContext,
  {together: {pairs, nCustomers}}: ProductsFigures
): HTMLElement {
  if (isPartOfFirm(site))
    return DataTable([], [], {
      caption: "Bought together",
      showCaption: true,
      empty: {
        reason:
          "What customers bought by deals that are not of this site is not known here: nor what they buy together."
      }
    });
  return DataTable(
    pairs.map((pair) => ({
      ...pair,
      pair: `${pair.a} + ${pair.b}`,
      words: verdict(pair),
      between: between(pair)
    })),
    [
      {key: "pair", label: "Products", unit: "text"},
      {key: "words", label: "Together", unit: "text"},
      {key: "lift", label: "Lift", unit: "multiple", missing: "too few customers"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "nBoth", label: "Hold both", unit: "count"},
      {key: "bAmongA", label: "Second among first", unit: "ratio"},
      {key: "aAmongB", label: "First among second", unit: "ratio"}
    ],
    {
      caption: `Bought together: ${count(nCustomers)} customers, ${count(pairs.length)} pairs of products`,
      showCaption: true,
      pageSize: 10,
      empty: {
        reason: "No customer of this selection bought two products.",
        action: "Clear a filter, or map line items and accounts."
      }
    }
  );
}

function verdict({lift, verdict}: ProductPair): string {
  if (lift === null) return "not enough data";
  return verdict > 0
    ? "more often than chance"
    : verdict < 0
      ? "more seldom than chance"
      : "as chance has it";
}

function between({lo, hi}: ProductPair): string | null {
  return lo === null || hi === null ? null : `${lo.toFixed(2)} to ${hi.toFixed(2)}×`;
}
