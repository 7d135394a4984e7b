/**
 * From a slider move to the finished redraw, in Chromium, on a built site whose open deals are repeated, with varied amounts
 * and chances, to as many as asked: `npx tsx bench/whatIf.ts [dist] [deals] [moves] [--write]`. Everything else is the page
 * as published. For one lever, for six and for three on parts of the deals: the time that passed, what of it the page's own
 * two threads spent waiting for a core that something else had, and what they computed; and the longest task of the main
 * thread, from before the page is opened to the last move. `--write` puts it into docs/scenarios.md. Linux only.
 */
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {loadavg, tmpdir} from "node:os";
import {join} from "node:path";
import type {CDPSession, Page} from "playwright-core";
import {serveSite} from "../loaders/site/serveSite.ts";
import {type PackedInput, packInput, unpackInput} from "../src/scenario/packedInput.ts";
import {toLink} from "../src/scenario/saved/link.ts";
import type {LeverSetting} from "../src/scenario/scenario.ts";
import {launchBrowser} from "../test/browser/launch.ts";
import {writeSection} from "./docSection.ts";
import {withDeals} from "./manyDeals.ts";
import {pageThreads, timeOf} from "./threadTimes.ts";

const [dist = "dist", deals = "100000", moves = "60"] = process.argv
  .slice(2)
  .filter((each) => each !== "--write");
const PAUSE_MS = 400;
const copy = mkdtempSync(join(tmpdir(), "weir-bench-"));
cpSync(dist, copy, {recursive: true});
const folder = join(copy, "_file", "data");
const file = join(folder, readdirSync(folder).find((name) => /^scenario_input\..*json$/.test(name))!);
const {input: written} = JSON.parse(readFileSync(file, "utf8")) as {input: PackedInput | null};
if (!written) throw new Error("this site has no forecast");
const own = unpackInput(written);
const wanted = Number(deals) || own.deals.n;
const input = wanted === own.deals.n ? own : withDeals(own, wanted);
writeFileSync(file, JSON.stringify({input: packInput(input), reason: null}));

const word = (key: string) => {
  const column = input.deals.columns[key];
  return column?.kind === "key" ? column.words[0]! : "";
};
const SIX: LeverSetting[] = [
  {kind: "win_rate", value: 1.05},
  {kind: "cycle_time", value: 0.95},
  {kind: "price", value: 1.05},
  {kind: "slip", value: 0.1},
  {kind: "new_pipeline", value: 1.1},
  {kind: "hiring", value: 2}
];
const PARTS: LeverSetting[] = [
  {kind: "win_rate", value: 1.1, where: {dimension: "region", value: word("region")}},
  {kind: "amount", value: 1.1, where: {dimension: "segment", value: word("segment")}},
  {kind: "cycle_time", value: 0.9, where: {dimension: "stage", value: input.stages[0]!}}
];
const CASES: [string, LeverSetting[]][] = [
  ["one lever", []],
  ["six levers", SIX],
  ["one lever and three on parts of the deals", PARTS]
];

/** Moves the first slider and waits until what it does has been painted. */
const MOVE = `(async (value) => {
  const range = document.querySelector(".weir-levers input[type=range]");
  const words = () => document.querySelector(".weir-answer-text").textContent;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const before = words();
  const from = performance.now();
  range.valueAsNumber = value;
  range.dispatchEvent(new Event("input", {bubbles: true}));
  while (words() === before) await frame();
  // The frame that shows it is painted after its callbacks and before the next task.
  await new Promise((painted) => setTimeout(painted));
  return performance.now() - from;
})`;

const server = await serveSite({dist: copy});
const browser = await launchBrowser();
const rows: string[] = [];
const say = (line: string) => process.stdout.write(`${line}\n`);
const load = loadavg()[0]!;
say(`${wanted} open deals; load of the machine when it began: ${load.toFixed(1)} on two cores`);
for (const [name, levers] of CASES) {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 900}})).newPage();
  const longest = await traced(await page.context().newCDPSession(page), () => run(page, name, levers));
  say(
    `  longest task of the main thread: ${longest.cpu.toFixed(0)} ms computed, ${longest.wall.toFixed(0)} ms passed`
  );
  rows[rows.length - 1] += ` ${longest.cpu.toFixed(0)} ms |`;
  await page.context().close();
}
await browser.close();
await server.close();
rmSync(copy, {recursive: true, force: true});
if (process.argv.includes("--write"))
  writeSection("docs/scenarios.md", "latency", [
    `${wanted.toLocaleString("en")} open deals, ${moves} moves a row, ${input.windows.length} periods redrawn each time; load of the machine ${load.toFixed(1)} on two cores when it began.`,
    "",
    "| levers set | median | 95% | less waiting for a core: median | 95% | computed a move, page + worker | longest task of the main thread, computed |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows
  ]);

async function run(page: Page, name: string, levers: LeverSetting[]): Promise<void> {
  const started = performance.now();
  const link = toLink({
    name: "",
    window: input.windows[1]!.label,
    target: null,
    filters: {},
    levers,
    deals: [],
    made: {hash: input.dataHash, asOf: input.asOf}
  });
  await page.goto(`${server.url}what-if${link}`);
  await page.waitForSelector(".weir-kpi-value", {timeout: 120_000});
  const first = performance.now() - started;
  await page.waitForTimeout(4000);
  // The second worker, which the sensitivities below the fold have to themselves, is not waited for by the redraw.
  const {main: mainThreads, workers} = pageThreads();
  const engine = workers.slice(0, 1);
  const times: {wall: number; waited: number; page: number; worker: number}[] = [];
  for (let i = 0; i < Number(moves); i++) {
    const [page0, worker0] = [timeOf(mainThreads), timeOf(engine)];
    const wall = (await page.evaluate(`${MOVE}(${1.01 + (i % 60) / 100})`)) as number;
    const [page1, worker1] = [timeOf(mainThreads), timeOf(engine)];
    times.push({
      wall,
      waited: page1.waited - page0.waited + worker1.waited - worker0.waited,
      page: page1.cpu - page0.cpu,
      worker: worker1.cpu - worker0.cpu
    });
    // Until the sensitivities of this move are there too: a move is measured alone.
    for (let before = -1, now = 0; now - before > 1; ) {
      before = timeOf([...mainThreads, ...workers]).cpu;
      await page.waitForTimeout(PAUSE_MS);
      now = timeOf([...mainThreads, ...workers]).cpu;
    }
  }
  const at = (level: number, of: (time: (typeof times)[number]) => number) => {
    const sorted = times.map(of).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))]!.toFixed(0);
  };
  const net = ({wall, waited}: (typeof times)[number]) => Math.max(0, wall - waited);
  const [wall, own] = [(level: number) => at(level, (each) => each.wall), (level: number) => at(level, net)];
  const [main, worker] = [at(0.5, (each) => each.page), at(0.5, (each) => each.worker)];
  say(
    `${name}: median ${wall(0.5)} ms, 95% ${wall(0.95)} ms, slowest ${wall(1)} ms; less waiting for a core ${own(0.5)} and ${own(0.95)} ms; ` +
      `computed a move: page ${main} ms, worker ${worker} ms; first figures after ${(first / 1000).toFixed(1)} s`
  );
  rows.push(
    `| ${name} | ${wall(0.5)} ms | ${wall(0.95)} ms | ${own(0.5)} ms | ${own(0.95)} ms | ${main} + ${worker} ms |`
  );
}

/** The longest task of the page's main thread while something goes on: on its core, and by the clock. */
async function traced(session: CDPSession, go: () => Promise<void>): Promise<{cpu: number; wall: number}> {
  interface Event {
    name: string;
    pid: number;
    tid: number;
    dur?: number;
    tdur?: number;
    args: {name?: string};
  }
  const events: Event[] = [];
  session.on("Tracing.dataCollected", ({value}) => events.push(...(value as unknown as Event[])));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {includedCategories: ["toplevel"]}
  });
  await go();
  const over = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await over;
  const thread = ({pid, tid}: Event) => `${pid} ${tid}`;
  const main = new Set(
    events.filter(({name, args}) => name === "thread_name" && args.name === "CrRendererMain").map(thread)
  );
  const tasks = events.filter((event) => /RunTask/.test(event.name) && main.has(thread(event)));
  return {
    cpu: Math.max(0, ...tasks.map(({tdur = 0}) => tdur / 1000)),
    wall: Math.max(0, ...tasks.map(({dur = 0}) => dur / 1000))
  };
}
