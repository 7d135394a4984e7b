/** The few points whose names fit a chart: those with the most records. */
export function keepLabels<Point extends {n: number}>(points: readonly Point[], most: number): Point[] {
  return [...points].sort((a, b) => b.n - a.n).slice(0, most);
}
