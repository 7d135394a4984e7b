/**
 * Lets Observable Framework 1.13 build without asking any host for a library. Called from
 * observablehq.config.ts, which Framework imports before it resolves anything; it only fills gaps
 * in src/.observablehq/cache.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, relative} from "node:path";
import {build, type Plugin} from "esbuild";

/**
 * Framework's client lazily imports these, so every build looks up their versions even when no page
 * uses them. An empty `_npm/<name>@<version>/` folder in the cache answers that.
 */
const FRAMEWORK_LIBRARIES: Record<string, string> = {
  "@observablehq/plot": "0.6.17",
  "@observablehq/sample-datasets": "1.0.1",
  "apache-arrow": "21.2.0",
  arquero: "8.0.3",
  d3: "7.9.0",
  "d3-dsv": "3.0.1",
  echarts: "6.0.0",
  htl: "0.3.1",
  isoformat: "0.2.1",
  leaflet: "1.9.4",
  lodash: "4.17.21",
  "mapbox-gl": "3.15.0",
  "parquet-wasm": "0.7.1",
  react: "19.2.0",
  "react-dom": "19.2.0",
  "topojson-client": "3.1.0"
};

interface InstalledPackage {
  name: string;
  version: string;
}

/** Where a bundle goes in Framework's cache: `_npm` for its implicit imports, `_node` for bare ones. */
interface CacheLayout {
  folder: "_npm" | "_node";
  file: string;
}

const NPM: CacheLayout = {folder: "_npm", file: "_esm.js"};
const NODE: CacheLayout = {folder: "_node", file: "index.js"};

export interface OfflineOptions {
  /** The project's folder: where node_modules is found from. */
  project: string;
  /** Framework's source root, absolute. */
  root: string;
  /** Packages that Framework's own client imports and that must come from node_modules. */
  npm?: string[];
  /** Packages whose bare imports Framework's own bundler gets wrong. */
  node?: string[];
}

/**
 * Fills Framework's library cache from node_modules.
 * @throws when a named package is not installed.
 */
export async function offline({project, root, npm = [], node = []}: OfflineOptions): Promise<void> {
  const cache = join(root, ".observablehq", "cache");
  for (const [name, pinned] of Object.entries(FRAMEWORK_LIBRARIES)) {
    const version = findPackage(name, project)?.version ?? pinned;
    mkdirSync(join(cache, "_npm", `${name}@${version}`), {recursive: true});
  }
  for (const name of npm) await vendor(name, project, cache, NPM);
  for (const name of node) await vendor(name, project, cache, NODE);
}

/** Bundles one package and, recursively, those it imports into the cache; returns the file written. */
async function vendor(name: string, from: string, cache: string, layout: CacheLayout): Promise<string> {
  const pkg = findPackage(name, from);
  if (!pkg) throw new Error(`${name} is not installed (looked from ${from}): run npm ci`);
  const outfile = join(cache, layout.folder, `${pkg.name}@${pkg.version}`, layout.file);
  if (existsSync(outfile)) return outfile;
  const dependencies: Plugin = {
    name: "dependencies",
    setup(bundler) {
      // Imports of other packages stay imports; require() calls and subpaths are inlined.
      bundler.onResolve({filter: /^[^./]/}, async ({path, kind, resolveDir}) => {
        if (kind !== "import-statement" && kind !== "dynamic-import") return;
        if (path !== packageName(path)) return;
        const href = relative(dirname(outfile), await vendor(path, resolveDir, cache, layout));
        return {path: href.startsWith(".") ? href : `./${href}`, external: true};
      });
    }
  };
  const {outputFiles} = await build({
    entryPoints: [name],
    absWorkingDir: from,
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    define: {"process.env.NODE_ENV": '"production"'},
    plugins: [dependencies],
    logLevel: "warning"
  });
  mkdirSync(dirname(outfile), {recursive: true});
  writeFileSync(outfile, outputFiles[0]!.contents);
  return outfile;
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (const path of createRequire(join(from, "noop.js")).resolve.paths(name) ?? []) {
    const manifest = join(path, name, "package.json");
    if (!existsSync(manifest)) continue;
    const {version} = JSON.parse(readFileSync(manifest, "utf8")) as {version: string};
    return {name, version};
  }
  return undefined;
}
