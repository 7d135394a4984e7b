/**
 * Quantiles of the scenario engine against brute force: `npx tsx bench/scenarioDraws.ts [draws] [portfolio] [--write]`, a million
 * draws unless said otherwise; `--write` puts the table into docs/scenarios.md. Every deal is drawn on its own with the chance its terms give it, then its amount, every
 * arrival, every rate, every shock; nothing of pooling, cells or transforms. Prints the largest difference of P10 to P95
 * and twice the standard error of the draws themselves there.
 */
import {Rng} from "../loaders/twins/random/rng.ts";
import {distribution} from "../src/scenario/bookings/distribution.ts";
import {quantile} from "../src/scenario/bookings/quantile.ts";
import {type BookingTerms, chanceInWindow} from "../src/scenario/bookings/terms.ts";
import type {ScenarioInput} from "../src/scenario/input.ts";
import {termsOf} from "../src/scenario/levers/termsOf.ts";
import type {Scenario} from "../src/scenario/scenario.ts";
import {makeInput, NOTHING} from "../test/scenario/makeInput.ts";
import {gamma, poisson} from "../test/scenario/support.ts";
import {writeSection} from "./docSection.ts";

const [draws = "1000000", only = ""] = process.argv.slice(2).filter((each) => each !== "--write");
const N = Number(draws);
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
/** How won deals close against what was expected, as uneven as in real pipelines; of mean 1. */
const CLOSINGS = Array.from({length: 41}, (_, i) => Math.exp(0.35 * (i / 20 - 1)));
const SPREAD = CLOSINGS.map((each) => (41 * each) / CLOSINGS.reduce((sum, other) => sum + other, 0));
/** Deals of one slice are few enough to be taken one by one: so the draws know every deal. */
const IN_ONE = 500;

interface Portfolio {
  name: string;
  nDeals: number;
  /** Standard deviation of the logarithm of amounts. */
  tail: number;
  shockSd: number;
  arrivals: boolean;
  scenario?: Partial<Scenario>;
}

const LEVERS: Scenario["levers"] = [
  {kind: "win_rate", value: 1.25, where: {dimension: "region", value: "South"}},
  {kind: "cycle_time", value: 0.85, from: "2026-06-15"},
  {kind: "amount", value: 1.15, where: {dimension: "stage", value: "Propose"}, from: "2026-07-15"},
  {kind: "new_pipeline", value: 1.4},
  {kind: "slip", value: 0.1}
];
const FORCED: Scenario["deals"] = [
  {deal: "D1", action: "won", on: "2026-07-10", amount: 400_000},
  {deal: "D2", action: "lost"},
  {deal: "D5", action: "priced", amount: 900_000},
  {deal: "D7", action: "moved", on: "2026-08-20"}
];

const PORTFOLIOS: Portfolio[] = [
  {name: "12 large deals", nDeals: 12, tail: 1.2, shockSd: 0.2, arrivals: false, scenario: {window: "2026"}},
  {name: "60 deals, none to come, no shock", nDeals: 60, tail: 1, shockSd: 0, arrivals: false},
  {name: "160 deals", nDeals: 160, tail: 1, shockSd: 0.05, arrivals: true},
  {
    name: "160 deals, levers and forced deals",
    nDeals: 160,
    tail: 1,
    shockSd: 0.2,
    arrivals: true,
    scenario: {levers: LEVERS, deals: FORCED}
  },
  {name: "600 deals, strong shock", nDeals: 600, tail: 1, shockSd: 0.4, arrivals: true},
  {name: "1500 deals with a heavy tail", nDeals: 1500, tail: 1.8, shockSd: 0.1, arrivals: true},
  {name: "3000 small deals", nDeals: 3000, tail: 0.5, shockSd: 0.1, arrivals: true},
  {name: "3000 small deals, independent, none to come", nDeals: 3000, tail: 0.5, shockSd: 0, arrivals: false},
  {
    name: "3000 deals, levers and forced deals",
    nDeals: 3000,
    tail: 1,
    shockSd: 0.2,
    arrivals: true,
    scenario: {levers: LEVERS, deals: FORCED}
  }
];

let worst = 0;
const table: string[] = [];
for (const portfolio of PORTFOLIOS.filter(({name}) => name.includes(only))) {
  const input = inputOf(portfolio);
  const scenario: Scenario = {...NOTHING, window: "2026 Q3", ...portfolio.scenario};
  const found = distribution(termsOf(input, scenario));
  const from = performance.now();
  const sorted = drawn(oneByOne(input, scenario), N);
  const seconds = (performance.now() - from) / 1000;
  const rows = QUANTILES.map((level) => {
    const [exact, here] = [sorted[Math.floor(level * N)]!, quantile(found, level)];
    const spread = 2 * Math.sqrt((level * (1 - level)) / N);
    const [low, high] = [level - spread, level + spread].map((each) => sorted[Math.floor(each * N)]!);
    return {level, off: Math.abs(here / exact - 1), noise: (high! - low!) / 2 / exact};
  });
  const most = rows.reduce((a, b) => (b.off > a.off ? b : a));
  worst = Math.max(worst, most.off);
  const [off, noise] = [most.off, most.noise].map((each) => `${(100 * each).toFixed(3)}%`);
  table.push(`| ${portfolio.name} | ${off} at P${100 * most.level} | ${noise} |`);
  process.stdout.write(
    `${portfolio.name}: largest difference ${(100 * most.off).toFixed(3)}% at P${100 * most.level} ` +
      `(two standard errors of the draws there ${(100 * most.noise).toFixed(3)}%); ${seconds.toFixed(0)} s of draws\n`
  );
}
process.stdout.write(
  `${N} draws, ${QUANTILES.map((level) => `P${100 * level}`).join(", ")}: largest difference ${(100 * worst).toFixed(3)}%\n`
);

if (process.argv.includes("--write"))
  writeSection("docs/scenarios.md", "draws", [
    `${N.toLocaleString("en")} draws each. Largest difference of all: ${(100 * worst).toFixed(3)}%.`,
    "",
    "| portfolio | largest difference of a quantile | two standard errors of the draws there |",
    "| --- | --- | --- |",
    ...table
  ]);

/** The tests' pipeline with as many deals, amounts log-normal, and a slice that cuts it into parts of at most {@link IN_ONE}. */
function inputOf({nDeals, tail, shockSd, arrivals}: Portfolio): ScenarioInput {
  const input = makeInput(nDeals);
  const rng = new Rng().seed(7, nDeals);
  const {columns} = input.deals;
  const values = Array.from({length: nDeals}, () => Math.round(100 * Math.exp(10.5 + tail * rng.normal())));
  const parts = Math.ceil(nDeals / IN_ONE);
  return {
    ...input,
    shockSd,
    spread: SPREAD,
    arrivals: arrivals
      ? input.arrivals.map((source) => ({
          ...source,
          perWeek: source.perWeek.map((each) => (each * nDeals) / 160)
        }))
      : [],
    deals: {
      n: nDeals,
      columns: {
        ...columns,
        expected: {kind: "cents", values},
        part: {
          kind: "key",
          words: Array.from({length: parts}, (_, p) => `part ${p}`),
          codes: values.map((_, i) => Math.floor(i / IN_ONE))
        }
      }
    }
  };
}

/** The same terms with every deal on its own: part by part, each too small to be pooled. */
function oneByOne(input: ScenarioInput, scenario: Scenario): BookingTerms {
  const column = input.deals.columns["part"];
  const words = column?.kind === "key" ? column.words : [];
  const parts = words.map((part) => termsOf(input, {...scenario, filters: {part: [part]}}));
  const joined = (key: "amount" | "logBefore" | "logAfter") =>
    Float64Array.from(parts.flatMap((terms) => [...terms[key]]));
  const {pooled: _, ...whole} = termsOf(input, scenario);
  return {...whole, amount: joined("amount"), logBefore: joined("logBefore"), logAfter: joined("logAfter")};
}

/** Sorted draws. Deals of the same chances have their chance worked out once a draw. */
function drawn(
  {shockSd: sd, amount, spread, arrivals, logBefore, logAfter, sure}: BookingTerms,
  n: number
): Float64Array {
  const rng = new Rng().seed(11, 12);
  const kinds = new Map<string, number>();
  const kind = Int32Array.from(logBefore, (before, i) => {
    const key = `${before} ${logAfter[i]}`;
    const known = kinds.get(key) ?? kinds.size;
    kinds.set(key, known);
    return known;
  });
  const ends = [...kinds.keys()].map((key) => key.split(" ").map(Number) as [number, number]);
  const chance = new Float64Array(ends.length);
  const result = new Float64Array(n);
  for (let d = 0; d < n; d++) {
    const z = Math.exp(sd * rng.normal() - (sd * sd) / 2);
    ends.forEach(([before, after], k) => {
      chance[k] = chanceInWindow(before, after, z);
    });
    let sum = sure;
    for (let i = 0; i < amount.length; i++)
      if (rng.next() < chance[kind[i]!]!) sum += amount[i]! * spread[rng.int(spread.length)]!;
    for (const {wins, rateVariance, amounts, size = 1} of arrivals) {
      const rate = rateVariance > 0 ? rateVariance * gamma(rng, 1 / rateVariance) : 1;
      const count = poisson(rng, z * wins * rate);
      for (let k = 0; k < count; k++) sum += size * amounts[rng.int(amounts.length)]!;
    }
    result[d] = sum;
  }
  return result.sort();
}
