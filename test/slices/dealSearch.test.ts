import {describe, expect, test} from "vitest";
import {
  type FoundDeal,
  foundIn,
  shardFile,
  shardFor,
  shardsOf,
  wordsOf
} from "../../src/slices/dealSearch.ts";
import fc from "../support/fc.ts";

const deal = (id: string, name: string, owner = "Ana Roß"): FoundDeal => [
  ...([id, name, "Société Générale", owner] as const),
  ...([100, "Offer", "2026-07-01"] as const)
];

describe("search over all open deals", () => {
  test("words are small letters without accents, parted by whatever is neither letter nor digit", () => {
    expect(wordsOf("Société-Générale / Größe 12")).toEqual(["societe", "generale", "große", "12"]);
  });

  test("any deal is found by the beginnings of its words, from three letters on, in any order", () => {
    const text = fc.string({unit: fc.constantFrom(..."abÉ -漢"), minLength: 1, maxLength: 14});
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 30}), fc.nat(), fc.nat(4), (names, pick, cut) => {
        const deals = names.map((name, i) => deal(String(i), name));
        const shards = shardsOf(deals);
        const sizes = Object.fromEntries([...shards].map(([key, {n}]) => [key, n]));
        const wanted = deals[pick % deals.length]!;
        const words = wordsOf(wanted[1]).reverse();
        const typed = words.map((word) => [...word].slice(0, 3 + cut).join("")).join(" ");
        const key = shardFor(typed, sizes);
        const isLong = words.some((word) => [...word].length >= 3);
        expect(key !== null).toBe(isLong);
        if (key !== null) expect(foundIn(shards.get(key)!, typed)).toContain(wanted);
      }),
      {numRuns: 200, seed: 1}
    );
  });

  test("a shard holds the largest deals and knows how many there are; the rarest word is asked", () => {
    const deals = Array.from({length: 600}, (_, i) =>
      deal(String(i), i === 599 ? "Rare licence" : "Licence")
    );
    const shards = shardsOf(deals);
    expect(shards.get("lic")).toMatchObject({n: 600, deals: {length: 500}});
    const key = shardFor("licence rare", Object.fromEntries([...shards].map(([name, {n}]) => [name, n])));
    expect(key).toBe("rar");
    expect(foundIn(shards.get(key!)!, "licence rare").map(([id]) => id)).toEqual(["599"]);
    expect(shardFor("licence unknown", {lic: 600})).toBeNull();
  });

  test("the file of a shard has one name everywhere", () =>
    expect(shardFile("ab漢")).toBe("search/61-62-6f22"));
});
