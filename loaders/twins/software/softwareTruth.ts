/** Collects and writes the truth of the software firm. */
import type {Account} from "../firm/cast.ts";
import {type DealFacts, linesTotal} from "../firm/deal.ts";
import {DealWalk} from "../firm/dealWalk.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {partnerNumber} from "../prm/registrationFile.ts";
import type {Rng} from "../random/rng.ts";
import {
  type CampaignTruth,
  writeCampaignTruth,
  writeEffects,
  writeHazards,
  writePartnerTruth,
  writeRepTruth,
  writeRhythm
} from "../truth/castTruth.ts";
import {DailyPipeline} from "../truth/dailyPipeline.ts";
import {DealTruthFile} from "../truth/dealTruth.ts";
import {ExpectedBookings} from "../truth/expectedBookings.ts";
import {OddsFile} from "../truth/oddsFile.ts";
import type {SoldDeal} from "./accountStory.ts";
import {partnerEffect} from "./drawDeal.ts";
import type {Rehearsal} from "./pilot.ts";
import {
  COMPETITORS,
  CURRENCIES,
  DEAL_TYPES,
  FAMILIES,
  HAZARDS,
  REGION_LEVELS,
  SEGMENTS,
  SOURCES,
  STAGES
} from "./softwareFirm.ts";
import type {SoftwareWorld} from "./world.ts";

/** Deals whose futures are simulated; of larger firms an even sample. */
const SIMULATED_DEALS = 3_000;
const FUTURES = 200;
const HORIZON_MONTHS = 6;

const STAGE_NAMES = STAGES.map((stage) => stage.name);

export class SoftwareTruth {
  private readonly daily: DailyPipeline;
  private readonly deals: DealTruthFile;
  private readonly odds: OddsFile;
  private readonly expected: ExpectedBookings;
  private readonly campaigns: CampaignTruth[];
  private readonly every: number;
  private readonly futureRng: (i: number, j?: number) => Rng;

  constructor(
    private readonly world: SoftwareWorld,
    private readonly folder: ExportFolder
  ) {
    const {rhythm, cast, nDeals, streams} = world;
    const {first, exportDay} = rhythm;
    this.every = Math.ceil(nDeals / SIMULATED_DEALS);
    this.daily = new DailyPipeline(first, exportDay, STAGES.length, Object.keys(CURRENCIES));
    this.deals = new DealTruthFile(folder);
    this.odds = new OddsFile(folder, HAZARDS, rhythm, STAGE_NAMES);
    this.expected = new ExpectedBookings(new DealWalk(HAZARDS, rhythm), {
      first,
      exportDay,
      horizon: HORIZON_MONTHS,
      nFutures: FUTURES,
      every: this.every
    });
    this.campaigns = cast.campaigns.map(() => ({
      nSourced: 0,
      nCaused: 0,
      nWonCaused: 0,
      wonCausedUsdCents: 0
    }));
    this.futureRng = streams.reuse("truth.futures");
  }

  /** Adds a deal; `rng` decides whether its campaign caused it. */
  add(id: string, account: Account, sold: SoldDeal, campaignId: string, rng: Rng): void {
    const {facts, life, record, multipliers, partnerRole, partnerIsInCrm} = sold;
    const createdDay = Math.floor(record.saves[0]!.at / 86_400);
    this.daily.add(facts.currency, record.saves);
    this.deals.write({
      id,
      facts,
      life,
      dealType: DEAL_TYPES[facts.type]!.name,
      segment: SEGMENTS[account.segment]!.name,
      region: account.region,
      source: SOURCES[facts.source]!.name,
      family: FAMILIES[facts.family]!.name,
      competitor: COMPETITORS[facts.competitor]!.name,
      stage: STAGE_NAMES[life.outcome === "won" ? 5 : life.outcome === "lost" ? 6 : life.stage]!,
      partnerId: facts.partner >= 0 ? partnerNumber(facts.partner) : "",
      partnerRole: partnerRole === "none" ? "" : partnerRole,
      partnerIsInCrm,
      campaignId,
      isCausedByCampaign: this.countCampaign(facts, life.outcome === "won", rng)
    });
    if (facts.index % this.every !== 0) return;
    this.odds.write(id, life, multipliers, createdDay);
    const usd = this.finalUsd(facts, createdDay);
    this.expected.addOpen(life, multipliers, createdDay, usd, this.futureRng(facts.index));
  }

  /** Writes what can only be known at the end. */
  finish(
    {wins, nAccounts, scale}: Rehearsal,
    ids: {
      user(index: number): string;
      campaign(index: number): string;
      partnerAccount(index: number): string;
    }
  ): void {
    const {folder, world, expected} = this;
    const {cast, rhythm, streams} = world;
    this.daily.write(folder, STAGE_NAMES);
    const copiesRng = streams.reuse("truth.copies");
    const copies = Array.from({length: nAccounts}, (_, account) => {
      const rng = copiesRng(account);
      return Float64Array.from({length: FUTURES}, () => rng.poisson(scale));
    });
    for (const {account, createdDay, wonDay, usd} of wins)
      expected.addFresh(createdDay, wonDay, usd, copies[account]!);
    expected.write(folder);
    writeRepTruth(folder, cast.people, ids.user);
    writePartnerTruth(folder, cast.partners, partnerNumber, ids.partnerAccount, (partner) =>
      partnerEffect(partner, rhythm.exportDay)
    );
    writeCampaignTruth(folder, cast.campaigns, this.campaigns, ids.campaign);
    writeEffects(folder, {
      deal_type: DEAL_TYPES,
      segment: SEGMENTS,
      region: Object.values(REGION_LEVELS),
      source: SOURCES,
      family: FAMILIES,
      competitor: COMPETITORS
    });
    writeHazards(folder, HAZARDS, STAGE_NAMES);
    writeRhythm(folder, rhythm);
  }

  private countCampaign(facts: DealFacts, isWon: boolean, rng: Rng): boolean {
    if (facts.campaign < 0) return false;
    const truth = this.campaigns[facts.campaign]!;
    const isCaused = rng.chance(this.world.cast.campaigns[facts.campaign]!.incremental);
    truth.nSourced++;
    if (!isCaused) return false;
    truth.nCaused++;
    if (!isWon) return true;
    truth.nWonCaused++;
    truth.wonCausedUsdCents += Math.round(this.finalUsd(facts, facts.startDay) * 100);
    return true;
  }

  private finalUsd({lines, finalDiscount, currency}: DealFacts, day: number): number {
    return linesTotal(lines, finalDiscount) / 100 / this.world.fx.rate(currency, day);
  }
}
