import {describe, expect, test} from "vitest";
import {nameIndex} from "../../loaders/match/nameIndex.ts";
import {nameSimilarity, wordWeights} from "../../loaders/match/nameSimilarity.ts";
import fc from "../support/fc.ts";

/** Many firms called "... systems", so that the word says little; each first name once. */
const FIRMS = [
  "nordic systems",
  "baltic systems",
  "alpine systems",
  "boreal systems",
  "kestrel systems",
  "acme robotics",
  "boreal foods"
];
const weights = wordWeights(FIRMS);
const like = (a: string, b: string) => nameSimilarity(a, b, weights);

describe("likeness of names", () => {
  test("a common word in common is little, a rare one much", () => {
    expect(like("nordic systems", "baltic systems")).toBeLessThan(0.4);
    expect(like("acme robotics", "acme")).toBeGreaterThan(0.6);
  });

  test("a slip of the pen is the same word, another word of like letters is not", () => {
    expect(like("acme robtics", "acme robotics")).toBeGreaterThan(0.9);
    expect(like("acme rbootics", "acme robotics")).toBeGreaterThan(0.9);
    expect(like("boreal foods", "borealis foods")).toBeLessThan(0.75);
  });

  test("words may change places and spaces may be lost", () => {
    expect(like("robotics acme", "acme robotics")).toBeCloseTo(1);
    expect(like("acmerobotics", "acme robotics")).toBeGreaterThan(0.95);
  });

  test("is 0 to 1, the same both ways, and 1 for a name and itself", () => {
    const name = fc
      .array(fc.constantFrom("nordic", "systems", "acme", "acmee", "foods", "x", "製作所"), {
        minLength: 1,
        maxLength: 4
      })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const score = like(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(like(b, a)).toBeCloseTo(score, 10);
        expect(like(a, a)).toBe(1);
      })
    );
  });
});

describe("the index of names", () => {
  test("finds what a comparison of all pairs would call alike", () => {
    const words = fc.constantFrom(
      "nordic",
      "baltic",
      "kestrel",
      "systems",
      "robotics",
      "foods",
      "meridian",
      "lumen"
    );
    const name = fc.array(words, {minLength: 1, maxLength: 3}).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(fc.array(name, {minLength: 1, maxLength: 20}), name, (names, asked) => {
        const found = new Set(nameIndex(names).near(asked));
        for (const [index, each] of names.entries())
          if (like(each, asked) > 0.85) expect([each, found.has(index)]).toEqual([each, true]);
      }),
      {numRuns: 2000}
    );
  });

  test("finds a firm among words that many firms carry, wherever its own stands", () => {
    for (const name of [
      "systems baltic systems",
      "baltic systems group international",
      "international baltic"
    ])
      expect([name, nameIndex([name]).near("baltic")]).toEqual([name, [0]]);
    expect(nameIndex(["international foods"]).near("foo")).toEqual([]);
  });

  test("knows nothing near a name that shares nothing", () => {
    expect(nameIndex(FIRMS).near("zzyzx")).toEqual([]);
  });
});
