/** The page loaders below a folder: TypeScript files named for what they print, such as deals.json.ts. */
import {readdirSync} from "node:fs";

export interface PageLoader {
  /** Path within the folder. */
  loader: string;
  /** The same, as pages ask for it. */
  output: string;
}

/** Loaders of data formats, by name; a .ts file without a second extension is code, and tests are no data. */
export function pageLoaders(root: string): PageLoader[] {
  return readdirSync(root, {recursive: true, encoding: "utf8"})
    .filter((file) => /\.(json|csv|parquet|arrow|wasm|js)\.ts$/.test(file) && !file.includes(".observablehq"))
    .map((loader) => ({loader, output: loader.slice(0, -".ts".length)}))
    .sort((a, b) => (a.loader < b.loader ? -1 : 1));
}
