import {expect, test} from "vitest";
import type {SiteOutcome} from "../../loaders/commands/publishSite.ts";
import {reportSites, type SiteRun, sitesTable} from "../../loaders/commands/reportSites.ts";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {silentReporter} from "../../loaders/system/progress.ts";

const site = (title: string) => ({title}) as PublishedSite;

function heard(nSites: number) {
  const said: string[] = [];
  let time = 0;
  const reporter = {
    ...silentReporter,
    note: (text: string) => void said.push(text),
    warn: (text: string) => void said.push(`! ${text}`)
  };
  const report = reportSites(nSites, {reporter, now: () => (time += 500)});
  return {said, report, reporter};
}
const made = (kept: string | null) =>
  ({record: {n_deals: 1, n_files: 180, n_bytes: 1_250_000}, dist: null, kept}) as unknown as SiteOutcome;

test("each site has a line with its number of all once it is done, and a warning is told once", () => {
  const {said, report} = heard(3);
  const [a, b, c] = ["A", "B", "C"].map((title) => report.begin(site(title)));
  for (const each of [a, b]) each!.reporter.warn("chk: two (2)");
  c!.reporter.warn("only here");
  b!.done(made(null));
  a!.done(made("nothing changed"));
  c!.failed({exitCode: 5});
  report.end();
  expect(said).toEqual([
    "   1 of 3: B: 1 deal, 180 files 1.0 s",
    "   2 of 3: A: kept, for nothing changed 2.0 s",
    "   3 of 3: C: refused 1.5 s",
    "! chk: two (2), in 2 sites",
    "! only here"
  ]);
});

test("a note of several sites is told at once, and once: what all wait for is no hang", () => {
  const {said, report} = heard(2);
  const [a, b] = ["A", "B"].map((title) => report.begin(site(title)));
  for (const each of [a, b]) each!.reporter.note("   waiting for process 12");
  expect(said).toEqual(["   waiting for process 12"]);
});

test("of a single site every step is told as it comes", () => {
  const {reporter, report} = heard(1);
  expect(report.begin(site("A")).reporter).toBe(reporter);
});

test("the table's columns stand under one another, wide letters counted as two, and its last line is of all", () => {
  const run = (title: string, what: SiteRun["what"], n: number | null): SiteRun => ({
    site: site(title),
    what,
    nDeals: n,
    nFiles: n,
    nBytes: n === null ? null : n * 1e5,
    seconds: 4
  });
  const table = sitesTable(
    [run("Acme", "built", 12), run("云岭", "kept", 3), run("Zeno", "refused", null)],
    9
  );
  expect(table).toEqual([
    "site     deals  files   MB                              seconds",
    "Acme        12     12  1.2  built                           4.0",
    "云岭         3      3  0.3  kept                            4.0",
    "Zeno         -      -    -  refused                         4.0",
    "3 sites            15  1.5  1 built, 1 kept, 1 refused      9.0"
  ]);
});
