/** How often intervals held, and the page that says so. */
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import type {Answers, Truths} from "./questions.ts";

/** Intervals of one kind. */
export interface Tally {
  n: number;
  held: number;
  /** The truth was below the interval, or above it. */
  below: number;
  above: number;
  /** Asked, and no interval stated. */
  silent: number;
  /** Standard error of the share that held, firms being independent and the answers of one firm not. */
  error: number;
}

/** By kind, in the order they were first asked. */
export function tallyOf({truth, family}: Truths, firms: readonly Answers[]): Map<string, Tally> {
  const tallies = new Map<string, Tally & {perFirm: {n: number; held: number}[]}>();
  for (const [i, answers] of firms.entries())
    for (const [name, interval] of answers) {
      const of = truth.get(name);
      if (!of) continue;
      const kind = family.get(name)!;
      const tally = tallies.get(kind) ?? {
        n: 0,
        held: 0,
        below: 0,
        above: 0,
        silent: 0,
        error: 0,
        perFirm: []
      };
      tallies.set(kind, tally);
      tally.perFirm[i] ??= {n: 0, held: 0};
      if (!interval) {
        tally.silent++;
        continue;
      }
      const value = of(interval.withinDays);
      const isBelow = value < interval.lo - 1e-9;
      const isAbove = value > interval.hi + 1e-9;
      tally.n++;
      tally.perFirm[i].n++;
      if (isBelow) tally.below++;
      else if (isAbove) tally.above++;
      else {
        tally.held++;
        tally.perFirm[i].held++;
      }
    }
  for (const tally of tallies.values()) {
    const share = tally.held / tally.n;
    const squares = tally.perFirm.reduce((sum, {n, held}) => sum + (held - share * n) ** 2, 0);
    tally.error = Math.sqrt(squares) / tally.n;
  }
  return tallies;
}

const WHOLE_DAYS = /^Days/;

function verdict(kind: string, {held, n}: Tally): string {
  const share = held / n;
  if (share < 0.93) return "**too narrow**";
  if (share <= 0.97) return "as stated";
  return WHOLE_DAYS.test(kind) ? "wider: whole days" : "**too wide**";
}

/** The page of docs/. */
export function coveragePage(
  results: ReadonlyMap<Firm, ReadonlyMap<string, Tally>>,
  {nFirms, perFirm, seed}: {nFirms: number; perFirm: number; seed: number}
): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const rows = [...results].flatMap(([firm, tallies]) =>
    [...tallies].map(
      ([kind, tally]) =>
        `| ${kind} | ${firm} | ${tally.n} | ${percent(tally.held / tally.n)} (±${(100 * tally.error).toFixed(1)}) | ${percent(tally.below / tally.n)} | ${percent(tally.above / tally.n)} | ${tally.silent} | ${verdict(kind, tally)} |`
    )
  );
  return `# How often the pages' intervals hold

How often the 95% intervals of Conversion, Velocity and People's forecasting hold: for whoever reads them.
Written by \`npx tsx bench/coverage.ts\`; not edited by hand.

Every interval of the Conversion, Velocity and People's forecasting pages says 95%. Here each is held against what was planted:
the market of a twin, ${(nFirms * perFirm).toLocaleString("en-US")} deals told from its hazards and its reps' habits (seed ${seed}), is dealt out account by account to ${nFirms} firms of
some ${perFirm} deals. Each estimator is asked for each firm as its page asks it, as known on a day a year and a half before the market's last;
the truth is the whole market's, with all that came later known and nothing censored. Held: the share of intervals with the truth
inside, and its standard error, the answers of one firm not being independent. As stated: 93% to 97%.

| What is stated | Twin | Intervals | Held | Truth below | Truth above | None stated | Verdict |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
${rows.join("\n")}

None stated: the page shows no interval, because too few deals stand behind it or nothing has been watched that long. Intervals in whole
days hold more often than 95%, for a day is in or out.
`;
}
