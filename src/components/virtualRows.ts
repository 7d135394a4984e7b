export interface VirtualRowsOptions {
  /** The element that scrolls. */
  scroller: HTMLElement;
  body: HTMLElement;
  /** Height of every row, px. */
  rowHeight: number;
  /** Height of the viewport, px: used until the scroller has one. */
  height: number;
  /** Makes the i-th row. */
  row: (i: number) => HTMLElement;
}

export interface VirtualRows {
  /** Shows a list of n rows from its start. */
  show(n: number): void;
  /** Puts up to `most` rows in the document, for print. */
  all(most: number): void;
}

const SPARE = 8;

/** Keeps only the rows in view (and a few around them) in a table body; spacer rows hold the scrollbar's place. */
export function virtualRows({scroller, body, rowHeight, height, row}: VirtualRowsOptions): VirtualRows {
  let length = 0;
  let drawn: [number, number] = [-1, -1];

  function draw(from: number, to: number): void {
    if (from === drawn[0] && to === drawn[1]) return;
    drawn = [from, to];
    const rows = Array.from({length: to - from}, (_, i) => row(from + i));
    body.replaceChildren(spacer(from * rowHeight), ...rows, spacer((length - to) * rowHeight));
  }

  function refresh(): void {
    const first = Math.floor(scroller.scrollTop / rowHeight);
    const visible = Math.ceil((scroller.clientHeight || height) / rowHeight);
    draw(Math.max(0, Math.min(first, length) - SPARE), Math.min(length, first + visible + SPARE));
  }

  scroller.addEventListener("scroll", refresh, {passive: true});
  return {
    show(n) {
      length = n;
      drawn = [-1, -1];
      scroller.scrollTop = 0;
      refresh();
    },
    all(most) {
      draw(0, Math.min(length, most));
    }
  };
}

function spacer(height: number): HTMLElement {
  const row = document.createElement("tr");
  row.className = "weir-spacer";
  row.setAttribute("aria-hidden", "true");
  row.style.height = `${height}px`;
  row.hidden = height === 0;
  return row;
}
