import {expect, test} from "vitest";
import {matchingForm} from "../../loaders/sources/matchingForm.ts";
import fc from "../support/fc.ts";

test.each([
  ["  ACME \u00a0  GmbH\n", "acme gmbh"],
  ["ＡＣＭＥ", "acme"],
  ["Straße", "strasse"],
  ["Cafe\u0301", "café"],
  ["ΣΊΣΥΦΟΣ", "σίσυφος"]
])("%j and %j are the same name", (a, b) => {
  expect(matchingForm(a)).toBe(matchingForm(b));
});

test("a matching form is its own matching form", () => {
  fc.assert(
    fc.property(
      fc.string({unit: "grapheme"}),
      (text) => matchingForm(matchingForm(text)) === matchingForm(text)
    )
  );
});
