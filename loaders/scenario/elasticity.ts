/**
 * How much more comes of one percent more of something: the slope of log outcome on log amount within groups and within
 * periods, drawn towards a prior of a half (square-root returns) as far as the data leave it open. Quarters of one group
 * are alike, so that a group counts as one in the error (clustered, with Student's t over groups: Cameron & Miller 2015),
 * and where few groups have moved, or the interval is wide, the record does not tell: what is planned with is then an
 * assumption, the prior alone or mostly.
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
  /** False when it is an assumption: the prior, drawn towards the record only as far as three groups or more that moved allow. */
  isMeasured: boolean;
  /** The mean of the prior alone. */
  prior: number;
  /** What the record alone says, 95%; null where nothing can be measured on it. */
  record: ElasticityRecord | null;
}

export interface ElasticityRecord {
  low: number;
  high: number;
  /** Groups, and those of them whose amount moved by a tenth or more. */
  nGroups: number;
  nMoved: number;
}

const LEAST_CELLS = 12;
/** Fewer groups that moved are anecdotes. */
const LEAST_MOVED = 3;
/** An interval as wide as this leaves open whether more brings nearly nothing or more than half in proportion. */
const WIDEST = 0.6;
const MOVED = 1.1;
/** 97.5% of Student's t by degrees of freedom, from 1 (qt(0.975, df) in R). */
const STUDENT_97_5: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145
];
/** Beyond those: that of 20 degrees, a little wide for more of them. The normal's 1.96 would tell too much of 16 groups. */
const STUDENT_BEYOND = 2.1;

/** @param prior normal; the measured slope is weighed against it by precision */
export function elasticityOf(cells: readonly PanelCell[], prior = {mean: 0.5, error: 0.2}): Elasticity {
  const used = cells.filter(({amount, outcome}) => amount > 0 && outcome > 0);
  const assumed = {...prior, n: used.length, isMeasured: false, prior: prior.mean};
  const x = demeaned(used, ({amount}) => Math.log(amount));
  const y = demeaned(used, ({outcome}) => Math.log(outcome));
  const [groups, periods] = [
    new Set(used.map(({group}) => group)).size,
    new Set(used.map(({period}) => period)).size
  ];
  const free = used.length - groups - periods;
  const xx = x.reduce((sum, value) => sum + value * value, 0);
  if (used.length < LEAST_CELLS || free < 6 || xx < 1e-6) return {...assumed, record: null};
  const slope = x.reduce((sum, value, i) => sum + value * y[i]!, 0) / xx;
  const rest = y.reduce((sum, value, i) => sum + (value - slope * x[i]!) ** 2, 0);
  const clusters = new Map<string, number>();
  used.forEach(({group}, i) => {
    clusters.set(group, (clusters.get(group) ?? 0) + x[i]! * (y[i]! - slope * x[i]!));
  });
  const clustered = [...clusters.values()].reduce((sum, value) => sum + value ** 2, 0) / xx ** 2;
  const variance = Math.max(1e-6, rest / free / xx, groups > 1 ? (clustered * groups) / (groups - 1) : 0);
  const half = (STUDENT_97_5[groups - 2] ?? STUDENT_BEYOND) * Math.sqrt(variance);
  const record = {low: slope - half, high: slope + half, nGroups: groups, nMoved: movedIn(used)};
  if (record.nMoved < LEAST_MOVED) return {...assumed, record};
  // The interval as if it were a normal's: few groups are less sure than their error says.
  const [a, b] = [(1.96 / half) ** 2, 1 / prior.error ** 2];
  return {
    mean: Math.min(0.98, Math.max(0.05, (a * slope + b * prior.mean) / (a + b))),
    error: Math.sqrt(1 / (a + b)),
    n: used.length,
    isMeasured: 2 * half <= WIDEST,
    prior: prior.mean,
    record
  };
}

/** Groups whose amount was once a tenth larger than at another time. */
function movedIn(cells: readonly PanelCell[]): number {
  const ends = new Map<string, [number, number]>();
  for (const {group, amount} of cells) {
    const [low, high] = ends.get(group) ?? [amount, amount];
    ends.set(group, [Math.min(low, amount), Math.max(high, amount)]);
  }
  return [...ends.values()].filter(([low, high]) => high >= MOVED * low).length;
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
