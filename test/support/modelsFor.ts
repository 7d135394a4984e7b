/** The models behind a few relations: most of a build of a few records is the cost of its two hundred statements. */
import {type Model, readModels} from "../../loaders/warehouse/readModels.ts";

/**
 * These relations with all that they read, and every check that asks of nothing else.
 * @throws when a name is no model's
 */
export function modelsFor(relations: readonly string[]): Model[] {
  const models = readModels();
  const byName = new Map(models.map((model) => [model.name, model]));
  const wanted = new Set<string>();
  const want = (name: string) => {
    const model = byName.get(name);
    if (!model) throw new Error(`no model is called ${name}`);
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const ref of model.refs) want(ref);
  };
  for (const name of relations) want(name);
  return models.filter(
    ({name, layer, refs}) => wanted.has(name) || (layer === "checks" && refs.every((ref) => wanted.has(ref)))
  );
}
