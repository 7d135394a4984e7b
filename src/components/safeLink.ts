const RELATIVE = /^(?:[./?#]|[\w-]+(?:[/?#.]|$))/;

/**
 * A link whose address may come from data. Only http, https and relative addresses become links; anything else
 * (javascript:, data:, protocol-relative) stays plain text, so that a hostile export cannot run code.
 * @param href address; null for none
 * @param text what the reader sees
 * @returns an <a> (off-site ones open apart, rel=noopener) or a text node
 */
export function safeLink(href: string | null | undefined, text: string): HTMLAnchorElement | Text {
  const address = href?.trim() ?? "";
  const web = /^https?:\/\/[^/\\\s]/i.test(address);
  const relative = RELATIVE.test(address) && !/^[/\\]{2}|^[^/?#]*:|[\\\s]/.test(address);
  if (!web && !relative) return document.createTextNode(text);
  const link = document.createElement("a");
  link.href = address;
  link.textContent = text;
  link.rel = "noopener";
  if (web) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}
