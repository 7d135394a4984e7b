/** Whether the shown forecast's bands hold: the whole backtest of one small firm, asked weekly as a build asks it. */
import {combine, SHOWN} from "../../loaders/forecast/backtest/combine.ts";
import type {ForecastRow} from "../../loaders/forecast/backtest/forecastRow.ts";
import {
  allForecasters,
  askOn,
  BACKTEST_DEFAULTS,
  originDays
} from "../../loaders/forecast/backtest/runBacktest.ts";
import {crps, levelIndex} from "../../loaders/forecast/numeric/quantiles.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {tellFirm} from "./toldHistory.ts";

/** One shown forecast whose window is over. */
export interface Asking {
  kind: string;
  origin: number;
  /** Days from the asking to the last one that the firm's history knows. */
  ago: number;
  /** What came was below (-1), inside (0) or above (1) the band. */
  side80: -1 | 0 | 1;
  side95: -1 | 0 | 1;
  /** Mean less what came, absolute error of the mean and CRPS, and what came, in one unit. */
  over: number;
  error: number;
  crps: number;
  actual: number;
}

/** As a build: asked every week, the deal model fitted anew every quarter. */
const OPTIONS = {...BACKTEST_DEFAULTS, refitDays: 91};

/** What every method says of the won amounts of a firm of so many deals, asked every week; pure. */
export function askFirm(firm: Firm, deals: number, seed: number): ForecastRow[] {
  const {history} = tellFirm(firm, deals, seed);
  const options = {...OPTIONS, seed};
  const days = originDays(history, options);
  const forecasters = allForecasters(options.refitDays, days[0]);
  return days.flatMap((day) => askOn(history, day, forecasters, options));
}

/** The shown forecasts that come of a firm's answers, beside what came; pure. The last asking is on the last day known. */
export function judgeBands(rows: readonly ForecastRow[]): Asking[] {
  const asOf = rows.reduce((last, {origin}) => Math.max(last, origin), Number.NEGATIVE_INFINITY);
  return combine(rows).flatMap(({method, kind, origin, mean, quantiles, actual}): Asking[] => {
    if (method !== SHOWN || actual === null || !quantiles) return [];
    const side = (share: number) =>
      actual < quantiles[levelIndex((1 - share) / 2)]!
        ? -1
        : actual > quantiles[levelIndex((1 + share) / 2)]!
          ? 1
          : 0;
    return [
      {
        kind,
        origin,
        ago: asOf - origin,
        side80: side(0.8),
        side95: side(0.95),
        over: mean - actual,
        error: Math.abs(actual - mean),
        crps: crps(actual, quantiles),
        actual
      }
    ];
  });
}

export interface BandTally {
  firms: number;
  n: number;
  held80: number;
  held95: number;
  below80: number;
  above80: number;
  /** Standard errors, firms being independent and the askings of one firm not. */
  error80: number;
  error95: number;
  /** Summed error, absolute error and CRPS over what came, a firm counting as much as another. */
  bias: number;
  wape: number;
  crps: number;
}

/** How often bands held; the askings of each firm in a list of their own. */
export function tallyBands(firms: readonly (readonly Asking[])[]): BandTally {
  const asked = firms.filter((list) => list.length > 0);
  const all = asked.flat();
  const share = (of: (asking: Asking) => boolean) => all.filter(of).length / all.length;
  const error = (isHeld: (asking: Asking) => boolean) => {
    const held = share(isHeld);
    const squares = asked.reduce(
      (sum, list) => sum + (list.filter(isHeld).length - held * list.length) ** 2,
      0
    );
    return Math.sqrt((squares * asked.length) / Math.max(1, asked.length - 1)) / all.length;
  };
  return {
    firms: asked.length,
    n: all.length,
    held80: share(({side80}) => side80 === 0),
    held95: share(({side95}) => side95 === 0),
    below80: share(({side80}) => side80 < 0),
    above80: share(({side80}) => side80 > 0),
    error80: error(({side80}) => side80 === 0),
    error95: error(({side95}) => side95 === 0),
    bias: perFirm(asked, "over"),
    wape: perFirm(asked, "error"),
    crps: perFirm(asked, "crps")
  };
}

function perFirm(firms: readonly (readonly Asking[])[], key: "over" | "error" | "crps"): number {
  const sum = (list: readonly Asking[], of: "over" | "error" | "crps" | "actual") =>
    list.reduce((total, each) => total + each[of], 0);
  const some = firms.filter((list) => sum(list, "actual") > 0);
  return some.reduce((total, list) => total + sum(list, key) / sum(list, "actual"), 0) / some.length;
}
