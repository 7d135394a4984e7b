import {html} from "htl";
import {UNIT_WORDS} from "../slices/metricSpec.js";
import {CopyButton} from "./copyButton.js";
import type {Unit} from "./format.js";

/** One entry of the metric catalogue, as a reader needs it. */
export interface HowProps {
  /** The metric's name. */
  label: string;
  /** The formula in words. */
  formula: string;
  unit: Unit | string;
  /** The query or function that computed it. */
  sql?: string | null;
  /** What it does not say. */
  caveat?: string | null;
  /** Where its rows come from: "deals, from crm/deals.csv". */
  source?: string | null;
}

const UNITS: Record<string, string> = {
  ...UNIT_WORDS,
  money: "money, in the currency shown",
  date: "date",
  text: "text"
};

/** Folded "How this is computed": formula, unit, caveat, source and query of one metric. Escape folds it. */
export function How({label, formula, unit, sql, caveat, source}: HowProps): HTMLElement {
  const lines: [string, string | Node][] = [
    ["Formula", formula],
    ["Unit", UNITS[unit] ?? unit]
  ];
  if (caveat) lines.push(["Caveat", caveat]);
  if (source) lines.push(["Source", source]);
  if (sql) {
    const query = html`<pre>${sql}</pre>`;
    lines.push(["Query", html`<div>${query}${CopyButton(sql, query, `the query of ${label}`)}</div>`]);
  }
  const root = html`<details class="weir-how">
    <summary>How this is computed<span class="weir-unseen">: ${label}</span></summary>
    <div class="weir-how-text"><dl>${lines.map(([term, text]) => html.fragment`<dt>${term}</dt><dd>${text}</dd>`)}</dl></div>
  </details>`;
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.hasAttribute("open")) return;
    event.stopPropagation();
    root.removeAttribute("open");
    root.querySelector("summary")?.focus();
  });
  return root;
}
