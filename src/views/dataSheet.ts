/** The Data sheet page: what was planted in synthetic data, and what was not. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {count, date} from "../components/format.js";
import {PlainTable} from "../components/plainTable.js";
import type {DataSheet} from "../slices/dataSheet.js";
import type {SiteData} from "../slices/site.js";

/** One sentence: whose data these are, and what that means for a good fit. */
export function dataSheetAnswer({company, nDeals, isSynthetic, asOf}: SiteData, {firm}: DataSheet): Content {
  const known = `, as of ${date(asOf)}`;
  if (!isSynthetic)
    return `${company} exported these data from its own systems${known}; nothing was planted in them.`;
  if (firm === null) return `Others made these data up${known}; what they planted is not known.`;
  return [
    html`<strong>${count(nDeals)} deals</strong>`,
    ` of a made-up ${firm}${known}, drawn from the rules below. `,
    html`<strong>A method that fits them well fits these rules</strong>`,
    ", not the world."
  ];
}

/** What is absent from the rules: patterns found there are chance. Nothing when no rules are known. */
export function NotPlanted({notPlanted}: DataSheet): HTMLElement | null {
  if (notPlanted.length === 0) return null;
  return html`<section>
    <h2 class="weir-chart-title">Not planted</h2>
    <p>Whoever finds one of these in the data has found chance.</p>
    <ul>${notPlanted.map((each) => html`<li>${each}</li>`)}</ul>
  </section>`;
}

/** The rules, each with its numbers. */
export function Planted({planted}: DataSheet): HTMLElement | null {
  if (planted.length === 0) return null;
  return html`<div>${planted.map(
    ({title, about, caption, columns, rows}) => html`<section>
      <h2 class="weir-chart-title">${title}</h2>
      <p>${about}</p>
      <div class="weir-sheet" role="region" tabindex="0" aria-label=${caption}>${PlainTable(rows, columns, {caption})}</div>
    </section>`
  )}</div>`;
}
