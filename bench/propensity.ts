/** CPU and memory of one fit of win propensity: `npx tsx bench/propensity.ts [rows] [columns]` (78,000 and 18 by default). */
import type {PropensityColumn, PropensityRow} from "../loaders/forecast/propensity/columns.ts";
import {fitPropensity, predict} from "../loaders/forecast/propensity/fitPropensity.ts";
import {Rng} from "../loaders/twins/random/rng.ts";

const [n = 78_000, wide = 18] = process.argv.slice(2).map(Number);
const rng = new Rng().seed(1, 1);
const columns = Array.from(
  {length: wide},
  (_, c): PropensityColumn => ({
    name: `column ${c}`,
    kind: c % 3 === 0 ? "number" : "category"
  })
);
const effects = columns.map(() => Array.from({length: 400}, () => 0.4 * rng.normal()));
const y: number[] = [];
const rows = Array.from({length: n}, (): PropensityRow => {
  let score = -0.5;
  const row = Object.fromEntries(
    columns.map(({name, kind}, c) => {
      if (rng.chance(0.1)) return [name, null];
      // Kinds of columns from 4 to 300 words.
      const word = rng.int([4, 12, 40, 300][c % 4]!);
      if (kind === "category") {
        score += effects[c]![word]!;
        return [name, `word ${word}`];
      }
      const value = rng.normal();
      score += 0.3 * value * (c % 2 === 0 ? 1 : value);
      return [name, Math.round(1000 * value)];
    })
  );
  y.push(rng.chance(1 / (1 + Math.exp(-score))) ? 1 : 0);
  return row;
});
const cpu = (from: NodeJS.CpuUsage) => {
  const {user, system} = process.cpuUsage(from);
  return ((user + system) / 1e6).toFixed(1);
};
const start = process.cpuUsage();
const model = fitPropensity(rows, columns, y);
console.log(`${n} rows x ${wide} columns: fit ${cpu(start)} CPU s`);
const asked = process.cpuUsage();
predict(model, rows);
console.log(
  `predict ${cpu(asked)} CPU s; most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`
);
console.log(JSON.stringify({weights: model.weights, heldOut: model.heldOut}));
