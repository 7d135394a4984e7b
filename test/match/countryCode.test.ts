import {expect, test} from "vitest";
import {areOtherCountries, countryForm} from "../../loaders/match/countryCode.ts";

test.each([
  ["DE", "DE"],
  [" de ", "DE"],
  ["Germany", "DE"],
  ["Deutschland", "DE"],
  ["ALLEMAGNE", "DE"],
  ["ドイツ", "DE"],
  ["USA", "US"],
  ["Vereinigte Staaten", "US"],
  ["UK", "GB"],
  ["Great Britain", "GB"],
  ["Côte d’Ivoire", "CI"],
  ["EMEA North", "emea north"],
  ["EU", "eu"],
  ["European Union", "european union"],
  ["Unknown Region", "unknown region"]
])("%s is %s", (text, form) => {
  expect(countryForm(text)).toBe(form);
});

test("two countries are other ones; what names no country contradicts none", () => {
  expect(areOtherCountries("DE", "FR")).toBe(true);
  expect(areOtherCountries("DE", "DE")).toBe(false);
  expect(areOtherCountries("DE", countryForm("EMEA North"))).toBe(false);
  expect(areOtherCountries("DE", null)).toBe(false);
});
