/** Logarithms of a deal's characteristic function at the chances of cells, tabulated once: every cell costs a look-up. */
import {LEVELS} from "./cells.js";
import {spreadTable} from "./spreadTable.js";

/** Levels of chance in a row: so many real parts, then so many imaginary ones. */
const N = LEVELS.length;
const ROW = 2 * N;
const STEP = 0.02;
const LAST = 60;
/** Squared modulus below which the logarithm of a cell is held: a fractional cell has no exact zero. */
const LEAST = 1e-8;

export interface LevelTable {
  /** Sets `row` to ln(1 - p + p E exp(i t factor)) at each level p: real parts, then imaginary ones. */
  at(t: number): void;
  row: Float64Array;
}

const known = new WeakMap<readonly number[], LevelTable>();

/** Cubic between steps of 0.02. @param spread equally likely factors on an amount */
export function levelTable(spread: readonly number[]): LevelTable {
  const found = known.get(spread);
  if (found) return found;
  const factors = spreadTable(spread);
  const exactly = (t: number, into: Float64Array, at: number) => {
    factors.at(Math.abs(t));
    for (let l = 0; l < N; l++) {
      const p = LEVELS[l]!;
      const [x, y] = [1 - p + p * factors.re, p * factors.im];
      into[at + l] = 0.5 * Math.log(Math.max(LEAST, x * x + y * y));
      into[at + N + l] = Math.sign(t) * Math.atan2(y, x);
    }
  };
  // The first row is at minus one step, so that every interval has a neighbour on both sides.
  const nRows = LAST / STEP + 4;
  const rows = new Float64Array(nRows * ROW);
  for (let k = 0; k < nRows; k++) exactly((k - 1) * STEP, rows, k * ROW);
  const row = new Float64Array(ROW);
  const table: LevelTable = {
    row,
    at(t) {
      if (t >= LAST) {
        exactly(t, row, 0);
        return;
      }
      const k = Math.floor(t / STEP);
      const u = t / STEP - k;
      const w0 = (-u * (u - 1) * (u - 2)) / 6;
      const w1 = ((u + 1) * (u - 1) * (u - 2)) / 2;
      const w2 = (-(u + 1) * u * (u - 2)) / 2;
      const w3 = ((u + 1) * u * (u - 1)) / 6;
      const at = k * ROW;
      for (let i = 0; i < ROW; i++) {
        const [b, c] = [rows[at + ROW + i]!, rows[at + 2 * ROW + i]!];
        // Where the argument jumps from pi to -pi nothing lies between.
        row[i] =
          Math.abs(b - c) > 3
            ? u < 0.5
              ? b
              : c
            : w0 * rows[at + i]! + w1 * b + w2 * c + w3 * rows[at + 3 * ROW + i]!;
      }
    }
  };
  known.set(spread, table);
  return table;
}
