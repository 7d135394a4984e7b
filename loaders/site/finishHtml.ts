/**
 * What Framework's page template lacks: a language, zooming, a sidebar that screen readers can follow, and a policy
 * that keeps every request at home.
 */
import {createHash} from "node:crypto";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

const INLINE_SCRIPT = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** Rewrites every page under a built site; returns how many. */
export function finishSite(dist: string): number {
  const pages = readdirSync(dist, {recursive: true, encoding: "utf8"}).filter((path) =>
    path.endsWith(".html")
  );
  for (const page of pages) {
    const path = join(dist, page);
    writeFileSync(path, finishHtml(readFileSync(path, "utf8")));
  }
  return pages.length;
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
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, , script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(" ")}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
}
