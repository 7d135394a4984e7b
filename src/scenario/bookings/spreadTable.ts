/** The characteristic function of the factor on an amount, tabulated once: every deal then costs a look-up. */
export interface SpreadTable {
  /** Sets re and im to E exp(i t factor). */
  at(t: number): void;
  re: number;
  im: number;
  /** Largest factor. */
  most: number;
}

const STEP = 0.02;
const LAST = 120;
const known = new WeakMap<readonly number[], SpreadTable>();

/** Cubic (Hermite) between steps of 0.02: its error is below 1e-9 times the fourth moment of the factors. */
export function spreadTable(spread: readonly number[]): SpreadTable {
  const found = known.get(spread);
  if (found) return found;
  const factors = spread.length > 0 ? spread : [1];
  const table: SpreadTable = {
    re: 1,
    im: 0,
    most: Math.max(...factors),
    at: (t) => exactly(table, factors, t)
  };
  if (factors.length > 1) {
    const n = LAST / STEP + 2;
    const columns = Array.from({length: 4}, () => new Float64Array(n));
    for (let k = 0; k < n; k++)
      columns.forEach((column, c) => {
        column[k] = moment(factors, k * STEP, c);
      });
    const [re, im, dre, dim] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
    table.at = (t) => {
      if (t >= LAST) return exactly(table, factors, t);
      const k = Math.floor(t / STEP);
      const u = t / STEP - k;
      const [u2, u3] = [u * u, u * u * u];
      const [h00, h10, h01, h11] = [
        2 * u3 - 3 * u2 + 1,
        (u3 - 2 * u2 + u) * STEP,
        3 * u2 - 2 * u3,
        (u3 - u2) * STEP
      ];
      table.re = h00 * re[k]! + h10 * dre[k]! + h01 * re[k + 1]! + h11 * dre[k + 1]!;
      table.im = h00 * im[k]! + h10 * dim[k]! + h01 * im[k + 1]! + h11 * dim[k + 1]!;
    };
  }
  known.set(spread, table);
  return table;
}

/** Columns: real part, imaginary part, their derivatives. */
function moment(factors: readonly number[], t: number, column: number): number {
  const term = (r: number) =>
    [Math.cos(t * r), Math.sin(t * r), -r * Math.sin(t * r), r * Math.cos(t * r)][column]!;
  return factors.reduce((sum, factor) => sum + term(factor), 0) / factors.length;
}

function exactly(table: SpreadTable, factors: readonly number[], t: number): void {
  let [re, im] = [0, 0];
  for (const factor of factors) {
    re += Math.cos(t * factor);
    im += Math.sin(t * factor);
  }
  table.re = re / factors.length;
  table.im = im / factors.length;
}
