/** What an expected figure is made of, in a panel: parts that sum to it, and the way to the deals of each. */
import {html} from "htl";
import {openDealPanel} from "../../components/dealPanel.js";
import {money} from "../../components/format.js";
import type {QuarterForecast} from "../../slices/forecast.js";
import type {SiteData} from "../../slices/site.js";
import {hasPage, pageHref, pageLink} from "../pageLinks.js";

export interface ExpectedParts extends Pick<QuarterForecast, "label" | "mean" | "parts"> {
  currency: string;
  /** Deals are scored for this quarter: that which holds the as-of day. */
  isScored: boolean;
  /** The target whose chance is asked. */
  against?: number;
}

/** Opens the panel. */
export function openExpected(
  site: SiteData,
  {label, mean, parts, currency, isScored, against}: ExpectedParts
): void {
  openDealPanel({
    title: against === undefined ? `Expected in ${label}` : `Expected in ${label}, against the target`,
    figure: {value: mean, unit: "money", currency},
    scope:
      against === undefined
        ? "Each open deal counts with its chance times what it closes at if won"
        : `Target ${money(against, currency)}; the chance is the share of the forecast's distribution at or above it, of which this is the mean`,
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
