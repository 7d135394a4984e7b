/** Size of charts' labels, px. */
export const FONT_SIZE = 12;

/** About how wide a text is, px: enough to keep labels apart without asking the browser. */
export function textWidth(text: string, size = FONT_SIZE): number {
  let ems = 0;
  for (const letter of text) {
    if (/[iljtfrI.,:;|!'()[\]\u202f\u00a0 ]/.test(letter)) ems += 0.34;
    else if (letter >= "\u2e80") ems += 1;
    else if (/[mwMW@%]/.test(letter)) ems += 0.9;
    else ems += /[A-Z]/.test(letter) ? 0.68 : 0.58;
  }
  return ems * size;
}
