interface Acts {
  before: () => void;
  after?: () => void;
}

/** Marks the parts that have something to do, so that a part which has left the page is neither found nor kept. */
const MARK = "weir-around-print";
const known = new WeakMap<Element, Acts>();

function act(when: keyof Acts): void {
  for (const root of document.querySelectorAll(`.${MARK}`)) known.get(root)?.[when]?.();
}

if (typeof window !== "undefined") {
  window.addEventListener("beforeprint", () => act("before"));
  window.addEventListener("afterprint", () => act("after"));
}

/** Readies a part of the page for print, while it is in the page, and undoes it after. */
export function aroundPrint(root: HTMLElement, acts: Acts): void {
  root.classList.add(MARK);
  known.set(root, acts);
}
