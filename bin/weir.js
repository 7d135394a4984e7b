#!/usr/bin/env node
/** Starts the CLI with the TypeScript loader that comes with the project, wherever it is called from. */
import {register} from "tsx/esm/api";

register();
// A reader that stops early (`| head`) is no failure.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
const {main} = await import("../loaders/cli.ts");
process.exitCode = await main(process.argv.slice(2));
