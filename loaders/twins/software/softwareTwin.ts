/** Writes the software firm: Salesforce exports, partner portal, billing, advertising, and the truth beside them. */
import {drawQuotas} from "../firm/quotas.ts";
import {expectedByQuarter, rehearse} from "../firm/rehearsal.ts";
import type {TwinRun} from "../firm/twinRun.ts";
import {drawWorld, type World} from "../firm/world.ts";
import {writeAdSpend} from "../marketing/adSpendFile.ts";
import {idleLead, leadCountry} from "../marketing/leadStory.ts";
import {companyName} from "../names/companyNames.ts";
import {programmeEvents} from "../prm/partnerEventFile.ts";
import {idleRegistrations} from "../prm/registrationStory.ts";
import {
  writeCampaigns,
  writeProducts,
  writeQuotas,
  writeRates,
  writeStages,
  writeUsers
} from "../salesforce/masterFiles.ts";
import {PREFIX, salesforceId} from "../salesforce/salesforceId.ts";
import {FirmTruth} from "../truth/firmTruth.ts";
import {accountTeller} from "./accountStory.ts";
import {listPrice} from "./drawDeal.ts";
import {INDUSTRIES, PRODUCTS, SOFTWARE_FIRM, SOURCE, SOURCES, STAGES} from "./softwareFirm.ts";
import {SOFTWARE_TRUTH} from "./softwareTruth.ts";
import {StoryWriter} from "./storyWriter.ts";

/** Quotas ask for more than is expected. */
const STRETCH = 1.25;
/** Idle registrations for each deal of the firm: half as many as become deals. */
const IDLE_REGISTRATIONS = 0.055;
/** Leads that come to nothing for each deal of the firm. */
const IDLE_LEADS = 0.5;

/** Writes everything; deals come one account after the other, so memory does not grow with their number. */
export function writeSoftwareTwin({deals, seed, folder, onProgress}: TwinRun): void {
  const world = drawWorld(SOFTWARE_FIRM, deals, seed);
  const {cast, rhythm, fx, streams} = world;
  const rehearsal = rehearse(world, accountTeller);
  const users = writeUsers(folder, cast.people, rhythm.exportDay);
  writeStages(folder, STAGES);
  writeProducts(
    folder,
    PRODUCTS.map((product, i) => ({...product, listCents: listPrice(world, i, "USD", rhythm.exportDay)})),
    rhythm.first
  );
  writeRates(folder, fx.list);
  const reps = cast.people.filter((person) => person.role === "rep");
  const planned = expectedByQuarter(rehearsal);
  const lastQuotaDay = rhythm.exportDay + 92;
  writeQuotas(
    folder,
    drawQuotas(reps, planned, rhythm.first, lastQuotaDay, STRETCH, streams.stream("quotas")),
    users
  );
  const truth = new FirmTruth(world, folder, SOFTWARE_TRUTH, rehearsal);
  const writer = new StoryWriter(world, folder, users, truth);
  const tell = accountTeller(world);
  let nDeals = 0;
  for (let index = 0; nDeals < deals; index++) {
    const story = tell(index);
    const n = story.deals.length;
    // An account with more deals than are left to write is passed over, so that no story is cut short.
    if (n === 0 || n > deals - nDeals) continue;
    writer.write(story);
    nDeals += n;
    if (nDeals % 1024 < n) onProgress(nDeals);
  }
  writeIdleRegistrations(world, writer);
  writeIdleLeads(world, writer, (index) => users[index]!.id);
  for (const partner of cast.partners)
    for (const event of programmeEvents(
      partner,
      rhythm.exportDay,
      streams.stream("partner.programme", partner.index)
    ))
      writer.partnerEvents.write(event);
  const campaignId = (index: number) => salesforceId(PREFIX.campaign, index + 1);
  writeAdSpend(folder, cast.campaigns, campaignId, rhythm.exportDay, streams);
  const marketing = users[cast.operations]!.id;
  writeCampaigns(folder, cast.campaigns, writer.campaignResults, marketing, rhythm.exportDay);
  truth.finish({
    user: (index) => users[index]!.id,
    campaign: campaignId,
    partnerAccount: writer.accounts.partnerId
  });
}

function writeIdleRegistrations(world: World, writer: StoryWriter): void {
  const {cast, streams, nDeals} = world;
  const totalWeight = cast.partners.reduce((sum, partner) => sum + partner.weight, 0);
  const rng = streams.reuse("partner.registrations");
  for (const partner of cast.partners) {
    const mean = (nDeals * IDLE_REGISTRATIONS * partner.weight) / totalWeight;
    for (const registration of idleRegistrations(world, partner, mean, rng(partner.index)))
      writer.writeRegistration(registration, "");
  }
}

function writeIdleLeads(world: World, writer: StoryWriter, userId: (index: number) => string): void {
  const {cast, streams, nDeals} = world;
  const totalWeight = cast.campaigns.reduce((sum, campaign) => sum + campaign.weight, 0);
  for (const campaign of cast.campaigns) {
    const rng = streams.stream("campaign.leads", campaign.index);
    const isEvent = campaign.channel === "event" || campaign.channel === "webinar";
    const source = SOURCES[isEvent ? SOURCE.event : SOURCE.web]!.name;
    for (let n = rng.poisson((nDeals * IDLE_LEADS * campaign.weight) / totalWeight); n > 0; n--) {
      const country = leadCountry(campaign, rng);
      const {name, domain} = companyName(country.locale, rng);
      const lead = idleLead(world, campaign, country, rng);
      const industry = rng.pick(INDUSTRIES);
      const owner = world.pickRep(country.region, campaign.startDay, rng).index;
      if (lead)
        writer.writeLead(lead, {
          company: name,
          domain,
          industry,
          source,
          ownerId: userId(owner),
          accountId: "",
          opportunityId: ""
        });
    }
  }
}
