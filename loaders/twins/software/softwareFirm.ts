/** The software firm: what is sold, to whom, and how each stated factor moves the hazards. The planted truth. */
import {CATEGORY} from "../firm/deal.ts";
import type {HazardTable} from "../firm/dealWalk.ts";
import {type FirmSpec, campaignKind as kind, type Level, level, type Segment} from "../firm/firmSpec.ts";
import type {RhythmSpec} from "../firm/rhythm.ts";
import type {CurrencyCode, RegionName} from "../names/countries.ts";

export const RHYTHM: RhythmSpec = {
  firstDay: "2022-10-01",
  exportDay: "2026-05-22",
  horizonDays: 420,
  growthPerYear: 0.16,
  season: [1.02, 1.05, 1.08, 1, 1.02, 1.02, 0.9, 0.84, 1.08, 1.08, 1.04, 0.87],
  quarterEndWon: 2.1,
  quarterStartWon: 0.75,
  shock: {name: "budget freeze", from: "2024-09-02", to: "2024-12-20", arrivals: 0.72, won: 0.62, lost: 1.3}
};

/** Open stages, then won, then lost. Probability is the CRM's setting (0-100), not the truth. */
export const STAGES = [
  {name: "Qualification", probability: 10, category: CATEGORY.pipeline},
  {name: "Needs Analysis", probability: 20, category: CATEGORY.pipeline},
  {name: "Value Proposition", probability: 50, category: CATEGORY.pipeline},
  {name: "Proposal/Price Quote", probability: 75, category: CATEGORY.bestCase},
  {name: "Negotiation/Review", probability: 90, category: CATEGORY.commit},
  {name: "Closed Won", probability: 100, category: CATEGORY.closed},
  {name: "Closed Lost", probability: 0, category: CATEGORY.omitted}
] as const;

export const N_STAGES = 5;
export const QUOTE_STAGE = 3;

export const HAZARDS: HazardTable = {
  advance: [0.043, 0.047, 0.045, 0.038, 0],
  back: [0, 0.002, 0.003, 0.003, 0.003],
  won: [0, 0, 0, 0.006, 0.042],
  lost: [0.018, 0.014, 0.0105, 0.0105, 0.0115],
  stuck: [0.003, 0.0022, 0.002, 0.0018, 0.0015]
};

export const REMAINING_DAYS = [92, 74, 56, 37, 19] as const;

export const SEGMENTS: readonly Segment[] = [
  {...level("SMB", 50, 0.3, 0.25), medianUsd: 8_500, spread: 0.55, employees: [12, 180]},
  {...level("Mid-Market", 33, 0, 0), medianUsd: 31_000, spread: 0.6, employees: [180, 1_500]},
  {...level("Enterprise", 17, -0.32, -0.2), medianUsd: 112_000, spread: 0.65, employees: [1_500, 40_000]}
];

export const DEAL_TYPE = {new: 0, expansion: 1, renewal: 2} as const;

export const DEAL_TYPES: readonly Level[] = [
  level("New", 0, 0, 0),
  level("Expansion", 0, 0.35, -0.75),
  level("Renewal", 0, 0.45, -2.2)
];

export const SOURCE = {web: 0, event: 1, outbound: 2, partner: 3, referral: 4, customer: 5} as const;

/** Lead sources; weights are of new business. */
export const SOURCES: readonly Level[] = [
  level("Web", 30, 0, 0),
  level("Trade Show", 13, -0.1, 0.05),
  level("Outbound", 28, -0.28, 0.12),
  level("Partner Referral", 21, 0.1, -0.08),
  level("Employee Referral", 8, 0.3, -0.2),
  level("Existing Customer", 0, 0, 0)
];

export const REGION_LEVELS: Record<RegionName, Level> = {
  "North America": level("North America", 46, 0.05, 0),
  EMEA: level("EMEA", 32, 0, 0),
  APAC: level("APAC", 15, -0.12, 0),
  LATAM: level("LATAM", 7, -0.2, 0.1)
};

/** Families that a deal can be about; services are sold along. */
export const FAMILIES: readonly Level[] = [
  level("Platform", 46, 0, 0),
  level("Analytics", 31, 0.12, -0.05),
  level("Security", 23, -0.15, 0.08)
];

export const COMPETITORS: readonly Level[] = [
  level("", 46, 0, 0),
  level("Quillstack", 24, -0.22, 0.15),
  level("Bramblesoft", 18, -0.1, 0.05),
  level("In-house", 12, -0.3, 0.05)
];

/** Log hazard ratio on pull of each natural-log unit above the segment's median amount. */
export const AMOUNT_EFFECT = -0.14;

/** Standard deviation of the unseen fit; loss moves by -0.8 of it. */
export const FIT_SPREAD = 0.35;

export interface Product {
  name: string;
  code: string;
  family: string;
  kind: "subscription" | "licence" | "service";
  /** Per seat and year, per seat, or per day; before price changes. */
  listUsd: number;
}

export const PRODUCTS: readonly Product[] = [
  {name: "Tessera Platform", code: "TES-PLT", family: "Platform", kind: "subscription", listUsd: 420},
  {name: "Tessera Insight", code: "TES-INS", family: "Analytics", kind: "subscription", listUsd: 264},
  {name: "Tessera Guard", code: "TES-GRD", family: "Security", kind: "licence", listUsd: 185},
  {name: "Onboarding day", code: "SRV-DAY", family: "Services", kind: "service", listUsd: 1_450},
  {name: "Premium support", code: "SUP-PRM", family: "Services", kind: "subscription", listUsd: 60}
];

/** Price changes: from this day on, list prices are multiplied. */
export const PRICE_CHANGES: readonly {from: string; factor: number}[] = [
  {from: "2024-02-01", factor: 1.07},
  {from: "2025-07-01", factor: 1.05}
];

/** Units of a currency for one US dollar when the simulation begins, and the yearly drift of the rate. */
export const CURRENCIES: Record<CurrencyCode, {start: number; drift: number; decimals: number}> = {
  USD: {start: 1, drift: 0, decimals: 2},
  EUR: {start: 0.98, drift: -0.025, decimals: 2},
  GBP: {start: 0.86, drift: -0.03, decimals: 2},
  JPY: {start: 144, drift: 0.02, decimals: 0}
};

export const INDUSTRIES = [
  "Banking",
  "Consulting",
  "Energy",
  "Food & Beverage",
  "Healthcare",
  "Insurance",
  "Manufacturing",
  "Retail",
  "Technology",
  "Transportation"
] as const;

export const LOSS_REASONS = [
  "Price",
  "No decision",
  "Competitor",
  "Missing feature",
  "Timing",
  "No budget"
] as const;

/** How often a field is missing or messy. Shares of the rows to which the field belongs. */
export const MESS = {
  missingAmount: 0.04,
  missingRegion: 0.02,
  regionVariant: 0.03,
  missingLeadSource: 0.06,
  missingLossReason: 0.22,
  missingNextStep: 0.35,
  missingCompetitor: 0.55,
  duplicateAccount: 0.015,
  lineBreakInNextStep: 0.01,
  partnerNotInCrm: 0.18,
  influenceNotInCrm: 0.5,
  registrationNotLinked: 0.3,
  misspeltCustomer: 0.1,
  missingDomain: 0.15
} as const;

/** All of it that is drawn from before the first deal. */
export const SOFTWARE_FIRM: FirmSpec = {
  rhythm: RHYTHM,
  currencies: CURRENCIES,
  priceChanges: PRICE_CHANGES,
  regions: REGION_LEVELS,
  segments: SEGMENTS,
  industries: INDUSTRIES,
  sellsToFactories: false,
  founders: 0.05,
  families: FAMILIES,
  mess: MESS,
  cast: {
    dealsPerRep: 62,
    dealsPerPartner: 42,
    partnerKinds: [
      {kind: "reseller", weight: 45},
      {kind: "referral", weight: 25},
      {kind: "integrator", weight: 20},
      {kind: "distributor", weight: 10}
    ],
    tierEffect: [-0.05, 0.05, 0.14, 0.1],
    tierWeight: [0.4, 1, 2.4, 6],
    campaignKinds: [
      kind("Paid Search", "google_ads", {
        days: 90,
        caused: 0,
        lagDays: 10,
        regions: 2,
        effect: -0.05,
        budgetUsd: 42_000
      }),
      kind("Paid Social", "linkedin_ads", {
        days: 80,
        caused: 0.1,
        lagDays: 14,
        regions: 2,
        effect: -0.12,
        budgetUsd: 36_000
      }),
      kind("Display", "meta_ads", {
        days: 60,
        caused: 0,
        lagDays: 10,
        regions: 2,
        effect: -0.2,
        budgetUsd: 18_000
      }),
      kind("Webinar", "webinar", {
        days: 14,
        caused: 0.06,
        lagDays: 12,
        regions: 2,
        effect: 0.08,
        budgetUsd: 6_000
      }),
      kind("Trade Show", "event", {
        days: 4,
        caused: 0.1,
        lagDays: 21,
        regions: 1,
        effect: 0.05,
        budgetUsd: 75_000
      }),
      kind("Email", "email", {
        days: 30,
        caused: 0.02,
        lagDays: 7,
        regions: "all",
        effect: 0,
        budgetUsd: 2_500
      }),
      kind("Content Syndication", "content", {
        days: 60,
        caused: 0.02,
        lagDays: 21,
        regions: 2,
        effect: -0.08,
        budgetUsd: 15_000
      })
    ]
  }
};
