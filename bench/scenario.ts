/**
 * Time and precision of the scenario engine against brute force: `npx tsx bench/scenario.ts [draws]`. Prints ratios, so
 * that the machine does not matter.
 */
import {distribution} from "../src/scenario/bookings/distribution.ts";
import {quantile} from "../src/scenario/bookings/quantile.ts";
import {makeTerms, simulate} from "../test/scenario/support.ts";

const draws = Number(process.argv[2] ?? 20_000);
const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

function timed<T>(run: () => T): [T, number] {
  const from = performance.now();
  const result = run();
  return [result, performance.now() - from];
}

for (const [nDeals, shockSd] of [
  [50, 0.2],
  [500, 0.2],
  [2000, 0.2],
  [2000, 0],
  [20_000, 0.2],
  [100_000, 0.2]
] as const) {
  const terms = makeTerms({nDeals, shockSd});
  distribution(terms);
  const times = Array.from({length: 15}, () => timed(() => distribution(terms))[1]).sort((a, b) => a - b);
  const found = distribution(terms);
  const n = Math.max(200, Math.min(draws, Math.round((draws * 2000) / nDeals)));
  const [sorted, brute] = timed(() => simulate(terms, n));
  const median = times[7]!;
  const off = LEVELS.map((level) => Math.abs(quantile(found, level) / sorted[Math.floor(level * n)]! - 1));
  const noise = LEVELS.map((level) => {
    const spread = 2 * Math.sqrt((level * (1 - level)) / n);
    const [low, high] = [Math.max(1e-6, level - spread), Math.min(1 - 1e-6, level + spread)];
    return (quantile(found, high) - quantile(found, low)) / 2 / quantile(found, level);
  });
  process.stdout.write(
    `${nDeals} deals, shock ${shockSd}: ${median.toFixed(1)} ms (slowest of 15: ${times.at(-1)!.toFixed(1)}); ` +
      `${n} draws ${brute.toFixed(0)} ms, so a million draws cost ${((brute * 1e6) / n / median).toFixed(0)} times as much; ` +
      `largest difference of a quantile ${(100 * Math.max(...off)).toFixed(2)}% (twice the draws' own noise: ${(100 * Math.max(...noise)).toFixed(2)}%)\n`
  );
}
