/** Writes the story of one account into all exports of the software firm. */

import {activityDays} from "../firm/activityDays.ts";
import {linesTotal} from "../firm/deal.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import type {World} from "../firm/world.ts";
import {type LeadStory, leadOfDeal} from "../marketing/leadStory.ts";
import {COUNTRIES} from "../names/countries.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {type PartnerEvent, PartnerEventFile, payoutDay} from "../prm/partnerEventFile.ts";
import {type Registration, registrationId, registrationWriter} from "../prm/registrationFile.ts";
import {dealRegistrations} from "../prm/registrationStory.ts";
import type {Rng} from "../random/rng.ts";
import {type AccountFile, accountFile} from "../salesforce/accountFile.ts";
import {ChangeLog, type User} from "../salesforce/changeLog.ts";
import {ContactRoleFile} from "../salesforce/contactRoleFile.ts";
import {LeadFiles} from "../salesforce/leadFiles.ts";
import type {CampaignResult} from "../salesforce/masterFiles.ts";
import {opportunityWriter} from "../salesforce/opportunityFiles.ts";
import {partnerWriter} from "../salesforce/partnerFiles.ts";
import {PREFIX, salesforceId} from "../salesforce/salesforceId.ts";
import {TaskFile} from "../salesforce/taskFile.ts";
import type {FirmTruth} from "../truth/firmTruth.ts";
import type {AccountStory} from "./accountStory.ts";
import {DEAL_TYPE, MESS, N_STAGES, SEGMENTS, SOURCE, SOURCES, STAGES} from "./softwareFirm.ts";
import {SubscriptionFile} from "./subscriptionFile.ts";

const COUNTRY_NAMES = new Map(COUNTRIES.map(({code, name}) => [code, name]));
/** Share of a won deal that is paid to the partner that resold it. */
const COMMISSION = 0.12;
/** Activities noted by reps who never update anything. */
const CARELESS = 0.35;

export class StoryWriter {
  readonly accounts: AccountFile;
  readonly leads: LeadFiles;
  readonly partnerEvents: PartnerEventFile;
  readonly campaignResults: CampaignResult[];
  private readonly writeOpportunity: ReturnType<typeof opportunityWriter>;
  private readonly changeLog: ChangeLog;
  private readonly writePartner: ReturnType<typeof partnerWriter>;
  private readonly tasks: TaskFile;
  private readonly contactRoles: ContactRoleFile;
  private readonly subscriptions: SubscriptionFile;
  private readonly writeRegistrationRow: ReturnType<typeof registrationWriter>;
  private readonly registrationTruth: CsvFile;
  private readonly rngs: Record<
    "mess" | "registration" | "task" | "contact" | "lead",
    (i: number, j?: number) => Rng
  >;
  private nDeals = 0;

  constructor(
    private readonly world: World,
    folder: ExportFolder,
    private readonly users: readonly User[],
    private readonly truth: FirmTruth
  ) {
    const {cast, rhythm, streams} = world;
    this.accounts = accountFile(folder, cast.partners, COUNTRY_NAMES, users);
    this.writeOpportunity = opportunityWriter(folder, users);
    this.changeLog = new ChangeLog(folder, STAGES, users);
    this.writePartner = partnerWriter(folder);
    this.tasks = new TaskFile(folder);
    this.contactRoles = new ContactRoleFile(folder);
    this.leads = new LeadFiles(folder);
    this.subscriptions = new SubscriptionFile(folder, rhythm.exportDay);
    this.partnerEvents = new PartnerEventFile(folder, this.accounts.partnerId);
    const emails = cast.people.map(({latin, index}) => `${latin}${index + 1}@tessera.example`);
    this.writeRegistrationRow = registrationWriter(folder, cast.partners, this.accounts.partnerId, emails);
    this.registrationTruth = folder.file("truth/registrations.csv", ["registration_id", "deal_id"]);
    this.campaignResults = cast.campaigns.map(() => ({
      nLeads: 0,
      nConverted: 0,
      nResponses: 0,
      nDeals: 0,
      nWon: 0,
      allUsdCents: 0,
      wonUsdCents: 0
    }));
    this.rngs = {
      mess: streams.reuse("deal.mess"),
      registration: streams.reuse("deal.registration"),
      task: streams.reuse("deal.task"),
      contact: streams.reuse("deal.contact"),
      lead: streams.reuse("deal.lead")
    };
  }

  /** Writes all deals of an account and what hangs on them. */
  write(story: AccountStory): void {
    const {account, deals} = story;
    const {accounts, rngs} = this;
    const isDuplicate = deals.length > 1 && rngs.mess(account.index, -1).chance(MESS.duplicateAccount);
    const segment = SEGMENTS[account.segment]!.name;
    accounts.writeCustomer(account, segment, COUNTRY_NAMES.get(account.country)!, isDuplicate);
    const customerId = accounts.customerId(account.index);
    const opportunityIds: string[] = [];
    for (let nth = 0; nth < deals.length; nth++) {
      const isMisfiled = isDuplicate && nth === deals.length - 1;
      const accountId = isMisfiled ? accounts.duplicateId(account.index) : customerId;
      opportunityIds.push(this.writeDeal(story, deals[nth]!, nth, accountId));
    }
    if (story.subscriptions.length > 0) this.subscriptions.write(story, customerId, opportunityIds);
  }

  /** Writes a registration, and which deal it truly is of. */
  writeRegistration(registration: Registration, dealId: string): void {
    this.writeRegistrationRow(registration);
    this.registrationTruth.row(`${registrationId(registration.number)},${dealId}`);
  }

  /** Writes a lead and counts it for its campaigns. */
  writeLead(story: LeadStory, context: Parameters<LeadFiles["write"]>[1]): void {
    this.leads.write(story, context);
    for (const {campaign, hasResponded} of story.touches) {
      const result = this.campaignResults[campaign]!;
      result.nLeads++;
      if (hasResponded) result.nResponses++;
      if (story.convertedAt !== null) result.nConverted++;
    }
  }

  private writeDeal({account}: AccountStory, sold: SoldDeal, nth: number, accountId: string): string {
    const {world, users, rngs, accounts} = this;
    const {facts, record, life} = sold;
    const {saves} = record;
    facts.index = this.nDeals++;
    const id = salesforceId(PREFIX.opportunity, this.nDeals);
    const partnerAccountId = sold.partnerIsInCrm ? accounts.partnerId(facts.partner) : "";
    const campaignId = facts.campaign >= 0 ? campaignIdOf(facts.campaign) : "";
    const last = saves[saves.length - 1]!;
    const owner = world.cast.people[last.rep]!;
    const taskRng = rngs.task(account.index, nth);
    const createdDay = Math.floor(saves[0]!.at / 86_400);
    const lastDay = last.stage >= N_STAGES ? Math.floor(last.at / 86_400) : world.rhythm.exportDay;
    const care = owner.habit === "never_updates" ? CARELESS : 1;
    const days = activityDays(life, createdDay, lastDay, care, taskRng);
    this.tasks.write(id, accountId, users[last.rep]!.id, days, taskRng);
    this.contactRoles.write(id, account.index, days, rngs.contact(account.index, nth));
    this.writeOpportunity(
      {id, account, accountId, sold, partnerAccountId, campaignId, lastActivityDay: days.at(-1) ?? null},
      rngs.mess(account.index, nth)
    );
    this.changeLog.write(id, facts.currency, saves);
    this.truth.add(id, account, sold, nth, campaignIdOf);
    this.writePartnerSide(sold, account, id, accountId, partnerAccountId, nth);
    if (beginsAsLead(sold))
      this.writeLead(leadOfDeal(world, account, sold, rngs.lead(account.index, nth)), {
        company: account.name,
        domain: account.domain,
        industry: account.industry,
        source: SOURCES[facts.source]!.name,
        ownerId: users[facts.rep]!.id,
        accountId,
        opportunityId: id
      });
    if (facts.campaign >= 0) this.countCampaign(sold, createdDay);
    return id;
  }

  private writePartnerSide(
    sold: SoldDeal,
    account: AccountStory["account"],
    id: string,
    accountId: string,
    partnerAccountId: string,
    nth: number
  ): void {
    const {facts, life, record, partnerRole} = sold;
    if (partnerRole === "none") return;
    const {world, partnerEvents} = this;
    const rng = this.rngs.registration(account.index, nth);
    if (sold.partnerIsInCrm) this.writePartner(id, accountId, partnerAccountId, sold);
    if (partnerRole === "sourced")
      for (const registration of dealRegistrations(world, account, sold, id, rng))
        this.writeRegistration(registration, id);
    const event: PartnerEvent = {
      partner: facts.partner,
      at: record.saves[0]!.at + 86_400 * (2 + rng.int(12)),
      kind: "co_sell_meeting",
      cents: null,
      nPeople: 2 + rng.int(5),
      customerName: account.name,
      crmId: sold.partnerIsInCrm ? id : "",
      status: "held"
    };
    const lastAt = (world.rhythm.exportDay + 1) * 86_400;
    if (partnerRole === "influenced" && event.at < lastAt) partnerEvents.write(event);
    if (partnerRole !== "sourced" || life.outcome !== "won") return;
    const day = payoutDay(life.outcomeDay);
    if (day > world.rhythm.exportDay) return;
    const won = linesTotal(facts.lines, facts.finalDiscount) / world.fx.rate(facts.currency, life.outcomeDay);
    partnerEvents.write({
      ...event,
      at: day * 86_400 + 43_200,
      kind: "payout",
      cents: Math.round(won * COMMISSION),
      nPeople: null,
      crmId: id,
      status: "paid"
    });
  }

  private countCampaign({facts, life}: SoldDeal, createdDay: number): void {
    const result = this.campaignResults[facts.campaign]!;
    const cents = linesTotal(facts.lines, facts.finalDiscount);
    const usdCents = Math.round(cents / this.world.fx.rate(facts.currency, createdDay));
    result.nDeals++;
    result.allUsdCents += usdCents;
    if (life.outcome !== "won") return;
    result.nWon++;
    result.wonUsdCents += usdCents;
  }
}

function campaignIdOf(index: number): string {
  return salesforceId(PREFIX.campaign, index + 1);
}

/** Only new business from web, event and outbound does. */
function beginsAsLead({facts: {type, source}}: SoldDeal): boolean {
  const begins = source === SOURCE.web || source === SOURCE.event || source === SOURCE.outbound;
  return type === DEAL_TYPE.new && begins;
}
