/**
 * From a slider move to the finished redraw, in Chromium, with as many open deals as asked: `npx tsx bench/whatIf.ts
 * [dist] [deals] [moves] [pause]`, on a built site (`weir build`). The site's own scenario data is taken and its open deals are
 * repeated with varied amounts and chances; everything else is the page as published. Prints the median and the 95th percentile, and tasks of the main
 * thread over 50 ms.
 */
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {serveSite} from "../loaders/site/serveSite.ts";
import type {ScenarioData} from "../src/views/whatIf/page.ts";
import {launchBrowser} from "../test/browser/launch.ts";
import {withDeals} from "./manyDeals.ts";

const [dist = "dist", deals = "0", moves = "40", pause = "1200"] = process.argv.slice(2);
const copy = mkdtempSync(join(tmpdir(), "weir-bench-"));
cpSync(dist, copy, {recursive: true});
const folder = join(copy, "_file", "data");
const file = join(folder, readdirSync(folder).find((name) => /^scenario\..*json$/.test(name))!);
const data = JSON.parse(readFileSync(file, "utf8")) as ScenarioData;
if (!data.input) throw new Error("this site has no forecast");
const wanted = Number(deals) || data.input.deals.n;
if (wanted !== data.input.deals.n)
  writeFileSync(file, JSON.stringify({...data, input: withDeals(data.input, wanted)}));

const MEASURE = `(async () => {
  const range = document.querySelector(".weir-levers input[type=range]");
  const words = () => document.querySelector(".weir-answer-text").textContent;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const [times, long] = [[], []];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({duration}) => duration))).observe({entryTypes: ["longtask"]});
  for (let i = 0; i < ${Number(moves)}; i++) {
    const before = words();
    const from = performance.now();
    range.valueAsNumber = 1.01 + (i % 50) / 100;
    range.dispatchEvent(new Event("input", {bubbles: true}));
    while (words() === before) await frame();
    // The frame that shows it is painted after its callbacks and before the next task.
    await new Promise((painted) => setTimeout(painted));
    times.push(performance.now() - from);
    await new Promise((done) => setTimeout(done, ${Number(pause)}));
  }
  return {times, long};
})()`;

const server = await serveSite({dist: copy});
const browser = await launchBrowser();
const page = await (await browser.newContext({viewport: {width: 1280, height: 900}})).newPage();
await page.goto(`${server.url}what-if?period=${encodeURIComponent(data.input.windows[1]!.label)}`);
await page.waitForSelector(".weir-kpi-value", {timeout: 120_000});
await page.waitForTimeout(3000);
const {times, long} = (await page.evaluate(MEASURE)) as {times: number[]; long: number[]};
times.sort((a, b) => a - b);
const at = (level: number) => times[Math.min(times.length - 1, Math.floor(level * times.length))]!.toFixed(0);
process.stdout.write(
  `${wanted} open deals, ${times.length} moves: median ${at(0.5)} ms, 95% ${at(0.95)} ms, slowest ${at(1)} ms; ` +
    `main thread over 50 ms: ${long.length} times${long.length > 0 ? `, longest ${Math.max(...long).toFixed(0)} ms` : ""}\n`
);
await browser.close();
await server.close();
rmSync(copy, {recursive: true, force: true});
