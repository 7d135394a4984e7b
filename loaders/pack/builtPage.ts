/** What Framework wrote into a built page, told apart. */
import {type RegisteredFile, registeredFiles, tellFiles} from "../site/registeredFiles.ts";

export interface BuiltPage {
  /** The page's own module: what it imports, its files and its cells. */
  module: string;
  /** Style sheets, relative to the page, in their order. */
  styles: string[];
  files: RegisteredFile[];
}

const MODULE = /<script type="module">([\s\S]*?)<\/script>/;
const STYLE = /<link rel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>\n?/g;
const PRELOAD = /<link rel="(?:module)?preload"[^>]*>\n?/g;

/** @throws {Error} when the page is none of Framework's */
export function readBuiltPage(html: string): BuiltPage {
  const module = MODULE.exec(html)?.[1];
  if (module === undefined) throw new Error("a page without its module");
  return {
    module,
    styles: [...html.matchAll(STYLE)].map(([, href]) => href!),
    files: registeredFiles(module)
  };
}

/** The page's module with its files' addresses looked up in `files`, a variable in scope, by their path below the site. */
export function withFiles(module: string, pathOf: (path: string) => string): string {
  return tellFiles(module, (_, {path, ...rest}) => {
    const known = JSON.stringify(rest).slice(1);
    return `{"path": files[${JSON.stringify(pathOf(path))}], ${known}`;
  });
}

/** The page without what it would fetch; `head` and `module` take the places of its styles and of its module. */
export function withoutFetches(html: string, head: string, module: string): string {
  return html
    .replace(PRELOAD, "")
    .replace(STYLE, "")
    .replace(MODULE, () => `${head}\n<script type="module">${module}</script>`);
}
