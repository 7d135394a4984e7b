/** How good forecasts of slices were: by method, window, dimension and slice. */
import {rateInterval} from "../../../src/slices/rateInterval.ts";
import type {Family} from "../bookings/bookingsForecaster.ts";
import {independentOutcomes} from "./calibrate.ts";

/** One forecast of one slice, and what came. Base currency. */
export interface ScoredSlice {
  origin: number;
  kind: string;
  from: number;
  to: number;
  dimension: string;
  label: string;
  value: string;
  method: string;
  mean: number;
  low80: number | null;
  high80: number | null;
  actual: number;
}

export interface SliceScore {
  method: string;
  kind: string;
  dimension: string;
  label: string;
  /** Null for all slices of the dimension together. */
  value: string | null;
  n: number;
  /** What the overlapping windows of a slice amount to. */
  nIndependent: number;
  /** Sum of absolute errors over the sum of outcomes, and of errors; null where nothing was won. */
  wape: number | null;
  bias: number | null;
  /** Share inside the slice's own 80% band, with the 80% interval that so few outcomes leave; null without a band. */
  held80: number | null;
  heldLow: number | null;
  heldHigh: number | null;
  /** Whether 80% lies in that interval; null without a band or with fewer than five outcomes that do not overlap. */
  verdict: "as stated" | "too narrow" | "too wide" | null;
}

const Z80 = 1.281552;
const LEAST = 5;

/** Every method, window, dimension and slice with an outcome, the dimension as a whole before its slices. */
export function scoreSlices(rows: readonly ScoredSlice[]): SliceScore[] {
  const groups = new Map<string, ScoredSlice[]>();
  for (const row of rows)
    for (const value of ["", row.value]) {
      const key = `${row.dimension}|${row.kind}|${row.method}|${value}`;
      const list = groups.get(key);
      if (list) list.push(row);
      else groups.set(key, [row]);
    }
  return [...groups].map(([key, list]) => scoreOf(list, key.endsWith("|")));
}

function scoreOf(list: readonly ScoredSlice[], isWhole: boolean): SliceScore {
  const {method, kind, dimension, label, value} = list[0]!;
  const total = list.reduce((sum, {actual}) => sum + actual, 0);
  const per = (sum: number) => (total > 0 ? sum / total : null);
  const banded = list.filter(({low80}) => low80 !== null);
  // Slices asked on one day share its luck: a dimension amounts to no more outcomes than one of its slices.
  const days = new Map(list.map((row) => [row.origin, row]));
  const nIndependent = independentOutcomes(
    [...days.values()].map((row) => ({
      ...row,
      from: row.origin + 1,
      family: "combined" as Family,
      quantiles: null
    }))
  );
  const inside = banded.filter(({actual, low80, high80}) => {
    const came = Math.round(actual * 100) / 100;
    return came >= low80! && came <= high80!;
  }).length;
  const held80 = banded.length > 0 ? inside / banded.length : null;
  const room = held80 === null ? null : rateInterval(held80 * nIndependent, nIndependent, Z80);
  return {
    method,
    kind,
    dimension,
    label,
    value: isWhole ? null : value,
    n: list.length,
    nIndependent,
    wape: per(list.reduce((sum, {actual, mean}) => sum + Math.abs(actual - mean), 0)),
    bias: per(list.reduce((sum, {actual, mean}) => sum + mean - actual, 0)),
    held80,
    heldLow: room?.lo ?? null,
    heldHigh: room?.hi ?? null,
    verdict:
      !room || nIndependent < LEAST
        ? null
        : room.hi < 0.8
          ? "too narrow"
          : room.lo > 0.8
            ? "too wide"
            : "as stated"
  };
}
