/** Whether it matters which attribution model one believes: range and ranks of each unit, and how far models agree. */
export interface UnitRange {
  unit: string;
  lowest: number;
  highest: number;
  mean: number;
  /** 1 is the most credited; ties share the mean rank. */
  bestRank: number;
  worstRank: number;
}

export interface RankStability {
  units: UnitRange[];
  /** Kendall's coefficient of concordance of the models' orders, 0..1; null with fewer than two units or models, or all equal. */
  concordance: number | null;
}

/**
 * @param credits credit by model, then by unit; a unit a model does not name has 0 there
 * @returns units in the order of their mean credit
 * @see Kendall & Babington Smith (1939), Ann Math Stat 10:275-287, with the correction for ties
 */
export function rankStability(credits: ReadonlyMap<string, ReadonlyMap<string, number>>): RankStability {
  const units = [...new Set([...credits.values()].flatMap((byUnit) => [...byUnit.keys()]))];
  const tables = [...credits.values()].map((byUnit) => units.map((unit) => byUnit.get(unit) ?? 0));
  const ranked = tables.map(descendingRanks);
  const ranges = units.map((unit, i): UnitRange => {
    const values = tables.map((table) => table[i]!);
    const ranks = ranked.map((table) => table[i]!);
    return {
      unit,
      lowest: Math.min(...values),
      highest: Math.max(...values),
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      bestRank: Math.min(...ranks),
      worstRank: Math.max(...ranks)
    };
  });
  return {units: ranges.sort((a, b) => b.mean - a.mean), concordance: concordance(ranked)};
}

function concordance(ranked: readonly number[][]): number | null {
  const [m, n] = [ranked.length, ranked[0]?.length ?? 0];
  if (m < 2 || n < 2) return null;
  const sums = Array.from({length: n}, (_, i) => ranked.reduce((sum, ranks) => sum + ranks[i]!, 0));
  const mean = (m * (n + 1)) / 2;
  const spread = sums.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const ties = ranked.reduce((sum, ranks) => sum + tieTerm(ranks), 0);
  const most = (m * m * (n ** 3 - n) - m * ties) / 12;
  return most > 1e-9 ? spread / most : null;
}

function tieTerm(ranks: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}

/** Ranks from 1 for the largest; ties at their mean. */
function descendingRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const above = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return above + (equal + 1) / 2;
  });
}
