import {expect, test} from "vitest";
import {behind, streamReporter} from "../../loaders/system/progress.ts";

test("on a pipe a long step says now and then how far it is, a short one only its end", () => {
  const lines: string[] = [];
  let now = 0;
  const stream = {isTTY: false, write: (line: string) => lines.push(line) > 0};
  const reporter = streamReporter(stream as unknown as NodeJS.WriteStream, () => now);
  const step = reporter.start("site", 4);
  for (const [at, part] of [
    [1, "a"],
    [31, "b"],
    [40, "c"],
    [70, "d"],
    [71, "e"]
  ] as const) {
    now = 1000 * at;
    step.tick(part);
  }
  step.done("5 parts");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are no words
  const words = lines.map((line) => line.replace(/\u001b\[\d+m/g, "").trim());
  expect(words).toEqual([
    "site         2 of 4: b 31.0 s",
    "site         4 of 4: d 70.0 s",
    "ok site         5 parts 71.0 s"
  ]);
});

test("work beside other work is told when it is shown, from where it has come to", () => {
  const told: string[] = [];
  const {reporter, show} = behind({
    start(label, total) {
      told.push(`${label} of ${total}`);
      return {tick: (part) => told.push(part), done: (note) => told.push(`done ${note}`)};
    },
    note: (text) => told.push(text),
    warn: (text) => told.push(text)
  });
  const step = reporter.start("forecast", 3);
  step.tick("a");
  reporter.note("a note");
  expect(told).toEqual([]);
  show();
  expect(told).toEqual(["forecast of 3", "a", "a note"]);
  step.tick("b");
  step.done("3 days");
  expect(told.slice(3)).toEqual(["b", "done 3 days"]);
});
