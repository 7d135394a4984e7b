/** A page that ships more data than it may is named, with its heaviest file; what fits is not. */
import {randomBytes} from "node:crypto";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, test} from "vitest";
import {overweight, pageWeights} from "../../loaders/site/pageWeights.ts";

const dist = mkdtempSync(join(tmpdir(), "weir-weights-"));
const heavy = JSON.stringify(randomBytes(450_000).toString("base64"));
beforeAll(() => {
  mkdirSync(join(dist, "_file", "data"), {recursive: true});
  writeFileSync(join(dist, "_file", "data", "site.json"), "{}");
  writeFileSync(join(dist, "_file", "data", "deals.json"), heavy);
  writeFileSync(join(dist, "light.html"), 'a page of "./_file/data/site.json" alone');
  writeFileSync(join(dist, "heavy.html"), 'reads "./_file/data/site.json" and "./_file/data/deals.json"');
});
afterAll(() => rmSync(dist, {recursive: true}));

test("the page above the limit is named, with its bytes and its heaviest file", () => {
  const parts = [
    {file: "answers/people/all", bytes: 399_999},
    {file: "explore/deals", bytes: 621_000}
  ];
  const kB = Math.round((gzipSync(heavy).length + gzipSync("{}").length) / 1000);
  expect(overweight(pageWeights(dist), parts, 400_000)).toEqual([
    `heavy.html ships ${kB} kB of data, more than 400 kB: most of it ./_file/data/deals.json`,
    "_parts/explore/deals is 621 kB, more than a page may ship"
  ]);
});

test("nothing is said where all fits", () => {
  expect(overweight(pageWeights(dist), [{file: "largest", bytes: 80_000}], 1_000_000)).toEqual([]);
});
