/**
 * The accuracy protocol on public data, against the models and methods listed there; writes docs/accuracy.md.
 *
 *   npm run accuracy
 *   npm run accuracy -- --keep FOLDER [--only TASK]      (tasks done by the same code are not done again; one task alone)
 *   npm run accuracy -- --table FILE.csv --won "SQL: 1 won, 0 lost, null neither" [--leave-out COLUMN,COLUMN]
 *     [--keep COLUMN,COLUMN] [--time COLUMN]
 *
 * The second form judges any other table of closed deals or leads by the same code and writes nothing. What looks like an identifier
 * or to be known only after the outcome is left out and named; --keep uses it all the same. With --time older rows foretell the
 * newest three tenths.
 */
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {SHOWN} from "../loaders/forecast/backtest/combine.ts";
import {hashFolders} from "../loaders/system/fileHash.ts";
import {PROJECT} from "../loaders/workspace/statePaths.ts";
import type {Scored} from "./accuracy/bookingsMetrics.ts";
import {type BookingsTask, bookingsTask} from "./accuracy/bookingsTasks.ts";
import type {BookingsSeries} from "./accuracy/listed.ts";
import {otherFunnels} from "./accuracy/otherFunnels.ts";
import {
  bookingsClaims,
  bookingsTable,
  claimsTable,
  coverageTable,
  funnelsTable,
  type PropensityResult,
  propensityClaims,
  propensityTable
} from "./accuracy/page.ts";
import {mavenCreation, mavenOpen, salvirt} from "./accuracy/propensityTasks.ts";
import {dataFolder} from "./accuracy/publicData.ts";
import {readTable, scoreTable} from "./accuracy/tables.ts";

const FILES = [
  "maven-crm/sales_pipeline.csv",
  "maven-crm/products.csv",
  "maven-crm/sales_teams.csv",
  "salvirt-b2b/Salvirt_B2B_ML_dataset.csv",
  "splits/maven_creation_temporal.csv",
  "splits/maven_open_origins.csv",
  "splits/maven_series.csv",
  "splits/maven_origins.csv",
  "splits/salvirt.csv",
  "salesforce-demo/Opportunity.csv",
  "salesforce-seeds/sf_opportunity_data.csv",
  "hubspot-seeds/deal_data.csv"
];
const SERIES: readonly BookingsSeries[] = [
  "maven_weekly_revenue",
  "maven_weekly_wins",
  "maven_monthly_revenue"
];

const {values: args} = parseArgs({
  options: {
    table: {type: "string"},
    won: {type: "string"},
    "leave-out": {type: "string"},
    keep: {type: "string"},
    only: {type: "string"},
    time: {type: "string"}
  }
});
if (args.table) {
  if (!args.won)
    throw new Error("--table needs --won, an SQL expression: 1 for won, 0 for lost, null for neither");
  const question = {
    file: args.table,
    outcome: args.won,
    leaveOut: args["leave-out"]?.split(",") ?? [],
    keep: args.keep?.split(",") ?? [],
    ...(args.time ? {time: args.time} : {})
  };
  try {
    console.log(JSON.stringify(scoreTable(await readTable(question)), null, 2));
  } catch (error) {
    note((error as Error).message);
    process.exitCode = 2;
  }
} else if (args.only) {
  const task = args.only;
  if (SERIES.includes(task as BookingsSeries))
    kept(task, () => {
      const {methods, ...rest} = bookingsTask(task as BookingsSeries);
      return {...rest, methods: [...methods]};
    });
  else kept(task, () => propensityResult(task as PropensityTask));
} else await writePage();

async function writePage(): Promise<void> {
  const folder = dataFolder();
  const has = (name: string) => existsSync(join(folder, name));
  const absent = FILES.filter((file) => !has(file));
  for (const file of absent) note(`absent: ${file}; its tasks are left out`);
  const propensity: PropensityResult[] = [];
  if (has("maven-crm"))
    for (const task of ["maven_creation", "maven_open_y30", "maven_open_y92"] as const)
      propensity.push(kept(task, () => propensityResult(task)));
  if (has("salvirt-b2b"))
    for (const task of ["salvirt", "salvirt_grouped"] as const)
      propensity.push(kept(task, () => propensityResult(task)));
  const bookings = new Map<BookingsSeries, BookingsTask>();
  if (has("maven-crm"))
    for (const series of SERIES) {
      const task = kept(series, () => {
        const {methods, ...rest} = bookingsTask(series);
        return {...rest, methods: [...methods]};
      });
      bookings.set(series, {
        ...task,
        seasonalNaive: revived(task.seasonalNaive),
        methods: new Map(task.methods.map(([method, rows]) => [method, revived(rows)]))
      });
    }
  const funnels = await otherFunnels(folder);
  const claims = [
    ...propensity.flatMap(propensityClaims),
    ...[...bookings].flatMap(([series, task]) => bookingsClaims(series, task.methods.get(SHOWN)!, task))
  ];
  const hashes = FILES.filter(has).map((file) => `${sha256(join(folder, file))}  ${file}`);
  const part = (file: string) => readFileSync(join(PROJECT, "bench", "accuracy", file), "utf8").trim();
  const count = (verdict: string) => claims.filter((claim) => claim.verdict === verdict).length;
  const text = [
    "# Accuracy on public data",
    "How good the forecasts are on public data against models fixed beforehand, losses included: for whoever asks before\nrelying on them. Written by `npm run accuracy`; do not edit. The parts in words come from `bench/accuracy/*.md`.",
    `Of ${claims.length} figures ${count("better")} are better than the best listed one, ${count("tie")} tie with it, ` +
      `${count("worse")} are worse.`,
    claimsTable(claims),
    coverageTable(bookings, SHOWN),
    part("rules.md"),
    "## Win propensity, every model",
    propensityTable(propensity),
    "## Bookings, every method",
    bookingsTable(bookings, SHOWN),
    "## Other public funnels",
    "Ten stratified folds, defaults, nothing fitted to them. *ridge alone* and *plain rate* are log-losses on the same folds.",
    funnelsTable(funnels),
    part("history.md"),
    "## Data",
    "Maven: one snapshot of 2017-12-31. Salvirt: undated, published 2016. SHA-256 of the files:",
    ["```", ...hashes, "```"].join("\n"),
    absent.length > 0
      ? `Absent when this page was made: ${absent.join(", ")}.`
      : "None of the files was absent."
  ].join("\n\n");
  mkdirSync(join(PROJECT, "docs"), {recursive: true});
  writeFileSync(join(PROJECT, "docs", "accuracy.md"), `${text}\n`);
  console.log(claimsTable(claims));
  console.log(`\n${coverageTable(bookings, SHOWN)}`);
  note("wrote docs/accuracy.md");
}

type PropensityTask = "maven_creation" | "maven_open_y30" | "maven_open_y92" | "salvirt" | "salvirt_grouped";

function propensityResult(task: PropensityTask): PropensityResult {
  if (task === "maven_creation") return {task, what: "propensity", ours: mavenCreation(), beside: []};
  if (task === "salvirt" || task === "salvirt_grouped")
    return {task, what: "propensity", ours: salvirt(task === "salvirt_grouped"), beside: []};
  const {dealModel, propensity, mean, stalled, others} = mavenOpen(task === "maven_open_y30" ? "y30" : "y92");
  return {
    task,
    what: "deal model",
    ours: dealModel,
    beside: [
      {name: "propensity", score: propensity},
      {name: "mean of both", score: mean},
      {name: "deal model, deals engaged 17 July to 13 August 2017", score: stalled},
      {name: "deal model, all other deals", score: others}
    ]
  };
}

/** What a task came to, from the folder of --keep when the same code has done it already. */
function kept<T>(task: string, make: () => T): T {
  const key = args.keep
    ? hashFolders(PROJECT, ["loaders/forecast", "loaders/twins/random", "bench/accuracy"], /\.ts$/)
    : "";
  const file = args.keep ? join(args.keep, `${task}.json`) : null;
  if (file && existsSync(file)) {
    const read = JSON.parse(readFileSync(file, "utf8")) as {key: string; made: T};
    if (read.key === key) return read.made;
  }
  note(task);
  const made = make();
  if (!file) return made;
  mkdirSync(args.keep!, {recursive: true});
  const plain = (_: string, value: unknown) => (value instanceof Float64Array ? [...value] : value);
  writeFileSync(file, JSON.stringify({key, made}, plain));
  return JSON.parse(readFileSync(file, "utf8")).made as T;
}

function revived(rows: readonly Scored[]): Scored[] {
  return rows.map((row) => ({...row, quantiles: Float64Array.from(row.quantiles)}));
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
