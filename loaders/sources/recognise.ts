/** Which system wrote a file, told by its header: every object is tried, and what speaks for it is counted. */
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
  /** Headers of the file that nobody reads. */
  unread: string[];
}

/** The objects a header could be, the likeliest first; empty when it is none that is known. */
export function recognise(
  header: readonly string[],
  systems: readonly SourceSystem[] = SYSTEMS
): Recognition[] {
  const present = new Set(header);
  return systems
    .flatMap((system) =>
      system.objects.flatMap((object) => {
        const spelled = (name: string) => spellingsOf(object, name).find((each) => present.has(each));
        if (object.tells.some((name) => spelled(name) === undefined)) return [];
        if (object.tellsNot?.some((name) => spelled(name) !== undefined)) return [];
        const wanted = headersOf(object);
        const found = wanted.flatMap((name) => spelled(name) ?? []);
        return [
          {
            system,
            object,
            score: found.length / wanted.length,
            found,
            missing: wanted.filter((name) => spelled(name) === undefined),
            unread: header.filter((name) => !found.includes(name))
          }
        ];
      })
    )
    .sort(
      (a, b) =>
        b.object.tells.length - a.object.tells.length || b.score - a.score || b.found.length - a.found.length
    );
}
