/** The Products page's sections in their order, or why there are none. */
import {html} from "htl";
import {Empty} from "../components/empty.js";
import type {ProductsFigures} from "../figures/products.js";
import type {Chosen, PageContext} from "./pageContext.js";
import {
  DiscountTrend,
  MixTrend,
  NO_LINES,
  PairTable,
  ProductTable,
  productKpis,
  StallGrid
} from "./products.js";
import {ProductTrends} from "./productTrend.js";

/** Everything below the page's filters. */
export function ProductsPage(context: PageContext, chosen: Chosen, figures: ProductsFigures): HTMLElement {
  if (!figures.hasLines) return Empty(NO_LINES);
  return html`<div class="weir-stack">
    ${productKpis(context, figures)}
    ${ProductTable(context, chosen, figures)}
    <div class="weir-columns">
      <div>${MixTrend(context, figures)}</div>
      <div>${DiscountTrend(context, figures)}</div>
    </div>
    ${ProductTrends(context, figures)}
    ${StallGrid(context, figures)}
    ${PairTable(context, figures)}
  </div>`;
}
