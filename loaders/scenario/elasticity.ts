/**
 * How much more comes of one percent more of something: the slope of log outcome on log amount within groups and within
 * periods, drawn towards a prior of a half (square-root returns) as far as the data leave it open.
 */
export interface PanelCell {
  group: string;
  period: number;
  amount: number;
  outcome: number;
}

export interface Elasticity {
  mean: number;
  error: number;
  /** Cells it was measured on. */
  n: number;
  /** False when the prior alone speaks. */
  isMeasured: boolean;
}

const LEAST_CELLS = 12;

/** @param prior normal; the measured slope is weighed against it by precision */
export function elasticityOf(cells: readonly PanelCell[], prior = {mean: 0.5, error: 0.2}): Elasticity {
  const used = cells.filter(({amount, outcome}) => amount > 0 && outcome > 0);
  const x = demeaned(used, ({amount}) => Math.log(amount));
  const y = demeaned(used, ({outcome}) => Math.log(outcome));
  const [groups, periods] = [
    new Set(used.map(({group}) => group)).size,
    new Set(used.map(({period}) => period)).size
  ];
  const free = used.length - groups - periods;
  const xx = x.reduce((sum, value) => sum + value * value, 0);
  if (used.length < LEAST_CELLS || free < 6 || xx < 1e-6)
    return {...prior, n: used.length, isMeasured: false};
  const slope = x.reduce((sum, value, i) => sum + value * y[i]!, 0) / xx;
  const rest = y.reduce((sum, value, i) => sum + (value - slope * x[i]!) ** 2, 0);
  const variance = Math.max(1e-6, rest / free / xx);
  const [a, b] = [1 / variance, 1 / prior.error ** 2];
  return {
    mean: Math.min(0.98, Math.max(0.05, (a * slope + b * prior.mean) / (a + b))),
    error: Math.sqrt(1 / (a + b)),
    n: used.length,
    isMeasured: true
  };
}

/** Values less the means of their group and period, by alternating projections. */
function demeaned(cells: readonly PanelCell[], of: (cell: PanelCell) => number): number[] {
  let values = cells.map(of);
  for (let round = 0; round < 50; round++)
    for (const key of ["group", "period"] as const) {
      const sums = new Map<string | number, [number, number]>();
      cells.forEach((cell, i) => {
        const [sum, n] = sums.get(cell[key]) ?? [0, 0];
        sums.set(cell[key], [sum + values[i]!, n + 1]);
      });
      values = values.map((value, i) => {
        const [sum, n] = sums.get(cells[i]![key])!;
        return value - sum / n;
      });
    }
  return values;
}
