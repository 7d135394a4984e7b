/** What is kept between builds is made anew when any code that it comes of has changed. */
import {existsSync, readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {describe, expect, test} from "vitest";
import {BACKTEST_CODE, FIT_CODE, FORECAST_CODE} from "../../loaders/forecast/codeBehind.ts";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** Reads and writes, and the lists themselves; no figure is made there. */
const PLUMBING = [
  ...["engine/", "system/", "workspace/statePaths.ts", "weirError.ts"].map((path) => `loaders/${path}`),
  "loaders/forecast/codeBehind.ts"
];

/** Files of which a file takes values, types apart. */
function takenBy(file: string): string[] {
  const text = readFileSync(join(PROJECT, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gm)].map(([, path]) =>
    join(dirname(file), path!).split(sep).join("/").replace(/\.js$/, ".ts")
  );
}

/** All code files that these come of, from import to import. */
function allBehind(listed: readonly string[]): Set<string> {
  const found = new Set(
    listed
      .flatMap((path) => listFiles(join(PROJECT, path)))
      .map((file) => relative(PROJECT, file).split(sep).join("/"))
      .filter((file) => file.endsWith(".ts"))
  );
  for (const file of found)
    for (const taken of takenBy(file)) if (!PLUMBING.some((path) => taken.startsWith(path))) found.add(taken);
  return found;
}

const lacking = (listed: readonly string[]) =>
  [...allBehind(listed)].filter(
    (file) => !listed.some((path) => file === path || file.startsWith(`${path}/`))
  );

describe.each([
  ["fitted models", FIT_CODE],
  ["forecasts of past days", BACKTEST_CODE],
  ["the forecast of the pages", FORECAST_CODE]
])("the code behind %s", (_, listed) => {
  test("is there", () => expect(listed.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]));
  test("takes values of no other code", () => expect(lacking(listed)).toEqual([]));
});

test("a rule that a fit takes from elsewhere is seen when it is not listed", () => {
  expect(lacking(FIT_CODE.filter((path) => path !== "src/slices/filledIn.ts"))).toEqual([
    "src/slices/filledIn.ts"
  ]);
});
