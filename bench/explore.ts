/**
 * From a question to the finished answer on the Explore page, in Chromium, with as many deals as asked: `npx tsx
 * bench/explore.ts [dist] [deals] [questions]`, on a built site (`weir build`). The site's own deals are repeated;
 * everything else is the page as published. Prints the median and the 95th percentile, and tasks of the main thread over
 * 50 ms.
 */
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {serveSite} from "../loaders/site/serveSite.ts";
import type {FactTable} from "../src/slices/facts.ts";
import {launchBrowser} from "../test/browser/launch.ts";
import {repeated} from "./repeatedFacts.ts";

const [dist = "dist", deals = "100000", questions = "40"] = process.argv.slice(2);
const copy = mkdtempSync(join(tmpdir(), "weir-bench-"));
cpSync(dist, copy, {recursive: true});
const folder = join(copy, "_file", "data");
const file = join(folder, readdirSync(folder).find((name) => /^deals\..*json$/.test(name))!);
const table = JSON.parse(readFileSync(file, "utf8")) as FactTable;
const wanted = Number(deals) || table.n;
writeFileSync(file, JSON.stringify({n: wanted, columns: repeated(table.columns, table.n, wanted)}));

const MEASURE = `(async () => {
  const words = () => document.querySelector(".weir-answer-text").textContent;
  const drawn = () => document.querySelector(".weir-chart-title").textContent;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const [times, long] = [[], []];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({duration}) => duration))).observe({entryTypes: ["longtask"]});
  const MEASURES = ["count", "sum.amount", "mean.is_won", "median.amount", "distinct.account_name"];
  for (let i = 0; i < ${Number(questions)}; i++) {
    const select = document.querySelector('[data-field="' + (i % 2 ? "measure" : "by") + '"]');
    const choices = i % 2 ? MEASURES : ["region", "owner", "created_on.quarter", "stage", "deal_type"];
    const before = words() + drawn();
    select.value = choices[(i >> 1) % choices.length];
    const from = performance.now();
    select.dispatchEvent(new Event("change", {bubbles: true}));
    while (words() + drawn() === before && performance.now() - from < 20000) await frame();
    await frame();
    times.push(performance.now() - from);
    await new Promise((done) => setTimeout(done, 150));
  }
  return {times, long};
})()`;

const server = await serveSite({dist: copy});
const browser = await launchBrowser();
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  const from = performance.now();
  await page.goto(`${server.url}explore?across=channel`, {timeout: 120_000});
  await page.locator(".weir-chart-title").first().waitFor({timeout: 120_000});
  const opened = performance.now() - from;
  const {times, long} = (await page.evaluate(MEASURE)) as {times: number[]; long: number[]};
  const sorted = [...times].sort((a, b) => a - b);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!.toFixed(0);
  console.log(
    `${wanted} deals, ${(statSync(file).size / 1e6).toFixed(1)} MB of them; first answer after ${(opened / 1000).toFixed(1)} s`
  );
  console.log(
    `question to finished answer over ${times.length} questions: median ${at(0.5)} ms, 95% ${at(0.95)} ms; ${long.length} tasks of the main thread over 50 ms, the longest ${Math.max(0, ...long).toFixed(0)} ms`
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(copy, {recursive: true});
}
