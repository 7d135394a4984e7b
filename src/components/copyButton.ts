import {html} from "htl";

/**
 * A button that puts a text on the clipboard and says so; where the browser gives none (a site without TLS, say), the text is marked,
 * ready for the reader to copy.
 * @param marked where the text is shown
 * @param what what is copied, for a screen reader: "the query of Win rate"
 */
export function CopyButton(text: string, marked: Node, what: string): HTMLElement {
  const button = html`<button type="button" class="weir-button weir-quiet">Copy<span class="weir-unseen"> ${what}</span></button>`;
  const status = html`<span class="weir-chart-note" role="status"></span>`;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "Copied.";
    } catch {
      getSelection()?.selectAllChildren(marked);
      status.textContent = "Marked: copy it with the keyboard or the menu.";
    }
  });
  return html`<span class="weir-copy">${button}${status}</span>`;
}
