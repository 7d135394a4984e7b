/** Figures of the Flow page: steps between stages, the ways deals took, and who stood where on two days. */
import {dayNumber, isoDay} from "../slices/facts.js";
import {
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
import type {DaySpan} from "../slices/stretches.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";
import {openStages, pathsOf} from "./stages.js";
import {livesOf} from "./standing.js";

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
    return {
      ways: wayFigures(paths, span) satisfies WayFigures,
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
      passages: passages(livesOf(asked), dayNumber(from), dayNumber(to)).map(
        ({deals, ...passage}): Omit<Passage, "deals"> => passage
      )
    };
  }
} satisfies PageFigures<object>;

export type FlowFigures = ReturnType<typeof flowPage.still>;

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
