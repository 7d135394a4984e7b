/** A worker as one file: Framework does not bundle packages that carry WebAssembly. */
import {join} from "node:path";
import {build} from "esbuild";
import {PROJECT} from "../workspace/statePaths.ts";

/** @param entry path within the project. @returns JavaScript for browsers, every import inlined */
export async function bundleWorker(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [join(PROJECT, entry)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    // A branch for Node that browsers never take.
    external: ["node:*"],
    logLevel: "silent"
  });
  return outputFiles[0]!.text;
}
