/** What is true of a twin, for scoring estimators. Only tests, benchmarks and the twins' own code read it. */
import {readFileSync} from "node:fs";
import {join} from "node:path";

export interface TrueDeal {
  deal_id: string;
  started_on: string;
  outcome: "won" | "lost" | "stuck" | "open";
  /** Null while open. */
  outcome_on: string | null;
  /** Cents of `currency` for which it is, or would be, signed. */
  final_cents: number;
  currency: string;
  deal_type: string;
  segment: string;
  region: string;
  source: string;
  family: string;
  competitor: string;
  partner_id: string | null;
  partner_role: "sourced" | "influenced" | null;
  campaign_id: string | null;
  /** The campaign without which this first deal of its customer would not have come. */
  caused_by_campaign_id: string | null;
  /** Sums of log hazard ratios. */
  pull: number;
  loss: number;
}

export interface TrueOdds {
  deal_id: string;
  as_of: string;
  is_at_creation: boolean;
  stage: string;
  /** Chances, 0..1. */
  p_won: number;
  p_won_90d: number;
  p_lost_90d: number;
}

export interface TrueBookings {
  as_of: string;
  /** YYYY-MM. */
  month: string;
  part: "open" | "new" | "total";
  mean_usd: number;
  p10_usd: number;
  p50_usd: number;
  p90_usd: number;
}

export interface TruePartner {
  partner_id: string;
  account_id: string;
  tier: string;
  /** Log hazard ratios on pull, without training and with all of it up to the exports. */
  effect: number;
  effect_with_training: number;
}

export interface Truth {
  deals: TrueDeal[];
  odds: TrueOdds[];
  bookings: TrueBookings[];
  partners: TruePartner[];
}

type Row = Record<string, string>;

/** Reads `truth/` of a twin's folder. @throws the system's error when it is not there. */
export function readTruth(dir: string): Truth {
  const rows = (file: string) => parse(readFileSync(join(dir, "truth", file), "utf8"));
  return {
    deals: rows("deals.csv").map(trueDeal),
    odds: rows("deal_odds.csv").map((row) => ({
      deal_id: row["deal_id"]!,
      as_of: row["as_of"]!,
      is_at_creation: row["is_at_creation"] === "true",
      stage: row["stage"]!,
      p_won: Number(row["p_won"]),
      p_won_90d: Number(row["p_won_90d"]),
      p_lost_90d: Number(row["p_lost_90d"])
    })),
    bookings: rows("expected_bookings.csv").map((row) => ({
      as_of: row["as_of"]!,
      month: row["month"]!,
      part: row["part"] as TrueBookings["part"],
      mean_usd: Number(row["mean_usd"]),
      p10_usd: Number(row["p10_usd"]),
      p50_usd: Number(row["p50_usd"]),
      p90_usd: Number(row["p90_usd"])
    })),
    partners: rows("partners.csv").map((row) => ({
      partner_id: row["partner_id"]!,
      account_id: row["account_id"]!,
      tier: row["tier"]!,
      effect: Number(row["effect"]),
      effect_with_training: Number(row["effect_with_training"])
    }))
  };
}

function trueDeal(row: Row): TrueDeal {
  const text = (column: string) => row[column]!;
  return {
    deal_id: text("deal_id"),
    started_on: text("started_on"),
    outcome: text("outcome") as TrueDeal["outcome"],
    outcome_on: text("outcome_on") || null,
    final_cents: Math.round(Number(row["final_amount"]) * 100),
    currency: text("currency"),
    deal_type: text("deal_type"),
    segment: text("segment"),
    region: text("region"),
    source: text("source"),
    family: text("family"),
    competitor: text("competitor"),
    partner_id: text("partner_id") || null,
    partner_role: (text("partner_role") || null) as TrueDeal["partner_role"],
    campaign_id: text("campaign_id") || null,
    caused_by_campaign_id: text("caused_by_campaign_id") || null,
    pull: Number(row["pull"]),
    loss: Number(row["loss"])
  };
}

/** The truth files hold no quoted field. */
function parse(text: string): Row[] {
  const [header, ...lines] = text.trimEnd().split("\n");
  const columns = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    if (cells.length !== columns.length)
      throw new Error(`A truth file has a row of ${cells.length} fields: ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]!]));
  });
}
