import {closest, distance} from "fastest-levenshtein";

/** The known word nearest to a mistyped one, or undefined when none is near (two edits, or a third of its letters). */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidates = new Map(known.map((name) => [name.toLowerCase(), name]));
  const near = closest(word.toLowerCase(), [...candidates.keys()]);
  // Two letters swapped are two edits, so short words need that much.
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), near) <= allowed ? candidates.get(near) : undefined;
}
