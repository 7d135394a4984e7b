import {html} from "htl";
import {aroundPrint} from "./aroundPrint.js";
import {downloadCsv, toCsv} from "./csv.js";
import {DataTable, type TableColumn} from "./dataTable.js";
import {Empty, type EmptyProps} from "./empty.js";
import {How, type HowProps} from "./how.js";

export interface ChartProps<Row extends object> {
  /** What to see, as a sentence. */
  title: string;
  /** Measure, unit, scope. */
  subtitle: string;
  /** The rows drawn: also the accessible table and the CSV. */
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  /** File name of the CSV, without extension. */
  name: string;
  /** Draws at a width in px; called again when the width changes. */
  render: (width: number) => SVGElement | HTMLElement;
  how?: HowProps | null;
  /** A line under the chart: a caveat, what a mark means. */
  note?: string | Node | null;
  /** What to say when there are no rows. */
  empty?: EmptyProps;
}

const FALLBACK_WIDTH = 640;
/** Narrower boxes get a drawing of this width, scaled down. */
const LEAST_WIDTH = 240;
/** Px between the margins of a sheet of A4. */
const PAPER_WIDTH = 688;

/**
 * The frame of every chart: figure, title, subtitle, the drawing, its data as a table and as CSV, how it is
 * computed. Keeps its height while it redraws, and shows why when there are no rows.
 */
export function Chart<Row extends object>(props: ChartProps<Row>): HTMLElement {
  const {title, subtitle, rows, columns, name, render, how, note, empty} = props;
  const caption = html`<figcaption class="weir-chart-head">
    <h2 class="weir-chart-title">${title}</h2>
    <p class="weir-chart-subtitle">${subtitle}</p>
  </figcaption>`;
  if (rows.length === 0) {
    const why = empty ?? {
      reason: "Nothing to draw for this selection.",
      action: "Widen the period or clear a filter."
    };
    return html`<figure class="weir-chart">${caption}${Empty(why)}${how ? How(how) : null}</figure>`;
  }
  const body = html`<div class="weir-chart-body"></div>`;
  const data = html`<div class="weir-chart-data" hidden></div>`;
  const toggle = html`<button type="button" class="weir-button weir-quiet" aria-expanded="false">Show data</button>`;
  toggle.addEventListener("click", () => {
    if (data.childElementCount === 0)
      data.append(DataTable(rows, columns, {caption: title, pageSize: 8, csv: false}));
    data.hidden = !data.hidden;
    toggle.setAttribute("aria-expanded", String(!data.hidden));
    toggle.textContent = data.hidden ? "Show data" : "Hide data";
  });
  const download = html`<button type="button" class="weir-button weir-quiet">Download CSV</button>`;
  download.addEventListener("click", () => downloadCsv(name, toCsv(rows, columns)));
  responsive(body, name, (width) => named(render(width), `${title}. ${subtitle}`));
  return html`<figure class="weir-chart">
    ${caption}${body}
    ${note ? html`<p class="weir-chart-note">${note}</p>` : null}
    <div class="weir-chart-foot">${toggle}${download}${how ? How(how) : null}</div>
    ${data}
  </figure>`;
}

/** Widths that charts had when they were last drawn, by name: one that is made anew is drawn once, at its width. */
const widths = new Map<string, number>();

/** Draws into the box at its own width, and again when that changes; the old drawing stays until then. */
function responsive(box: HTMLElement, name: string, draw: (width: number) => Element): void {
  let drawn = widths.get(name) ?? FALLBACK_WIDTH;
  box.append(draw(Math.max(LEAST_WIDTH, drawn)));
  // A redraw leaves the keyboard where it was among the drawing's buttons.
  const redraw = (width: number) => {
    const stops = () => [...box.querySelectorAll<HTMLElement | SVGElement>("[tabindex]")];
    const place = stops().indexOf(document.activeElement as HTMLElement);
    box.replaceChildren(draw(Math.max(LEAST_WIDTH, width)));
    stops()[place]?.focus({preventScroll: true});
  };
  aroundPrint(box, {before: () => redraw(PAPER_WIDTH), after: () => redraw(drawn)});
  if (typeof ResizeObserver === "undefined") return;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === 0 || width === drawn) return;
    drawn = width;
    widths.set(name, width);
    redraw(width);
  }).observe(box);
}

/**
 * One name for the whole drawing: Plot's own labels sit on groups where ARIA forbids them. A drawing with
 * buttons in it is a group, others are an image (their data is in the table below).
 */
function named(drawing: SVGElement | HTMLElement, label: string): Element {
  const picture = drawing instanceof SVGElement ? drawing : (drawing.querySelector("svg") ?? drawing);
  const strip = () => {
    for (const part of picture.querySelectorAll("[aria-label]:not([role]), [aria-description]")) {
      part.removeAttribute("aria-label");
      part.removeAttribute("aria-description");
    }
  };
  strip();
  new MutationObserver(strip).observe(picture, {childList: true, subtree: true});
  picture.setAttribute("role", picture.querySelector('[role="button"]') ? "group" : "img");
  picture.setAttribute("aria-label", label);
  return drawing;
}
