/** A page's module and all that it imports as one script; workers, which are scripts of their own, beside it. */
import {existsSync, readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";
import {type BuildOptions, build, type Plugin} from "esbuild";
import type {EmbeddedFile} from "./embeddedFiles.ts";

const IN_PAGE = fileURLToPath(new URL("./inPage/", import.meta.url));

const OPTIONS = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "silent"
} as const satisfies BuildOptions;

export interface PageBundle {
  script: string;
  workers: EmbeddedFile[];
}

/**
 * @param module the page's own, with `files` looked up instead of addresses
 * @param page its file, below `site`
 * @param pages files of all packed pages, in the order of the menu
 */
export async function bundlePage(
  module: string,
  page: string,
  pages: readonly string[],
  site: string
): Promise<PageBundle> {
  const workers = new Set<string>();
  const entry = `import {openFiles} from ${JSON.stringify(join(IN_PAGE, "openFiles.ts"))};
import {followLinks} from ${JSON.stringify(join(IN_PAGE, "followLinks.ts"))};
followLinks(document, ${JSON.stringify(page)}, ${JSON.stringify(pages)});
const files = globalThis.weirFiles = await openFiles(document);
${module}`;
  const stdin = {contents: entry, resolveDir: dirname(join(site, page)), loader: "js"} as const;
  const script = await bundled({...OPTIONS, stdin, plugins: [builtModules(site, workers)]});
  return {
    script: inHtml(script),
    workers: await Promise.all([...workers].map((worker) => workerFile(worker, site)))
  };
}

async function workerFile(path: string, site: string): Promise<EmbeddedFile> {
  const nested = new Set<string>();
  const content = await bundled({
    ...OPTIONS,
    entryPoints: [join(site, path)],
    plugins: [builtModules(site, nested)]
  });
  if (nested.size > 0) throw new Error(`${path} starts workers of its own: ${[...nested].join(", ")}`);
  return {path, mimeType: "text/javascript", content};
}

async function bundled(options: BuildOptions & {write: false}): Promise<string> {
  const {outputFiles} = await build(options);
  return outputFiles[0]!.text;
}

/** Modules as Framework built them. Its client names libraries that no page of ours uses and no build has: they fail when asked for, as there. */
function builtModules(site: string, workers: Set<string>): Plugin {
  return {
    name: "built modules",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^\.\.?\//}, ({path, resolveDir}) => {
        const file = join(resolveDir, path);
        return file.startsWith(site + sep) && !existsSync(file) ? {path: file, namespace: "absent"} : null;
      });
      onLoad({filter: /.*/, namespace: "absent"}, ({path}) => ({
        contents: `throw new Error(${JSON.stringify(`${relative(site, path)} is not in this file`)});`
      }));
      onLoad({filter: /\.js$/}, ({path}) => {
        if (!path.startsWith(site + sep)) return null;
        const text = readFileSync(path, "utf8");
        const contents = text.replace(/import\.meta\.resolve\(("[^"]+")\)/g, (whole, name: string) => {
          const worker = relative(site, join(dirname(path), JSON.parse(name) as string)).replaceAll(sep, "/");
          if (!existsSync(join(site, worker))) return whole;
          workers.add(worker);
          return `globalThis.weirFiles[${JSON.stringify(worker)}]`;
        });
        return {contents, loader: "js"};
      });
    }
  };
}

/** A script that may stand in a page: what would end it, or hide its end, is written as escapes, which strings and patterns read as the same. */
function inHtml(script: string): string {
  return script.replace(/<(?=\/script|!--)/gi, "\\x3C");
}
