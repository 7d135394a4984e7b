/**
 * Whether the intervals on the pages hold as often as they say: the deals of a twin's market dealt out to hundreds of small firms,
 * every estimator asked for each firm as the page asks it, as known on a day a year and a half before the market's last; the
 * truth is the whole market's with all that came later. Writes docs/coverage.md: `npx tsx bench/coverage.ts [firms] [deals] [seed]`.
 */
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import {PROJECT} from "../loaders/workspace/statePaths.ts";
import {tellMarket} from "./coverage/market.ts";
import {askFirm, truthOf} from "./coverage/questions.ts";
import {coveragePage, type Tally, tallyOf} from "./coverage/tally.ts";

const [nFirms = 400, perFirm = 400, seed = 1] = process.argv.slice(2).map(Number) as [
  number?,
  number?,
  number?
];
/** Days after the day asked that the truth knows: longer than any age asked. */
const LATER = 548;

const results = new Map<Firm, Map<string, Tally>>();
for (const firm of FIRMS) {
  const market = tellMarket(firm, nFirms, perFirm, seed);
  const asOf = market.knownTo - LATER;
  const truths = truthOf(market, asOf);
  results.set(
    firm,
    tallyOf(
      truths,
      market.firms.map((small) => askFirm(market, small, asOf))
    )
  );
}
const page = coveragePage(results, {nFirms, perFirm, seed});
console.log(page);
if (process.argv.length === 2) writeFileSync(join(PROJECT, "docs", "coverage.md"), page);
