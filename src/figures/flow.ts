/** Figures of the Flow page: steps between stages, the ways deals took, and who stood where on two days. */
import {cell, dayNumber, isoDay} from "../slices/facts.js";
import {NONE} from "../slices/select.js";
import {
  crookedWays,
  type Passage,
  passages,
  type Step,
  steps,
  type Variant,
  variants,
  type WayFigures,
  wayFigures,
  wayInWords
} from "../slices/stageFlow.js";
import type {Path} from "../slices/stagePaths.js";
import {type DaySpan, stateOn} from "../slices/stretches.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";
import {openStages, pathsOf} from "./stages.js";
import {livesOf, standingRows} from "./standing.js";

export type FlowStep = Omit<Step, "deals"> & {deals: DealList};

/** A way in words, and what its deals came to. */
export type Way = Omit<Variant, "deals" | "ladder"> & {words: string; pipeline: string; deals: DealList};

export const flowPage = {
  page: "flow",
  kinds: ["deals", "entries", "movement"],
  still: (asked: Asked) => {
    const {facts, chosen} = asked;
    const {from, to, span} = flowSpan(chosen);
    const paths = pathsOf(asked, chosen.filters, span.to);
    const centsOf = amounts(facts["deals"]!);
    const {ladders} = openStages(asked);
    const found = variants(paths, centsOf, span);
    const walked = ladders.filter(({pipeline}) => paths.some(({ladder}) => ladder.pipeline === pipeline));
    const crooked = crookedWays(paths, span);
    const listOf = (ways: readonly {deal: number}[]) => dealList(ways.map(({deal}) => deal));
    return {
      ways: wayFigures(crooked) satisfies WayFigures,
      wayDeals: {
        skipped: listOf(crooked.skipped),
        wentBack: listOf(crooked.wentBack),
        again: listOf(crooked.again.map(({path}) => path))
      },
      nEnded: found.reduce((sum, {n}) => sum + n, 0),
      maps: (walked.length > 0 ? walked : ladders.slice(0, 1)).map(({pipeline, stages}) => ({
        ...{pipeline, stages},
        steps: steps(
          paths.filter(({ladder}) => ladder.pipeline === pipeline),
          centsOf,
          span
        ).map(({deals, ...step}): FlowStep => ({...step, deals: dealList(deals)}))
      })),
      variants: ranked(
        found.map((variant): Way => {
          const {ladder, deals, ...way} = variant;
          return {
            ...way,
            words: wayInWords(variant),
            pipeline: ladder.pipeline,
            deals: dealList(deals)
          };
        })
      ) satisfies Ranked<Way>,
      passages: passagesOf(asked, dayNumber(from), dayNumber(to))
    };
  },
  cut: (asked: Asked) => {
    const {facts, chosen} = asked;
    const {span} = flowSpan(chosen);
    const {cut} = chosen;
    const paths = cut ? pathsOf(asked, chosen.filters, span.to) : [];
    const slices = new Map<string, Path[]>();
    for (const path of paths) {
      const label = String(cell(facts["deals"]!, cut!.key, path.deal) ?? NONE);
      const slice = slices.get(label);
      if (slice) slice.push(path);
      else slices.set(label, [path]);
    }
    const rows = [...slices].flatMap(([label, own]): WaysOfSlice[] => {
      const crooked = crookedWays(own, span);
      const {n, ...shares} = wayFigures(crooked);
      const deals = dealList(crooked.ended.map(({deal}) => deal));
      const won = crooked.ended.filter(({outcome}) => outcome === "won").length;
      return n > 0 ? [{label, n, won: won / n, ...shares, deals}] : [];
    });
    return {bySlice: ranked(rows.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1)))};
  }
} satisfies PageFigures<object, object, object>;

export type FlowFigures = ReturnType<typeof flowPage.still> & ReturnType<typeof flowPage.cut>;

/** How straight the deals of a slice walked. */
export interface WaysOfSlice extends WayFigures {
  label: string;
  /** Share of those that ended that were won. */
  won: number;
  deals: DealList;
}

/** Where deals stood on the two days, each passage with its deals as they stood on the second. */
function passagesOf(asked: Asked, from: number, to: number) {
  const lives = livesOf(asked);
  const byDeal = new Map(lives.map((life) => [life.deal, life]));
  return passages(lives, from, to).map(({deals, ...passage}) => ({
    ...(passage satisfies Omit<Passage, "deals">),
    deals: standingRows(
      asked.files["movement"],
      deals.map((deal) => ({deal, state: stateOn(byDeal.get(deal)!, to)!}))
    )
  }));
}

/** The two days, and the span after the first until the second; by default the quarter of a year to the day. */
export function flowSpan({asOf, dates}: {asOf: string; dates?: Record<string, string> | undefined}): {
  from: string;
  to: string;
  span: DaySpan;
} {
  const asked = [dates?.["from"] ?? quarterBefore(asOf), dates?.["to"] ?? asOf];
  const [from, to] = asked.sort() as [string, string];
  return {from, to, span: {from: dayNumber(from) + 1, to: dayNumber(to)}};
}

/** The day from which the flow is shown at first. */
export function quarterBefore(asOf: string): string {
  return isoDay(dayNumber(asOf) - 91);
}

/** Amount of a deal as of today, whatever its outcome. */
function amounts(deals: Asked["facts"][string]): (deal: number) => number {
  const columns = ["open_amount", "won_amount", "lost_amount"].map((name) => deals.columns[name]);
  return (deal) =>
    columns.reduce((sum, column) => sum + (column?.kind === "cents" ? (column.values[deal] ?? 0) : 0), 0);
}
