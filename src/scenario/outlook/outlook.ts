/**
 * What a scenario comes to in a window: expected, quantiles, chance of a target. The base is the published forecast, to
 * the cent: its mean by the window's scale, its quantiles by what calibration on past errors moved each of them, which is
 * kept for scenarios in proportion to their spread.
 */
import {chanceAbove, LEVELS} from "../../slices/quantileLevels.js";
import {type Distribution, distribution} from "../bookings/distribution.js";
import {quantile} from "../bookings/quantile.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import {keeper} from "../kept.js";
import {termsOf, windowOf} from "../levers/termsOf.js";
import {baseOf, type Scenario} from "../scenario.js";

export interface Outlook {
  mean: number;
  /** At LEVELS; not below what is certain. */
  quantiles: number[];
  /** Certain: won so far, and what the scenario takes as won. */
  sure: number;
  /** False for windows and selections of which no forecast with a track record is published. */
  isPublished: boolean;
}

/** The outlook of a scenario in a window (its own when absent). */
export function outlook(
  input: ScenarioInput,
  scenario: Scenario,
  window: ScenarioWindow = windowOf(input, scenario)
): Outlook {
  const terms = termsOf(input, scenario, window);
  const isWhole = Object.values(scenario.filters).every((values) => values.length === 0);
  const isBase = scenario.levers.length === 0 && scenario.deals.length === 0;
  const {published} = window;
  if (published && isWhole && isBase)
    return {
      mean: published.mean,
      quantiles: [...published.quantiles],
      sure: terms.sure,
      isPublished: true
    };
  const found = distribution(terms);
  const moved = published ? calibration(input, scenario, window, found) : LEVELS.map(() => 0);
  const quantiles = LEVELS.map((level, i) => Math.max(terms.sure, quantile(found, level) + moved[i]!));
  return {
    mean: found.mean,
    quantiles: quantiles.sort((a, b) => a - b),
    sure: terms.sure,
    isPublished: Boolean(published) && isWhole
  };
}

/** The chance to book at least an amount, read from quantiles as the published forecast reads it. */
export function chanceOf({quantiles, sure}: Outlook, target: number): number {
  return chanceAbove(
    quantiles.map((each) => each - sure),
    target - sure
  );
}

/** How far each quantile is moved: as published against as computed, at the scenario's own spread. */
function calibration(
  input: ScenarioInput,
  scenario: Scenario,
  window: ScenarioWindow,
  found: Distribution
): number[] {
  const base = baseDistribution(input, scenario, window);
  const share = base.sd > 0 ? found.sd / base.sd : 0;
  return LEVELS.map((level, i) => (window.published!.quantiles[i]! - quantile(base, level)) * share);
}

const bases = keeper<Distribution>(24);

/** The unfiltered base of a window as computed, made once. */
function baseDistribution(input: ScenarioInput, scenario: Scenario, window: ScenarioWindow): Distribution {
  return bases(input, window.label, () =>
    distribution(termsOf(input, {...baseOf(scenario), filters: {}}, window))
  );
}

const baseOutlooks = keeper<Outlook>(96);

/** The base of a selection in a window, made once. */
export function baseOutlook(input: ScenarioInput, scenario: Scenario, window: ScenarioWindow): Outlook {
  const key = `${window.label}\n${JSON.stringify(scenario.filters)}`;
  return baseOutlooks(input, key, () => outlook(input, baseOf(scenario), window));
}
