import {html} from "htl";

export interface EmptyProps {
  /** Why there is nothing, in a sentence: "No deal closed in this period". */
  reason: string;
  /** What to do about it; optional when nothing can be done. */
  action?: string | Node;
}

/** What stands where a chart or table has no rows: why, and what to do. */
export function Empty({reason, action}: EmptyProps): HTMLElement {
  return html`<div class="weir-empty" role="note">
    <p class="weir-empty-reason">${reason}</p>
    ${action ? html`<p class="weir-empty-action">${action}</p>` : null}
  </div>`;
}
