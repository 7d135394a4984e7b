/** contacts.csv, and campaign_touches.csv: what campaigns did to them. */
import {isoStamp} from "../calendar/days.ts";
import type {LeadStory} from "../marketing/leadStory.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {hubspotId} from "./hubspotId.ts";

/** What a contact became, and what is known of its firm. Ids are empty when nothing came of it. */
export interface ContactContext {
  company: string;
  domain: string;
  origin: string;
  ownerId: string;
  companyId: string;
  dealId: string;
}

export class ContactFiles {
  private readonly contacts: CsvFile;
  private readonly touches: CsvFile;
  private nContacts = 0;
  private nTouches = 0;

  constructor(
    folder: ExportFolder,
    private readonly campaignId: (index: number) => string,
    private readonly channel: (campaign: number) => string
  ) {
    this.contacts = folder.file("contacts.csv", [
      "hs_object_id",
      "email",
      "firstname",
      "lastname",
      "company",
      "lifecyclestage",
      "hs_lead_status",
      "lead_origin",
      "createdate",
      "hubspot_owner_id",
      "associatedcompanyid",
      "first_deal_id",
      "first_deal_created_date",
      "country"
    ]);
    this.touches = folder.file("campaign_touches.csv", [
      "touch_id",
      "occurred_at",
      "contact_id",
      "company_id",
      "hs_campaign_id",
      "channel",
      "has_responded"
    ]);
  }

  write(lead: LeadStory, {company, domain, origin, ownerId, companyId, dealId}: ContactContext): void {
    const {person, country, createdAt, convertedAt, touches, isWorking} = lead;
    const id = hubspotId("contact", this.nContacts++);
    const status = convertedAt !== null ? "OPEN_DEAL" : isWorking ? "IN_PROGRESS" : "UNQUALIFIED";
    const stage = convertedAt !== null ? "opportunity" : "lead";
    this.contacts.row(
      `${id},${person.latin}@${domain},${text(person.first)},${text(person.last)},${text(company)},${stage},${status},${origin},${isoStamp(createdAt)},${ownerId},${companyId},${dealId},${convertedAt === null ? "" : isoStamp(convertedAt)},${country.name}`
    );
    for (const {campaign, at, hasResponded} of touches)
      this.touches.row(
        `T${String(++this.nTouches).padStart(8, "0")},${isoStamp(at)},${id},${companyId},${this.campaignId(campaign)},${this.channel(campaign)},${hasResponded}`
      );
  }
}
