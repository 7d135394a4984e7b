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
    ${action ? html`<p class=${`weir-empty-action${isForFirm(action) ? " weir-for-firm" : ""}`}>${action}</p>` : null}
  </div>`;
}

/** Whether it asks for other exports or a change of workspace.yaml, which readers of a published site can do nothing about. */
function isForFirm(action: string | Node): boolean {
  return typeof action === "string" && /\b(map|export|exports|weir init)\b|\bworkspace\.yaml\b/i.test(action);
}
