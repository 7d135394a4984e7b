/** What a system writes over its columns in other languages, as spellings of its own headers. */

/** A header to its labels, the likeliest first. */
export type Labels = Readonly<Record<string, readonly string[]>>;

/**
 * The labels of all languages, in their order; an apostrophe is tried as ' and as ’.
 * @example labelsIn({Name: ["Titel"]}, {Name: ["Nom de l'affaire"]}) // {Name: ["Titel", "Nom de l'affaire", "Nom de l’affaire"]}
 */
export function labelsIn(...languages: readonly Labels[]): Record<string, string[]> {
  const labels: Record<string, string[]> = {};
  for (const language of languages)
    for (const [header, words] of Object.entries(language))
      labels[header] = [
        ...(labels[header] ?? []),
        ...words.flatMap((word) => [...new Set([word, word.replaceAll("'", "’")])])
      ];
  return labels;
}
