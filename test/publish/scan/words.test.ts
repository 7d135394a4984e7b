import {describe, expect, test} from "vitest";
import {decodings} from "../../../loaders/publish/scan/decodeText.ts";
import {isTelling} from "../../../loaders/publish/scan/tellingText.ts";
import {WordIndex, wordsOf} from "../../../loaders/publish/scan/words.ts";
import fc from "../../support/fc.ts";

/** Whether one of the decodings of a file's text holds the string. */
function isIn(text: string, file: string): boolean {
  let isFound = false;
  for (const decoded of decodings(file)) new WordIndex([text]).search(decoded, () => (isFound = true));
  return isFound;
}

describe("a text is found", () => {
  test("in any case, Unicode form and punctuation, as whole words only", () => {
    expect(isIn("Crème Brûlée AG", 'x="CRÈME BRU\u0302LÉE, AG"')).toBe(true);
    expect(isIn("Arch", "Search Archive")).toBe(false);
    expect(isIn("North Star", "North Starling")).toBe(false);
    expect(isIn("North Star", "north, north star")).toBe(true);
  });

  test.each([
    ["JSON", '{"name":"Stra\\u00dfenbau \\u0022M\\u00fcller\\u0022"}'],
    ["JavaScript", "'Stra\\xdfenbau \\'M\\u{fc}ller\\''"],
    ["HTML", "Stra&#xdf;enbau &amp; M&#xFC;ller"],
    ["an address", "?q=Stra%C3%9Fenbau%20M%C3%BCller"],
    ["an address in JSON in HTML", "&quot;Stra\\u00dfenbau%20M%C3%BCller&quot;"],
    [
      "a data address",
      `url(data:image/svg+xml;base64,${Buffer.from("<text>Straßenbau Müller</text>").toString("base64")})`
    ]
  ])("behind the escapes of %s", (_, file) => {
    expect(isIn("Straßenbau Müller", file)).toBe(true);
  });

  test("wherever it stands among other words", () => {
    const word = fc.string({minLength: 1}).filter((text) => wordsOf(text) !== "");
    fc.assert(
      fc.property(word, fc.array(fc.string()), fc.array(fc.string()), (text, before, after) => {
        expect(isIn(text, JSON.stringify([...before, text, ...after]))).toBe(true);
      })
    );
  });

  test("in the time of the text, however many are looked for", () => {
    const names = Array.from({length: 100_000}, (_, i) => `Customer ${i} of the firm`);
    const index = new WordIndex(names);
    const text = JSON.stringify(
      Array.from({length: 40_000}, (_, i) => ({name: `Customer of ${i}`, amount: i * 17.5}))
    );
    let n = 0;
    const from = performance.now();
    index.search(`${text} customer 99999 of the firm`, () => n++);
    expect(n).toBe(1);
    // 1.9 MB, on a busy machine.
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});

test("a text is worth looking for when it would not be found everywhere", () => {
  for (const text of ["Alpha", "DE-770", "0061x00000AbC", "12345678", "云岭物流", "send it"])
    expect(isTelling(text), text).toBe(true);
  for (const text of ["", "--", "USD", "Won", "D12", "1234567", "2026-05-22", "1,000,000.00", "物"])
    expect(isTelling(text), text).toBe(false);
});
