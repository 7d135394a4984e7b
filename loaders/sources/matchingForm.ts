/**
 * The form in which two texts are compared: NFKC, no white space at the ends, one space for any run of it inside,
 * case folded. Text itself is kept as it came; this stands beside it.
 * @example matchingForm("  ＡＣＭＥ\u00a0 GmbH ") // "acme gmbh"
 */
export function matchingForm(text: string): string {
  // Upper case first: ß and ss, and the two lower-case sigmas, then fold to the same letters.
  return text.normalize("NFKC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim().normalize("NFKC");
}
