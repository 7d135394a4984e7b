/** A page of a built site as one file that opens without a server. */
import {readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {scriptHashes} from "../site/finishHtml.ts";
import {readBuiltPage, withFiles, withoutFetches} from "./builtPage.ts";
import {bundlePage} from "./bundlePage.ts";
import {type EmbeddedFile, embedded} from "./embeddedFiles.ts";
import {withPackedMenu} from "./packedMenu.ts";
import type {PageOfSite} from "./siteIndex.ts";

/** By this a packed page is known again. */
export const PACKED_MARK = '<meta name="generator" content="weir pack">';

/**
 * @param site real path of the built site's folder
 * @param pages all that are packed with it, in the order of the menu
 * @returns HTML that asks nothing of any address: its policy forbids it
 */
export async function packPage(
  site: string,
  {file}: PageOfSite,
  pages: readonly PageOfSite[]
): Promise<string> {
  const html = readFileSync(join(site, file), "utf8");
  const built = readBuiltPage(html);
  const below = (path: string) => relative(site, join(site, dirname(file), path)).replaceAll(sep, "/");
  const files = pages.map((page) => page.file);
  const module = withFiles(built.module, below);
  const {script, workers} = await bundlePage(module, file, files, site);
  const data = built.files.map(
    ({path, mimeType}): EmbeddedFile => ({
      path: below(path),
      mimeType,
      content: withPages(path, readFileSync(join(site, below(path))), file, pages)
    })
  );
  const blocks = [...data, ...workers].map(embedded);
  const styles = built.styles.map((path) => inlineStyle(readFileSync(join(site, below(path)), "utf8"), path));
  const packed = withPackedMenu(withoutFetches(html, [...styles, ...blocks].join("\n"), script), file, files);
  return packed
    .replace(/<meta name="generator"[^>]*>\n?/, "")
    .replace("</title>", `</title>\n${PACKED_MARK}`)
    .replace(
      /(<meta http-equiv="Content-Security-Policy" content=")[^"]*/,
      (_, start: string) => start + packedPolicy(scriptHashes(packed), allowed([...data, ...workers]))
    );
}

/** The site's own facts name the pages that there are: links to others are words. */
function withPages(
  path: string,
  content: Buffer,
  file: string,
  pages: readonly PageOfSite[]
): Buffer | string {
  if (!/\/data\/site\.[0-9a-f]+\.json$/.test(path)) return content;
  const keys = pages.filter((page) => dirname(page.file) === dirname(file)).map(({key}) => key);
  return JSON.stringify({...JSON.parse(content.toString()), pages: keys});
}

function inlineStyle(css: string, path: string): string {
  if (/url\((?!["']?data:)/.test(css)) throw new Error(`${path} fetches a file, which a packed page may not`);
  return `<style>${css.replaceAll("</style", "<\\/style")}</style>`;
}

/** What workers of a page need that its policy has to allow, for a worker from within a page is held to the page's. */
function allowed(files: readonly EmbeddedFile[]): string[] {
  const scripts = files.filter(({mimeType}) => mimeType === "text/javascript");
  return [
    ...(files.some(({mimeType}) => mimeType === "application/wasm") ? ["'wasm-unsafe-eval'"] : []),
    // Arquero, of which Explore's worker is made, writes the functions that it runs.
    ...(scripts.some(({content}) => /\bFunction\(/.test(content.toString())) ? ["'unsafe-eval'"] : [])
  ];
}

/** The page's own scripts may run, what it carries within itself may be read; nothing else, from nowhere. */
function packedPolicy(hashes: readonly string[], more: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${[...more, ...hashes].join(" ")}`,
    "worker-src data:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "connect-src data:",
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
}
