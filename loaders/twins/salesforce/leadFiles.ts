/** Lead.csv and CampaignMember.csv. */
import {isoDay, isoStamp} from "../calendar/days.ts";
import type {LeadStory} from "../marketing/leadStory.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

/** What a lead became, and what is known of its firm. Ids are empty when it did not convert. */
export interface LeadContext {
  company: string;
  domain: string;
  industry: string;
  source: string;
  ownerId: string;
  accountId: string;
  opportunityId: string;
}

export class LeadFiles {
  private readonly leads: CsvFile;
  private readonly members: CsvFile;
  private nLeads = 0;
  private nMembers = 0;

  constructor(folder: ExportFolder) {
    this.leads = folder.file("Lead.csv", [
      "Id",
      "FirstName",
      "LastName",
      "Company",
      "Email",
      "LeadSource",
      "Status",
      "Industry",
      "OwnerId",
      "IsConverted",
      "ConvertedDate",
      "ConvertedAccountId",
      "ConvertedContactId",
      "ConvertedOpportunityId",
      "CreatedDate",
      "Country",
      "CountryCode"
    ]);
    this.members = folder.file("CampaignMember.csv", [
      "Id",
      "CampaignId",
      "LeadId",
      "ContactId",
      "AccountId",
      "LeadOrContactId",
      "Status",
      "HasResponded",
      "FirstRespondedDate",
      "CompanyOrAccount",
      "LeadSource",
      "CreatedDate"
    ]);
  }

  write(story: LeadStory, context: LeadContext): void {
    const {person, country, createdAt, convertedAt, touches, isWorking} = story;
    const {accountId, opportunityId, ownerId, source} = context;
    const n = ++this.nLeads;
    const id = salesforceId(PREFIX.lead, n);
    const contactId = convertedAt === null ? "" : salesforceId(PREFIX.contact, n);
    const company = text(context.company);
    const email = `${person.latin}@${context.domain}`;
    const converted = convertedAt === null ? "" : isoDay(Math.floor(convertedAt / 86_400));
    const status = convertedAt !== null ? "Converted" : isWorking ? "Working" : "Unqualified";
    this.leads.row(
      `${id},${text(person.first)},${text(person.last)},${company},${email},${source},${status},${context.industry},${ownerId},${convertedAt !== null},${converted},${accountId},${contactId},${opportunityId},${isoStamp(createdAt)},${country.name},${country.code}`
    );
    for (const {campaign, at, hasResponded} of touches)
      this.members.row(
        `${salesforceId(PREFIX.campaignMember, ++this.nMembers)},${salesforceId(PREFIX.campaign, campaign + 1)},${id},${contactId},${accountId},${contactId || id},${hasResponded ? "Responded" : "Sent"},${hasResponded},${hasResponded ? isoDay(Math.floor(at / 86_400)) : ""},${company},${source},${isoStamp(at)}`
      );
  }
}
