/**
 * Which figure's panel is open, kept in the address ("?figure=win-rate"): it can be linked, and the back button closes it. What opens a
 * panel is told here, and the panel itself when it is shown, for some read their deals first.
 */
import type {HowProps} from "./how.js";

/** Key in the address. */
export const FIGURE = "figure";

interface Opener {
  element: Element;
  name: string;
  open: () => void;
}

/** What has been asked to open and is not shown yet. */
interface Opening {
  name: string;
  how: HowProps | null;
}

/** More than a page has; those of a selection before are forgotten in time. */
const MOST = 64;

let openers: Opener[] = [];
let opening: Opening | null = null;
let shown: {name: string; dialog: HTMLDialogElement} | null = null;
let isListening = false;

/**
 * Makes a figure one that an address can open.
 * @param element the figure, soon in the document
 * @param label its name; words with digits in it may change from day to day, and a link holds without them
 * @returns what a click on it does
 */
export function linkedFigure(
  element: Element,
  {label, how}: {label: string; how?: HowProps | null | undefined},
  onOpen: () => void
): () => void {
  const name = slug(label);
  const open = () => {
    opening = {name, how: how ?? null};
    onOpen();
  };
  // A page makes all its figures before it shows the first.
  openers = [...openers.slice(-MOST), {element, name, open}];
  if (!isListening) {
    isListening = true;
    addEventListener("popstate", follow);
  }
  // Framework puts it into the document when its cell has run.
  if (asked() !== null) requestAnimationFrame(() => requestAnimationFrame(follow));
  return open;
}

/** Ties a panel that is just shown to the figure it was asked of. @returns how that figure is computed, where it says so */
export function linkPanel(dialog: HTMLDialogElement): HowProps | null {
  if (!opening) return null;
  const {name, how} = opening;
  opening = null;
  shown = {name, dialog};
  // A link's own name for it may be an older one.
  if (asked() === null) history.pushState({figure: name}, "", addressWith(name));
  else history.replaceState(history.state, "", addressWith(name));
  dialog.addEventListener("close", () => {
    shown = null;
    if (asked() === null) return;
    if ((history.state as {figure?: string} | null)?.figure === name) history.back();
    else history.replaceState(history.state, "", addressWith(null));
  });
  return how;
}

/** Opens what the address asks for, and closes what it does not. */
function follow(): void {
  const name = asked();
  if (shown && shown.name !== name) shown.dialog.close();
  if (name === null || shown || opening || document.querySelector("dialog[open]")) return;
  const here = openers.filter(({element}) => element.isConnected);
  const found =
    here.find((each) => each.name === name) ?? here.find((each) => lasting(each.name) === lasting(name));
  found?.open();
}

function asked(): string | null {
  return new URLSearchParams(location.search).get(FIGURE);
}

function addressWith(name: string | null): string {
  const params = new URLSearchParams(location.search);
  if (name === null) params.delete(FIGURE);
  else params.set(FIGURE, name);
  const query = params.toString();
  return `${location.pathname}${query && `?${query}`}${location.hash}`;
}

/** "Won, 62% of quota" as "won-62-of-quota". */
function slug(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** A name without its words that have digits: "won-of-quota". */
function lasting(name: string): string {
  return name
    .split("-")
    .filter((word) => !/\d/.test(word))
    .join("-");
}
