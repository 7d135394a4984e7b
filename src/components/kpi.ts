import {html} from "htl";
import {capitalised, count, formatValue, NOT_ENOUGH_DATA, signed, type Unit, type Value} from "./format.js";
import {How, type HowProps} from "./how.js";
import {followFigures, linkedFigure} from "./linkedFigure.js";
import {Sparkline, type SparkPoint} from "./sparkline.js";

export interface Comparison {
  /**
   * The difference. Unit "ratio" means percentage points under a figure that is itself a ratio, and a relative
   * change (0.12 is "+12%") under any other. Null: nothing to compare with.
   */
  value: number | null;
  /** What it is compared with: "vs 2026 Q1". */
  label: string;
  unit: Unit;
  /** Which direction is good; null when neither is. */
  goodWhen?: "up" | "down" | null;
}

export interface KpiProps {
  label: string;
  /** Null is shown as "not enough data" with `reason`. */
  value: Value;
  unit: Unit;
  currency?: string | null;
  comparison?: Comparison | null;
  /** Its history, oldest first. */
  spark?: readonly SparkPoint[];
  /** Number of deals (or other records) behind the figure. */
  n?: number | null;
  /** What n counts; "deals" when absent. */
  nLabel?: string;
  /** Why the value is null. */
  reason?: string;
  /** Said under the value: the band it lies in. */
  note?: string;
  /** Said in place of the value, where it is not known as exactly as it would be printed. */
  said?: string;
  how?: HowProps | null;
  /** Its name in a link, where the label has words that change from day to day: "ARR" of "ARR on 30 Jun 2026". */
  figure?: string;
  /** Lists the deals behind the figure. */
  onOpen?: () => void;
}

/** One headline figure: label, value, comparison, history, and the way to the records behind it. */
export function Kpi(props: KpiProps): HTMLElement {
  const {
    label,
    value,
    unit,
    currency = null,
    comparison,
    spark = [],
    n = null,
    nLabel = "deals",
    reason,
    note,
    said,
    how,
    figure,
    onOpen
  } = props;
  const known = spark.filter((point) => point.value !== null).length;
  const foot = html`<div class="weir-kpi-foot"></div>` as HTMLElement;
  followFigures();
  const open = onOpen ? linkedFigure(foot, {label, figure, how}, onOpen) : undefined;
  foot.append(...[Behind(n, nLabel, label, open), how ? How(how) : null].filter((node) => node !== null));
  return html`<div class="weir-kpi" role="group" aria-label=${label}>
    <h2 class="weir-kpi-label">${label}</h2>
    <div class="weir-kpi-body">${
      value === null
        ? html`<p class="weir-kpi-missing">${capitalised(NOT_ENOUGH_DATA)}</p><p class="weir-kpi-note">${reason ?? ""}</p>`
        : html`<p class="weir-kpi-value">${said ?? formatValue(value, unit, currency)}</p>`
    }
    ${value !== null && note ? html`<p class="weir-kpi-note">${note}</p>` : null}
    ${value !== null && comparison ? Compared(comparison, unit, currency) : null}
    ${known > 1 ? Sparkline({points: spark, unit, currency, label: `History of ${label}`}) : null}
    ${foot}</div>
  </div>`;
}

/** Lays out at most four figures side by side, two by two or stacked when narrow. @throws on more than four */
export function kpiRow(children: readonly Node[]): HTMLElement {
  if (children.length > 4) throw new RangeError(`kpiRow takes at most 4 figures, got ${children.length}`);
  return html`<div class="weir-kpis" style=${{"--weir-kpis": String(children.length)}}>${children}</div>`;
}

function Compared(
  {value, label, unit, goodWhen = null}: Comparison,
  of: Unit,
  currency: string | null
): HTMLElement {
  if (value === null) return html`<p class="weir-kpi-note">No comparison ${label}</p>`;
  const relative = unit === "ratio" && of !== "ratio";
  const change = relative ? signed(value, "ratio").replace(/ pts$/, "%") : signed(value, unit, currency);
  const same = change === signed(0);
  const good = same || goodWhen === null ? null : value > 0 === (goodWhen === "up");
  const tone = good === null ? "" : good ? "weir-better" : "weir-worse";
  return html`<p class="weir-kpi-note"><span class=${`weir-kpi-change ${tone}`}>${same ? "" : arrow(value)}${change}${
    good === null ? "" : html`<span class="weir-unseen"> (${good ? "better" : "worse"})</span>`
  }</span> ${label}</p>`;
}

function arrow(value: number): HTMLElement {
  return html`<span class=${value > 0 ? "weir-kpi-up" : "weir-kpi-down"} aria-hidden="true"></span>`;
}

function Behind(n: number | null, nLabel: string, label: string, onOpen?: () => void): Node | null {
  const text =
    n === null
      ? `List the ${nLabel}`
      : `${count(n)} ${n === 1 && !nLabel.startsWith("of ") ? nLabel.replace(/s$/, "") : nLabel}`;
  if (!onOpen) return n === null ? null : html`<span class="weir-kpi-n">${text}</span>`;
  const open = html`<button type="button" class="weir-textlink">${text}<span class="weir-unseen"> behind ${label}</span></button>`;
  open.addEventListener("click", () => onOpen());
  return open;
}
