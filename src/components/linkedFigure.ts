/**
 * Which figure's panel is open, kept in the address ("?figure=win-rate"): it can be linked, and the back button closes it. What opens a
 * panel is told here, and the panel itself when it is shown, for some read their deals first.
 */
import {html} from "htl";
import type {HowProps} from "./how.js";

/** Key in the address. */
export const FIGURE = "figure";

/** The figure that a panel is asked of. */
export interface AskedFigure {
  name: string;
  how: HowProps | null;
}

/** How often a page is asked for the figure of its address, and how many times while it rests before it is without it. */
const LOOK_MS = 50;
const LOOKS_AT_REST = 10;
const AT_WORK = "observablehq-loading, [aria-busy=true]";

/** What a click on a figure does. Figures of a selection before go with their elements. */
const openers = new WeakMap<Element, () => void>();
let asked: AskedFigure | null = null;
let shown: {name: string; dialog: HTMLDialogElement} | null = null;
/** What the address asks for and is not found yet. */
let sought: string | null = null;
let looksLeft = 0;
let isFollowing = false;
let selection: () => Record<string, string> = () => ({});

/**
 * Makes a figure one that an address can open.
 * @param element the figure, soon in the document: what opens it is its first button
 * @param label its name, or `figure` where words of the label change from day to day
 * @param onOpen opens the panel, at once or later; what opens it later takes `askedFigure` first
 * @returns what a click on it does
 */
export function linkedFigure(
  element: HTMLElement,
  {
    label,
    figure = label,
    how
  }: {label: string; figure?: string | undefined; how?: HowProps | null | undefined},
  onOpen: () => void
): () => void {
  const name = slug(figure);
  const open = () => {
    asked = {name, how: how ?? null};
    try {
      onOpen();
    } finally {
      asked = null;
    }
  };
  element.dataset["figure"] = name;
  openers.set(element, open);
  looksLeft = LOOKS_AT_REST;
  followFigures();
  return open;
}

/** The figure whose click is being answered; null for what has no link, a bar say. */
export function askedFigure(): AskedFigure | null {
  return asked;
}

/** From now on the page opens what its address asks for, or says that it cannot. */
export function followFigures(): void {
  if (isFollowing) return;
  isFollowing = true;
  addEventListener("popstate", follow);
  follow();
}

/** What a link to a figure must say besides, for tomorrow's page may take another by itself: its period. */
export function keepInLinks(values: () => Record<string, string>): void {
  selection = values;
}

/** Ties a panel that is just shown to the figure it was asked of, in the address and for the keyboard. */
export function linkPanel(dialog: HTMLDialogElement, of: AskedFigure | null): void {
  document.querySelector(".weir-no-figure")?.remove();
  sought = null;
  if (!of) {
    if (inAddress() !== null && !shown) history.replaceState(history.state, "", addressWith(null));
    return;
  }
  const {name} = of;
  shown = {name, dialog};
  if (inAddress() === null) history.pushState({figure: name}, "", addressWith(name));
  else history.replaceState(history.state, "", addressWith(name));
  dialog.addEventListener("close", () => {
    shown = null;
    // A link has opened it, or the page was redrawn meanwhile: what had the keyboard is not there to have it back.
    if (!document.activeElement || document.activeElement === document.body)
      found(name)?.querySelector("button")?.focus();
    if (inAddress() === null) return;
    if ((history.state as {figure?: string} | null)?.figure === name) history.back();
    else history.replaceState(history.state, "", addressWith(null));
  });
}

/** Closes what the address does not ask for, and looks for what it does. */
function follow(): void {
  const name = inAddress();
  document.querySelector(".weir-no-figure")?.remove();
  if (shown && shown.name !== name) shown.dialog.close();
  if (name === null || shown) return;
  const isLooking = sought !== null;
  sought = name;
  looksLeft = LOOKS_AT_REST;
  if (!isLooking) setTimeout(look, LOOK_MS);
}

/** Opens what is sought once it is there; a page that has come to rest without it says so, and asks no more. */
function look(): void {
  const name = sought;
  if (name === null) return;
  if (inAddress() !== name || document.querySelector("dialog[open]")) {
    sought = null;
    return;
  }
  const element = found(name);
  if (element) {
    sought = null;
    openers.get(element)!();
    return;
  }
  looksLeft = document.querySelector(AT_WORK) ? LOOKS_AT_REST : looksLeft - 1;
  if (looksLeft > 0) {
    setTimeout(look, LOOK_MS);
    return;
  }
  sought = null;
  history.replaceState(history.state, "", addressWith(null));
  tellMissing(name);
}

function tellMissing(name: string): void {
  const note = html`<p class="weir-no-figure" role="status"></p>`;
  const main = document.querySelector("main") ?? document.body;
  const title = main.querySelector("h1");
  if (title) title.after(note);
  else main.prepend(note);
  // A screen reader says what changes in a place that is there.
  note.textContent = `The link asks for the figure “${name}”, which is not on this page, or has no records to open now.`;
}

function found(name: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[data-figure]")].find(
    (element) => element.dataset["figure"] === name && openers.has(element)
  );
}

function inAddress(): string | null {
  return new URLSearchParams(location.search).get(FIGURE);
}

function addressWith(name: string | null): string {
  const params = new URLSearchParams(location.search);
  if (name === null) params.delete(FIGURE);
  else {
    for (const [key, value] of Object.entries(selection())) if (!params.has(key)) params.set(key, value);
    params.set(FIGURE, name);
  }
  const query = params.toString();
  return `${location.pathname}${query && `?${query}`}${location.hash}`;
}

/** "Won, by product lines" as "won-by-product-lines". */
function slug(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
