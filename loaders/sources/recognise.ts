/** Which system wrote a file, told by its header: every object is tried, and what speaks for it is counted. */
import type {Workspace} from "../workspace/schema.ts";
import {headersOf, type SourceObject, type SourceSystem, spellingsOf} from "./sourceSystem.ts";
import {SYSTEMS} from "./systems.ts";

export interface Recognition {
  system: SourceSystem;
  object: SourceObject;
  /** Share of the object's columns that the file has, 0 to 1. */
  score: number;
  /** Headers of the file that the object knows, as they are written there. */
  found: string[];
  /** Headers of the object that the file does not have. */
  missing: string[];
}

/** The objects a header could be, the likeliest first; empty when it is none that is known. */
export function recognise(
  header: readonly string[],
  systems: readonly SourceSystem[] = SYSTEMS
): Recognition[] {
  const present = new Set(header);
  const found = systems
    .flatMap((system) =>
      system.objects.flatMap((object) => {
        const spelled = (name: string) => spellingsOf(object, name).find((each) => present.has(each));
        const has = (name: string) => spelled(name) !== undefined;
        if (!object.tells.every(has)) return [];
        if (object.tellsNot?.some(has) || object.isElse?.(has)) return [];
        const wanted = headersOf(object);
        const found = wanted.flatMap((name) => spelled(name) ?? []);
        return [
          {
            system,
            object,
            score: found.length / wanted.length,
            found,
            missing: wanted.filter((name) => spelled(name) === undefined)
          }
        ];
      })
    )
    .sort(
      (a, b) =>
        Number(a.object.isPlain ?? false) - Number(b.object.isPlain ?? false) ||
        b.object.tells.length - a.object.tells.length ||
        b.score - a.score ||
        b.found.length - a.found.length
    );
  const plain = found.find(({object}) => object.isPlain);
  return plain && found.every((each) => each === plain || plain.found.length >= 2 * each.found.length)
    ? [plain, ...found.filter((each) => each !== plain)]
    : found;
}

/** Headers of a file that its object does not read, now that the stages are known. */
export function unreadHeaders(
  object: SourceObject,
  header: readonly string[],
  config: Pick<Workspace, "pipelines">
): string[] {
  const read = headersOf(object, config).map((name) =>
    spellingsOf(object, name).find((each) => header.includes(each))
  );
  return header.filter((name) => !read.includes(name));
}

export interface NearMiss {
  system: SourceSystem;
  object: SourceObject;
  /** The only header missing by which the object would be told, in all its spellings. */
  missing: string[];
}

/**
 * Of a header that is no known object's, the deals or the log of deals it would be with one more column; undefined when it
 * is near none. Other objects are not suggested: users, campaigns and tickets have too much in common.
 */
export function nearMiss(
  header: readonly string[],
  systems: readonly SourceSystem[] = SYSTEMS
): NearMiss | undefined {
  const present = new Set(header);
  const near = systems.flatMap((system) =>
    system.objects.flatMap((object) => {
      const has = (name: string) => spellingsOf(object, name).some((each) => present.has(each));
      const lacking = object.tells.filter((name) => !has(name));
      const isOfDeals = object
        .maps({pipelines: []})
        .some(({table}) => table === "deal" || table === "deal_event");
      if (!isOfDeals || lacking.length !== 1 || object.tells.length < 3 || object.tellsNot?.some(has))
        return [];
      const wanted = headersOf(object).filter((name) => !MARKS_OF_COPIES.test(name));
      const nFound = wanted.filter(has).length;
      if (nFound < 3 || nFound / wanted.length < NEAR_SHARE) return [];
      return [{system, object, missing: spellingsOf(object, lacking[0]!), nFound}];
    })
  );
  const [best] = near.sort((a, b) => b.nFound - a.nFound);
  return best && {system: best.system, object: best.object, missing: best.missing};
}

/** Fewer columns in common are a coincidence: every system has names and dates. */
const NEAR_SHARE = 0.25;
/** Every table of a warehouse copy has these. */
const MARKS_OF_COPIES = /^_|deleted$/i;
