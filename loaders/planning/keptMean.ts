/**
 * A stretch of all chances by a lognormal s of mean 1 makes a chance p into 1 - (1 - p)^s, which is concave in s: on average it comes
 * out lower than p. Raised to a s instead, with a the factor worked out here, it is p on average again.
 */
import {normalQuantile} from "../../src/slices/normal.ts";

/** The middles of so many equally likely parts of the normal stand for all of it. */
const PARTS = 101;
/** Chances at which the factor is worked out; between them it is read off a line. */
const STEPS = 256;
const HALVINGS = 40;

/** @returns the factor by the chance, 0..1; always 1 without a spread */
export function keptMean(drift: number): (chance: number) => number {
  if (drift === 0) return () => 1;
  const stretches = Array.from({length: PARTS}, (_, i) =>
    Math.exp(drift * normalQuantile((i + 0.5) / PARTS) - (drift * drift) / 2)
  );
  const table = Float64Array.from({length: STEPS}, (_, i) => factorOf(i / STEPS, stretches));
  return (chance) => {
    const at = Math.max(0, Math.min(STEPS - 1, chance * STEPS));
    const low = Math.floor(at);
    const high = Math.min(STEPS - 1, low + 1);
    return table[low]! + (at - low) * (table[high]! - table[low]!);
  };
}

function factorOf(chance: number, stretches: readonly number[]): number {
  // Below the first step chances are proportional to the stretch, whose mean is 1.
  if (chance === 0) return 1;
  const staying = (factor: number) =>
    stretches.reduce((sum, stretch) => sum + (1 - chance) ** (factor * stretch), 0) / stretches.length;
  let [low, high] = [0.5, 2];
  while (staying(high) > 1 - chance) high *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (staying(middle) > 1 - chance) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
