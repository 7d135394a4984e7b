/** docs/partners-and-marketing.md: what was said, how often it held, and what that means. */
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {sectionText} from "../docSection.ts";
import {AS_OF, type Judgement, type Statement} from "./judgedFirm.ts";

/** A share of held intervals this many standard errors off the stated one is not luck. */
const FAR = 2;
const NAMES: Record<Firm, string> = {software: "software", equipment: "equipment"};

export interface RecoveryRow {
  what: string;
  stated: number;
  n: number;
  unsaid: number;
  held: number;
  /** Standard error of the share, firms being the independent draws. */
  error: number;
  estimate: number;
  truth: number;
  half: number;
  verdict: "holds" | "wider than it says" | "too narrow";
}

/** One row a kind of statement, in the order in which they were first made. */
export function recoveryRows(judged: readonly Judgement[]): RecoveryRow[] {
  const kinds = [...new Set(judged.flatMap(({statements}) => statements.map(({what}) => what)))];
  return kinds.flatMap((what): RecoveryRow[] => {
    const byFirm = judged.map(({statements}) => statements.filter((each) => each.what === what));
    const all = byFirm.flat();
    const said = all.filter(isSaid);
    if (said.length === 0) return [];
    const stated = Number(/(\d+)%/.exec(what)![1]) / 100;
    const held = said.filter(isHeld).length / said.length;
    const error = shareError(byFirm, held, said.length);
    const mean = (of: (each: Statement) => number) =>
      said.reduce((sum, each) => sum + of(each), 0) / said.length;
    const off = (held - stated) / Math.max(error, Math.sqrt((stated * (1 - stated)) / said.length));
    return [
      {
        what,
        stated,
        n: said.length,
        unsaid: all.length - said.length,
        held,
        error,
        estimate: mean(({estimate}) => estimate!),
        truth: mean(({truth}) => truth),
        half: mean(({lo, hi}) => (hi! - lo!) / 2),
        verdict: off < -FAR ? "too narrow" : off > FAR ? "wider than it says" : "holds"
      }
    ];
  });
}

function isSaid({lo, hi}: Statement): boolean {
  return lo !== null && hi !== null;
}

function isHeld({lo, hi, truth}: Statement): boolean {
  return truth >= lo! && truth <= hi!;
}

/** Statements about one firm share its luck: the error is that of a ratio over firms. */
function shareError(byFirm: readonly (readonly Statement[])[], held: number, n: number): number {
  const squares = byFirm.reduce((sum, statements) => {
    const said = statements.filter(isSaid);
    return sum + (said.filter(isHeld).length - held * said.length) ** 2;
  }, 0);
  return Math.sqrt(squares) / n;
}

/** The page as Markdown, a section a firm that can be written anew alone. */
export function recoveryPage(
  judged: ReadonlyMap<Firm, readonly Judgement[]>,
  {deals}: {deals: number}
): string {
  const parts = [...judged].map(([firm, list]) => sectionText(sectionName(firm), firmLines(firm, list)));
  return `${[
    "# Partners and marketing: how often what we say holds",
    `For whoever reads what Partners, Partner benchmark, Partner life cycle and Marketing state with an interval.
Written by \`npx tsx bench/partnersAndMarketing.ts\` from software and equipment firms of ${deals.toLocaleString("en")} deals each, drawn from seeds 1 onward and
built as of ${AS_OF}, a year before their exports end. The truth is what was planted: exact chances of each deal from the hazards it lives by,
with its partner or campaign and without; and what really became of open deals in the year after.`,
    'Held: the share of intervals that hold the truth, ± its standard error over firms. "Holds" is within two standard errors of what the interval states.',
    ...parts,
    READING
  ].join("\n\n")}\n`;
}

/** The section of a kind of firm, by which it is found in the page. */
export function sectionName(firm: Firm): string {
  return `${NAMES[firm]} firms`;
}

export function firmLines(firm: Firm, list: readonly Judgement[]): string[] {
  return [`## ${list.length} ${NAMES[firm]} firms`, "", table(list), "", tallies(list)];
}

function table(list: readonly Judgement[]): string {
  const lines = recoveryRows(list).map((row) =>
    [
      "",
      row.what.replace(/, \d+%/, ""),
      percent(row.stated),
      `${percent(row.held)} ± ${percent(row.error)}`,
      row.verdict,
      String(row.n),
      String(row.unsaid),
      figure(row.estimate),
      figure(row.truth),
      `± ${figure(row.half)}`,
      ""
    ]
      .join(" | ")
      .trim()
  );
  return [
    "| Statement | States | Held | Verdict | Said | Not enough data | Mean said | Mean truth | Half width |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines
  ].join("\n");
}

function tallies(list: readonly Judgement[]): string {
  const kinds = [...new Set(list.flatMap((each) => each.tallies.map(({what}) => what)))];
  const lines = kinds.map((what) => {
    const mine = list.flatMap((each) => each.tallies.filter((tally) => tally.what === what));
    const sum = (key: "right" | "of") => mine.reduce((total, each) => total + each[key], 0);
    return `| ${what} | ${sum("right").toLocaleString("en")} of ${sum("of").toLocaleString("en")} | ${sum("of") > 0 ? percent(sum("right") / sum("of")) : ""} |`;
  });
  return ["| Said, and true | Number | Share |", "|---|---|---|", ...lines].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
}

/** Rates with three decimals, counts with one, money in thousands. */
function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return `${Math.round(value / 1000).toLocaleString("en")}k`;
  return value.toFixed(size >= 1 ? 1 : 3);
}

const READING = `## How to read it

- **Win rate of a partner.** The truth is what the firm's partner deals would come to in this partner's hands and region, closed in the same
  two years, of those that the CRM has: late entries that end early are not there, and some reps push at quarter ends. Partners with fewer than five closed deals are not judged: the page calls them "not enough data".
- **Deals with a partner against like direct ones.** The truth is the mean, over the deals compared, of their chance with the partner less
  their chance without; a deal a partner brought would have come by the ways that others come. Deals with a partner whom neither system
  knows count as direct, which draws the estimate a little towards nought.
- **Brought** is registered in time and approved, **helped** the rest. To ask besides whether the deal closed within the programme's window,
  as the four tests of sourcing do, selects by the end: with that definition the interval held in three of five equipment firms.
- **Product family is left out** where most lost deals have none: it is filled in as a deal goes on. Held alike, it drew a true
  effect of 11 points to 4 in two software firms and to 1 in two equipment firms.
- **Deals still to be won** are counts of nought to three a channel, so that an 80% interval of whole deals holds more often than it says:
  the smallest interval of whole deals that holds 80% often holds 95%. A judgement that draws lots at the ends of such intervals needs the
  whole distribution, of which a page keeps the ends; of all channels together, where counts are larger, they hold about as stated. What lasts longer than ten like deals were watched is taken to end as
  the firm's latest twenty ends.
- **Verdicts on partners** are judged in docs/partner-verdicts.md.
- **How sure this page is.** With forty firms a share of single statements a firm is known to about ± 3 to 6 points: it would show an interval
  that holds 80% where it says 95%, not one that holds 92%.
- **Cost a new customer**: the truth is the cost over the customers that the sourced deals' chances promised; how many deals come is luck
  that the interval allows for and this truth does not.
- **Months until new customers have paid back what they cost**: the truth is that cost over the recurring money that the same deals' chances promised,
  at the share of recurring money in the amounts of those won. Firms that sell no subscriptions have none.
- **Money a channel's deals come to** is won so far and still to come; the truth is what all deals it sourced promised, won or not.
- **Tiers.** In the twins tiers follow revenue, and a partner's effect on deals only loosely. A suggestion says what a partner's money says: suggested tiers
  order partners by the money their deals promised better than the tiers held, and hardly better by their effects. Promised are
  the planted chances of the deals it brought in the two years, a year; a tier takes what the programme asks (software), else what the
  middle partner of it promised (equipment).
- **Sourced deals against like ones without a campaign** says what becomes of the deals. In these firms campaigns change a deal's chance by
  a few points at most; so few deals a channel cannot show that, and the intervals say so.

- **Elasticity of deals to spend**: what a campaign causes grows with its money to the power 0.7; of the deals credited only the caused ones do, so
  that the truth is 0.7 times their share.
- **First deals that a channel caused**: the truth is the number planted to the day; of those won, what really became. Many more firms, told in
  memory: docs/campaign-causes.md.

## What is not recovered

**What a campaign causes that runs in all regions at once** (the twins' e-mail and trade press): there is nothing to compare with, and the page says
so. **Single campaigns** bring too few deals beside those that come anyway. What of a customer follows after its first deal is not counted
as caused.`;
