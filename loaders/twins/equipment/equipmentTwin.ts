/** Writes the equipment maker: HubSpot exports, dealer portal, ERP, advertising, and the truth beside them. */
import {writeBillsOfMaterials, writeWorkCentres} from "../erp/planningFiles.ts";
import {drawQuotas} from "../firm/quotas.ts";
import {expectedByQuarter, rehearse} from "../firm/rehearsal.ts";
import type {TwinRun} from "../firm/twinRun.ts";
import {drawWorld, type World} from "../firm/world.ts";
import {
  writeExchangeRates,
  writeGoals,
  writeHubspotCampaigns,
  writeOwners,
  writePipelines,
  writeProducts
} from "../hubspot/masterFiles.ts";
import {writeAdSpend} from "../marketing/adSpendFile.ts";
import {idleLead, leadCountry} from "../marketing/leadStory.ts";
import {companyName} from "../names/companyNames.ts";
import {writeDealers} from "../prm/dealerFile.ts";
import {programmeEvents} from "../prm/partnerEventFile.ts";
import {idleRegistrations} from "../prm/registrationStory.ts";
import {FirmTruth} from "../truth/firmTruth.ts";
import {customerTeller} from "./customerStory.ts";
import {CustomerWriter} from "./customerWriter.ts";
import {listPrice} from "./drawMachineDeal.ts";
import {EQUIPMENT_FIRM, SOURCE, SOURCES} from "./equipmentFirm.ts";
import {EQUIPMENT_TRUTH} from "./equipmentTruth.ts";
import {MATERIALS, PRODUCTS, UTILISATION, WORK_CENTRES} from "./machines.ts";
import {PIPELINES} from "./processes.ts";

/** Goals ask for more than is expected. */
const STRETCH = 1.2;
/** Contacts of campaigns that come to nothing for each deal of the firm. */
const IDLE_CONTACTS = 0.8;
/** Idle registrations for each deal of the firm. */
const IDLE_REGISTRATIONS = 0.12;

/** Writes everything; deals come one customer after the other, so memory does not grow with their number. */
export function writeEquipmentTwin({deals, seed, folder, onProgress}: TwinRun): void {
  const world = drawWorld(EQUIPMENT_FIRM, deals, seed);
  const {cast, rhythm, fx, streams} = world;
  const rehearsal = rehearse(world, customerTeller);
  const ownerIds = writeOwners(folder, cast.people);
  writePipelines(folder, PIPELINES);
  writeProducts(
    folder,
    PRODUCTS.map((product, i) => ({...product, listCents: listPrice(world, i, "USD", rhythm.exportDay)}))
  );
  writeExchangeRates(folder, fx.list);
  writeBillsOfMaterials(folder, PRODUCTS, MATERIALS, WORK_CENTRES);
  const reps = cast.people.filter((person) => person.role === "rep");
  const planned = expectedByQuarter(rehearsal);
  const quotas = drawQuotas(
    reps,
    planned,
    rhythm.first,
    rhythm.exportDay + 92,
    STRETCH,
    streams.stream("quotas")
  );
  writeGoals(folder, quotas, ownerIds);
  const campaignId = (index: number) => `camp-${String(index + 1).padStart(5, "0")}`;
  const truth = new FirmTruth(world, folder, EQUIPMENT_TRUTH, rehearsal);
  const writer = new CustomerWriter(world, folder, ownerIds, truth, campaignId);
  writeDealers(folder, cast.partners, writer.companies.dealerId, (person) => ownerIds[person]!);
  const tell = customerTeller(world);
  let nDeals = 0;
  for (let index = 0; nDeals < deals; index++) {
    const story = tell(index);
    const n = story.deals.length;
    // A customer with more deals than are left to write is passed over, so that no story is cut short.
    if (n === 0 || n > deals - nDeals) continue;
    writer.write(story);
    nDeals += n;
    if (nDeals % 1024 < n) onProgress(nDeals);
  }
  const totalWeight = cast.partners.reduce((sum, partner) => sum + partner.weight, 0);
  const registrationRng = streams.reuse("partner.registrations");
  for (const partner of cast.partners) {
    const mean = (deals * IDLE_REGISTRATIONS * partner.weight) / totalWeight;
    for (const registration of idleRegistrations(world, partner, mean, registrationRng(partner.index)))
      writer.writeRegistration(registration, "");
    const programme = streams.stream("partner.programme", partner.index);
    for (const event of programmeEvents(partner, rhythm.exportDay, programme))
      writer.partnerEvents.write(event);
  }
  writeIdleContacts(world, writer, (index) => ownerIds[index]!);
  writeWorkCentres(
    folder,
    WORK_CENTRES,
    writer.recentHours.map((hours) => hours / UTILISATION)
  );
  writer.supply.finish(folder, streams.stream("supply"));
  writeAdSpend(folder, cast.campaigns, campaignId, rhythm.exportDay, streams);
  writeHubspotCampaigns(folder, cast.campaigns, campaignId);
  truth.finish({
    user: (index) => ownerIds[index]!,
    campaign: campaignId,
    partnerAccount: writer.companies.dealerId
  });
}

/** Contacts that campaigns brought and that never became a deal. */
function writeIdleContacts(world: World, writer: CustomerWriter, ownerId: (index: number) => string): void {
  const {cast, streams, nDeals} = world;
  const totalWeight = cast.campaigns.reduce((sum, campaign) => sum + campaign.weight, 0);
  for (const campaign of cast.campaigns) {
    const rng = streams.stream("campaign.leads", campaign.index);
    const source = campaign.channel === "event" || campaign.channel === "webinar" ? SOURCE.fair : SOURCE.web;
    for (let n = rng.poisson((nDeals * IDLE_CONTACTS * campaign.weight) / totalWeight); n > 0; n--) {
      const country = leadCountry(campaign, rng);
      const {name, domain} = companyName(country.locale, rng, true);
      const lead = idleLead(world, campaign, country, rng);
      const owner = world.pickRep(country.region, campaign.startDay, rng).index;
      if (lead)
        writer.contacts.write(lead, {
          company: name,
          domain,
          origin: SOURCES[source]!.name,
          ownerId: ownerId(owner),
          companyId: "",
          dealId: ""
        });
    }
  }
}
