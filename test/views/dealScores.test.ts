import {expect, test} from "vitest";
import type {DealScoresData} from "../../src/slices/dealScores.ts";
import {scoresAnswer} from "../../src/views/forecast/dealScores.ts";

const data = (deals: object[], reason: string | null) =>
  ({deals, quarter: null, currency: "USD", reason}) as unknown as DealScoresData;

test("chances without any amount are told as such, not as no deal that can be scored", () => {
  expect(scoresAnswer(data([{p_quarter: 0.2}, {p_quarter: 0.1}], null))).toMatch(
    /each of 2 open deals .* none of the deals won states an amount/
  );
  expect(scoresAnswer(data([], "Too few."))).toBe("Too few.");
});
