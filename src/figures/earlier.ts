/** What was open at the end of an earlier day, to hold the newest day against. */
import {cell, dayNumber, isoDay} from "../slices/facts.js";
import {weeksOfCells} from "../slices/movementCells.js";
import type {MovementData} from "../slices/movementData.js";
import type {SiteData} from "../slices/site.js";
import {type StandingData, standingDeals} from "../slices/standingData.js";
import {stateOn} from "../slices/stretches.js";
import type {Asked} from "./pageFigures.js";
import {livesOf} from "./standing.js";

/** Days to compare with, before the day that a page is asked of. */
export const EARLIER = [
  {value: "week", label: "a week before"},
  {value: "month", label: "a month before"},
  {value: "quarter", label: "a quarter before"},
  {value: "year", label: "a year before"},
  {value: "quarter_end", label: "the end of the last quarter"},
  {value: "none", label: "nothing"}
] as const;
export type EarlierKey = (typeof EARLIER)[number]["value"];

const MONTHS = {month: 1, quarter: 3, year: 12};

/** The day before `asOf` that a name stands for, ISO; the last day of a month for one that the earlier month does not have. */
export function earlierDay(
  asOf: string,
  key: EarlierKey,
  {quarters}: Pick<SiteData, "quarters">
): string | null {
  if (key === "none") return null;
  if (key === "week") return isoDay(dayNumber(asOf) - 7);
  if (key === "quarter_end") return quarters.findLast(({to}) => to < asOf)?.to ?? null;
  const [year, month, day] = asOf.split("-").map(Number) as [number, number, number];
  const first = Date.UTC(year, month - 1 - MONTHS[key], 1);
  const last = new Date(Date.UTC(year, month - MONTHS[key], 0)).getUTCDate();
  return isoDay(first / 86_400_000 + Math.min(day, last) - 1);
}

/** Open deals at the end of a day; what cells of weeks do not know is null. */
export interface OpenBefore {
  cents: number;
  n: number;
  /** At the stages' probabilities, as cents. */
  weighted: number | null;
}

/** What was open on the chosen day: by the movement's stretches or weeks, else by the standing data. */
export function openBefore(asked: Asked): OpenBefore {
  const {site, facts, files, chosen} = asked;
  const movement: MovementData | undefined = files["movement"];
  if (movement?.cells) {
    const {end, nEnd} = weeksOfCells(movement.cells, chosen.filters).find(
      ({week}) => week.to === chosen.day
    )!;
    return {cents: end, n: nEnd, weighted: null};
  }
  const standing: StandingData = files["standing"];
  const lives = movement ?? {
    stretches: standing.stretches,
    deals: standingDeals(standing, facts["deals"]!)
  };
  const chances = new Map(site.stages.map((each) => [`${each.pipeline}|${each.stage}`, each.probability]));
  const open: OpenBefore = {cents: 0, n: 0, weighted: 0};
  for (const life of livesOf(asked, lives)) {
    const state = stateOn(life, chosen.day);
    if (state?.status !== "open" || !state.isMine) continue;
    const pipeline = cell(lives.stretches, "pipeline", state.row);
    open.n++;
    open.cents += state.cents;
    open.weighted! += Math.round(state.cents * (chances.get(`${pipeline}|${state.stage}`) ?? 0));
  }
  return open;
}
