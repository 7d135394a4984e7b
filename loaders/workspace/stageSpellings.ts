/** The ways exports may write a stage. */
import type {Workspace} from "./schema.ts";

/** Spelling to stage id: ids, names and aliases, exact; the first pipeline that uses a spelling decides. */
export function stageSpellings({pipelines}: Pick<Workspace, "pipelines">): Map<string, string> {
  const spellings = new Map<string, string>();
  for (const {id, name, aliases} of pipelines.flatMap((pipeline) => pipeline.stages))
    for (const spelling of [id, ...(name ? [name] : []), ...aliases])
      if (!spellings.has(spelling)) spellings.set(spelling, id);
  return spellings;
}
