/** Precision and recall on seeds that no threshold was chosen on (bench/matching.ts uses others). */
import {describe, expect, test} from "vitest";
import {judge, matchSeeded} from "./judge.ts";
import {seededPairs} from "./seededPairs.ts";

describe("matching firms with near names, slips of the pen, missing fields and old deals", () => {
  test.each([7, 8])(
    "is right nearly always when it says matched, and offers nearly all (seed %i)",
    (seed) => {
      const seeded = seededPairs(seed, 700);
      const {precision, recall, reach} = judge(matchSeeded(seeded), seeded.truth);
      expect(precision).toBeGreaterThan(0.99);
      expect(recall).toBeGreaterThan(0.85);
      expect(reach).toBeGreaterThan(0.95);
    }
  );

  test("registrations of firms the CRM does not have stay out", () => {
    const seeded = seededPairs(9, 700);
    const absent = [...seeded.truth].filter(([, dealId]) => dealId === null).map(([id]) => id);
    const matches = matchSeeded(seeded).filter(({registrationId}) => absent.includes(registrationId));
    expect(absent.length).toBeGreaterThan(50);
    expect(matches.filter(({status}) => status === "matched").length / absent.length).toBeLessThan(0.03);
  });
});
