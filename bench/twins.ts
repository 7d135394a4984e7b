/**
 * How fast twins are written, and in how much memory: `npx tsx bench/twins.ts [deals ...]` (default 10000 100000).
 * Each size runs in a process of its own. Rates are per second of one core (user and system time). On a machine shared
 * with others they swing by half; the last column does not: the cost beside writing as many rows of the same length,
 * all alike, through the same file code.
 */
import {execFileSync} from "node:child_process";
import {mkdtempSync, readdirSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {CsvFile} from "../loaders/twins/output/csvFile.ts";
import {FIRMS, type Firm, writeTwin} from "../loaders/twins/writeTwin.ts";

const [firm, size] = process.argv.slice(2);
if (FIRMS.includes(firm as Firm)) await measure(firm as Firm, Number(size));
else {
  const sizes = process.argv.length > 2 ? process.argv.slice(2) : ["10000", "100000"];
  console.log(
    "firm        deals    core s   deals/core s   history rows   MB written   peak MB   x bare rows"
  );
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
    const peak = process.resourceUsage().maxRSS / 1024;
    const history = files
      .filter(({file}) => /History|history/.test(file))
      .reduce((sum, file) => sum + file.n_rows, 0);
    const bytes = readdirSync(join(root, "out"), {recursive: true, encoding: "utf8"})
      .map((file) => statSync(join(root, "out", file)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    const rows = files.reduce((sum, file) => sum + file.n_rows, 0);
    const bare = bareRows(join(root, "bare.csv"), rows, Math.round(bytes / rows) - 1);
    const cells = [
      firm.padEnd(9),
      String(deals).padStart(9),
      seconds.toFixed(1).padStart(9),
      Math.round(deals / seconds)
        .toString()
        .padStart(14),
      String(history).padStart(14),
      (bytes / 1e6).toFixed(0).padStart(12),
      peak.toFixed(0).padStart(9),
      (seconds / bare).toFixed(1).padStart(13)
    ];
    console.log(cells.join(" "));
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

/** Seconds of a core that as many rows of a length cost when nothing is simulated. */
function bareRows(path: string, n: number, length: number): number {
  const file = new CsvFile(path, ["a"]);
  const before = process.cpuUsage();
  for (let i = 0; i < n; i++) file.row(`${i}`.padEnd(length, "x"));
  file.close();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1e6;
}
