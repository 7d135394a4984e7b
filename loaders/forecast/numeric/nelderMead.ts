/**
 * Minimises a function of a few bounded parameters without derivatives.
 * @param start first guess, inside the bounds
 * @param bounds [low, high] of each parameter; points outside are moved to the edge
 * @returns the best point and its value
 * @see Nelder & Mead 1965; coefficients 1, 2, 0.5, 0.5
 */
export function nelderMead(
  objective: (point: Float64Array) => number,
  start: readonly number[],
  bounds: readonly (readonly [number, number])[],
  {iterations = 200, tolerance = 1e-10}: {iterations?: number; tolerance?: number} = {}
): {point: Float64Array; value: number} {
  const n = start.length;
  const inside = (point: Float64Array) => {
    for (let i = 0; i < n; i++) point[i] = Math.min(bounds[i]![1], Math.max(bounds[i]![0], point[i]!));
    return point;
  };
  const vertex = (point: Float64Array) => ({point, value: objective(inside(point))});
  const simplex = [vertex(Float64Array.from(start))];
  for (let i = 0; i < n; i++) {
    const point = Float64Array.from(start);
    const [low, high] = bounds[i]!;
    point[i]! += (point[i]! > (low + high) / 2 ? -0.25 : 0.25) * (high - low);
    simplex.push(vertex(point));
  }
  const along = (from: Float64Array, to: Float64Array, by: number) =>
    vertex(Float64Array.from(from, (value, i) => value + by * (to[i]! - value)));
  for (let step = 0; step < iterations; step++) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    if (Math.abs(worst.value - best.value) <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const centre = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) centre[i]! += simplex[k]!.point[i]! / n;
    const reflected = along(centre, worst.point, -1);
    if (reflected.value < best.value) {
      const expanded = along(centre, worst.point, -2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) simplex[n] = reflected;
    else {
      const contracted = along(centre, reflected.value < worst.value ? reflected.point : worst.point, 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else for (let k = 1; k <= n; k++) simplex[k] = along(best.point, simplex[k]!.point, 0.5);
    }
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0]!;
}
