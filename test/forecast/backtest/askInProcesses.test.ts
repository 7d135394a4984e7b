/** Whose turn it is to ask on which days, and what is told of it; that processes find the same is in history/readHistory.test.ts. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type Askings, askInProcesses, sharesOf} from "../../../loaders/forecast/backtest/askInProcesses.ts";
import {BACKTEST_DEFAULTS} from "../../../loaders/forecast/backtest/runBacktest.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weir-askings-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const askingsOn = (days: readonly number[], models: readonly number[]): Askings => ({
  warehouse: "",
  path: join(folder, "rows.jsonl"),
  key: "k",
  options: {...BACKTEST_DEFAULTS, refitDays: 28},
  days,
  models: {folder: join(folder, "models"), days: models}
});

test("a small firm, and one whose days are stored, is told as many parts as are heard of it", async () => {
  const history = simulatedHistory(40, 300, 3);
  const askings = askingsOn([history.asOf - 7, history.asOf], [history.asOf]);
  const told = async () => {
    const heard: (number | string)[] = [];
    await askInProcesses(history, askings, {
      onBegin: (n) => heard.push(`${n} parts`),
      onDay: (day) => heard.push(day),
      onModel: (day) => heard.push(`model ${day}`)
    });
    return heard;
  };
  const all = ["2 parts", ...askings.days];
  expect(await told()).toEqual(all);
  expect(await told()).toEqual(all);
});

describe("shares of the work", () => {
  const days = Array.from({length: 12}, (_, i) => 1000 + 7 * i);
  test.each([
    ["two processes where days ask for several fits", days, 2],
    ["one where they ask for one fit alone", days.slice(-2), 1],
    ["none without days", [], 0]
  ])("%s: every day and every wanted model is somebody's, once", (_, left, nShares) => {
    const askings = askingsOn(days, [1000, 1028, 1056]);
    const shares = sharesOf(askings, left);
    expect(shares).toHaveLength(nShares);
    expect(shares.flatMap(({own}) => own).sort()).toEqual(left);
    expect(shares.flatMap(({models}) => [...models!.days]).sort()).toEqual(
      nShares > 0 ? [...askings.models!.days] : []
    );
    expect(new Set(shares.map(({path}) => path)).size).toBe(nShares);
  });
});
