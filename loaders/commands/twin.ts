import {resolve} from "node:path";
import {FIRMS, type Firm, writeTwin} from "../twins/writeTwin.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {Command, CommandContext} from "./command.ts";

const PROGRESS_STEPS = 40;

/** A synthetic firm at any size: its exports, a workspace.yaml to build them, and what is true under truth/. */
export const twin: Command = {
  usage: `${FIRMS.join("|")} --out DIR [--deals N] [--seed S]`,
  options: {
    out: {type: "string", short: "o"},
    deals: {type: "string", short: "d"},
    seed: {type: "string", short: "s"},
    json: {type: "boolean"}
  },
  help: {
    out: "folder to write, empty or not there yet",
    deals: "number of deals, 1 to 5,000,000 (default: 2000)",
    seed: "whole number; the same seed gives the same bytes (default: 1)",
    json: "print the files and their numbers of records as JSON"
  },
  async run({options, words, reporter, print}) {
    const firm = readFirm(words);
    const out = options["out"] as string | undefined;
    if (out === undefined || out === "")
      throw refused({
        what: "no folder is given",
        field: "--out",
        expected: "a folder that is empty or not there yet"
      });
    const deals = readNumber("--deals", options["deals"], 2000);
    const seed = readNumber("--seed", options["seed"], 1);
    const step = reporter.start("twin", PROGRESS_STEPS);
    let shown = 0;
    const {files} = await writeTwin({
      firm,
      deals,
      seed,
      out: resolve(out),
      onProgress(nDeals) {
        for (; shown < Math.floor((PROGRESS_STEPS * nDeals) / deals); shown++) step.tick(`${nDeals} deals`);
      }
    });
    const nRows = files.reduce((sum, file) => sum + file.n_rows, 0);
    step.done(
      `${deals} deals, ${files.length} files, ${nRows.toLocaleString("en-US")} records in ${resolve(out)}`
    );
    if (options["json"]) print(JSON.stringify({version: 1, firm, deals, seed, files}, null, 2));
    else for (const {file, n_rows} of files) print(`${file}\t${n_rows}`);
    reporter.note(`   build it: weir build --workspace ${out}`);
    return EXIT.ok;
  }
};

function readFirm(words: CommandContext["words"]): Firm {
  const [word, ...more] = words;
  if (more.length === 0 && FIRMS.includes(word as Firm)) return word as Firm;
  const near = didYouMean(word ?? "", FIRMS);
  throw refused({
    what: word === undefined ? "no firm is named" : "this is not one firm",
    value: words.join(" "),
    expected: FIRMS.join(" or "),
    ...(near ? {fix: `did you mean "${near}"?`} : {})
  });
}

function readNumber(field: string, given: CommandContext["options"][string], otherwise: number): number {
  if (given === undefined) return otherwise;
  if (typeof given === "string" && /^\d+$/.test(given)) return Number(given);
  throw refused({
    what: "not a whole number",
    field,
    value: String(given),
    expected: "digits only, such as 2000"
  });
}

function refused(problem: Problem): WeirError {
  return new WeirError("weir twin cannot begin", {exitCode: EXIT.config, problems: [problem]});
}
