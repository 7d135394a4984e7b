/** docs/forecast-truth.md: what the forecast said of twins, beside what was planted and what came. */
import {isoOf} from "../../loaders/forecast/history/calendar.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {type Asking, tallyBands} from "./bands.ts";
import {calibrationError, errorByChance, logLoss, reliability, type Said} from "./calibration.ts";
import {type EffectSummary, type FirmEffects, summarise} from "./effects.ts";

/** The deal model's chances of one firm. */
export interface Calibrated {
  firm: Firm;
  /** Closed deals known on the newest day asked. */
  closed: number;
  said: Said[];
}

export interface Judged {
  calibrated: readonly Calibrated[];
  bands: ReadonlyMap<Firm, readonly (readonly Asking[])[]>;
  effects: ReadonlyMap<Firm, readonly FirmEffects[]>;
  /** The same of as many small firms. */
  small: ReadonlyMap<Firm, readonly FirmEffects[]>;
  sizes: {bandDeals: number; effectDeals: number; smallDeals: number};
}

/** What is aimed at, of so many closed deals; fewer have an error by luck alone that is as large. */
const MOST_ECE = 0.02;
const AIMED_CLOSED = 50_000;
const YEAR = 365;
/** Student's t at 97.5%, by degrees of freedom, near enough from 9 on. */
const studentT = (freedom: number) => 1.96 + 2.4 / freedom + 3 / freedom ** 2;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const fixed = (value: number, places = 3) => value.toFixed(places).replace(/^-(0\.0+)$/, "$1");
const count = (n: number) => n.toLocaleString("en-US");
const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;

/** The page as Markdown. */
export function forecastTruthPage(judged: Judged): string {
  return `# The forecast against planted truth

Whether open deals' chances, the forecast's bands and fitted effects are right where the truth is planted, misses
included: for whoever relies on them. Written by \`npx tsx bench/forecastTruth.ts\`; not edited by hand.

Both twins, told in memory from their hazards and their reps' habits, saved as the CRM would log it, with no way through exports and
warehouse; no field is missing, misspelt or filled in late, which real exports' are. The forecast's code is the one a build runs. Nothing was tuned on
these figures.

${SECTIONS.map((name) => `<!-- ${name}: written by the benchmark -->\n\n${sectionOf(name, judged)}\n\n<!-- end of ${name} -->`).join("\n\n")}
`;
}

/** The parts of the page that can be written alone. */
export const SECTIONS = ["chances", "bands", "effects"] as const;
export type Section = (typeof SECTIONS)[number];

/** One part of the page as Markdown. @param judged needs what that part shows */
export function sectionOf(name: Section, judged: Judged): string {
  if (name === "chances") return calibrationPart(judged.calibrated);
  return name === "bands" ? bandPart(judged) : effectPart(judged);
}

function calibrationPart(all: readonly Calibrated[]): string {
  const rows = all.map(({firm, closed, said}, i) => {
    const ece = calibrationError(said);
    const luck = errorByChance(said, i + 1);
    const isLarge = closed >= AIMED_CLOSED;
    return row(
      firm,
      count(closed),
      count(said.length),
      percent(said.filter(({isWon}) => isWon).length / said.length),
      fixed(ece, 4),
      `${fixed(luck.mean, 4)} (${fixed(luck.high, 4)})`,
      isLarge
        ? ece < MOST_ECE
          ? "under 0.02"
          : "**over 0.02**"
        : ece <= luck.high
          ? "no more than luck"
          : "more than luck",
      fixed(logLoss(said, ({chance}) => chance)),
      fixed(logLoss(said, ({rate}) => rate)),
      fixed(logLoss(said, ({stageRate}) => stageRate)),
      fixed(logLoss(said, ({exact}) => exact))
    );
  });
  const largest = [...new Map(all.map((each) => [each.firm, each])).values()];
  return `## Are open deals' chances right?

The deal model's chance of every open deal to be won within 13 weeks, fitted and said on six days a quarter apart with what was known then,
scored by what its deals did in those 13 weeks. ECE: ten bins of equal width, the distance of the share won from the mean chance said,
weighed by deals, all six days together. By luck: the ECE of the same chances if they were exactly right, its mean and (in brackets) what one in twenty is above; deals
are taken as independent, though many are asked on several days and all share the calendar, so that true luck is larger. The aim is under 0.02 at 50,000 closed deals; of 2,500 luck
alone makes as much, so that of fewer deals the verdict is whether there is more than luck. Log-loss in nats, less is better; the plain rate is the share of
all deals open 13 weeks before that had been won since, the stage's rate the same stage by stage. The exact chance knows what nobody
can: the stage a deal is truly in, that it is truly over though nobody has said so, its competitor and its fit.

| Twin | Closed deals known on the newest day | Chances | Won | ECE | ECE by luck | Verdict | Log-loss, model | plain rate | stage's rate | exact chance |
| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |
${rows.join("\n")}

### Day by day, at the largest size

| Twin | Said on | Open deals | Mean chance said | Share won | ECE | Log-loss, model | plain rate | stage's rate |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${largest.flatMap(dayRows).join("\n")}

### Chance by chance, at the largest size

| Chance said | ${largest.map(({firm}) => `${firm}: deals | said | won`).join(" | ")} |
| --- | ${largest.map(() => "---: | ---: | ---:").join(" | ")} |
${binRows(largest).join("\n")}`;
}

function dayRows({firm, said}: Calibrated): string[] {
  return [...new Set(said.map(({day}) => day))].map((day) => {
    const here = said.filter((each) => each.day === day);
    return row(
      firm,
      isoOf(day),
      count(here.length),
      percent(here.reduce((sum, {chance}) => sum + chance, 0) / here.length),
      percent(here.filter(({isWon}) => isWon).length / here.length),
      fixed(calibrationError(here), 4),
      fixed(logLoss(here, ({chance}) => chance)),
      fixed(logLoss(here, ({rate}) => rate)),
      fixed(logLoss(here, ({stageRate}) => stageRate))
    );
  });
}

function binRows(largest: readonly Calibrated[]): string[] {
  const bins = largest.map(({said}) => reliability(said));
  return bins[0]!.map((_, i) =>
    row(
      `${i * 10} to ${i * 10 + 10}%`,
      ...bins.flatMap((list) => {
        const {n, said, won} = list[i]!;
        return n > 0 ? [count(n), percent(said), percent(won)] : [0, "", ""];
      })
    )
  );
}

function bandPart({bands, sizes}: Judged): string {
  const firms = [...bands].map(([firm, list]) => `${list.length} ${firm}`).join(" and ");
  const n = [...bands.values()].reduce((sum, list) => sum + list.length, 0);
  const part = (name: string, twin: string, lists: readonly (readonly Asking[])[]) => {
    const {
      n: asked,
      held80,
      error80,
      held95,
      error95,
      below80,
      above80,
      bias,
      wape,
      crps
    } = tallyBands(lists);
    const is80 = held80 >= 0.76 && held80 <= 0.84;
    const is95 = held95 >= 0.9 && held95 <= 0.99;
    return row(
      name,
      twin,
      count(asked),
      `${percent(held80)} (±${(100 * error80).toFixed(1)})`,
      percent(below80),
      percent(above80),
      is80 ? "as stated" : held80 < 0.76 ? "**too narrow**" : "**too wide**",
      `${percent(held95)} (±${(100 * error95).toFixed(1)})`,
      is95 ? "as stated" : held95 < 0.9 ? "**too narrow**" : "**too wide**",
      `${bias > 0 ? "+" : ""}${percent(bias)}`,
      fixed(wape),
      fixed(crps)
    );
  };
  const both = [...bands.values()].flat();
  const kinds = [...new Set(both.flatMap((list) => list.map(({kind}) => kind)))];
  const only = (lists: readonly (readonly Asking[])[], isMeant: (asking: Asking) => boolean) =>
    lists.map((list) => list.filter(isMeant));
  const groups: [string, readonly (readonly Asking[])[]][] = [...bands, ["both", both]];
  return `## Do the bands hold?

The shown forecast of won amounts of ${n} firms (${firms}) of ${count(sizes.bandDeals)} deals each, every firm drawn from a seed of its own (1 onward), with reps and
partners of its own; asked every week of its three and a half years but the first half, the deal model fitted anew every quarter, as a build does.
Held: the share of the bands with what came inside, and its standard error, firms being independent and the askings of one firm
not. The firms of a twin share one calendar (its slump and its quarter ends), which this error does not know of. As stated: 76% to 84%, and 90% to 99%.
Bias (below 0: too little was said), WAPE and CRPS over what was won, the mean of firms. The farther ahead, the more was said too little of these growing firms, whose
past is all that the methods know: what came then lies above a band more often than below it, and the lower half of the band is wider than it need be. The rules of the bands were chosen on other firms (seeds 1001 to 1012 of each twin).

| Window | Twin | Forecasts | 80% held | came below | came above | Verdict | 95% held | Verdict | Bias | WAPE | CRPS |
| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | --- | ---: | ---: | ---: |
${[
  ...groups.map(([twin, lists]) => part("**All**", twin, lists)),
  ...groups.map(([twin, lists]) =>
    part(
      "All, asked in the last year",
      twin,
      only(lists, ({ago}) => ago < YEAR)
    )
  ),
  ...kinds.flatMap((kind) =>
    groups.map(([twin, lists]) =>
      part(
        kind,
        twin,
        only(lists, (each) => each.kind === kind)
      )
    )
  )
].join("\n")}`;
}

function effectPart({effects, small, sizes}: Judged): string {
  const parts = [...effects].map(([firm, list]) => {
    const rows = summarise(list.map((each) => each.effects));
    const few = summarise((small.get(firm) ?? []).map((each) => each.effects));
    return `### ${list.length} ${firm} firms of ${count(sizes.effectDeals)} deals

| Factor | Level | Against | Planted: log hazard ratio | New deals: truth | stated | 95% of a firm | Off by (95%) | Firms held | Verdict | The deal model says | Open deals: truth | The deal model says |
| --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | --- | ---: | ---: | ---: |
${rows.map(effectRow).join("\n")}

Of all firms' own 95% intervals ${percent(shareHeld(rows))} hold the truth of new deals; of ${few[0]!.firms} firms of ${count(sizes.smallDeals)} deals ${percent(shareHeld(few))}.
Rank correlation of the owners' log-odds in the deal model with their planted skill: ${ranked(list, "people")}; of the partners' with their planted effect: ${ranked(list, "partners")}
(mean over firms and its standard error; the forty with the most deals, some sixty or fewer deals each).`;
  });
  return `## Are planted effects found?

Planted are log ratios of daily hazards: one on moving on and being won, one on being lost. A deal several stages from its end feels a planted effect at each of them.
What is asked is what a reader would ask: the same new deals (at most 500) with the factor one way and the other, all else as it is, how far apart are the log-odds of
their mean chance to be won within 26 weeks of their creation? Truth is that by the planted hazards, from the stage each deal is truly in, its competitor and fit included. Asked of
the deals of the last half year: what no field shows is then spread alike over every level.

**Stated** is what the page Deal scores says, "What goes with winning": a logistic regression of having been won within 26 weeks on what each deal was on the day it was created, its
factors held by next to nothing, owners and partners drawn from one spread, every factor told apart by deal type, the mean chance of the same deals either way, and the interval by the delta method. **The deal
model**'s chances are pooled, which is better for a chance and draws an effect towards none; its answers stand beside, of new deals and of open ones (within 13 weeks; of those still open the ones with a
worse level should have a better fit).

95% of a firm: mean estimate and mean error over firms. Off by: mean estimate minus truth over firms, each drawn from a seed of its own, and the 95% interval of that mean. Firms
held: whose own interval holds its truth. Found: the interval of the mean holds nought. Within: it does not, but at least nine of ten firms' own intervals hold.
Drawn in, or overstated: off, towards none or away from it, more often than a firm's interval says. The estimator was made on other firms (seeds 101 to 114 and 201 to 216).

${parts.join("\n\n")}

- **Of twenty intervals of a mean one misses nought by luck**: a single effect that is not found, some of whose firms' own intervals hold, is what right estimates look like.
- **Deal type and source** are asked together, because deals of customers have a source that no other has. A source has the mean effect of
  its campaigns, which no estimate is told. A segment is switched along with its usual amount, for the planted effect of the amount is
  within the segment.
- **Not compared**: renewals and service (their stages, amounts or competitors differ, so that no one factor is switched), deals that a partner or
  dealer brought (source, channel and partner are one thing told three ways; see [partners and marketing](partners-and-marketing.md)), the
  amount (planted by logarithm within the segment), competitor and fit (in no field that is read), effects on being lost alone.`;
}

function shareHeld(rows: readonly EffectSummary[]): number {
  const sum = (of: (each: EffectSummary) => number) => rows.reduce((total, each) => total + of(each), 0);
  return sum(({held}) => held) / sum(({firms}) => firms);
}

function ranked(list: readonly FirmEffects[], key: "people" | "partners"): string {
  const known = list.map((each) => each[key]).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${fixed(mean, 2)} ± ${fixed(Math.sqrt(squares / (known.length - 1) / known.length), 2)}`;
}

function effectRow(each: EffectSummary): string {
  const {factor, level, against, pull, truth, estimate, error, bias, biasError, held, firms} = each;
  const half = studentT(firms - 1) * biasError;
  const verdict =
    Math.abs(bias) <= half
      ? "found"
      : held >= 0.9 * firms
        ? "within"
        : bias * Math.sign(truth) < 0
          ? "**drawn in**"
          : "**overstated**";
  return row(
    factor,
    level,
    against,
    fixed(pull, 2),
    fixed(truth),
    fixed(estimate),
    `${fixed(estimate - 1.96 * error, 2)} to ${fixed(estimate + 1.96 * error, 2)}`,
    `${fixed(bias)} (±${fixed(half)})`,
    `${held} of ${firms}`,
    verdict,
    fixed(each.pooled),
    fixed(each.openTruth),
    fixed(each.openPooled)
  );
}
