/**
 * The form in which two texts are compared: NFKC, no white space at the ends, one space for any run of it inside,
 * case folded. Text itself is kept as it came; this stands beside it.
 * @example matchingForm("  ＡＣＭＥ\u00a0 GmbH ") // "acme gmbh"
 */
export function matchingForm(text: string): string {
  // Most text is plain, and none of the rest changes it.
  if (isPlain(text)) return text.toLowerCase().replace(/\s+/g, " ").trim();
  // Upper case first: ß and ss, and the two lower-case sigmas, then fold to the same letters.
  return text.normalize("NFKC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim().normalize("NFKC");
}

/** True for text of ASCII alone, which every form of Unicode leaves as it is. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

const PLAIN = /^[\0-\x7f]*$/;
