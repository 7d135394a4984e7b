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
 * Choices listed at once beside those made; the others are searched for. A large firm has thousands of owners: every option in the
 * page makes each change of it dearer, and the address, which is written with the state of all of the page's controls.
 */
const LISTED = 100;

/**
 * A button that opens a searchable list of checkboxes. Arrow keys move, Space ticks, Escape closes. The list is made when it
 * is opened.
 */
export function MultiSelect(props: MultiSelectProps): MultiSelectElement {
  const {label, choices, selected, onChange, onLikely} = props;
  const id = `weir-choices-${++made}`;
  const button = html`<button type="button" class="weir-button weir-filter" aria-expanded="false" aria-controls=${id}></button>`;
  const search =
    html`<input type="search" class="weir-search" placeholder=${`Search ${label.toLowerCase()}`} aria-label=${`Search ${label}`}>` as HTMLInputElement;
  let picked = new Set(selected);
  /** Made when first listed, by value. */
  const options = new Map<string, HTMLElement>();
  let listed: {value: string; box: HTMLInputElement}[] = [];
  const note = html`<p class="weir-choices-note" hidden></p>`;
  const clear = html`<button type="button" class="weir-button weir-quiet">Clear ${label.toLowerCase()}</button>`;
  const panel = html`<div id=${id} class="weir-choices" role="group" aria-label=${`Filter by ${label}`} hidden>
    ${choices.length > 7 ? search : null}
    <div class="weir-choices-list">${note}</div>
    <div class="weir-choices-foot">${clear}</div>
  </div>`;
  const root = html`<div class="weir-multi">${button}${panel}</div>` as MultiSelectElement;

  const chosen = () => choices.map(({value}) => value).filter((value) => picked.has(value));
  const boxes = () => listed.map(({box}) => box);

  function optionOf(choice: Choice): HTMLElement {
    const option = options.get(choice.value) ?? Option(choice, label);
    options.set(choice.value, option);
    return option;
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
    for (const other of boxes()) other.tabIndex = other === box ? 0 : -1;
  }

  function open(show: boolean): void {
    panel.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
    if (!show) return;
    search.value = "";
    narrow();
    keepOnScreen(panel);
    (choices.length > 7 ? search : boxes()[0])?.focus();
  }

  function narrow(): void {
    const words = search.value.trim().toLowerCase();
    const found = choices.filter(({value}) => named(value, label).toLowerCase().includes(words));
    let left = LISTED;
    const shown = found.filter(({value}) => picked.has(value) || left-- > 0);
    listed = shown.map((choice) => {
      const box = optionOf(choice).querySelector("input")!;
      box.checked = picked.has(choice.value);
      return {value: choice.value, box};
    });
    note.parentElement!.replaceChildren(...shown.map(optionOf), note);
    const more = found.length - shown.length;
    note.textContent = shown.length === 0 ? "Nothing matches." : `${count(more)} more: search for them.`;
    note.hidden = shown.length > 0 && more === 0;
    reach(boxes().find((box) => box.checked) ?? boxes()[0]);
  }

  function move(event: KeyboardEvent): void {
    const list = boxes();
    const at = list.indexOf(document.activeElement as HTMLInputElement);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1}[event.key];
    if (to === undefined || (at < 0 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const next = to < 0 && choices.length > 7 ? search : list[Math.max(0, Math.min(list.length - 1, to))];
    if (next && next !== search) reach(next);
    next?.focus();
  }

  button.addEventListener("click", () => open(panel.hidden !== false));
  search.addEventListener("input", narrow);
  root.addEventListener("change", (event) => {
    if (event.target === search) return;
    for (const {value, box} of listed)
      if (box.checked) picked.add(value);
      else picked.delete(value);
    caption();
    onChange(chosen());
  });
  let pointed: ReturnType<typeof setTimeout> | undefined;
  const point = ({target}: Event) => {
    clearTimeout(pointed);
    const over = (target as Element).closest("label")?.querySelector("input");
    const {value} = listed.find(({box}) => box === over) ?? {};
    if (value === undefined) return;
    const likely = choices.filter((each) => picked.has(each.value) !== (each.value === value));
    pointed = setTimeout(() => onLikely?.(likely.map(({value}) => value)), POINTED_MS);
  };
  if (onLikely) for (const type of ["pointerover", "focusin"]) panel.addEventListener(type, point);
  clear.addEventListener("click", () => {
    root.select([]);
    boxes()[0]?.focus();
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
    for (const {value, box} of listed) box.checked = picked.has(value);
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
