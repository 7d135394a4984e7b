import {expect, test} from "vitest";
import type {DealScoresData} from "../../src/slices/dealScores.ts";
import {scoresAnswer} from "../../src/views/forecast/dealScores.ts";

const data = (deals: object[], reason: string | null) =>
  ({deals, quarter: null, noQuarter: "Why.", currency: "USD", reason}) as unknown as DealScoresData;

test("chances without a forecast of money are told with the reason, not as no deal that can be scored", () => {
  expect(scoresAnswer(data([{p_quarter: 0.2}, {p_quarter: 0.1}], null))).toMatch(
    /each of 2 open deals .* is not\. Why\.$/
  );
  expect(scoresAnswer(data([], "Too few."))).toBe("Too few.");
});
