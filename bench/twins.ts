/**
 * How fast twins are written, and in how much memory: `npx tsx bench/twins.ts [deals ...]` (default 10000 100000).
 * Each size runs in a process of its own. Rates are per second of one core (user and system time), because a machine
 * shared with others says little about the clock on the wall.
 */
import {execFileSync} from "node:child_process";
import {mkdtempSync, readdirSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {FIRMS, type Firm, writeTwin} from "../loaders/twins/writeTwin.ts";

const [firm, size] = process.argv.slice(2);
if (FIRMS.includes(firm as Firm)) await measure(firm as Firm, Number(size));
else {
  const sizes = process.argv.length > 2 ? process.argv.slice(2) : ["10000", "100000"];
  console.log("firm        deals    core s   deals/core s   history rows   MB written   peak MB");
  for (const each of FIRMS)
    for (const deals of sizes) {
      const args = ["--import", "tsx/esm", fileURLToPath(import.meta.url), each, deals];
      console.log(execFileSync(process.execPath, args, {encoding: "utf8"}).trim());
    }
}

async function measure(firm: Firm, deals: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "weir-bench-"));
  try {
    const before = process.cpuUsage();
    const {files} = await writeTwin({firm, deals, seed: 1, out: join(root, "out")});
    const {user, system} = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    const history = files
      .filter(({file}) => /History|history/.test(file))
      .reduce((sum, file) => sum + file.n_rows, 0);
    const bytes = readdirSync(join(root, "out"), {recursive: true, encoding: "utf8"})
      .map((file) => statSync(join(root, "out", file)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    const cells = [
      firm.padEnd(9),
      String(deals).padStart(9),
      seconds.toFixed(1).padStart(9),
      Math.round(deals / seconds)
        .toString()
        .padStart(14),
      String(history).padStart(14),
      (bytes / 1e6).toFixed(0).padStart(12),
      (process.resourceUsage().maxRSS / 1024).toFixed(0).padStart(9)
    ];
    console.log(cells.join(" "));
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}
