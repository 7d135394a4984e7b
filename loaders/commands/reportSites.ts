/** What is said while sites are made, two at a time: a line for each once it is done, and at the end a table of all. */
import type {PublishedSite} from "../publish/publishedSites.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type ExitCode} from "../weirError.ts";
import type {CommandContext} from "./command.ts";
import type {SiteOutcome} from "./publishSite.ts";

/** What became of a site: built anew, kept as it was, refused by the gate, or failed before that. */
export interface SiteRun {
  site: PublishedSite;
  what: "built" | "kept" | "refused" | "failed";
  /** Of the site that is there now; null where it was not built. */
  nDeals: number | null;
  nFiles: number | null;
  nBytes: number | null;
  seconds: number;
}

export interface Begun {
  reporter: Reporter;
  done(made: SiteOutcome): SiteRun;
  failed(failure: {exitCode: ExitCode}): SiteRun;
}

export interface SitesReport {
  begin(site: PublishedSite): Begun;
  /** Says once what was warned of in several sites. */
  end(): void;
}

/** Of a single site every step is told; of several, whose steps would stand in one another, each site's line, and notes once: one may be of a wait. */
export function reportSites(
  nSites: number,
  {reporter, now}: Pick<CommandContext, "reporter" | "now">
): SitesReport {
  let nDone = 0;
  const warned = new Map<string, number>();
  const warn = (text: string) => void warned.set(text, (warned.get(text) ?? 0) + 1);
  const noted = new Set<string>();
  const note = (text: string) => {
    if (!noted.has(text)) reporter.note(text);
    noted.add(text);
  };
  const quiet: Reporter = {start: () => ({tick() {}, done() {}}), note, warn};
  return {
    begin(site) {
      const since = now();
      const end = (run: Omit<SiteRun, "site" | "seconds">, why: string): SiteRun => {
        const seconds = (now() - since) / 1000;
        nDone++;
        reporter.note(`   ${nDone} of ${nSites}: ${site.title}: ${why} ${seconds.toFixed(1)} s`);
        return {...run, site, seconds};
      };
      return {
        reporter: nSites === 1 ? reporter : quiet,
        done({record, kept}) {
          const {n_deals: nDeals, n_files: nFiles, n_bytes: nBytes} = record;
          const said = `${counted(nDeals, "deal")}, ${counted(nFiles, "file")}`;
          const what = kept === null ? "built" : "kept";
          return end({what, nDeals, nFiles, nBytes}, kept === null ? said : `kept, for ${kept}`);
        },
        failed({exitCode}) {
          const what = exitCode === EXIT.publish ? "refused" : "failed";
          return end({what, nDeals: null, nFiles: null, nBytes: null}, what);
        }
      };
    },
    end() {
      for (const [text, n] of warned) reporter.warn(n === 1 ? text : `${text}, in ${n} sites`);
    }
  };
}

/** A table of all sites, in lines whose columns stand under one another, with a last line for all. */
export function sitesTable(runs: readonly SiteRun[], seconds: number): string[] {
  const sum = (of: (run: SiteRun) => number | null) => runs.reduce((total, run) => total + (of(run) ?? 0), 0);
  const rows = runs.map(({site, what, nDeals, nFiles, nBytes, seconds: took}) => [
    site.title,
    ...[nDeals, nFiles].map((n) => (n === null ? "-" : String(n))),
    nBytes === null ? "-" : megabytes(nBytes),
    what,
    took.toFixed(1)
  ]);
  const kinds = (["built", "kept", "refused", "failed"] as const).flatMap((what) => {
    const n = runs.filter((run) => run.what === what).length;
    return n === 0 ? [] : [`${n} ${what}`];
  });
  const all = [
    counted(runs.length, "site"),
    "",
    String(sum(({nFiles}) => nFiles)),
    megabytes(sum(({nBytes}) => nBytes)),
    kinds.join(", "),
    seconds.toFixed(1)
  ];
  const lines = [["site", "deals", "files", "MB", "", "seconds"], ...rows, all];
  const widths = all.map((_, column) => Math.max(...lines.map((cells) => width(cells[column]!))));
  return lines.map((cells) => cells.map((cell, column) => padded(cell, widths[column]!, column)).join("  "));
}

/** Words to the left, figures to the right. */
function padded(cell: string, to: number, column: number): string {
  const spaces = " ".repeat(to - width(cell));
  return column === 0 || column === 4 ? cell + spaces : spaces + cell;
}

/** Places that a text takes on a terminal: two for each character of Chinese, Japanese or Korean. */
function width(text: string): number {
  return [...text].reduce(
    (sum, letter) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function counted(n: number, of: string): string {
  return `${n} ${of}${n === 1 ? "" : "s"}`;
}
