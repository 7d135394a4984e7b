import {html} from "htl";
import {count, named} from "./format.js";

export interface Choice {
  value: string;
  /** Number of records with it. */
  n?: number | null;
}

export interface MultiSelectProps {
  label: string;
  choices: readonly Choice[];
  selected: readonly string[];
  /** Called with the selection in the order of the choices. */
  onChange: (selected: string[]) => void;
  /** Called with what the selection would be, when a choice has been pointed at for a moment: time to fetch its data. */
  onLikely?: (selected: string[]) => void;
}

export interface MultiSelectElement extends HTMLElement {
  /** Shows a selection without calling onChange. */
  select(selected: readonly string[]): void;
}

let made = 0;

/** Milliseconds that a choice is pointed at before it is likely to be made. */
const POINTED_MS = 60;

/**
 * A button that opens a searchable list of checkboxes. Arrow keys move, Space ticks, Escape closes. The list is made when it
 * is first opened: a large firm has thousands of owners and partners.
 */
export function MultiSelect(props: MultiSelectProps): MultiSelectElement {
  const {label, choices, selected, onChange, onLikely} = props;
  const id = `weir-choices-${++made}`;
  const button = html`<button type="button" class="weir-button weir-filter" aria-expanded="false" aria-controls=${id}></button>`;
  const search =
    html`<input type="search" class="weir-search" placeholder=${`Search ${label.toLowerCase()}`} aria-label=${`Search ${label}`}>` as HTMLInputElement;
  let picked = new Set(selected);
  let options: HTMLElement[] = [];
  let boxes: HTMLInputElement[] = [];
  const none = html`<p class="weir-choices-none" hidden>Nothing matches.</p>`;
  const clear = html`<button type="button" class="weir-button weir-quiet">Clear ${label.toLowerCase()}</button>`;
  const panel = html`<div id=${id} class="weir-choices" role="group" aria-label=${`Filter by ${label}`} hidden>
    ${choices.length > 7 ? search : null}
    <div class="weir-choices-list">${none}</div>
    <div class="weir-choices-foot">${clear}</div>
  </div>`;
  const root = html`<div class="weir-multi">${button}${panel}</div>` as MultiSelectElement;

  const chosen = () => choices.map(({value}) => value).filter((value) => picked.has(value));
  const inView = () => boxes.filter((_, i) => !options[i]!.hidden);

  function make(): void {
    if (options.length > 0) return;
    options = choices.map((choice) => Option(choice, label));
    boxes = options.map((option) => option.querySelector("input")!);
    for (const [i, {value}] of choices.entries()) boxes[i]!.checked = picked.has(value);
    none.before(...options);
  }

  let captioned: string | null = null;
  function caption(): void {
    const values = chosen();
    const words =
      values.length === 0 ? "" : values.length === 1 ? named(values[0]!, label) : count(values.length);
    if (words === captioned) return;
    captioned = words;
    button.replaceChildren(
      html`<span>${label}</span>`,
      ...(words ? [html`<strong class="weir-filter-on">${words}</strong>`] : []),
      html`<span class="weir-caret" aria-hidden="true"></span>`
    );
    button.classList.toggle("weir-filter-active", values.length > 0);
    clear.hidden = values.length === 0;
  }

  function reach(box: HTMLInputElement | undefined): void {
    for (const other of boxes) other.tabIndex = other === box ? 0 : -1;
  }

  function open(show: boolean): void {
    panel.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
    if (!show) return;
    make();
    search.value = "";
    narrow();
    keepOnScreen(panel);
    (choices.length > 7 ? search : inView()[0])?.focus();
  }

  function narrow(): void {
    const words = search.value.trim().toLowerCase();
    for (const [i, {value}] of choices.entries())
      options[i]!.hidden = !named(value, label).toLowerCase().includes(words);
    none.hidden = inView().length > 0;
    reach(inView().find((box) => box.checked) ?? inView()[0]);
  }

  function move(event: KeyboardEvent): void {
    const list = inView();
    const at = list.indexOf(document.activeElement as HTMLInputElement);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1}[event.key];
    if (to === undefined || (at < 0 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const next = to < 0 && choices.length > 7 ? search : list[Math.max(0, Math.min(list.length - 1, to))];
    if (next && next !== search) reach(next);
    next?.focus();
  }

  button.addEventListener("click", () => open(panel.hidden));
  search.addEventListener("input", narrow);
  root.addEventListener("change", (event) => {
    if (event.target === search) return;
    picked = new Set(choices.filter((_, i) => boxes[i]!.checked).map(({value}) => value));
    caption();
    onChange(chosen());
  });
  let pointed: ReturnType<typeof setTimeout> | undefined;
  const point = ({target}: Event) => {
    clearTimeout(pointed);
    const at = boxes.indexOf(
      (target as Element).closest("label")?.querySelector("input") as HTMLInputElement
    );
    const {value} = choices[at] ?? {};
    if (value === undefined) return;
    const likely = choices.filter((each) => picked.has(each.value) !== (each.value === value));
    pointed = setTimeout(() => onLikely?.(likely.map(({value}) => value)), POINTED_MS);
  };
  if (onLikely) for (const type of ["pointerover", "focusin"]) panel.addEventListener(type, point);
  clear.addEventListener("click", () => {
    root.select([]);
    inView()[0]?.focus();
    onChange([]);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && panel.hidden) {
      event.preventDefault();
      open(true);
    } else if (event.key === "Escape" && !panel.hidden) {
      event.stopPropagation();
      open(false);
      button.focus();
    } else if (!panel.hidden) move(event);
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget as Node)) open(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !root.contains(event.target as Node)) open(false);
  });
  root.select = (values) => {
    picked = new Set(values);
    for (const [i, box] of boxes.entries()) box.checked = picked.has(choices[i]!.value);
    caption();
  };
  caption();
  return root;
}

function Option({value, n}: Choice, label: string): HTMLElement {
  return html`<label class="weir-choice"><input type="checkbox"><span class="weir-choice-text">${named(value, label)}</span>${
    n === undefined || n === null ? null : html`<span class="weir-choice-n">${count(n)}</span>`
  }</label>`;
}

/** Shifts a popover that would leave the window on the right. */
function keepOnScreen(panel: HTMLElement): void {
  panel.style.translate = "";
  const over = panel.getBoundingClientRect().right - (document.documentElement.clientWidth - 12);
  if (over > 0) panel.style.translate = `${-Math.ceil(over)}px 0`;
}
