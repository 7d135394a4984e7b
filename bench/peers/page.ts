/** docs/partner-verdicts.md: how often what partners are told of each other is right. */
import {COMPARED} from "../../src/slices/partners/compare/measures.ts";
import {FEW_TRIALS} from "../../src/slices/shrunkenRates.ts";
import {JUDGED, KNOWN} from "./counted.ts";
import {GROUP_SIZES, SPREADS} from "./drawnGroups.ts";
import type {Judgements} from "./judgedMarket.ts";
import {benchmarkWords, compareWords, recordOf} from "./record.ts";
import {type Answer, type Said, type Share, shareOf} from "./score.ts";

/** Own records, from fewest to most. */
const SIZES = [
  {words: "5 to 20 records", least: 5, most: 20},
  {words: "21 to 60", least: 21, most: 60},
  {words: "more", least: 61, most: Number.POSITIVE_INFINITY}
];
const CHANCES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01];

/** Everything that was judged; `alike` are those of which no partner differs from another. */
export interface Judged {
  /** Groups drawn straight from the law; `spread` is how far partners differ, times what is planted. */
  drawn: readonly {spread: number; said: Said[]}[];
  /** The same for Partner benchmark. */
  drawnRates: readonly {spread: number; answers: Answer[]}[];
  /** Markets as planted, and without any difference. */
  planted: Judgements;
  alike: Judgements;
  /** Whole twins, through exports and warehouse; win rates alone. */
  twins: Judgements;
}

/** The whole page. */
export function verdictsPage(
  judged: Judged,
  {seeds, markets, twins}: {seeds: number; markets: number; twins: string}
): string {
  const {drawn, planted, alike, twins: whole} = judged;
  const drawnAs = (spread: number) =>
    drawn.filter((each) => each.spread === spread).flatMap(({said}) => said);
  const of = (list: readonly Said[], key: Said["key"]) => list.filter((each) => each.key === key);
  const ratesAs = (spread: number) =>
    judged.drawnRates.filter((each) => each.spread === spread).flatMap(({answers}) => answers);
  const spreads = SPREADS.map((spread) => [spreadWords(spread), drawnAs(spread)] as const);
  return `${[
    "# Verdicts on partners: how often they are right",
    `Written by \`npx tsx bench/peerVerdicts.ts\` from ${markets} markets told in memory, ${twins} twins through exports and ${seeds} times ${GROUP_SIZES.length * SPREADS.length} groups drawn from the law that partners are planted by; not edited by hand.`,
    ABOUT,
    "## How you compare",
    compareWords(recordOf(judged).compare),
    ...[
      "### Markets and whole twins",
      verdictTable([
        ...KNOWN.flatMap((key) =>
          sizeRows(`Markets: ${COMPARED[key].label.toLowerCase()}`, of(planted.compare, key))
        ),
        ...sizeRows("Whole twins: win rate", whole.compare)
      ]).join("\n"),
      "### Where no partner differs from another",
      verdictTable(JUDGED.map((key) => [COMPARED[key].label, of(alike.compare, key)])).join("\n"),
      "### Groups drawn from the law, by size and by how far partners differ",
      verdictTable(
        spreads.flatMap(([words, list]) =>
          GROUP_SIZES.map((n) => [`${n} partners, ${words}`, list.filter(({group}) => group === n)] as const)
        )
      ).join("\n"),
      "### Right as often as they say",
      calibrationTable([
        ["Markets", planted.compare],
        ["Whole twins", whole.compare],
        ["Drawn as planted", drawnAs(1)]
      ]).join("\n"),
      "### The middle half",
      bandTable([
        ...KNOWN.map(
          (key) => [`Markets: ${COMPARED[key].label.toLowerCase()}`, of(planted.compare, key)] as const
        ),
        ["Whole twins: win rate", whole.compare],
        ...GROUP_SIZES.map(
          (n) => [`Drawn as planted, ${n} partners`, drawnAs(1).filter(({group}) => group === n)] as const
        ),
        ["Drawn, twice as far apart", drawnAs(2)]
      ]).join("\n")
    ],
    "## Partner benchmark",
    benchmarkWords(recordOf(judged).benchmark),
    verdictTable([
      ...sizeRows("Markets", planted.benchmark),
      ...sizeRows("Whole twins", whole.benchmark),
      ["Markets where no partner differs", alike.benchmark],
      ...SPREADS.filter((spread) => spread > 0).flatMap((spread) =>
        sizeRows(`Drawn, ${spreadWords(spread)}`, ratesAs(spread))
      ),
      ["Drawn, all alike", ratesAs(0)]
    ]).join("\n"),
    calibrationTable([
      ["Markets", planted.benchmark],
      ["Whole twins", whole.benchmark]
    ]).join("\n"),
    READING
  ].join("\n\n")}\n`;
}

function spreadWords(spread: number): string {
  if (spread === 0) return "all alike";
  return spread === 1 ? "as planted" : `${spread} times as far apart`;
}

/** "Given" is of what has the five records that a verdict needs. */
export function verdictTable(rows: readonly (readonly [string, readonly Answer[]])[]): string[] {
  return [
    "| | Could be given | Given | Right | As sure as they say | False: no difference | 80% interval holds |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows.map(([words, all]) => {
      const list = all.filter(({n}) => n >= FEW_TRIALS);
      const told = list.filter(({isTold}) => isTold);
      const real = told.filter(({isThere}) => isThere !== null);
      const none = list.filter(({isThere}) => isThere === null);
      const cells = [
        words,
        list.length.toLocaleString("en"),
        none.length === list.length ? "" : percent(shareOf(list, ({isTold}) => isTold)),
        percent(shareOf(real, ({isThere}) => isThere!)),
        real.length === 0 ? "" : `${(100 * meanChance(real)).toFixed(0)}%`,
        percent(shareOf(none, ({isTold}) => isTold)),
        percent(shareOf(list, ({isHeld}) => isHeld))
      ];
      return `| ${cells.join(" | ")} |`;
    })
  ];
}

/** By how large the partner is. */
export function sizeRows(words: string, list: readonly Answer[]): [string, Answer[]][] {
  return SIZES.map((size) => [
    `${words}, ${size.words}`,
    list.filter(({n}) => n >= size.least && n <= size.most)
  ]);
}

/** How often the truth is on the likelier side, by the chance that is stated for it: verdicts and what is short of one. */
export function calibrationTable(columns: readonly (readonly [string, readonly Answer[]])[]): string[] {
  const named = columns.map(([words]) => `${words}: stated | true | of`);
  return [
    `| Stated chance | ${named.join(" | ")} |`,
    `|---|${columns.map(() => "---:|---:|---:|").join("")}`,
    ...CHANCES.slice(0, -1).map((from, i) => {
      const to = CHANCES[i + 1]!;
      const cells = columns.map(([, list]) => {
        const own = list.filter(
          ({n, chance, isThere}) => n >= FEW_TRIALS && isThere !== null && chance >= from && chance < to
        );
        const stated = own.length === 0 ? "" : `${(100 * meanChance(own)).toFixed(0)}%`;
        return `${stated} | ${percent(shareOf(own, ({isThere}) => isThere!))} | ${own.length.toLocaleString("en")}`;
      });
      return `| ${Math.round(100 * from)} to ${Math.round(100 * Math.min(1, to))}% | ${cells.join(" | ")} |`;
    })
  ];
}

/** Shares of the group's true figures between its told quarters. */
export function bandTable(rows: readonly (readonly [string, readonly Said[]])[]): string[] {
  return [
    "| | Figures | In the middle half as told |",
    "|---|---:|---:|",
    ...rows.map(
      ([words, list]) =>
        `| ${words} | ${list.length.toLocaleString("en")} | ${percent(shareOf(list, ({isInBand}) => isInBand))} |`
    )
  ];
}

function meanChance(list: readonly Answer[]): number {
  return list.reduce((sum, {chance}) => sum + chance, 0) / list.length;
}

function percent(found: Share | null): string {
  return found === null ? "" : `${(100 * found.share).toFixed(0)}% ± ${(100 * found.error).toFixed(1)}`;
}

const ABOUT = `A verdict is "above" or "below", told where the chance is 90% or more that a partner lies on that side. Right: the true figure lies on that side of the
middle of the true figures of the group (How you compare), or of their mean (Partner benchmark). As sure as they say: the mean of the chances that were
reckoned for the verdicts given; the share that is right should be no less. False: verdicts where no partner differs from another, so that none can be
right. After each share its standard error, markets, twins and seeds being the independent draws.`;

const READING = `## How it was judged

- **Markets** are 200,000 deals of a twin's hazards, habits and customers, told without the way through exports, and dealt out account by account to firms of
  1,500, 4,000 and 10,000 deals. Eight partners, there from the start, are one group. A partner's truth is its figure in the rest of the market, which is
  known to a point or two of a win rate: a verdict on a partner that lies that near the middle may be called wrong, or right, by the truth's own luck.
- **Where no partner differs**: in the same markets each customer's deals of one partner are given to any partner, so that customers with several deals stay
  whole. How large deals are and which share of the wins fell in the later year is planted of no partner, and the rest of a market does not know it finely enough
  to call a verdict right: these figures are judged here alone. Those of registrations are not judged; their method is the same.
- **Whole twins** have 2,000 deals, exported, read and counted as any firm's; the truth is what the firm's partner deals would come to in a partner's
  hands and region (docs/partners-and-marketing.md). Their groups are as the page makes them, by kind and tier.
- **Drawn groups** have 5 to 150 closed deals a partner; the truth is exact, and deals are independent.
- **The middle half** holds more than half of the true figures where few partners stand behind it or they hardly differ: how far they differ is then open, and
  the band is drawn rather too wide than too narrow. Of twenty partners it holds half.
- **Deals put off** differ by region and rep, of partners hardly: their true shares lie about as near to each other as the rest of a market knows them.
- A figure whose verdicts were right in less than 90%, with the upper end of the share's 95% interval (Wilson) below 90% too, is told no verdict on the page;
  one that was not judged says so beside its verdict.
- A figure of which the group may not be told has no verdict and is not counted. Partners that are alike are mostly withheld for that alone, and groups that pass look
  further apart than they are: verdicts are least right there.`;
