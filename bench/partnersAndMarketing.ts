/**
 * How often the intervals of partners and marketing hold on twins whose truth is known:
 * `npx tsx bench/partnersAndMarketing.ts [firms each] [deals] [first seed]`.
 */
import {judgedFirm, type Statement, type Tally} from "./recovery/judgedFirm.ts";

const [firms = 60, deals = 2000, first = 1] = process.argv.slice(2).map(Number);

for (const firm of ["software", "equipment"] as const) {
  const statements: Statement[] = [];
  const tallies: Tally[] = [];
  for (let seed = first; seed < first + firms; seed++) {
    const judged = await judgedFirm(firm, deals, seed);
    statements.push(...judged.statements);
    tallies.push(...judged.tallies);
  }
  console.log(`${firm}: ${firms} firms of ${deals} deals`);
  for (const what of new Set(statements.map((each) => each.what))) {
    const mine = statements.filter((each) => each.what === what);
    const said = mine.filter(({lo, hi}) => lo !== null && hi !== null);
    const held = said.filter(({lo, hi, truth}) => truth >= lo! && truth <= hi!);
    const mean = (of: (each: Statement) => number) => said.reduce((s, each) => s + of(each), 0) / said.length;
    console.log(
      `  ${what}: held ${held.length} of ${said.length} (${((100 * held.length) / said.length).toFixed(0)}%), unsaid ${mine.length - said.length}; mean estimate ${mean(({estimate}) => estimate!).toFixed(3)}, truth ${mean(({truth}) => truth).toFixed(3)}, half width ${mean(({lo, hi}) => (hi! - lo!) / 2).toFixed(3)}, below ${said.filter(({lo, truth}) => truth < lo!).length} above ${said.filter(({hi, truth}) => truth > hi!).length}`
    );
  }
  for (const what of new Set(tallies.map((each) => each.what))) {
    const mine = tallies.filter((each) => each.what === what);
    const sum = (key: "right" | "of") => mine.reduce((total, each) => total + each[key], 0);
    console.log(
      `  ${what}: ${sum("right")} of ${sum("of")} (${((100 * sum("right")) / sum("of")).toFixed(0)}%)`
    );
  }
}
