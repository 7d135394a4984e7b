/** What an expected figure is made of, in a panel: parts that sum to it, and the way to the deals of each. */
import {html} from "htl";
import {openDealPanel} from "../../components/dealPanel.js";
import type {QuarterForecast} from "../../slices/forecast.js";
import type {SiteData} from "../../slices/site.js";
import {hasPage, pageHref, pageLink} from "../pageLinks.js";

export interface ExpectedParts extends Pick<QuarterForecast, "label" | "mean" | "parts"> {
  currency: string;
  /** Deals are scored for this quarter: that which holds the as-of day. */
  isScored: boolean;
  /** In place of "Expected in 2026 Q2". */
  title?: string;
  /** In place of how open deals count. */
  scope?: string;
}

/** Opens the panel. */
export function openExpected(
  site: SiteData,
  {label, mean, parts, currency, isScored, title, scope}: ExpectedParts
): void {
  openDealPanel({
    title: title ?? `Expected in ${label}`,
    figure: {value: mean, unit: "money", currency},
    scope: scope ?? "Each open deal counts with its chance times what it closes at if won",
    noun: ["part", "parts"],
    rows: parts,
    columns: [
      {
        ...{key: "what", label: "Part", unit: "text"},
        link: ({stage}) =>
          isScored && stage ? pageHref(site, "deal-scores", `?stage=${encodeURIComponent(stage)}`) : null
      },
      {key: "value", label: "Expected", unit: "money", currency, total: true},
      {key: "n", label: "Deals", unit: "count", missing: ""}
    ],
    ...(hasPage(site, "deal-scores")
      ? {
          more: html`<p class="weir-chart-note">${pageLink(site, "deal-scores", "Each open deal with its chance and why")}${isScored ? "; a stage below opens its own" : ""}</p>`
        }
      : {})
  });
}
