import {closest, distance} from "fastest-levenshtein";

/** The known word nearest to a mistyped one, or undefined when none is near (a third of its letters wrong). */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidates = new Map(known.map((name) => [name.toLowerCase(), name]));
  const near = closest(word.toLowerCase(), [...candidates.keys()]);
  const allowed = Math.max(1, Math.floor(Math.max(word.length, near.length) / 3));
  return distance(word.toLowerCase(), near) <= allowed ? candidates.get(near) : undefined;
}
