/** Which country a text names: two systems write one in two ways, by its code or in the language of who typed it. */
import {matchingForm} from "../sources/matchingForm.ts";

const LANGUAGES = [
  "en",
  "de",
  "fr",
  "es",
  "it",
  "nl",
  "pt",
  "pl",
  "sv",
  "da",
  "nb",
  "fi",
  "cs",
  "ja",
  "zh",
  "ko"
];

/** What no language's list has. */
const SHORT: Readonly<Record<string, string>> = {
  usa: "US",
  "u.s.": "US",
  "u.s.a.": "US",
  "united states of america": "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  "the netherlands": "NL",
  holland: "NL",
  "czech republic": "CZ"
};

/** Codes that have names and are no country: the EU, the euro zone, the UN, outlying Oceania, two for tests, "unknown region". */
const NO_COUNTRY = ["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"];

let known: Map<string, string> | undefined;

/** The ISO code of two letters; of a text that names no country, its matching form (which is never in capitals). */
export function countryForm(country: string): string {
  known ??= byName();
  const form = matchingForm(country);
  return known.get(form) ?? form;
}

/** Whether both are countries, and not the same. */
export function areOtherCountries(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b && isCode(a) && isCode(b);
}

function isCode(form: string): boolean {
  return /^[A-Z]{2}$/.test(form);
}

/** Codes by matching form of the code itself and of the name in every language; withdrawn codes are today's ("DD" is "DE"). */
function byName(): Map<string, string> {
  const letters = Array.from({length: 26}, (_, i) => String.fromCharCode(65 + i));
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const codes = new Map(Object.entries(SHORT));
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], {type: "region", fallback: "none"});
    for (const pair of pairs) {
      const name = names.of(pair);
      if (name === undefined || NO_COUNTRY.includes(pair)) continue;
      const code = new Intl.Locale(`und-${pair}`).region ?? pair;
      for (const form of [matchingForm(pair), matchingForm(name)])
        if (!codes.has(form)) codes.set(form, code);
    }
  }
  return codes;
}
