/** Writes the story of one customer into all exports of the equipment maker. */

import {OrderFiles} from "../erp/orderFiles.ts";
import {SupplyFiles} from "../erp/supplyFiles.ts";
import {activityDays} from "../firm/activityDays.ts";
import {linesTotal} from "../firm/deal.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import type {World} from "../firm/world.ts";
import {CompanyFile} from "../hubspot/companyFile.ts";
import {ContactFiles} from "../hubspot/contactFiles.ts";
import {DealFiles} from "../hubspot/dealFiles.ts";
import {EngagementFile} from "../hubspot/engagementFile.ts";
import {hubspotId} from "../hubspot/hubspotId.ts";
import {PropertyHistory} from "../hubspot/propertyHistory.ts";
import {leadOfDeal} from "../marketing/leadStory.ts";
import {COUNTRIES} from "../names/countries.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {PartnerEventFile, payoutDay} from "../prm/partnerEventFile.ts";
import {type Registration, registrationId, registrationWriter} from "../prm/registrationFile.ts";
import {dealRegistrations} from "../prm/registrationStory.ts";
import type {Rng} from "../random/rng.ts";
import type {FirmTruth} from "../truth/firmTruth.ts";
import type {CustomerStory} from "./customerStory.ts";
import {COMPETITORS, DEAL_TYPE, LOSS_REASONS, MESS, SOURCE, SOURCES} from "./equipmentFirm.ts";
import {PRODUCTS, WORK_CENTRES} from "./machines.ts";
import {tellOrder} from "./orderStory.ts";
import {OrderTruth} from "./orderTruth.ts";
import {MACHINES, PIPELINES, SERVICE} from "./processes.ts";
import {SupplyStory} from "./supplyStory.ts";

const STAGE_IDS = new Map(
  [MACHINES, SERVICE].map((pipeline) => [pipeline, pipeline.stages.map(({id}) => id)])
);
const COUNTRY_NAMES = new Map(COUNTRIES.map(({code, name}) => [code, name]));
/** Share of a machine's price that the dealer earns. */
const COMMISSION = 0.08;
/** Activities noted by reps who never update anything. */
const CARELESS = 0.35;
/** The weeks before the exports in which hours are counted for the works' capacity. */
const CAPACITY_WEEKS = 52;

const NEXT_STEPS = [
  "Site visit with works manager",
  "Send layout drawing, rev. B",
  "Waiting for floor load calculation",
  "Clarify incoterms: FCA or DAP?",
  'Confirm options ("quick die change")',
  "Angebot überarbeiten",
  "現地調査の日程確認",
  "Relancer le service achats",
  "Call after board meeting"
];

export class CustomerWriter {
  readonly companies: CompanyFile;
  readonly contacts: ContactFiles;
  readonly partnerEvents: PartnerEventFile;
  readonly supply: SupplyStory;
  /** Hours of orders of the last year, by work centre. */
  readonly recentHours: number[] = WORK_CENTRES.map(() => 0);
  private readonly deals: DealFiles;
  private readonly history: PropertyHistory;
  private readonly engagements: EngagementFile;
  private readonly orders: OrderFiles;
  private readonly orderTruth: OrderTruth;
  private readonly writeRegistrationRow: ReturnType<typeof registrationWriter>;
  private readonly registrationTruth: CsvFile;
  private readonly rngs: Record<
    "mess" | "registration" | "activity" | "order" | "supply" | "lead",
    (i: number, j?: number) => Rng
  >;
  private nDeals = 0;

  constructor(
    private readonly world: World,
    folder: ExportFolder,
    private readonly ownerIds: readonly string[],
    private readonly truth: FirmTruth,
    private readonly campaignId: (index: number) => string
  ) {
    const {cast, rhythm, streams} = world;
    this.companies = new CompanyFile(folder, cast.partners, COUNTRY_NAMES, ownerIds);
    this.deals = new DealFiles(folder, PIPELINES, ownerIds, PRODUCTS);
    this.history = new PropertyHistory(folder, ownerIds);
    this.engagements = new EngagementFile(folder);
    this.contacts = new ContactFiles(folder, campaignId, (index) => cast.campaigns[index]!.channel);
    this.orders = new OrderFiles(
      folder,
      PRODUCTS.map(({sku}) => sku),
      rhythm.exportDay
    );
    this.orderTruth = new OrderTruth(folder);
    this.supply = new SupplyStory(new SupplyFiles(folder), rhythm.exportDay);
    this.partnerEvents = new PartnerEventFile(folder, this.companies.dealerId);
    const emails = cast.people.map(({latin, index}) => `${latin}${index + 1}@kettlebeck.example`);
    this.writeRegistrationRow = registrationWriter(folder, cast.partners, this.companies.dealerId, emails);
    this.registrationTruth = folder.file("truth/registrations.csv", ["registration_id", "deal_id"]);
    this.rngs = {
      mess: streams.reuse("deal.mess"),
      registration: streams.reuse("deal.registration"),
      activity: streams.reuse("deal.activity"),
      order: streams.reuse("deal.order"),
      supply: streams.reuse("deal.supply"),
      lead: streams.reuse("deal.lead")
    };
  }

  /** Writes all deals of a customer and what hangs on them. */
  write({account, deals}: CustomerStory): void {
    const rng = this.rngs.mess(account.index, -1);
    const segment = this.world.spec.segments[account.segment]!.name;
    this.companies.writeCustomer(account, segment, rng.chance(MESS.missingRegion));
    for (const [nth, sold] of deals.entries()) this.writeDeal(account, sold, nth);
  }

  /** Writes a registration, and which deal it truly is of. */
  writeRegistration(registration: Registration, dealId: string): void {
    this.writeRegistrationRow(registration);
    this.registrationTruth.row(`${registrationId(registration.number)},${dealId}`);
  }

  private writeDeal(account: CustomerStory["account"], sold: SoldDeal, nth: number): void {
    const {world, rngs, companies, ownerIds} = this;
    const {facts, record, life} = sold;
    const {saves} = record;
    const last = saves[saves.length - 1]!;
    const pipeline = facts.type === DEAL_TYPE.service ? SERVICE : MACHINES;
    const nOpen = pipeline.stages.length - 2;
    facts.index = this.nDeals++;
    const id = hubspotId("deal", facts.index);
    const companyId = companies.customerId(account.index);
    const campaignId = facts.campaign >= 0 ? this.campaignId(facts.campaign) : "";
    const activityRng = rngs.activity(account.index, nth);
    const lastDay = last.stage >= nOpen ? Math.floor(last.at / 86_400) : world.rhythm.exportDay;
    const care = world.cast.people[last.rep]!.habit === "never_updates" ? CARELESS : 1;
    const days = activityDays(life, Math.floor(saves[0]!.at / 86_400), lastDay, care, activityRng);
    this.engagements.write(id, ownerIds[last.rep]!, days, activityRng);
    const registrations = this.writeDealerSide(account, sold, nth, id);
    const mess = rngs.mess(account.index, nth);
    this.deals.write(
      {
        id,
        companyId,
        dealerId: sold.partnerIsInCrm ? companies.dealerId(facts.partner) : "",
        dealType: facts.type === DEAL_TYPE.machine ? "newbusiness" : "existingbusiness",
        origin: mess.chance(MESS.missingSource) ? "" : SOURCES[facts.source]!.name,
        campaignId,
        nextStep: last.stage >= nOpen ? "" : nextStep(mess),
        lostReason: last.stage > nOpen && !mess.chance(MESS.missingLossReason) ? lossReason(sold, mess) : "",
        competitor: mess.chance(MESS.missingCompetitor) ? "" : COMPETITORS[facts.competitor]!.name,
        family: world.spec.families[facts.family]!.name,
        lastContactDay: days.at(-1) ?? null,
        nNotes: days.length,
        nRegistrations: registrations
      },
      pipeline,
      sold,
      world.fx.rate(facts.currency, last.closeDay)
    );
    this.history.write(id, pipeline.id, STAGE_IDS.get(pipeline)!, saves);
    this.truth.add(id, account, sold, nth, this.campaignId);
    if (facts.type === DEAL_TYPE.machine && (facts.source === SOURCE.fair || facts.source === SOURCE.web))
      this.contacts.write(leadOfDeal(world, account, sold, rngs.lead(account.index, nth)), {
        company: account.name,
        domain: account.domain,
        origin: SOURCES[facts.source]!.name,
        ownerId: ownerIds[facts.rep]!,
        companyId,
        dealId: id
      });
    if (life.outcome === "won") this.writeOrder(account, sold, nth, id, companyId);
  }

  /** The order in the ERP, unless it has not got there yet. */
  private writeOrder(
    account: CustomerStory["account"],
    {facts, life}: SoldDeal,
    nth: number,
    dealId: string,
    companyId: string
  ): void {
    const {rngs} = this;
    const {exportDay} = this.world.rhythm;
    const rng = rngs.order(account.index, nth);
    const order = tellOrder(account, facts.lines, life.outcomeDay, rng);
    if (order.orderedDay > exportDay) return;
    const isNotLinked = rng.chance(MESS.orderNotLinked);
    const number = this.orders.write({
      ...order,
      companyId,
      dealId: isNotLinked ? "" : dealId,
      currency: facts.currency,
      lines: facts.lines,
      discount: facts.finalDiscount
    });
    this.orderTruth.add(number, dealId, order);
    this.supply.add(order, facts.lines, rngs.supply(account.index, nth));
    if (order.orderedDay > exportDay - CAPACITY_WEEKS * 7)
      for (const [i, hours] of order.hours.entries()) this.recentHours[i]! += hours / CAPACITY_WEEKS;
  }

  /** Registrations, co-selling and commission; returns how many registrations the CRM knows of. */
  private writeDealerSide(
    account: CustomerStory["account"],
    sold: SoldDeal,
    nth: number,
    id: string
  ): number {
    const {facts, life, record, partnerRole, partnerIsInCrm} = sold;
    if (partnerRole === "none") return 0;
    const {world, partnerEvents} = this;
    const {exportDay} = world.rhythm;
    const rng = this.rngs.registration(account.index, nth);
    const registrations = partnerRole === "sourced" ? dealRegistrations(world, account, sold, id, rng) : [];
    for (const registration of registrations) this.writeRegistration(registration, id);
    const crmId = partnerIsInCrm ? id : "";
    const event = {partner: facts.partner, cents: null, customerName: account.name, crmId};
    const metAt = record.saves[0]!.at + 86_400 * (2 + rng.int(20));
    if (partnerRole === "influenced" && metAt < (exportDay + 1) * 86_400)
      partnerEvents.write({
        ...event,
        at: metAt,
        kind: "co_sell_meeting",
        nPeople: 2 + rng.int(5),
        status: "held"
      });
    const paidDay = payoutDay(life.outcomeDay);
    if (partnerRole === "sourced" && life.outcome === "won" && paidDay <= exportDay) {
      const usd =
        linesTotal(facts.lines, facts.finalDiscount) / world.fx.rate(facts.currency, life.outcomeDay);
      partnerEvents.write({
        ...event,
        at: paidDay * 86_400 + 43_200,
        kind: "payout",
        cents: Math.round(usd * COMMISSION),
        nPeople: null,
        crmId: id,
        status: "paid"
      });
    }
    return registrations.filter((registration) => registration.crmId === id).length;
  }
}

function nextStep(rng: Rng): string {
  if (rng.chance(MESS.missingNextStep)) return "";
  const step = rng.pick(NEXT_STEPS);
  return rng.chance(MESS.lineBreakInNextStep) ? `${step}\n(see mail)` : step;
}

/** Deals that fell asleep end for want of a decision; the others for what hurt them. */
function lossReason({facts, life}: SoldDeal, rng: Rng): string {
  if (life.outcome === "stuck") return rng.chance(0.75) ? "No decision" : "Budget postponed";
  if (facts.competitor > 0 && rng.chance(0.4)) return "Competitor";
  return rng.pick(LOSS_REASONS);
}
