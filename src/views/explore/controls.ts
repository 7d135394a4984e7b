/** What to ask: table, measure, groups, filters. Its state lives in the address. */
import {html} from "htl";
import {MultiSelect, type MultiSelectElement} from "../../components/multiSelect.js";
import {carryFilters} from "../../components/navLinks.js";
import type {ExploreShape} from "../../slices/explore/exploreTable.js";
import {
  type Drawing,
  firstQuestion,
  isAdditive,
  measuresOf,
  type Question,
  readQuestion,
  type Share,
  writeMeasure,
  writeQuestion
} from "../../slices/explore/question.js";
import type {SiteData} from "../../slices/site.js";

export interface ExploreControlsElement extends HTMLElement {
  readonly value: Question;
  /** Asks the same of fewer rows. */
  narrow(filters: Question["filters"]): void;
}

const SHARE_WORDS: Record<Share, string> = {
  value: "values",
  row: "share of row total",
  column: "share of column total",
  all: "share of grand total"
};
const DRAWING_WORDS: Record<Drawing, string> = {
  auto: "automatic",
  bars: "bars",
  line: "line over time",
  grid: "grid"
};

/** An element with `.value` and "input" events, for Framework's view(). */
export function ExploreControls(site: SiteData, shapes: readonly ExploreShape[]): ExploreControlsElement {
  const root =
    html`<section class="weir-scenario weir-explore" aria-label="What to ask"></section>` as HTMLElement as ExploreControlsElement;
  let read = readQuestion(location.search, shapes);
  Object.defineProperty(root, "value", {get: () => read.question});
  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });
  const tell = () => root.dispatchEvent(new Event("input", {bubbles: true}));
  const ask = (part: Partial<Question>, keep?: string) => {
    const query = writeQuestion({...read.question, ...part}, shapes);
    history.pushState(null, "", `${location.pathname}${query}${location.hash}`);
    read = readQuestion(query, shapes);
    draw(keep);
    tell();
  };
  const back = () => {
    if (!root.isConnected) return removeEventListener("popstate", back);
    read = readQuestion(location.search, shapes);
    draw();
    tell();
  };
  addEventListener("popstate", back);

  /** The lists of filters, by table and field: one that is open stays so while values are ticked. */
  const lists = new Map<string, MultiSelectElement>();
  const listOf = (table: string, {key, label, words}: Word): MultiSelectElement => {
    const name = `${table} ${key}`;
    const selected = read.question.filters[key] ?? [];
    const list =
      lists.get(name) ??
      MultiSelect({
        ...{label, selected},
        choices: words.map((value) => ({value})),
        onChange: (values) => ask({filters: {...read.question.filters, [key]: values}}, `filter.${key}`)
      });
    lists.set(name, list);
    list.select(selected);
    list.querySelector("button")!.dataset["field"] = `filter.${key}`;
    return list;
  };

  const isOpen = (table: string, {key}: Word) =>
    lists.get(`${table} ${key}`)?.querySelector("[aria-expanded=true]") != null;

  /** Fields are made anew with each question, lists of filters are not; the one just used keeps the keyboard. */
  function draw(focused?: string): void {
    const {question, ignored} = read;
    const shape = shapes.find(({key}) => key === question.table)!;
    const active = document.activeElement as HTMLElement | null;
    const own = site.dimensions.map(({key}) => key);
    const carried = new URLSearchParams();
    for (const [key, values] of Object.entries(question.filters))
      if (own.includes(key)) for (const value of values) carried.append(key, value);
    carryFilters(carried.size > 0 ? `?${carried}` : "");
    root.replaceChildren(
      html`<div class="weir-explore-fields">
        ${Pick("table", "Table", options(shapes), question.table, (value) => ask({...firstQuestion(shapes.find(({key}) => key === value)!), filters: kept(question, shapes, value)}, "table"))}
        ${Pick(
          "measure",
          "Measure",
          measuresOf(shape).map((each) => [writeMeasure(each), each.label]),
          writeMeasure(question),
          (value) => {
            const chosen = measuresOf(shape).find((each) => writeMeasure(each) === value)!;
            ask({operation: chosen.operation, field: chosen.field}, "measure");
          }
        )}
        ${Pick("by", "Group by", [["", "none"], ...options(shape.words)], question.by ?? "", (value) => ask({by: value || null}, "by"))}
        ${Pick("across", "Columns by", [["", "none"], ...options(shape.words.filter(({key}) => key !== question.by))], question.across ?? "", (value) => ask({across: value || null}, "across"))}
        ${isAdditive(question) ? Pick("share", "Show as", Object.entries(SHARE_WORDS), question.share, (value) => ask({share: value as Share}, "share")) : null}
        ${Pick("drawing", "Chart", Object.entries(DRAWING_WORDS), question.drawing, (value) => ask({drawing: value as Drawing}, "drawing"))}
      </div>`,
      html`<div class="weir-explore-filters">${Filters(
        shape.words,
        shape.words.filter(
          (word) => (question.filters[word.key]?.length ?? 0) > 0 || isOpen(shape.key, word)
        ),
        ask,
        (word) => listOf(shape.key, word)
      )}</div>`,
      html`<p class="weir-chart-note">${shape.about}</p>`,
      html`<p class="weir-filters-note" role="status" hidden=${ignored.length === 0}>${ignored.join(" ")}</p>`
    );
    if (!focused) return;
    // A box of a list that was put back where it was, or the field by its name.
    const again = active && active !== document.body && root.contains(active) ? active : null;
    (again ?? root.querySelector<HTMLElement>(`[data-field="${focused}"]`))?.focus();
  }
  root.narrow = (filters) => ask({filters});
  draw();
  return root;
}

function Pick(
  field: string,
  label: string,
  choices: readonly (readonly [string, string])[],
  value: string,
  onChange: (value: string) => void
): HTMLElement {
  const select =
    html`<select data-field=${field}>${choices.map(([key, text]) => html`<option value=${key}>${text}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return html`<label>${label} ${select}</label>`;
}

type Word = ExploreShape["words"][number];

/** Filters in use, or open at the moment, and a list of further fields to filter by. */
function Filters(
  words: readonly Word[],
  used: readonly Word[],
  ask: (part: Partial<Question>, keep?: string) => void,
  listOf: (word: Word) => MultiSelectElement
): Node[] {
  const place = html`<span></span>`;
  const further =
    html`<select data-field="further" aria-label="Add a filter"><option value="">Add a filter …</option>${words.filter((word) => !used.includes(word)).map(({key, label}) => html`<option value=${key}>${label}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
  further.addEventListener("change", () => {
    const word = words.find(({key}) => key === further.value);
    if (!word) return;
    const filter = listOf(word);
    place.replaceChildren(filter);
    filter.querySelector("button")!.click();
    further.value = "";
  });
  const clear = html`<button type="button" class="weir-button weir-quiet">Clear filters</button>`;
  clear.addEventListener("click", () => ask({filters: {}}, "further"));
  return [...used.map(listOf), place, further, ...(used.length > 0 ? [clear] : [])];
}

/** Filters that the other table knows too. */
function kept({filters}: Question, shapes: readonly ExploreShape[], table: string): Question["filters"] {
  const {words} = shapes.find(({key}) => key === table)!;
  return Object.fromEntries(
    Object.entries(filters).flatMap(([key, values]) => {
      const field = words.find((word) => word.key === key);
      return field ? [[key, values.filter((value) => field.words.includes(value))]] : [];
    })
  );
}

function options(fields: readonly {key: string; label: string}[]): [string, string][] {
  return fields.map(({key, label}) => [key, label]);
}
