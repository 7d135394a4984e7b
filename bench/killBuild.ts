/**
 * Kills a build at many random moments; after each the last good warehouse must open with its checks passed, and the
 * next build must leave no temporary file. Run by hand: node --import tsx/esm bench/killBuild.ts [kills]
 */
import {randomFrom} from "../test/sources/crmExport.ts";
import {KilledBuilds} from "../test/warehouse/killedBuild.ts";

const nKills = Number(process.argv[2] ?? 200);
const builds = new KilledBuilds();
const random = randomFrom(11);
const whole = await builds.build();
if (whole.code !== 0) throw new Error(whole.errors);
console.log(`a whole build takes ${whole.nSteps} steps`);

let nKilled = 0;
let nWithLeftovers = 0;
for (let moment = 0; moment < nKills; moment++) {
  const step = Math.ceil(random() * whole.nSteps);
  const {isKilled, code, errors} = await builds.build({at: {step, milliseconds: 40 * random()}});
  if (!isKilled && code !== 0) throw new Error(errors);
  if (isKilled) nKilled++;
  if (builds.leftovers().length > 0) nWithLeftovers++;
  await builds.check();
  if (moment % 10 !== 9) continue;
  const next = await builds.build();
  if (next.code !== 0) throw new Error(next.errors);
  await builds.check();
  if (builds.leftovers().length > 0) throw new Error(`left behind: ${builds.leftovers().join(", ")}`);
}
builds.remove();
console.log(
  `${nKills} moments: ${nKilled} builds killed, ${nKills - nKilled} were done before; ${nWithLeftovers} left temporary files, all gone after the next build; every warehouse opened with its checks passed`
);
