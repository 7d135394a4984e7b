/**
 * A large firm's pages in Chromium: what each ships and how long a filter takes. `npx tsx bench/largeSite.ts DIST WAREHOUSE
 * [changes] [cells]`: a copy of any built site gets the facts of the large warehouse (data files and parts). Prints the bytes of each
 * page's first view and of every kind of part, and from the change of a filter to the finished redraw, of what the window shows and of
 * all, the median and the 95th percentile, a part's first fetch included. With BENCH_PARTS=FOLDER the parts are those that a build has written there (`_parts`).
 */
import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {writeParts} from "../loaders/pages/parts/writeParts.ts";
import {scenarioFile} from "../loaders/scenario/buildScenario.ts";
import {writeScenarioParts} from "../loaders/scenario/scenarioParts.ts";
import {serveSite} from "../loaders/site/serveSite.ts";
import {WAREHOUSE_VARIABLE} from "../loaders/warehouse/openWarehouse.ts";
import {PROJECT} from "../loaders/workspace/statePaths.ts";
import {launchBrowser} from "../test/browser/launch.ts";

const [dist, warehouse, changes = "40", only = ""] = process.argv.slice(2);
if (!dist || !warehouse) throw new Error("give a built site and a warehouse.duckdb");

const copy = mkdtempSync(join(tmpdir(), "weir-bench-"));
cpSync(dist, copy, {recursive: true});
rmSync(join(copy, "_parts"), {recursive: true, force: true});
const data = join(copy, "_file", "data");
/** Every data file of the pages, as the large warehouse has it; those of the forecast only where it has been built. */
const isForecast = existsSync(scenarioFile(warehouse));
const weights = new Map<string, number>();
for (const file of readdirSync(data).filter((name) => name.endsWith(".json"))) {
  const name = file.split(".")[0]!;
  const {stdout, status} = spawnSync(
    process.execPath,
    ["--import", "tsx/esm", join(PROJECT, "src", "data", `${name}.json.ts`)],
    {env: {...process.env, [WAREHOUSE_VARIABLE]: warehouse}, maxBuffer: 1e9}
  );
  if (status !== 0) {
    if (isForecast) console.log(`${name}.json could not be made`);
    continue;
  }
  writeFileSync(join(data, file), stdout);
  weights.set(`/_file/data/${file}`, gzipSync(stdout).length);
}
const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
for (const [file, bytes] of weights) if (bytes > 50_000) console.log(`${file}: ${kB(bytes)} compressed`);

const cpu = process.cpuUsage();
const built = process.env["BENCH_PARTS"];
const parts = built
  ? partsOf(built)
  : await writeParts(warehouse, join(copy, "_parts"), {withRows: only !== "cells"});
if (isForecast) parts.push(...writeScenarioParts(warehouse, join(copy, "_parts")));
const {user, system} = process.cpuUsage(cpu);
console.log(
  `${parts.length} parts, ${(parts.reduce((sum, {bytes}) => sum + bytes, 0) / 1e6).toFixed(0)} MB, written in ${((user + system) / 1e6).toFixed(0)} s CPU, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB peak`
);
const bytesOf = new Map(parts.map(({file, bytes}) => [file, bytes]));
const kinds = new Map<string, {n: number; most: number; name: string}>();
for (const {file, bytes} of parts) {
  const kind = file.startsWith("search/")
    ? "search"
    : /^(answers|scenario|explore)\//.test(file)
      ? file.split("/").slice(0, 2).join("/")
      : file.replace(/^(cells)?[^/]*\//, (_, cells) => (cells ? "cells/" : "rows/"));
  const known = kinds.get(kind) ?? {n: 0, most: 0, name: ""};
  kinds.set(kind, {
    n: known.n + 1,
    ...(bytes > known.most ? {most: bytes, name: file} : {most: known.most, name: known.name})
  });
}
for (const [kind, {n, most, name}] of kinds)
  console.log(`${kind.padEnd(20)} ${String(n).padStart(6)} files, the largest ${kB(most)} (${name})`);

/** Pages that fetch by their filters; `BENCH_PAGES` names others. */
const PAGES = (
  process.env["BENCH_PAGES"] ??
  ",pipeline,movement,conversion,velocity,flow,coverage,health,conformance,people,partners,partner-benchmark,partner-life-cycle,marketing,products"
).split(",");

/** The part that filters change, where that is not the page. */
const CHANGED: Record<string, string> = {marketing: "main .weir-stack"};

/**
 * What both changes of a filter need in the page: from a click until `isDone`, and until the last chart, table or figure that the
 * window shows has come, each to the end of the frame that paints it.
 */
const WATCH = `
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const SHOWN = ".weir-chart, .weir-table, .weir-kpi";
  const shown = () => [...document.querySelectorAll("main :is(" + SHOWN + ")")].filter((each) => {
    const {top, bottom} = each.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const answered = async (box, isDone) => {
    // As a hand does: the choice is pointed at before it is made.
    box.closest("label").dispatchEvent(new Event("pointerover", {bubbles: true}));
    await new Promise((done) => setTimeout(done, 200));
    const seen = new Set(shown());
    const from = performance.now();
    let [sight, isNew] = [0, false];
    box.click();
    do {
      await frame();
      if (isNew) sight = performance.now() - from;
      const now = shown().filter((each) => !seen.has(each));
      isNew = now.length > 0;
      for (const each of now) seen.add(each);
    } while (!isDone() && performance.now() - from < 20000);
    await frame();
    const all = performance.now() - from;
    return {all, sight: isNew ? all : sight};
  };
  const boxesOf = (filter) => {
    const boxes = () => [...filter.querySelectorAll("input[type=checkbox]")];
    // A list is made when it is first opened.
    if (boxes().length === 0) filter.querySelector("button").click();
    return boxes();
  };
  const lastOf = (part) => [...document.querySelector(part).querySelectorAll(".weir-chart, .weir-table")].at(-1);`;

/** Toggles one value of a filter and waits until the last chart of what it changes is a new one. */
const CHANGE = `async (i, part) => {${WATCH}
  const filters = [...document.querySelectorAll(".weir-multi")].slice(0, 2);
  const boxes = boxesOf(filters[i % 2]);
  const last = lastOf(part);
  return answered(boxes[(i >> 1) % boxes.length], () => !last.isConnected);
}`;

/** Of a page that first asks for a narrow value: chooses an owner, waits for the charts that its part brings, and takes the choice back. */
const NARROW = `async (i, part) => {${WATCH}
  const boxes = boxesOf([...document.querySelectorAll(".weir-multi")].find((each) => each.textContent.startsWith("Owner")));
  const box = boxes[(i * 7) % boxes.length];
  const isAsking = () => document.querySelector(".weir-too-wide:not([hidden])") !== null;
  const last = lastOf(part);
  const took = await answered(box, () => !isAsking() && lastOf(part) !== last && !document.querySelector(".weir-later[aria-busy]"));
  const from = performance.now();
  box.click();
  while (!isAsking() && performance.now() - from < 20000) await frame();
  return took;
}`;

const server = await serveSite({dist: copy});
const browser = await launchBrowser();
try {
  for (const name of PAGES) {
    const page = await browser.newPage({viewport: {width: 1280, height: 900}});
    let shipped = 0;
    const asked = new Set<string>();
    page.on("request", (request) => {
      const path = decodeURIComponent(new URL(request.url()).pathname);
      const [, part = ""] = path.match(/^\/_parts\/(.*)\.gz\.bin$/) ?? [];
      // A file is fetched once, whoever asks for it.
      if (!asked.has(path)) shipped += bytesOf.get(part) ?? weights.get(path) ?? 0;
      asked.add(path);
    });
    await page.goto(`${server.url}${name}`, {timeout: 120_000, waitUntil: "networkidle"});
    await page.locator("main h1, .weir-chart, .weir-table").last().waitFor({timeout: 120_000});
    const first = shipped;
    // Milliseconds of CPU of the page's thread: on a busy machine time on the clock says little.
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", {timeDomain: "threadTicks"});
    const cpuOf = async () => {
      const {metrics} = await session.send("Performance.getMetrics");
      return 1000 * (metrics.find(({name}) => name === "TaskDuration")?.value ?? 0);
    };
    const [clock, sight, thread]: [number[], number[], number[]] = [[], [], []];
    const hasFilters = (await page.locator(".weir-multi").count()) > 0;
    const isNarrow = (await page.locator("main .weir-chart, main .weir-table").count()) === 0;
    for (let i = 0; hasFilters && i < Number(changes); i++) {
      const before = await cpuOf();
      const took = await page.evaluate(`(${isNarrow ? NARROW : CHANGE})(${i}, "${CHANGED[name] ?? "main"}")`);
      clock.push((took as {all: number}).all);
      // 0 where the window showed nothing that changed.
      if ((took as {sight: number}).sight > 0) sight.push((took as {sight: number}).sight);
      thread.push((await cpuOf()) - before);
    }
    const times = () =>
      `${clock.length} ${isNarrow ? "owners chosen" : "filter changes"}: in sight of ${sight.length} ${spread(sight)}; all ${spread(clock)}; the page's thread ${spread(thread)} of CPU${isNarrow ? " (with taking each back)" : ""}; ${kB(shipped)} in all`;
    console.log(
      `${(name || "index").padEnd(12)} first view ${kB(first)}; ${clock.length > 0 ? times() : "no filter changed"}`
    );
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(copy, {recursive: true});
}

/** Parts that a build has written, as they lie in its folder; here too. */
function partsOf(folder: string): {file: string; bytes: number}[] {
  cpSync(folder, join(copy, "_parts"), {recursive: true});
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".gz.bin"))
    .map((file) => ({
      file: file.replaceAll("\\", "/").replace(/\.gz\.bin$/, ""),
      bytes: statSync(join(folder, file)).size
    }));
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!.toFixed(0);
  return `median ${at(0.5)} ms, 95% ${at(0.95)} ms`;
}
