/**
 * How often what campaigns are said to have caused holds, on many firms told in memory:
 * `npx tsx bench/campaignCauses.ts [firms each] [deals]` writes docs/campaign-causes.md. The same through exports, warehouse and page is
 * judged on fewer firms by bench/partnersAndMarketing.ts.
 */
import {writeFileSync} from "node:fs";
import {causedDeals} from "../loaders/marketing/causedDeals.ts";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import type {CausedRange} from "../src/slices/marketing/causedDeals.ts";
import {plantedArrivals} from "./recovery/plantedArrivals.ts";

const [firms = 100, deals = 2000] = process.argv.slice(2).map(Number);
/** Kinds of statements that are counted apart from channels. */
const [ALL, BEFORE, SINGLE] = [
  "All that can be told",
  "The eight weeks before, any channel",
  "A single campaign"
];

interface Told {
  firm: number;
  range: CausedRange;
  truth: number;
  credited: number | null;
}

const started = process.cpuUsage();
const sections = FIRMS.map(section);
const {user, system} = process.cpuUsage(started);
const page = `${[
  "# What campaigns caused: how often it holds",
  `For whoever reads what Marketing says that campaigns caused.
Written by \`npx tsx bench/campaignCauses.ts ${firms} ${deals}\` from ${firms} firms of each kind with ${deals.toLocaleString("en")} deals, drawn from
seeds 1 onward, to the day of their exports (${Math.round((user + system) / 1e6)} s of CPU). Campaigns make customers come in their regions; what
they are expected to cause is planted (loaders/twins/firm/campaignCauses.ts), and what loaders/marketing/causedDeals.ts says of it is judged. Of firms
told in memory no field is missing; docs/partners-and-marketing.md judges it with exports as they are.`,
  "Held: the share of 95% intervals that hold the planted number of first deals, ± its standard error over firms. Found: intervals above nought.",
  ...sections,
  READING()
].join("\n\n")}\n`;
writeFileSync("docs/campaign-causes.md", page);
console.log(page);

function section(firm: Firm): string {
  const told = new Map<string, Told[]>();
  const silent = new Map<string, number>();
  const add = (what: string, range: CausedRange, truth: number, credited: number | null, seed: number) =>
    told.set(what, [...(told.get(what) ?? []), {firm: seed, range, truth, credited}]);
  for (let seed = 1; seed <= firms; seed++) {
    const {arrivals, campaigns, asOf, expected} = plantedArrivals(firm, deals, seed, 0, "type");
    const said = causedDeals(arrivals, campaigns, asOf, seed <= 10);
    const truthOf = (unit: string) =>
      expected.reduce((sum, each, c) => sum + (campaigns[c]!.unit === unit ? each : 0), 0);
    let all = 0;
    for (const {unit, created, before, credited} of said.units) {
      if (!created) {
        silent.set(unit, (silent.get(unit) ?? 0) + 1);
        continue;
      }
      all += truthOf(unit);
      add(unit, created, truthOf(unit), credited, seed);
      if (before) add(BEFORE!, before, 0, null, seed);
    }
    if (said.all) add(ALL!, said.all, all, null, seed);
    for (const {row, created} of said.campaigns) add(SINGLE!, created, expected[row]!, null, seed);
  }
  const order = [...told.keys()].sort((a, b) => last(a) - last(b) || (a < b ? -1 : 1));
  const never = [...silent].map(([unit, n]) => `${unit} in ${n}`).join(", ");
  return [
    `## ${firms} ${firm} firms`,
    [
      "| First deals caused by | Held | Found | Mean said | Mean planted | Mean credited | Half width | Said |",
      "|---|---|---|---|---|---|---|---|",
      ...order.map((what) => line(what, told.get(what)!))
    ].join("\n"),
    `Not told for want of variation, of ${firms} firms: ${never || "none"}.`
  ].join("\n\n");
}

function last(what: string): number {
  return [ALL, BEFORE, SINGLE].includes(what) ? 1 : 0;
}

function line(what: string, told: readonly Told[]): string {
  const n = told.length;
  const holds = ({range, truth}: Told) => range.lo <= truth && truth <= range.hi;
  const held = told.filter(holds).length / n;
  const byFirm = new Map<number, number>();
  for (const each of told) byFirm.set(each.firm, (byFirm.get(each.firm) ?? 0) + (holds(each) ? 1 : 0) - held);
  const error = Math.sqrt([...byFirm.values()].reduce((sum, value) => sum + value ** 2, 0)) / n;
  const mean = (of: (each: Told) => number) => told.reduce((sum, each) => sum + of(each), 0) / n;
  const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;
  return [
    "",
    what,
    `${percent(held)} ± ${percent(error)}`,
    percent(told.filter(({range}) => range.lo > 0).length / n),
    mean(({range}) => range.estimate).toFixed(1),
    mean(({truth}) => truth).toFixed(1),
    told[0]!.credited === null ? "" : mean(({credited}) => credited!).toFixed(1),
    `± ${mean(({range}) => (range.hi - range.lo) / 2).toFixed(1)}`,
    String(n),
    ""
  ]
    .join(" | ")
    .trim();
}

function READING(): string {
  return `## How to read it

- **Credited** are first deals whose sourcing campaign is of the kind. Where nothing is planted all of it is for customers who came anyway: no
  model of attribution can tell the two apart, and the interval here holds nought as often as it says.
- **Found** says what a firm of this size learns. A channel that runs often and shortly in one region is found; one that runs for months in half
  of the regions mostly is not, though its interval holds.
- **The eight weeks before** are a check with a true answer of nought: it should raise a false alarm in one of twenty.
- **A single campaign** brings too few deals to be told apart; of the first ten firms, the 80 newest campaigns each.`;
}
