/** Collects and writes the truth of a firm. */
import type {Account} from "../firm/cast.ts";
import {type DealFacts, linesTotal} from "../firm/deal.ts";
import {DealWalk, type SalesProcess} from "../firm/dealWalk.ts";
import type {Level} from "../firm/firmSpec.ts";
import {partnerEffect} from "../firm/partnerEffect.ts";
import type {Rehearsal} from "../firm/rehearsal.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import type {World} from "../firm/world.ts";
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
} from "./castTruth.ts";
import {DailyPipeline} from "./dailyPipeline.ts";
import {DealTruthFile} from "./dealTruth.ts";
import {ExpectedBookings} from "./expectedBookings.ts";
import {OddsFile} from "./oddsFile.ts";

/** Deals whose chances are computed; of larger firms an even sample. */
const DEALS_WITH_ODDS = 3_000;
/** Deals simulated forward; of larger firms an even sample, for their sums are sure enough. */
const DEALS_WITH_FUTURES = 60_000;
/** Futures of deals, in all and of each. */
const ALL_FUTURES = 600_000;
const MOST_FUTURES = 200;
const FEWEST_FUTURES = 2;
const HORIZON_MONTHS = 6;

/** What the numbers in the facts of a firm's deals stand for. */
export interface TruthSpec {
  processes: readonly SalesProcess[];
  /** Number of the process a deal goes through. */
  processOf(facts: DealFacts): number;
  dealTypes: readonly Level[];
  sources: readonly Level[];
  competitors: readonly Level[];
}

export class FirmTruth {
  private readonly daily: DailyPipeline;
  private readonly deals: DealTruthFile;
  private readonly odds: OddsFile;
  private readonly expected: ExpectedBookings;
  private readonly campaigns: CampaignTruth[];
  private readonly every: number;
  private readonly nFutures: number;
  private readonly everyFuture: number;
  private readonly walks: DealWalk[];
  private readonly stageNames: string[];
  /** Number of each process's first stage among the stages of all. */
  private readonly offsets: number[];
  /** First deals of customers that came anyway. */
  private nUsual = 0;
  private readonly futureRng: (i: number, j?: number) => Rng;

  constructor(
    private readonly world: World,
    private readonly folder: ExportFolder,
    private readonly spec: TruthSpec,
    private readonly rehearsal: Rehearsal
  ) {
    const {rhythm, cast, nDeals, streams} = world;
    const {first, exportDay} = rhythm;
    this.every = Math.ceil(nDeals / DEALS_WITH_ODDS);
    this.nFutures = Math.min(MOST_FUTURES, Math.max(FEWEST_FUTURES, Math.floor(ALL_FUTURES / nDeals)));
    const {processes} = spec;
    this.walks = processes.map(({hazards}) => new DealWalk(hazards, rhythm));
    this.stageNames = processes.flatMap(({stageNames}) => stageNames);
    this.offsets = processes.map((_, i) =>
      processes.slice(0, i).reduce((sum, {stageNames}) => sum + stageNames.length, 0)
    );
    const currencies = Object.keys(world.spec.currencies);
    this.daily = new DailyPipeline(first, exportDay, this.stageNames.length, currencies);
    this.deals = new DealTruthFile(folder);
    this.odds = new OddsFile(folder, rhythm);
    this.everyFuture = Math.ceil(nDeals / DEALS_WITH_FUTURES);
    this.expected = new ExpectedBookings({
      first,
      exportDay,
      horizon: HORIZON_MONTHS,
      nFutures: this.nFutures,
      every: this.everyFuture,
      scale: rehearsal.scale
    });
    this.campaigns = cast.campaigns.map(() => ({
      nSourced: 0,
      nExpected: 0,
      nCaused: 0,
      nWonCaused: 0,
      wonCausedUsdCents: 0
    }));
    this.futureRng = streams.reuse("truth.futures");
  }

  /** Adds a deal, the `nth` of its account; `idOf` names campaigns. */
  add(id: string, account: Account, sold: SoldDeal, nth: number, idOf: (campaign: number) => string): void {
    const {facts, life, record, multipliers, partnerRole, partnerIsInCrm} = sold;
    const createdDay = Math.floor(record.saves[0]!.at / 86_400);
    const {spec, world} = this;
    const at = spec.processOf(facts);
    const process = spec.processes[at]!;
    const nOpen = process.hazards.advance.length;
    const {outcome} = life;
    this.daily.add(facts.currency, record.saves, this.offsets[at]!);
    this.deals.write({
      id,
      facts,
      life,
      dealType: spec.dealTypes[facts.type]!.name,
      segment: world.spec.segments[account.segment]!.name,
      region: account.region,
      source: spec.sources[facts.source]!.name,
      family: world.spec.families[facts.family]!.name,
      competitor: spec.competitors[facts.competitor]!.name,
      stage: process.stageNames[outcome === "won" ? nOpen : outcome === "lost" ? nOpen + 1 : life.stage]!,
      partnerId: facts.partner >= 0 ? partnerNumber(facts.partner) : "",
      partnerRole: partnerRole === "none" ? "" : partnerRole,
      partnerIsInCrm,
      campaignId: facts.campaign >= 0 ? idOf(facts.campaign) : "",
      causedByCampaignId: facts.causedBy >= 0 ? idOf(facts.causedBy) : ""
    });
    this.countCampaign(facts, outcome === "won");
    if (nth === 0 && account.causedBy < 0 && account.createdDay >= world.rhythm.first) this.nUsual++;
    if (facts.index % this.every === 0) this.odds.write(id, process, life, multipliers, createdDay);
    if (facts.index % this.everyFuture !== 0) return;
    const usd = this.finalUsd(facts, createdDay);
    this.expected.addOpen(this.walks[at]!, life, multipliers, createdDay, usd, this.futureRng(facts.index));
  }

  /** Writes what can only be known at the end. */
  finish(ids: {
    user(index: number): string;
    campaign(index: number): string;
    partnerAccount(index: number): string;
  }): void {
    const {folder, world, expected, spec} = this;
    const {wins, nAccounts, scale} = this.rehearsal;
    const {cast, rhythm, streams} = world;
    this.daily.write(folder, this.stageNames);
    const copiesRng = streams.reuse("truth.copies");
    const copies = Array.from({length: nAccounts}, (_, account) => {
      const rng = copiesRng(account);
      return Float64Array.from({length: this.nFutures}, () => rng.poisson(scale));
    });
    for (const {account, createdDay, wonDay, usd} of wins)
      expected.addFresh(createdDay, wonDay, usd, copies[account]!);
    expected.write(folder);
    writeRepTruth(folder, cast.people, ids.user);
    writePartnerTruth(folder, cast.partners, partnerNumber, ids.partnerAccount, (partner) =>
      partnerEffect(partner, rhythm.exportDay)
    );
    for (const [index, truth] of this.campaigns.entries())
      truth.nExpected = this.nUsual * world.causes.perAccount(index);
    writeCampaignTruth(folder, cast.campaigns, this.campaigns, ids.campaign);
    writeEffects(folder, {
      deal_type: spec.dealTypes,
      segment: world.spec.segments,
      region: Object.values(world.spec.regions),
      source: spec.sources,
      family: world.spec.families,
      competitor: spec.competitors
    });
    writeHazards(folder, spec.processes);
    writeRhythm(folder, rhythm);
  }

  private countCampaign(facts: DealFacts, isWon: boolean): void {
    if (facts.campaign >= 0) this.campaigns[facts.campaign]!.nSourced++;
    if (facts.causedBy < 0) return;
    const truth = this.campaigns[facts.causedBy]!;
    truth.nCaused++;
    if (!isWon) return;
    truth.nWonCaused++;
    truth.wonCausedUsdCents += Math.round(this.finalUsd(facts, facts.startDay) * 100);
  }

  private finalUsd({lines, finalDiscount, currency}: DealFacts, day: number): number {
    return linesTotal(lines, finalDiscount) / 100 / this.world.fx.rate(currency, day);
  }
}
