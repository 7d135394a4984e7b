import {expect, test} from "vitest";
import {usualAmounts} from "../../../loaders/forecast/publish/usualAmounts.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

test("an amount a hundred times those of its kind is hard to believe, and so is none", () => {
  const history = simulatedHistory(900, 900, 11);
  const usual = usualAmounts(history);
  const typical = 5_000;
  expect(usual(typical, history, 0)).toBeNull();
  expect(usual(100 * typical, history, 0)).toMatchObject({words: "an amount far above any like it"});
  expect(usual(typical / 100, history, 0)).toMatchObject({words: "an amount far below any like it"});
  expect(usual(null, history, 0)).toMatchObject({words: "no amount"});
});
