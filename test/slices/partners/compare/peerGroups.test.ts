import {describe, expect, test} from "vitest";
import {type Member, peerGroups} from "../../../../src/slices/partners/compare/peerGroups.ts";
import fc from "../../../support/fc.ts";

const TIERS = ["Registered", "Silver", "Gold", "Platinum"];

/** So many partners of a kind and tier. */
function some(n: number, kind: string | null, tier: string | null): Member[] {
  return Array.from({length: n}, (_, i) => ({partnerId: `${kind} ${tier} ${i}`, kind, tier}));
}

function told(members: readonly Member[], tiers = TIERS): string[] {
  const groups = [...new Set(peerGroups(members, tiers).values())];
  return groups.map(({words, n}) => `${n} ${words}`).sort();
}

describe("who is compared with whom", () => {
  test("is of one kind and tier, and of neighbouring tiers where one alone is too small", () => {
    expect(
      told([
        ...some(4, "dealer", "Platinum"),
        ...some(3, "dealer", "Gold"),
        ...some(13, "dealer", "Silver"),
        ...some(2, "dealer", "Registered")
      ])
    ).toEqual(["15 dealers of tiers Registered and Silver", "7 dealers of tiers Gold and Platinum"]);
  });

  test("kinds with few partners are one group without their names; a single one is told how few it has", () => {
    const dealers = some(8, "dealer", "Gold");
    expect(told([...dealers, ...some(4, "integrator", "Gold"), ...some(3, "referral", "Gold")])).toEqual([
      "7 partners of the rarer kinds",
      "8 dealers of tier Gold"
    ]);
    expect(told([...dealers, ...some(3, "integrator", "Gold")])).toEqual([
      "3 integrators",
      "8 dealers of tier Gold"
    ]);
  });

  test("without kinds and tiers all partners are peers; tiers that the programme does not list are not named", () => {
    expect(told(some(9, null, null))).toEqual(["9 partners"]);
    expect(told([...some(4, null, "A"), ...some(5, null, "B")], [])).toEqual(["9 partners of several tiers"]);
  });

  test("each partner is in one group and no two groups overlap, whatever the partners", () => {
    const members = fc.array(
      fc.record({
        kind: fc.constantFrom("dealer", "integrator", "referral", null),
        tier: fc.constantFrom(...TIERS, "Other", null)
      }),
      {maxLength: 60}
    );
    fc.assert(
      fc.property(members, (list) => {
        const all = list.map((each, i) => ({...each, partnerId: String(i)}));
        const groups = peerGroups(all, TIERS);
        expect([...groups.keys()].sort()).toEqual(all.map(({partnerId}) => partnerId).sort());
        const sizes = [...new Set(groups.values())].map(({n}) => n);
        expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(all.length);
        // At most one group is too small to be told.
        expect(sizes.filter((n) => n < 6).length).toBeLessThanOrEqual(1);
        // The same whatever order the partners come in: every site tells of the same groups.
        const again = peerGroups([...all].reverse(), TIERS);
        for (const {partnerId} of all) expect(again.get(partnerId)!.words).toBe(groups.get(partnerId)!.words);
      })
    );
  });
});
