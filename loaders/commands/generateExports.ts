/** Makes the exports of a synthetic workspace from its seed, unless they are there already. */
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import type {Workspace} from "../workspace/schema.ts";
import {PROJECT} from "../workspace/statePaths.ts";

/** Leaves the exports in `out`: all of them, made by the present code from these numbers. */
export async function generateExports(
  {twin, deals, seed}: NonNullable<Workspace["generate"]>,
  out: string,
  reporter: Reporter
): Promise<void> {
  const stamp = hashText(twin, String(deals), String(seed), hashFolders(PROJECT, ["loaders/twins"]));
  const stampFile = join(out, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const temporary = `${out}.${process.pid}.tmp`;
  const step = reporter.start("generate", 1);
  try {
    rmSync(temporary, {recursive: true, force: true});
    mkdirSync(dirname(out), {recursive: true});
    const {writeTwin} = await import("../twins/writeTwin.ts");
    await writeTwin({firm: twin, deals, seed, out: temporary});
    writeFileSync(join(temporary, ".stamp"), stamp);
    rmSync(out, {recursive: true, force: true});
    renameSync(temporary, out);
  } finally {
    rmSync(temporary, {recursive: true, force: true});
  }
  step.done(`synthetic ${twin} firm, ${deals} deals, seed ${seed}`);
}
