import {expect, test} from "vitest";
import {wordWeights} from "../../loaders/match/nameSimilarity.ts";
import {type Business, bestScore, customerLikeness, scorePair} from "../../loaders/match/scorePair.ts";
import fc from "../support/fc.ts";

const NAMES = ["acme robotics", "acme robtics", "boreal foods", "nordic systems"];
const weights = wordWeights(NAMES);
const maybe = <T>(...values: T[]) => fc.constantFrom(null, ...values);
const business: fc.Arbitrary<Business> = fc.record({
  id: fc.constant("B-1"),
  name: maybe(...NAMES),
  domain: maybe("acme.com", "acme.de", "boreal.com"),
  country: maybe("DE", "US"),
  products: fc.subarray(["pump", "press"]),
  amount: maybe(100, 110, 9000),
  currency: maybe("EUR", "USD"),
  startedOn: maybe(0, 40, 400),
  closesOn: maybe(50, 90),
  closedOn: maybe(-200, 20, 95),
  partnerIds: fc.subarray(["P-1", "P-2"])
});

test("no deal of a customer scores more than the best that is said of the customer", () => {
  let tight = 0;
  fc.assert(
    fc.property(business, business, (registration, deal) => {
      const most = bestScore(customerLikeness(registration, deal, weights));
      const score = scorePair(registration, deal, weights);
      expect(score).toBeLessThanOrEqual(most + 1e-12);
      if (most > 0 && score > 0.9 * most) tight++;
    }),
    {numRuns: 3000}
  );
  // A bound that no deal comes near would spare nothing.
  expect(tight).toBeGreaterThan(20);
});
