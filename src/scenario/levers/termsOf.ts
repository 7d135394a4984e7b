/** A scenario's window as terms of bookings: the one place where levers meet the forecast. */
import {dayNumber} from "../../slices/facts.js";
import type {ArrivalTerm, BookingTerms} from "../bookings/terms.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import {keeper} from "../kept.js";
import type {Scenario} from "../scenario.js";
import {arrivalTerms, type WindowWeeks} from "./arrivalTerms.js";
import type {TimedLever} from "./bend.js";
import {LEVERS} from "./leverKinds.js";
import {type OpenTerms, openTerms} from "./openTerms.js";

/** The window a scenario looks at: the one it names, else the first. */
export function windowOf(input: ScenarioInput, {window}: Scenario): ScenarioWindow {
  return input.windows.find(({label}) => label === window) ?? input.windows[0]!;
}

type Between = Pick<ScenarioWindow, "from" | "to" | "scale">;

const kept = keeper<BookingTerms>(16);

/** The terms of a scenario in a window (its own when absent); the newest are kept, so they must not be changed. */
export function termsOf(
  input: ScenarioInput,
  scenario: Scenario,
  window: Between = windowOf(input, scenario)
): BookingTerms {
  const {filters, levers, deals} = scenario;
  const key = JSON.stringify([window.from, window.to, window.scale, filters, levers, deals]);
  return kept(input, key, () => {
    const {open, arrivals} = halvesOf(input, scenario, window);
    return {...open, arrivals, spread: input.spread, shockSd: input.shockSd};
  });
}

const openKept = keeper<OpenTerms>(64);
const arrivalsKept = keeper<ArrivalTerm[]>(256);

/**
 * Open deals and deals to come apart: a lever on the one half leaves the other as it was, so each is kept by what acts on
 * it. Shared: must not be changed.
 */
export function halvesOf(
  input: ScenarioInput,
  scenario: Scenario,
  window: Between = windowOf(input, scenario)
): {open: OpenTerms; arrivals: ArrivalTerm[]} {
  const {filters, deals} = scenario;
  const asOf = dayNumber(input.asOf);
  const weeks: WindowWeeks = {
    begin: Math.max(0, (dayNumber(window.from) - 1 - asOf) / 7),
    end: Math.max(0, (dayNumber(window.to) - asOf) / 7)
  };
  const moved = scenario.levers
    .filter(({kind, value, where}) => where !== undefined || value !== LEVERS[kind].neutral)
    .map(
      (lever): TimedLever => ({
        ...lever,
        fromWeek: lever.from ? Math.max(0, (dayNumber(lever.from) - 1 - asOf) / 7) : 0
      })
    );
  const onOpen = moved.filter(({kind}) => !LEVERS[kind].onArrivals);
  const key = (levers: readonly TimedLever[], more: unknown) =>
    JSON.stringify([window.from, window.to, window.scale, filters, levers, more]);
  return {
    open: openKept(input, key(onOpen, deals), () => openTerms(input, scenario, onOpen, window, weeks)),
    arrivals: arrivalsKept(input, key(moved, null), () =>
      arrivalTerms(input, filters, moved, weeks, window.scale)
    )
  };
}
