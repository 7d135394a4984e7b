/** How price, discount and attach of the largest products have moved, quarter by quarter. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {Trend} from "../components/charts/trend.js";
import {percent} from "../components/format.js";
import {stageRamp} from "../components/palette.js";
import type {ProductsFigures} from "../figures/products.js";
import {FEW_LINES} from "../slices/productTrend.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {NO_LINES} from "./products.js";

type Quarters = ProductsFigures["byQuarter"];

const FEW_NOTE = `A dash: fewer than ${FEW_LINES} won lines in the quarter. The last quarter is not over.`;

/** Price, discount and attach of each of the largest products. */
export function ProductTrends(context: PageContext, {byQuarter: rows}: ProductsFigures): HTMLElement {
  return html`<div class="weir-stack">
    ${PriceTrend(context, rows)}
    ${Grid(context, rows, "attach")}
    ${Grid(context, rows, "discount")}
  </div>`;
}

function PriceTrend(context: PageContext, rows: Quarters): HTMLElement {
  const {currency} = context.site;
  const whole = rows.filter(({partial}) => !partial);
  const last = whole.at(-1)?.on;
  // A line that ends before the others would bear its name in their midst.
  const products = [...new Set(rows.map(({product}) => product))];
  const drawn = products.filter((product) =>
    whole.some((row) => row.product === product && row.on === last && row.priceIndex !== null)
  );
  const missing = products.filter((product) => !drawn.includes(product));
  const shown = rows.map((row) => ({...row, price: row.priceCents === null ? null : row.priceCents / 100}));
  return Chart({
    title: priceTitle(rows),
    subtitle:
      "Money a piece of what was won, against the product's mean of these quarters; in base currency, so that exchange rates are in it",
    rows: shown.some(({priceIndex}) => priceIndex !== null) ? shown : [],
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "product", label: "Product", unit: "text"},
      {key: "price", label: "Price a piece", unit: "money", currency, missing: "too few"},
      {key: "priceIndex", label: "Against its mean", unit: "ratio", missing: ""},
      {key: "discount", label: "Discount", unit: "ratio", missing: ""},
      {key: "nLines", label: "Won lines", unit: "count"}
    ],
    name: "product-price",
    how: definitionOf(context, "product_trend"),
    note: `A gap: fewer than ${FEW_LINES} won lines in the quarter.${missing.length > 0 ? ` Not drawn, for too few in the newest whole quarter: ${missing.join(", ")}.` : ""}`,
    empty: NO_LINES,
    render: (width) =>
      Trend({
        rows: whole
          .filter(({product}) => drawn.includes(product))
          .sort((a, b) => drawn.indexOf(a.product) - drawn.indexOf(b.product))
          .map(({on, label, product, priceIndex, nLines, partial}) => ({
            on,
            label,
            series: product,
            value: priceIndex,
            n: nLines,
            partial
          })),
        width,
        unit: "ratio",
        fromZero: false,
        colours: stageRamp(drawn.length),
        noun: "won lines"
      })
  });
}

/** What moved most from the older half of the whole quarters to the newer one. */
function priceTitle(rows: Quarters): string {
  const products = [...new Set(rows.map(({product}) => product))];
  const moves = products.flatMap((product) => {
    const known = rows.filter((row) => row.product === product && !row.partial && row.priceIndex !== null);
    if (known.length < 4) return [];
    const half = Math.floor(known.length / 2);
    const mean = (part: Quarters) => part.reduce((sum, {priceIndex}) => sum + priceIndex!, 0) / part.length;
    return [{product, move: mean(known.slice(-half)) / mean(known.slice(0, half)) - 1}];
  });
  const [most] = moves.sort((a, b) => Math.abs(b.move) - Math.abs(a.move));
  return most
    ? `Prices paid: ${most.product} moved most, ${most.move < 0 ? "down" : "up"} ${percent(Math.abs(most.move))} from the older to the newer quarters`
    : "Prices paid, by product";
}

const GRIDS = {
  attach: {
    title: "How often each product is in what is won",
    subtitle: "Share of won deals with products that hold it, by quarter; press a cell for its deals",
    name: "product-attach"
  },
  discount: {
    title: "Which products are sold below list",
    subtitle: "Discount on won lines, weighed by list price, by quarter; press a cell for its deals",
    name: "product-discount-by-quarter"
  }
};

function Grid(context: PageContext, rows: Quarters, by: "attach" | "discount"): HTMLElement {
  const cells = rows.map((row) => ({
    ...row,
    row: row.product,
    column: row.label,
    value: row[by],
    n: row.nWon
  }));
  return Chart({
    title: GRIDS[by].title,
    subtitle: GRIDS[by].subtitle,
    rows: cells.some(({value}) => value !== null) ? cells : [],
    columns: [
      {key: "row", label: "Product", unit: "text"},
      {key: "column", label: "Quarter", unit: "text"},
      {key: "value", label: by === "attach" ? "In won deals" : "Discount", unit: "ratio", missing: "too few"},
      ...(by === "attach"
        ? [
            {key: "lo" as const, label: "95% from", unit: "ratio" as const, missing: ""},
            {key: "hi" as const, label: "95% to", unit: "ratio" as const, missing: ""}
          ]
        : []),
      {key: "nWon", label: "Won deals", unit: "count"},
      {key: "nWithLines", label: "Of won deals with products", unit: "count"}
    ],
    name: GRIDS[by].name,
    how: definitionOf(context, "product_trend"),
    note: FEW_NOTE,
    empty: NO_LINES,
    render: (width) => {
      const columns = lastThatFit(cells, width);
      return HeatGrid({
        cells: cells.filter(({column}) => columns.includes(column)),
        rows: [...new Set(cells.map(({row}) => row))],
        columns,
        width,
        unit: "ratio",
        meaning: "won",
        noun: "won deals",
        onSelect: ({row, column}) => {
          const cell = cells.find((each) => each.row === row && each.column === column)!;
          showDeals(context, cell.deals, {
            title: `${row}, won`,
            scope: `${column}${cell.value === null ? "" : `; ${by === "attach" ? "in" : "sold"} ${percent(cell.value)}${by === "attach" ? " of won deals" : " below list"}`}`,
            value: cell.deals.n,
            unit: "count"
          });
        }
      });
    }
  });
}

/** Quarters for which a column has room, the newest. */
function lastThatFit(cells: readonly {column: string}[], width: number): string[] {
  const all = [...new Set(cells.map(({column}) => column))];
  return all.slice(-Math.max(4, Math.floor(width / 86)));
}
