/** What speaks against a pair weighs more than all that is alike. */
import {expect, test} from "vitest";
import {wordWeights} from "../../loaders/match/nameSimilarity.ts";
import {type Business, scorePair} from "../../loaders/match/scorePair.ts";
import {DEFAULTS} from "./judge.ts";

const weights = wordWeights(["acme robotics", "acme robotics france", "boreal foods"]);
const registration: Business = {
  id: "R-1",
  name: "acme robotics",
  domain: "acme.com",
  country: "DE",
  products: [],
  amount: 10_000,
  currency: "EUR",
  startedOn: 1000,
  closesOn: 1090,
  closedOn: null,
  partnerIds: []
};
const score = (deal: Partial<Business>) => scorePair(registration, {...registration, ...deal}, weights);

test("the same business of the same days is a match", () => {
  expect(score({startedOn: 1020})).toBeGreaterThan(DEFAULTS.match_at);
});

test.each<[string, Partial<Business>]>([
  ["years before, by its start and by its close", {startedOn: 200, closesOn: 290}],
  ["years after", {startedOn: 1800, closesOn: 1890}],
  ["of a customer in another country", {country: "FR"}],
  ["closed long before", {startedOn: 800, closedOn: 880}]
])("a deal %s is at most a question", (_, deal) => {
  expect(score(deal)).toBeLessThan(DEFAULTS.match_at);
});

test("an affiliate's deal in another country is not even asked about; at home it is", () => {
  const affiliate = {name: "acme robotics france", startedOn: 1040, closesOn: 1130};
  expect(score({...affiliate, country: "FR"})).toBeLessThan(DEFAULTS.unsure_at);
  expect(score(affiliate)).toBeGreaterThan(DEFAULTS.unsure_at);
});

test("starts a year apart are no contradiction where the closes are near", () => {
  expect(score({startedOn: 500, closesOn: 1085})).toBeGreaterThan(DEFAULTS.match_at);
});
