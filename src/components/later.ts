import {html} from "htl";

/** Parts are made one after another, so that what is there already is painted in between. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * A part that costs more than a filter may take: made after what is there already has been painted, and no two before the next
 * frame. What is not shown any more by then is not made.
 * @param height px kept free for it, so that nothing jumps
 */
export function Later(height: number, make: () => HTMLElement): HTMLElement {
  const root = html`<div class="weir-later" aria-busy="true"></div>` as HTMLElement;
  root.style.minHeight = `${height}px`;
  const fill = () => {
    if (!root.isConnected) return undefined;
    root.replaceChildren(make());
    root.style.minHeight = "";
    root.removeAttribute("aria-busy");
    return painted();
  };
  queue = Promise.all([queue, painted()])
    .then(fill)
    .catch((error) => {
      setTimeout(() => {
        throw error;
      });
    });
  return root;
}

/** After the next frame. */
function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
