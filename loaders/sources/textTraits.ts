/** Kinds of text that some cell of a column has: what the scan has not seen, SQL need not look for. */

export interface TextTraits {
  /** White space at an end. */
  spaces: boolean;
  /** Perhaps what a spreadsheet or a database leaves for a lost value: #REF!, NULL. */
  lost: boolean;
  /** A ' in front. */
  guards: boolean;
  /** Perhaps a number that a tool made of an id: 1.2E+15, 17.0, 15 digits and zeros. */
  mangled: boolean;
}

/** For text that was not scanned. */
export const ALL_TRAITS: TextTraits = {spaces: true, lost: true, guards: true, mangled: true};

/** Bits of what was seen; `digits` is only a kind of first byte. */
export const SUSPECT = {spaces: 1, lost: 2, guards: 4, mangled: 8, digits: 16} as const;

export const ZERO = 48;
export const PLUS = 43;
const POINT = 46;
const HASH = 35;

/** What a database or a script writes where there is no value. In a text it would pass for one. */
export const NO_VALUE_WORDS = ["NULL", "null", "(null)", "<null>", "\\N", "NaN", "nan", "undefined"];
const LONGEST_WORD = Math.max(...NO_VALUE_WORDS.map((word) => word.length));
const SECOND_BYTES = secondBytes();

/** What a field that starts with a byte may be; 0 for most. */
export const FIRST_BYTES: Uint8Array = firstBytes();

export function traitsOf(seen: number): TextTraits {
  return {
    spaces: (seen & SUSPECT.spaces) !== 0,
    lost: (seen & SUSPECT.lost) !== 0,
    guards: (seen & SUSPECT.guards) !== 0,
    mangled: (seen & SUSPECT.mangled) !== 0
  };
}

/** The bits of a field bytes[first, end) whose first byte is a suspect one. */
export function suspicion(bytes: Uint8Array, first: number, end: number): number {
  const kind = FIRST_BYTES[bytes[first]!]!;
  if (kind === SUSPECT.lost) return bytes[first] === HASH || isWord(bytes, first, end) ? kind : 0;
  if (kind !== SUSPECT.digits) return kind;
  const isRounded = bytes[end - 1] === ZERO && end - first >= 18 && bytes[end - 3] === ZERO;
  const isDecimal = bytes[end - 1] === ZERO && (bytes[end - 2] === POINT || bytes[end - 2] === ZERO);
  const isScientific = [2, 3, 4].some((back) => end - back > first && bytes[end - back] === PLUS);
  return isRounded || isScientific || (isDecimal && hasOnlyZeros(bytes, first, end)) ? SUSPECT.mangled : 0;
}

function isWord(bytes: Uint8Array, first: number, end: number): boolean {
  if (end - first > LONGEST_WORD || SECOND_BYTES[bytes[first + 1]!] === 0) return false;
  return NO_VALUE_WORDS.includes(String.fromCharCode(...bytes.subarray(first, end)));
}

/** True for digits, a point and zeros: 17.0, but also the amount 1200.00. */
function hasOnlyZeros(bytes: Uint8Array, first: number, end: number): boolean {
  let i = end - 1;
  while (i > first && bytes[i] === ZERO) i--;
  return bytes[i] === POINT;
}

function secondBytes(): Uint8Array {
  const table = new Uint8Array(256);
  for (const word of NO_VALUE_WORDS) table[word.charCodeAt(1)] = 1;
  return table;
}

function firstBytes(): Uint8Array {
  const table = new Uint8Array(256);
  for (let digit = 48; digit <= 57; digit++) table[digit] = SUSPECT.digits;
  table[43] = table[45] = SUSPECT.digits;
  // # N n ( < \ u
  for (const byte of [35, 78, 110, 40, 60, 92, 117]) table[byte] = SUSPECT.lost;
  table[39] = SUSPECT.guards;
  table[32] = table[9] = SUSPECT.spaces;
  return table;
}
