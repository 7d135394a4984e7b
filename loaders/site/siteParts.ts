import {join} from "node:path";
import {PAGE_BYTES, writeParts} from "../pages/parts/writeParts.ts";
import {writeScenarioParts} from "../scenario/scenarioParts.ts";
import type {Reporter} from "../system/progress.ts";
import type {StatePaths} from "../workspace/statePaths.ts";
import {SOURCE} from "./framework.ts";
import {attachedKinds} from "./narrowSource.ts";
import {overweight, pageWeights} from "./pageWeights.ts";

/**
 * Writes what a large firm's pages fetch by their filters below `dist`, nothing otherwise, and says which pages weigh too much.
 * @param chosen keys of the pages there are; all if absent
 */
export async function writeSiteParts(
  {warehouse}: Pick<StatePaths, "warehouse">,
  dist: string,
  reporter: Reporter,
  onPart: (file: string) => void,
  chosen?: readonly string[]
): Promise<void> {
  const folder = join(dist, "_parts");
  const parts = await writeParts(warehouse, folder, {
    onPart,
    ...(chosen ? {only: {pages: chosen, kinds: attachedKinds(SOURCE, chosen)}} : {})
  });
  if (parts.length > 0 && (chosen?.includes("what-if") ?? true))
    parts.push(...writeScenarioParts(warehouse, folder, onPart));
  // A page's first view of a large firm is its own files and the cells of the whole.
  for (const words of overweight(pageWeights(dist), parts, PAGE_BYTES)) reporter.warn(words);
}
