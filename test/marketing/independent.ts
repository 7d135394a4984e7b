/** Markov removal and Shapley values by other ways than the models': exact elimination, and every order of joining. */

/** Removal effects by solving the absorbing chain exactly; null where nothing is ever won. */
export function removalEffects(steps: readonly [string, string, number][]): Map<string, number | null> {
  const states = [...new Set(steps.map(([from]) => from))];
  const all = chanceToWin(states, steps, null);
  return new Map(
    states
      .filter((state) => state !== "(start)")
      .map((state) => [state, all > 0 ? 1 - chanceToWin(states, steps, state) / all : null])
  );
}

/** Solves (I - Q) x = r by Gauss-Jordan with pivoting, steps into the removed state leading to nothing. */
function chanceToWin(states: string[], steps: readonly [string, string, number][], removed: string | null) {
  const n = states.length;
  const at = new Map(states.map((state, i) => [state, i]));
  const total = new Map<string, number>();
  for (const [from, , count] of steps) total.set(from, (total.get(from) ?? 0) + count);
  const rows = states.map((_, i) => Array.from({length: n + 1}, (__, j) => (i === j ? 1 : 0)));
  for (const [from, to, count] of steps) {
    const p = count / total.get(from)!;
    const row = rows[at.get(from)!]!;
    if (to === "(won)") row[n]! += p;
    else if (at.has(to) && to !== removed) row[at.get(to)!]! -= p;
  }
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * rows[column]![j]!;
    }
  }
  const start = at.get("(start)")!;
  return rows[start]![n]! / rows[start]![start]!;
}

/** Shapley values of v(S) = won journeys all of whose channels are in S, over every order of joining. */
export function shapleyByPermutation(won: readonly (readonly string[])[]): Map<string, number> {
  const players = [...new Set(won.flat())].sort();
  const value = (coalition: ReadonlySet<string>) =>
    won.filter((channels) => channels.every((channel) => coalition.has(channel))).length;
  const sums = new Map(players.map((player) => [player, 0]));
  const orders = permutations(players);
  for (const order of orders) {
    const coalition = new Set<string>();
    for (const player of order) {
      const before = value(coalition);
      coalition.add(player);
      sums.set(player, sums.get(player)! + value(coalition) - before);
    }
  }
  return new Map([...sums].map(([player, sum]) => [player, sum / orders.length]));
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest])
  );
}
