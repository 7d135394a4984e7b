/**
 * How often what is said of partners and marketing holds on twins whose truth is known:
 * `npx tsx bench/partnersAndMarketing.ts [firms each, or software,equipment] [deals] [folder] [firm]`. Firms already judged are read from the folder, so that
 * a run can be broken off, or made by two processes; it writes docs/partners-and-marketing.md,
 * of one firm its section alone.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import {writeSection} from "./docSection.ts";
import {type Judgement, judgedFirm} from "./recovery/judgedFirm.ts";
import {firmLines, recoveryPage, sectionName} from "./recovery/page.ts";

const [counts = "60", deals = "2000", folder = "test/.out/recovery", only] = process.argv.slice(2);
mkdirSync(folder, {recursive: true});
const wanted = FIRMS.filter((firm) => only === undefined || firm === only);
const judged = new Map<Firm, Judgement[]>();
const firms = counts.split(",").map(Number);
for (const firm of wanted) {
  const list: Judgement[] = [];
  for (let seed = 1; seed <= (firms[FIRMS.indexOf(firm)] ?? firms[0]!); seed++)
    list.push(await kept(firm, seed));
  judged.set(firm, list);
}
const DOC = "docs/partners-and-marketing.md";
if (only === undefined) writeFileSync(DOC, recoveryPage(judged, {deals: Number(deals)}));
else for (const [firm, list] of judged) writeSection(DOC, sectionName(firm), firmLines(firm, list));
console.log(readFileSync(DOC, "utf8"));

async function kept(firm: Firm, seed: number): Promise<Judgement> {
  const file = join(folder, `${firm}-${deals}-${seed}.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await judgedFirm(firm, Number(deals), seed)));
  return JSON.parse(readFileSync(file, "utf8")) as Judgement;
}
