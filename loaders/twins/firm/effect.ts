/** How a factor changes the hazards of a deal: natural logarithms of hazard ratios. */
export interface Effect {
  /** On moving forward and on being won. */
  pull: number;
  /** On being lost. */
  loss: number;
}

export const NO_EFFECT: Effect = {pull: 0, loss: 0};

/** The factors, in the order in which truth files list them. `fit` is what no field of the export shows. */
export const FACTORS = [
  "deal_type",
  "segment",
  "region",
  "source",
  "family",
  "amount",
  "partner",
  "rep",
  "campaign",
  "competitor",
  "fit"
] as const;

export type Factor = (typeof FACTORS)[number];

export type Effects = Record<Factor, Effect>;

/** Adds up the factors; the multipliers of the hazards are exp of the two sums. */
export function sumEffects(effects: Effects): Effect {
  let pull = 0;
  let loss = 0;
  for (const factor of FACTORS) {
    pull += effects[factor].pull;
    loss += effects[factor].loss;
  }
  return {pull, loss};
}
