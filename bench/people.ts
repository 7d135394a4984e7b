/**
 * How often the verdicts on people are right, and how often somebody without the habit is called out, on twins whose habits
 * are known: close dates by habit, edits on the eve of reviews and mass edits by whether a person makes them. No twin's reps
 * heap dates or amounts more than others, so each found to is a false alarm: `npx tsx bench/people.ts [deals] [seeds]`.
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../loaders/engine/engine.ts";
import {editReport} from "../loaders/pages/editsData.ts";
import {factTable} from "../loaders/pages/factTable.ts";
import {FIRMS} from "../loaders/twins/writeTwin.ts";
import {callers, type Lean} from "../src/slices/people.ts";
import {withTwin} from "../test/support/withTwin.ts";

const [deals = 6000, seeds = 3] = process.argv.slice(2).map(Number);
const LEANS: Lean[] = ["happy ears", "sandbagging", "as colleagues", "not enough data"];
const table = new Map<string, Map<Lean, number>>();
/** Of whom it is true and of whom it is not: [found, judged]. */
const edits = {
  "edits on the eve of reviews": pair(),
  "mass edits": pair(),
  "heaps dates": pair(),
  "heaps amounts": pair()
};
let reviewsFound = 0;

for (const firm of FIRMS)
  for (let seed = 1; seed <= seeds; seed++) await withTwin({firm, deals, seed}, judge);

console.log(`true habit        ${LEANS.map((lean) => lean.padStart(16)).join("")}`);
for (const [habit, counts] of [...table].sort())
  console.log(habit.padEnd(18) + LEANS.map((lean) => String(counts.get(lean) ?? 0).padStart(16)).join(""));
console.log(`\nreview day learned: ${reviewsFound} of ${FIRMS.length * seeds!} firms`);
for (const [name, {of, not}] of Object.entries(edits))
  console.log(`${name.padEnd(30)} found ${of[0]} of ${of[1]}, false alarms ${not[0]} of ${not[1]}`);

function pair(): {of: [number, number]; not: [number, number]} {
  return {of: [0, 0], not: [0, 0]};
}

function judged(name: keyof typeof edits, isTrue: boolean, isFound: boolean): void {
  const counts = edits[name][isTrue ? "of" : "not"];
  counts[1]++;
  if (isFound) counts[0]++;
}

async function judge(dir: string, engine: Engine): Promise<void> {
  const calls = await factTable(engine, "marts.quarter_calls", {
    columns: ["owner_then", "was_due", "category_then", "result"],
    orderBy: "deal_id"
  });
  const first = await factTable(engine, "marts.first_calls", {
    columns: ["owner_then", "days_late", "amount_change", "is_month_end", "is_round", "is_won_round"],
    orderBy: "deal_id"
  });
  const names = await engine.rows<{person_id: string; person_name: string}>(
    "select person_id, person_name from staging.stg_person"
  );
  const report = await editReport(engine);
  const reps = repsOf(dir, new Map(names.map((each) => [each.person_id, each.person_name])));
  const every = (n: number) => [...Array(n).keys()];
  const people = callers({calls, first, edits: report}, every(calls.n), every(first.n));
  for (const {owner, lean, heaps, monthEnds} of people) {
    const rep = reps.get(owner);
    if (rep === undefined) continue;
    const counts = table.get(rep.habit) ?? new Map<Lean, number>();
    table.set(rep.habit, counts.set(lean, (counts.get(lean) ?? 0) + 1));
    if (!monthEnds || monthEnds.verdict === "not enough data") continue;
    judged("heaps dates", false, heaps.includes("month ends"));
    judged("heaps amounts", false, heaps.includes("round amounts"));
  }
  if (report.review?.weekday === 2 && report.review.nth === 2) reviewsFound++;
  for (const {actor, isBulk, eve} of report.people) {
    const rep = reps.get(actor);
    if (rep === undefined || !eve || eve.verdict === "not enough data") continue;
    // Who lets moves wait for the review brings the CRM up to date for it in one go as well.
    const forReviews = rep.isBulkEditor || rep.habit === "never_updates";
    judged("edits on the eve of reviews", forReviews, eve.verdict === "more than chance");
    judged("mass edits", forReviews, isBulk);
  }
}

interface TrueRep {
  habit: string;
  isBulkEditor: boolean;
}

/** What is true of each person, by name. */
function repsOf(dir: string, names: ReadonlyMap<string, string>): Map<string, TrueRep> {
  const [header, ...lines] = readFileSync(join(dir, "truth", "reps.csv"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const at = (name: string) => header!.indexOf(name);
  return new Map(
    lines.flatMap((cells) => {
      const id = cells[0]!;
      const name = names.get(id) ?? names.get(id.slice(0, 15));
      const rep = {habit: cells[at("habit")]!, isBulkEditor: cells[at("is_bulk_editor")] === "true"};
      return name === undefined ? [] : [[name, rep] as const];
    })
  );
}
