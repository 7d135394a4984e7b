import {html} from "htl";

/**
 * A part that costs more than a filter may take: made after what is there already has been painted. What is not shown any
 * more by then is not made.
 * @param height px kept free for it, so that nothing jumps
 */
export function Later(height: number, make: () => HTMLElement): HTMLElement {
  const root = html`<div class="weir-later" aria-busy="true"></div>` as HTMLElement;
  root.style.minHeight = `${height}px`;
  const fill = () => {
    if (!root.isConnected) return;
    root.replaceChildren(make());
    root.style.minHeight = "";
    root.removeAttribute("aria-busy");
  };
  requestAnimationFrame(() => setTimeout(fill));
  return root;
}
