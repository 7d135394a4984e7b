import {fileAddress} from "./fileAddress.ts";

/** Links come into reach by these; pages write them at any time, so each is looked at when it is about to be used. */
const BEFORE_USE = ["pointerover", "focusin", "click", "auxclick", "contextmenu"];

/**
 * Runs in a packed page: makes links of the site lead to files.
 * @param page the file that is open, below the site's folder
 */
export function followLinks(root: Document, page: string, files: readonly string[]): void {
  for (const kind of BEFORE_USE)
    root.addEventListener(
      kind,
      ({target}) => {
        const link = (target as Element | null)?.closest?.("a[href]");
        const href = link?.getAttribute("href");
        const address = href ? fileAddress(href, page, files) : null;
        if (link && address !== null && address !== href) link.setAttribute("href", address);
      },
      {capture: true}
    );
}
