import {html} from "htl";
import {formatValue, type Unit, type Value} from "./format.js";

export interface PlainColumn<Row extends object> {
  key: keyof Row & string;
  label: string;
  unit: Unit;
}

/** A short table whose texts are read in full: cells wrap, nothing scrolls or sorts. For up to some fifty rows. */
export function PlainTable<Row extends object>(
  rows: readonly Row[],
  columns: readonly PlainColumn<Row>[],
  {caption}: {caption: string}
): HTMLElement {
  const numeric = (unit: Unit) => unit !== "text" && unit !== "date";
  return html`<table class="weir-plain">
    <caption>${caption}</caption>
    <thead><tr>${columns.map(({label, unit}) => html`<th scope="col" class=${numeric(unit) ? "weir-number" : ""}>${label}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${columns.map(
          ({key, unit}) =>
            html`<td class=${numeric(unit) ? "weir-number" : ""}>${formatValue((row[key] ?? null) as Value, unit)}</td>`
        )}</tr>`
    )}</tbody>
  </table>`;
}
