/**
 * How often the verdict on a person's close dates is right, and how often somebody without that habit is called out, on twins
 * whose habits are known: `npx tsx bench/people.ts [deals] [seeds]`.
 */
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {factTable} from "../loaders/pages/factTable.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {FIRMS, type Firm, writeTwin} from "../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../loaders/workspace/statePaths.ts";
import {callers, type Lean} from "../src/slices/people.ts";

const [deals = 6000, seeds = 3] = process.argv.slice(2).map(Number);
const LEANS: Lean[] = ["happy ears", "sandbagging", "as colleagues", "not enough data"];
const table = new Map<string, Map<Lean, number>>();
for (const firm of FIRMS) for (let seed = 1; seed <= seeds; seed++) await judge(firm, seed);

console.log(`true habit        ${LEANS.map((lean) => lean.padStart(16)).join("")}`);
for (const [habit, counts] of [...table].sort())
  console.log(habit.padEnd(18) + LEANS.map((lean) => String(counts.get(lean) ?? 0).padStart(16)).join(""));

async function judge(firm: Firm, seed: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "weir-bench-"));
  try {
    const out = join(root, "twin");
    await writeTwin({firm, deals, seed, out});
    const workspace = loadWorkspace(out);
    const paths = statePaths({name: firm}, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    await buildWarehouse({workspace, paths, filesDir: out, reporter: silentReporter, builtAt});
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    const calls = await factTable(engine, "marts.quarter_calls", {
      columns: ["owner_then", "was_due", "category_then", "result"],
      orderBy: "deal_id"
    });
    const first = await factTable(engine, "marts.first_calls", {
      columns: ["owner_then", "days_late", "amount_change", "is_month_end", "is_round"],
      orderBy: "deal_id"
    });
    const names = await engine.rows<{person_id: string; person_name: string}>(
      "select person_id, person_name from staging.stg_person"
    );
    engine.close();
    const habits = habitsOf(out, new Map(names.map((each) => [each.person_id, each.person_name])));
    const every = (n: number) => [...Array(n).keys()];
    for (const {owner, lean} of callers({calls, first}, every(calls.n), every(first.n))) {
      const habit = habits.get(owner);
      if (habit === undefined) continue;
      const counts = table.get(habit) ?? new Map<Lean, number>();
      table.set(habit, counts.set(lean, (counts.get(lean) ?? 0) + 1));
    }
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

/** The true habit of each person, by name. */
function habitsOf(dir: string, names: ReadonlyMap<string, string>): Map<string, string> {
  const [, ...lines] = readFileSync(join(dir, "truth", "reps.csv"), "utf8")
    .trim()
    .split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [id, , habit] = line.split(",") as [string, string, string];
      const name = names.get(id) ?? names.get(id.slice(0, 15));
      return name === undefined ? [] : [[name, habit] as const];
    })
  );
}
