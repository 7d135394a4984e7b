/** The equipment maker: what is sold, to whom, and how each stated factor moves the hazards. The planted truth. */
import {type FirmSpec, campaignKind as kind, type Level, level} from "../firm/firmSpec.ts";
import type {CurrencyCode} from "../names/countries.ts";

export const CURRENCIES: Record<CurrencyCode, {start: number; drift: number; decimals: number}> = {
  USD: {start: 1, drift: 0, decimals: 2},
  EUR: {start: 0.97, drift: -0.03, decimals: 2},
  GBP: {start: 0.85, drift: -0.02, decimals: 2},
  JPY: {start: 141, drift: 0.03, decimals: 0}
};

export const DEAL_TYPE = {machine: 0, repeat: 1, service: 2} as const;

export const DEAL_TYPES: readonly Level[] = [
  level("New machine", 0, 0, 0),
  level("Repeat machine", 0, 0.3, -0.4),
  level("Service", 0, 0.1, 0)
];

export const SOURCE = {dealer: 0, fair: 1, web: 2, referral: 3, customer: 4} as const;

/** Where an enquiry came from; weights are of new machines. */
export const SOURCES: readonly Level[] = [
  level("Dealer", 46, 0.08, -0.05),
  level("Trade fair", 19, -0.05, 0.05),
  level("Website", 21, -0.22, 0.15),
  level("Referral", 14, 0.2, -0.15),
  level("Existing customer", 0, 0, 0)
];

/** Lines of machines; service is sold about any of them. */
export const FAMILIES: readonly Level[] = [
  level("Servo presses", 40, 0, 0),
  level("Carton lines", 35, 0.08, 0),
  level("Robot cells", 25, -0.12, 0.06)
];

export const COMPETITORS: readonly Level[] = [
  level("", 40, 0, 0),
  level("Grauwerk", 26, -0.25, 0.2),
  level("Shintetsu", 20, -0.18, 0.1),
  level("Refurbished machine", 14, -0.1, 0.15)
];

/** Log hazard ratio on pull of each natural-log unit above the segment's median amount. */
export const AMOUNT_EFFECT = -0.1;
/** Standard deviation of the unseen fit; loss moves by -0.8 of it. */
export const FIT_SPREAD = 0.3;
/** Share of machines in which a dealer helps that did not bring them. */
export const INFLUENCE = 0.16;

export const LOSS_REASONS = [
  "Price",
  "Delivery time",
  "No decision",
  "Competitor",
  "Budget postponed",
  "Technical fit"
] as const;

/** How often a field is missing or messy. Shares of the records to which the field belongs. */
export const MESS = {
  missingAmount: 0.06,
  missingRegion: 0.03,
  missingSource: 0.08,
  missingLossReason: 0.3,
  missingNextStep: 0.42,
  missingCompetitor: 0.6,
  lineBreakInNextStep: 0.015,
  dealerNotInCrm: 0.12,
  influenceNotInCrm: 0.55,
  registrationNotLinked: 0.35,
  misspeltCustomer: 0.12,
  missingDomain: 0.2,
  orderNotLinked: 0.04
} as const;

export const EQUIPMENT_FIRM: FirmSpec = {
  rhythm: {
    firstDay: "2022-07-01",
    exportDay: "2026-05-22",
    horizonDays: 700,
    growthPerYear: 0.09,
    season: [0.95, 1, 1.1, 1.08, 1.12, 1.05, 0.85, 0.78, 1.1, 1.08, 1.05, 0.84],
    quarterEndWon: 1.7,
    quarterStartWon: 0.8,
    shock: {
      name: "interest rates",
      from: "2023-09-01",
      to: "2024-02-29",
      arrivals: 0.78,
      won: 0.65,
      lost: 1.15
    }
  },
  currencies: CURRENCIES,
  priceChanges: [
    {from: "2023-07-01", factor: 1.06},
    {from: "2025-01-01", factor: 1.04}
  ],
  regions: {
    "North America": level("North America", 42, 0.04, 0),
    EMEA: level("EMEA", 34, 0, 0),
    APAC: level("APAC", 16, -0.15, 0.05),
    LATAM: level("LATAM", 8, -0.18, 0.1)
  },
  segments: [
    {...level("Single plant", 52, 0.12, 0.1), medianUsd: 260_000, spread: 0.45, employees: [40, 400]},
    {...level("Plant group", 33, 0, 0), medianUsd: 640_000, spread: 0.5, employees: [400, 4_000]},
    {...level("Global group", 15, -0.2, -0.1), medianUsd: 1_700_000, spread: 0.55, employees: [4_000, 90_000]}
  ],
  industries: [
    "Automotive",
    "Food & Beverage",
    "Packaging",
    "Pharmaceuticals",
    "Metalworking",
    "Electronics",
    "Furniture"
  ],
  sellsToFactories: true,
  founders: 0.18,
  families: FAMILIES,
  mess: MESS,
  cast: {
    dealsPerRep: 60,
    dealsPerPartner: 30,
    partnerKinds: [
      {kind: "dealer", weight: 80},
      {kind: "integrator", weight: 20}
    ],
    tierEffect: [-0.08, 0.04, 0.12, 0.16],
    tierWeight: [0.5, 1, 2, 4],
    campaignKinds: [
      kind("Trade fair", "event", {
        days: 5,
        caused: 0.12,
        lagDays: 28,
        regions: 1,
        effect: 0.04,
        budgetUsd: 140_000
      }),
      kind("Search ads", "google_ads", {
        days: 90,
        caused: 0,
        lagDays: 10,
        regions: 2,
        effect: -0.05,
        budgetUsd: 22_000
      }),
      kind("Trade press", "print", {
        days: 60,
        caused: 0.03,
        lagDays: 21,
        regions: "all",
        effect: -0.02,
        budgetUsd: 30_000
      }),
      kind("Open house", "event", {
        days: 3,
        caused: 0.08,
        lagDays: 21,
        regions: 1,
        effect: 0.1,
        budgetUsd: 45_000
      }),
      kind("Webinar", "webinar", {days: 14, caused: 0, lagDays: 12, regions: 2, effect: 0, budgetUsd: 5_000})
    ]
  }
};
