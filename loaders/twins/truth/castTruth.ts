/** What is true of reps, partners, campaigns, factors and days: the planted numbers. */
import {isoDay} from "../calendar/days.ts";
import type {Campaign, Partner, Rep} from "../firm/cast.ts";
import {CAUSE, type SalesProcess} from "../firm/dealWalk.ts";
import type {Effect} from "../firm/effect.ts";
import {HABIT_NUMBERS} from "../firm/habits.ts";
import type {Rhythm} from "../firm/rhythm.ts";
import {decimal, money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

/** truth/reps.csv: skill is a log hazard ratio on pull; the optimisms are factors. */
export function writeRepTruth(
  folder: ExportFolder,
  people: readonly Rep[],
  id: (index: number) => string
): void {
  const file = folder.file("truth/reps.csv", [
    "rep_id",
    "role",
    "habit",
    "skill",
    "close_optimism",
    "amount_optimism",
    "late_entry_rate",
    "mean_loss_delay_days",
    "is_bulk_editor"
  ]);
  for (const {index, role, habit, skill, isBulkEditor} of people) {
    const numbers = HABIT_NUMBERS[habit];
    file.row(
      `${id(index)},${role},${habit},${decimal(skill)},${numbers.closeOptimism},${numbers.amountOptimism},${numbers.lateEntry},${numbers.lossDelay},${isBulkEditor}`
    );
  }
}

/** truth/partners.csv: effect is the log hazard ratio on pull, at the start and with all training up to the export. */
export function writePartnerTruth(
  folder: ExportFolder,
  partners: readonly Partner[],
  id: (index: number) => string,
  accountId: (index: number) => string,
  effectNow: (partner: Partner) => number
): void {
  const file = folder.file("truth/partners.csv", [
    "partner_id",
    "account_id",
    "tier",
    "region",
    "effect",
    "effect_with_training",
    "n_trainings",
    "weight"
  ]);
  for (const partner of partners)
    file.row(
      `${id(partner.index)},${accountId(partner.index)},${partner.tier},${partner.region},${decimal(partner.effect)},${decimal(effectNow(partner))},${partner.trainedDays.length},${decimal(partner.weight)}`
    );
}

/** What a campaign truly did. */
export interface CampaignTruth {
  nSourced: number;
  /** First deals of customers it causes, on average over all that could have happened. */
  nExpected: number;
  nCaused: number;
  nWonCaused: number;
  wonCausedUsdCents: number;
}

/** truth/campaigns.csv: caused is a customer's first deal that would not exist without the campaign. */
export function writeCampaignTruth(
  folder: ExportFolder,
  campaigns: readonly Campaign[],
  truths: readonly CampaignTruth[],
  id: (index: number) => string
): void {
  const file = folder.file("truth/campaigns.csv", [
    "campaign_id",
    "channel",
    "regions",
    "effect",
    "cost_usd",
    "n_sourced",
    "n_expected",
    "n_caused",
    "n_won_caused",
    "won_caused_usd"
  ]);
  for (const {index, channel, regions, effect, costCents} of campaigns) {
    const truth = truths[index]!;
    file.row(
      `${id(index)},${channel},${regions?.join(";") ?? ""},${decimal(effect)},${money(costCents)},${truth.nSourced},${decimal(truth.nExpected)},${truth.nCaused},${truth.nWonCaused},${money(truth.wonCausedUsdCents)}`
    );
  }
}

/** truth/effects.csv: log hazard ratios of each level of each tabled factor. */
export function writeEffects(
  folder: ExportFolder,
  tables: Readonly<Record<string, readonly (Effect & {name: string})[]>>
): void {
  const file = folder.file("truth/effects.csv", ["factor", "level", "pull", "loss"]);
  for (const [factor, levels] of Object.entries(tables))
    for (const {name, pull, loss} of levels) file.row(`${factor},${text(name)},${pull},${loss}`);
}

/** truth/hazards.csv: daily hazards by stage and cause, of a deal without effects on a day of pace 1. */
export function writeHazards(folder: ExportFolder, processes: readonly SalesProcess[]): void {
  const file = folder.file("truth/hazards.csv", ["stage", "cause", "daily_hazard"]);
  for (const {hazards, stageNames} of processes)
    for (const cause of Object.keys(CAUSE) as (keyof typeof CAUSE)[]) {
      if (cause === "none") continue;
      for (const [i, hazard] of hazards[cause].entries())
        file.row(`${text(stageNames[i])},${cause},${hazard}`);
    }
}

/** truth/rhythm.csv: the factors of each day. */
export function writeRhythm(folder: ExportFolder, rhythm: Rhythm): void {
  const file = folder.file("truth/rhythm.csv", ["day", "pace", "won", "won_pushed", "lost", "arrivals"]);
  for (let i = 0; i < rhythm.pace.length; i++)
    file.row(
      `${isoDay(rhythm.first + i)},${decimal(rhythm.pace[i]!)},${decimal(rhythm.won[i]!)},${decimal(rhythm.wonPush[i]!)},${decimal(rhythm.lost[i]!)},${decimal(rhythm.arrival[i]!)}`
    );
}
