/** The catalogue of levers: what each means, where it starts, how far it may go. */
export const LEVER_KINDS = [
  "win_rate",
  "cycle_time",
  "amount",
  "price",
  "discount",
  "new_pipeline",
  "slip",
  "hiring",
  "partners",
  "enablement",
  "campaigns"
] as const;
export type LeverKind = (typeof LEVER_KINDS)[number];

/** Levers as a page lists them. */
export const LEVER_GROUPS: {label: string; kinds: LeverKind[]}[] = [
  {label: "How deals go", kinds: ["win_rate", "cycle_time", "slip"]},
  {label: "What they are worth", kinds: ["amount", "price", "discount"]},
  {label: "What comes in", kinds: ["new_pipeline", "hiring", "partners", "enablement", "campaigns"]}
];

export interface LeverDefinition {
  label: string;
  /** "factor": times what is measured; "share": of all, 0..1; "number": of people or firms. */
  unit: "factor" | "share" | "number";
  /** The value that changes nothing. */
  neutral: number;
  min: number;
  max: number;
  step: number;
  /** What it assumes, in a sentence. */
  means: string;
  /** True when it acts on deals not created yet alone. */
  onArrivals: boolean;
}

export const LEVERS: Record<LeverKind, LeverDefinition> = {
  win_rate: {
    label: "Win rate",
    unit: "factor",
    neutral: 1,
    min: 0.5,
    max: 2,
    step: 0.01,
    means:
      "Of the deals that close in a week, this many times as many are won; the others are lost as before.",
    onArrivals: false
  },
  cycle_time: {
    label: "Cycle time",
    unit: "factor",
    neutral: 1,
    min: 0.5,
    max: 2,
    step: 0.01,
    means: "Everything that happens to a deal takes this many times as long.",
    onArrivals: false
  },
  amount: {
    label: "Deal size",
    unit: "factor",
    neutral: 1,
    min: 0.5,
    max: 2,
    step: 0.01,
    means: "Deals close at this many times the amount expected; the chance to win them stays.",
    onArrivals: false
  },
  price: {
    label: "Price",
    unit: "factor",
    neutral: 1,
    min: 0.7,
    max: 1.5,
    step: 0.005,
    means:
      "The same things are sold at this many times today's price. The chance to win stays: exports cannot tell how customers would answer, so add what you expect of it under win rate.",
    onArrivals: false
  },
  discount: {
    label: "Further discount",
    unit: "share",
    neutral: 0,
    min: -0.3,
    max: 0.5,
    step: 0.005,
    means:
      "This share is taken off every closing amount, below zero given back. The chance to win stays: add what you expect of it under win rate.",
    onArrivals: false
  },
  new_pipeline: {
    label: "New pipeline",
    unit: "factor",
    neutral: 1,
    min: 0,
    max: 3,
    step: 0.01,
    means: "This many times as many deals are created as of late.",
    onArrivals: true
  },
  slip: {
    label: "Slipping",
    unit: "share",
    neutral: 0,
    min: 0,
    max: 0.9,
    step: 0.01,
    means: "This share of the wins to come, beyond what slips as ever, is won a quarter (13 weeks) later.",
    onArrivals: false
  },
  hiring: {
    label: "Hires",
    unit: "number",
    neutral: 0,
    min: -50,
    max: 200,
    step: 1,
    means:
      "So many reps more, all from the day on: they ramp up, some leave, and what they create takes a cycle to close. Of a part: all of them work there.",
    onArrivals: true
  },
  partners: {
    label: "Partner recruits",
    unit: "number",
    neutral: 0,
    min: -100,
    max: 500,
    step: 1,
    means:
      "So many partners more from the day on, each bringing what the average partner brings once it is ramped up. Of a part: all they bring is there.",
    onArrivals: true
  },
  enablement: {
    label: "Partners trained",
    unit: "number",
    neutral: 0,
    min: 0,
    max: 200,
    step: 1,
    means:
      "So many partners who have had no training get their first from the day on; each then brings as many times the deals as partners did after their first training, with the uncertainty of that measure. Of a part: all of them bring their deals there, no more than its partners are.",
    onArrivals: true
  },
  campaigns: {
    label: "Campaign spend",
    unit: "factor",
    neutral: 1,
    min: 0,
    max: 4,
    step: 0.05,
    means:
      "This many times the money in campaigns; creations follow by the response measured, with its uncertainty.",
    onArrivals: true
  }
};
