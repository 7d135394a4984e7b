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
const LAST = 400;
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
    const {re, im, dre, dim} = tabulated(factors, LAST / STEP + 2);
    table.at = (t) => {
      if (t >= LAST) return exactly(table, factors, t);
      const k = Math.floor(t / STEP);
      const u = t / STEP - k;
      const u2 = u * u;
      const u3 = u2 * u;
      const h00 = 2 * u3 - 3 * u2 + 1;
      const h10 = (u3 - 2 * u2 + u) * STEP;
      const h01 = 3 * u2 - 2 * u3;
      const h11 = (u3 - u2) * STEP;
      table.re = h00 * re[k]! + h10 * dre[k]! + h01 * re[k + 1]! + h11 * dre[k + 1]!;
      table.im = h00 * im[k]! + h10 * dim[k]! + h01 * im[k + 1]! + h11 * dim[k + 1]!;
    };
  }
  known.set(spread, table);
  return table;
}

/** So many steps are turned one after the other before the angle is taken anew. */
const TURNS = 64;

/** Real part, imaginary part and their derivatives at n steps. */
function tabulated(factors: readonly number[], n: number) {
  const made = () => new Float64Array(n);
  const [re, im, dre, dim] = [made(), made(), made(), made()];
  for (const factor of factors) {
    const [turnRe, turnIm] = [Math.cos(STEP * factor), Math.sin(STEP * factor)];
    const share = 1 / factors.length;
    let [x, y] = [1, 0];
    for (let k = 0; k < n; k++) {
      if (k % TURNS === 0) {
        x = Math.cos(k * STEP * factor);
        y = Math.sin(k * STEP * factor);
      }
      re[k]! += share * x;
      im[k]! += share * y;
      dre[k]! -= share * factor * y;
      dim[k]! += share * factor * x;
      const next = x * turnRe - y * turnIm;
      y = x * turnIm + y * turnRe;
      x = next;
    }
  }
  return {re, im, dre, dim};
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
