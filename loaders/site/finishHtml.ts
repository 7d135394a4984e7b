/**
 * What Framework's page template lacks: a language, zooming, a sidebar that screen readers can follow, and a policy
 * that keeps every request at home.
 */
import {createHash} from "node:crypto";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

const INLINE_SCRIPT = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** A workspace of the site: its folder ("" for the site's own) and what the menu calls it. */
export interface MenuEntry {
  folder: string;
  label: string;
}

/** Rewrites every page under a built site; returns how many. Of several workspaces each page's menu links to all. */
export function finishSite(dist: string, workspaces: readonly MenuEntry[] = []): number {
  const pages = readdirSync(dist, {recursive: true, encoding: "utf8"}).filter((path) =>
    path.endsWith(".html")
  );
  for (const page of pages) {
    const path = join(dist, page);
    const html = readFileSync(path, "utf8");
    writeFileSync(path, finishHtml(workspaces.length > 1 ? withSwitch(html, page, workspaces) : html));
  }
  return pages.length;
}

/** The page with links to every workspace at the end of its menu; `page` is its path within the site. */
export function withSwitch(html: string, page: string, workspaces: readonly MenuEntry[]): string {
  const steps = page.split(/[/\\]/);
  const up = "../".repeat(steps.length - 1) || "./";
  const here = workspaces.find(({folder}) => folder !== "" && folder === steps[0])?.folder ?? "";
  const items = workspaces.map(({folder, label}) => {
    const current = folder === here ? ' aria-current="true"' : "";
    return `<li class="observablehq-link"><a href="${up}${folder === "" ? "" : `${escapeHtml(folder)}/`}" data-plain${current}>${escapeHtml(label)}</a></li>`;
  });
  const menu = `<section class="weir-workspaces"><h2 id="weir-workspaces">Company</h2>
<ol aria-labelledby="weir-workspaces">${items.join("")}</ol></section>`;
  return html.replace(
    /(<nav id="observablehq-sidebar">[\s\S]*?)(<\/nav>)/,
    (_, before, end) => before + menu + end
  );
}

/** A text as it stands in a page or in an attribute's quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** One page: `lang`, a viewport that may be zoomed, a Content-Security-Policy with the hashes of its own scripts. */
export function finishHtml(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(html)}">`;
  return (
    html
      .replace(/<html(?![^>]*\blang=)/, '<html lang="en"')
      .replace(
        /<meta name="viewport"[^>]*>/,
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
      )
      .replace(
        /(<input id="observablehq-sidebar-toggle"[^>]*?) title="[^"]*"/,
        '$1 aria-label="Show or hide the menu"'
      )
      // A label may not be a list's child, only an item may.
      .replace(
        /(<ol>)\s*(<label id="observablehq-sidebar-close"[\s\S]*?<\/label>)/,
        '$1<li style="display: contents">$2</li>'
      )
      .replace(/<meta charset="utf-8">(?!\n<meta http-equiv)/, (charset) => `${charset}\n${meta}`)
  );
}

/** Nothing from another origin, no eval; inline styles are Plot's and Framework's. */
export function policy(html: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${scriptHashes(html).join(" ")}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
}

/** What a policy calls the scripts that stand in a page; blocks of data are none. */
export function scriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(INLINE_SCRIPT)].filter(
    ([, attributes]) => !/\btype="application\//.test(attributes!)
  );
  const hashes = scripts.map(
    ([, , script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`
  );
  return [...new Set(hashes)];
}
