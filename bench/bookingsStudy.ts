/**
 * Bookings of firms with a short past, by which the rules of the shown forecast are chosen (the protocol's own data are not):
 * `npx tsx bench/bookingsStudy.ts [--keep FOLDER] [--seeds N] [--twins LIST] [--plain LIST] [--days N] [--as-built]`. Firms are twins of
 * several sizes, with and without stages and stated dates, and plain firms of several kinds ({@link PLAIN_KINDS}); of each only what
 * closed in the last days (310 unless told otherwise) or is open is known. Weeks one to four ahead are asked every week and months one to
 * three ahead every month, prequentially, as the accuracy protocol asks; with `--as-built` the windows of a build every week, of twins
 * with all their fields and plain firms, and printed is what Track record would say of each. Answers of the methods are kept in a folder,
 * so that rules can be compared quickly.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {COMBINATION, combine, SHOWN} from "../loaders/forecast/backtest/combine.ts";
import type {ForecastRow} from "../loaders/forecast/backtest/forecastRow.ts";
import {
  allForecasters,
  askOn,
  BACKTEST_DEFAULTS,
  originDays
} from "../loaders/forecast/backtest/runBacktest.ts";
import {type Score, scoreRows} from "../loaders/forecast/backtest/score.ts";
import {fiscalPeriod, type Span} from "../loaders/forecast/history/calendar.ts";
import type {PipelineHistory} from "../loaders/forecast/history/pipelineHistory.ts";
import {readHistory} from "../loaders/forecast/history/readHistory.ts";
import {withTwin} from "../test/support/withTwin.ts";
import {type Scored, scoreBookings} from "./accuracy/bookingsMetrics.ts";
import {PLAIN_KINDS, plainFirm} from "./accuracy/plainFirm.ts";
import {askWindows, onlyOutcomes, youngFirm} from "./accuracy/youngFirm.ts";

const {values: args} = parseArgs({
  options: {
    keep: {type: "string"},
    seeds: {type: "string", default: "1,2"},
    twins: {type: "string", default: "3000,20000"},
    plain: {type: "string", default: "6,90"},
    days: {type: "string", default: "310"},
    "as-built": {type: "boolean", default: false},
    "only-kept": {type: "boolean"}
  }
});
const list = (text: string) => text.split(",").filter(Boolean).map(Number);
const BESIDE = [
  SHOWN,
  COMBINATION,
  "same days last quarter",
  "rhythm of the quarter",
  "run rate",
  "deal by deal",
  "exponential smoothing"
];
const YOUNG_DAYS = Number(args.days);
/** Of a build's backtest: the deal model is fitted anew every quarter, as bench/forecastTruth.ts does. */
const AS_BUILT = {...BACKTEST_DEFAULTS, refitDays: 91};
/** Parts of a twin's history by the days after them. */
const PARTS = [
  ["later", 0],
  ["earlier", 364]
] as const;
const FIRST_WEEK = 6;
/** Judged from the sixteenth week and the fourth month on, as the protocol does. */
const JUDGED_WEEK = 15;
const JUDGED_MONTH = 3;

interface Firm {
  name: string;
  group: string;
  history: () => Promise<PipelineHistory>;
}

const found = new Map<string, Scored[]>();
const verdicts = new Map<string, Score[]>();
for (const {name, group, history} of firms()) {
  if (args["only-kept"] && !existsSync(keptFile(name))) continue;
  const {rows, weeks, months} = await kept(name, async () => ask(await history()));
  if (args["as-built"]) {
    for (const score of scoreRows(combine(rows), AS_BUILT.seed))
      if (score.method === SHOWN) addTo(verdicts, `${group} ${score.kind}`, score);
    continue;
  }
  for (const measure of ["amount", "wins"] as const)
    for (const steps of ["week", "month"] as const) {
      const asked = rows.filter((row) => row.kind.startsWith(`${measure} ${steps}`));
      const from = steps === "week" ? weeks[JUDGED_WEEK]! : months[JUDGED_MONTH]!;
      for (const row of combine(asked))
        if (row.origin >= from && row.actual !== null && BESIDE.includes(row.method)) {
          const key = `${group} ${steps} ${measure}|${row.method}`;
          addTo(found, key, {...row, kind: `${name} ${row.kind}`} as Scored);
        }
    }
}
if (args["as-built"]) printVerdicts();
else print();

function* firms(): Generator<Firm> {
  for (const seed of list(args.seeds)) {
    for (const wins of list(args.plain))
      for (const kind of PLAIN_KINDS)
        yield {
          name: `plain-${kind.replaceAll(" ", "-")}-${wins}-${seed}`,
          group: `plain ${kind}`,
          history: async () => {
            const whole = plainFirm(kind, {winsAWeek: wins, days: YOUNG_DAYS + 60, seed});
            return youngFirm(whole, whole.asOf - YOUNG_DAYS, whole.asOf);
          }
        };
    for (const deals of list(args.twins))
      for (const firm of ["software", "equipment"] as const)
        for (const [part, end] of args["as-built"] ? PARTS.slice(0, 1) : PARTS)
          for (const isPlain of args["as-built"] ? [false] : [false, true])
            yield {
              name: `${firm}-${deals}-${seed}-${part}-${isPlain}`,
              group: `${firm} ${isPlain ? "outcomes only" : "stages, dates"}`,
              history: async () => {
                const whole = await twinHistory(firm, deals, seed);
                const young = youngFirm(whole, whole.asOf - end - YOUNG_DAYS, whole.asOf - end);
                return isPlain ? onlyOutcomes(young) : young;
              }
            };
  }
}

interface Answers {
  rows: ForecastRow[];
  /** Ends of the weeks and months that were known in turn. */
  weeks: number[];
  months: number[];
}

function ask(history: PipelineHistory): Answers {
  if (args["as-built"]) {
    const days = originDays(history, AS_BUILT);
    const forecasters = allForecasters(AS_BUILT.refitDays, days[0]);
    return {rows: days.flatMap((day) => askOn(history, day, forecasters, AS_BUILT)), weeks: [], months: []};
  }
  const rows: ForecastRow[] = [];
  const weeks = windowsOf(history, "week");
  const months = windowsOf(history, "month");
  for (const measure of ["amount", "wins"] as const) {
    rows.push(
      ...askWindows(history, {windows: weeks, horizon: 4, first: FIRST_WEEK, measure}).map(named("week"))
    );
    rows.push(...askWindows(history, {windows: months, horizon: 3, first: 2, measure}).map(named("month")));
    function named(steps: string) {
      return (row: ForecastRow) => ({...row, kind: `${measure} ${steps} ${row.kind}`});
    }
  }
  return {rows, weeks: weeks.map(({to}) => to), months: months.map(({to}) => to)};
}

function windowsOf(history: PipelineHistory, steps: "week" | "month"): Span[] {
  const end = history.asOf;
  const windows: Span[] = [];
  if (steps === "week")
    for (let to = end; to - 6 > end - YOUNG_DAYS; to -= 7) windows.unshift({from: to - 6, to});
  else
    for (let back = 1; back <= 10; back++) {
      const {from, to} = fiscalPeriod(end + 1, "month", history.firstMonth, -back);
      if (from > end - YOUNG_DAYS && to <= end) windows.unshift({from, to});
    }
  return windows;
}

/** What Track record says of the shown forecast beside each firm's best naive method in hindsight, firms counting alike. */
function printVerdicts(): void {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [group, scores] of [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const of = (key: "wape" | "bias" | "crps" | "coverage80" | "coverage95" | "skill") =>
      mean(scores.flatMap((score) => (Number.isFinite(score[key]) ? [score[key]!] : []))).toFixed(3);
    const counted = (["better", "tie", "worse"] as const).map(
      (verdict) => `${scores.filter((score) => score.verdict === verdict).length} ${verdict}`
    );
    console.log(
      `${group.padEnd(44)} firms ${scores.length}: ${counted.join(", ")}; skill ${of("skill")}, WAPE ${of("wape")}, ` +
        `bias ${of("bias")}, CRPS ${of("crps")}, 80% held ${of("coverage80")}, 95% held ${of("coverage95")}`
    );
  }
}

function print(): void {
  const total = new Map<
    string,
    {crps: number[]; wape: number[]; ratio: number[]; c80: number; c95: number; n: number}
  >();
  const best = new Map<string, number>();
  const scores = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rows]) => ({key, score: perFirm(rows)}));
  for (const {key, score} of scores) {
    const [task] = key.split("|") as [string];
    best.set(task, Math.min(best.get(task) ?? Number.POSITIVE_INFINITY, score.crps));
  }
  for (const {key, score} of scores) {
    const [task, method] = key.split("|") as [string, string];
    const {n, wape, crps, bias, coverage80, coverage95} = score;
    console.log(
      [
        task.padEnd(42),
        method.padEnd(24),
        String(n).padStart(5),
        ...[wape, bias, crps, coverage80, coverage95].map((x) => x.toFixed(3))
      ].join(" ")
    );
    const steps = task.includes(" week ") ? "weeks" : "months";
    for (const name of [`${method}, ${steps}`, method]) {
      const sums = total.get(name) ?? {crps: [], wape: [], ratio: [], c80: 0, c95: 0, n: 0};
      sums.crps.push(Math.log(crps));
      sums.wape.push(Math.log(wape));
      sums.ratio.push(crps / best.get(task)!);
      sums.c80 += n * coverage80;
      sums.c95 += n * coverage95;
      sums.n += n;
      total.set(name, sums);
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [method, {crps, wape, ratio, c80, c95, n}] of [...total].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(
      `${method.padEnd(34)} CRPS ${Math.exp(mean(crps)).toFixed(4)} WAPE ${Math.exp(mean(wape)).toFixed(4)} ` +
        `CRPS over best of task: mean ${mean(ratio).toFixed(3)} worst ${Math.max(...ratio).toFixed(2)}; 80% held ${(c80 / n).toFixed(3)} 95% held ${(c95 / n).toFixed(3)}`
    );
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const sofar = lists.get(key);
  if (sofar) sofar.push(item);
  else lists.set(key, [item]);
}

/** Scores firm by firm, averaged, so that large firms do not count more than small ones. */
function perFirm(rows: readonly Scored[]) {
  const byFirm = new Map<string, Scored[]>();
  for (const row of rows) {
    const firm = row.kind.split(" ")[0]!;
    addTo(byFirm, firm, row);
  }
  const scores = [...byFirm.values()].map(scoreBookings).filter(({crps}) => Number.isFinite(crps));
  const mean = (key: "wape" | "bias" | "crps" | "coverage80" | "coverage95") =>
    scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return {
    n: rows.length,
    wape: mean("wape"),
    bias: mean("bias"),
    crps: mean("crps"),
    coverage80: mean("coverage80"),
    coverage95: mean("coverage95")
  };
}

/** Where the answers of a firm are kept: those of other days, or as a build asks, are others. */
function keptFile(name: string): string {
  return join(args.keep!, `${name}-${args.days}${args["as-built"] ? "-built" : ""}.json`);
}

/** Answers kept in a folder between runs, as JSON. */
async function kept(name: string, make: () => Promise<Answers>): Promise<Answers> {
  const file = args.keep ? keptFile(name) : null;
  if (file && existsSync(file)) {
    const read = JSON.parse(readFileSync(file, "utf8")) as Answers;
    for (const row of read.rows)
      row.quantiles = row.quantiles ? Float64Array.from(row.quantiles as unknown as number[]) : null;
    return read;
  }
  process.stderr.write(`${name}\n`);
  const made = await make();
  if (file) {
    mkdirSync(args.keep!, {recursive: true});
    const rows = made.rows.map((row) => ({...row, quantiles: row.quantiles ? [...row.quantiles] : null}));
    writeFileSync(file, JSON.stringify({...made, rows}));
  }
  return made;
}

/** The last one asked for is kept in memory. */
async function twinHistory(
  firm: "software" | "equipment",
  deals: number,
  seed: number
): Promise<PipelineHistory> {
  const key = `${firm} ${deals} ${seed}`;
  if (twinHistory.last?.key === key) return twinHistory.last.history;
  const history = await withTwin(
    {firm, deals, seed},
    async (_, engine) => (await readHistory(engine, 1)).history
  );
  twinHistory.last = {key, history};
  return history;
}
twinHistory.last = null as {key: string; history: PipelineHistory} | null;
