/**
 * Thousands of polluted exports through the reader: equal, refused or WRONG by kind. Run by hand:
 * node --import tsx/esm bench/polluter.ts [files]
 */
import {crmExport, randomFrom} from "../test/sources/crmExport.ts";
import {PollutedLoads} from "../test/sources/pollutedLoad.ts";
import {BLIND_SPOTS, POLLUTIONS, type Pollute} from "../test/sources/polluter.ts";

const nFiles = Number(process.argv[2] ?? 5000);
const loads = await PollutedLoads.open();
const wrong = await table("damage", POLLUTIONS, nFiles);
await table(
  "blind spots: valid exports that say something else",
  BLIND_SPOTS,
  Object.keys(BLIND_SPOTS).length * 10
);
loads.close();
process.exitCode = wrong > 0 ? 1 : 0;

async function table(title: string, pollutions: Record<string, Pollute>, n: number): Promise<number> {
  const kinds = Object.entries(pollutions);
  const sums = {equal: 0, refused: 0, WRONG: 0};
  console.log(`${title.padEnd(52)} equal refused WRONG`);
  for (const [index, [name, pollute]] of kinds.entries()) {
    const counts = {equal: 0, refused: 0, WRONG: 0};
    let example = "";
    for (let run = 0; run < Math.ceil(n / kinds.length); run++) {
      const random = randomFrom(index * 100_003 + run);
      const clean = crmExport(random, 3 + Math.floor(random() * 30));
      const bytes = pollute(clean, random);
      if (bytes === undefined) continue;
      const outcome = await loads.load(bytes, clean);
      counts[outcome.kind]++;
      if (outcome.kind === "WRONG") example ||= `${outcome.first} (run ${run})`;
    }
    for (const kind of ["equal", "refused", "WRONG"] as const) sums[kind] += counts[kind];
    const cells = Object.values(counts).map((count) => String(count).padStart(6));
    console.log(`  ${name.padEnd(50)}${cells.join(" ")}  ${example}`);
  }
  const total = sums.equal + sums.refused + sums.WRONG;
  console.log(
    `  ${`${total} files`.padEnd(50)}${Object.values(sums)
      .map((count) => String(count).padStart(6))
      .join(" ")}\n`
  );
  return sums.WRONG;
}
