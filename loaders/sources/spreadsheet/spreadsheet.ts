import {
  may,
  must,
  type ObjectMap,
  type SourceObject,
  type SourceSystem,
  spellingsOf
} from "../sourceSystem.ts";

/** A column's name here to the words that people and other CRMs write over it, in English and German. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  ID: ["Deal ID", "Opportunity ID", "Record ID", "Opportunity-ID", "Datensatz-ID", "Deal-ID"],
  Stage: [
    "Deal Stage",
    "Opportunity Stage",
    "Sales Stage",
    "Pipeline Stage",
    "Phase",
    "Deal-Phase",
    "Dealphase"
  ],
  Name: [
    "Deal Name",
    "Opportunity Name",
    "Deal",
    "Opportunity",
    "Title",
    "Opportunity-Name",
    "Deal-Name",
    "Dealname",
    "Bezeichnung"
  ],
  Amount: [
    "Deal Amount",
    "Value",
    "Deal Value",
    "Close Value",
    "Deal Size",
    "Betrag",
    "Wert",
    "Auftragswert"
  ],
  Currency: ["Deal Currency", "Currency Code", "Amount Currency", "Währung"],
  "Close Date": [
    "Expected Close Date",
    "Expected Close",
    "Estimated Close Date",
    "Close On",
    "Closing Date",
    "Schlusstermin",
    "Abschlussdatum",
    "Voraussichtliches Abschlussdatum"
  ],
  "Closed Date": ["Closed On", "Closed At", "Actual Close Date", "Date Closed"],
  Created: [
    "Created Date",
    "Create Date",
    "Date Created",
    "Created On",
    "Created At",
    "Creation Date",
    "Created Time",
    "Engage Date",
    "Erstelldatum",
    "Erstellungsdatum",
    "Erstellt am",
    "Erstellt"
  ],
  Owner: [
    "Deal Owner",
    "Opportunity Owner",
    "Sales Rep",
    "Sales Agent",
    "Account Executive",
    "Assigned To",
    "Inhaber",
    "Opportunity-Inhaber",
    "Deal-Inhaber",
    "Zuständiger Mitarbeiter",
    "Verantwortlicher",
    "Vertriebsmitarbeiter"
  ],
  Account: [
    "Account Name",
    "Company",
    "Company Name",
    "Customer",
    "Customer Name",
    "Organization",
    "Accountname",
    "Account-Name",
    "Firma",
    "Unternehmen",
    "Kunde"
  ],
  Pipeline: ["Pipeline Name"],
  Type: ["Deal Type", "Opportunity Type", "Typ"],
  "Lead Source": ["Source", "Lead-Quelle", "Leadquelle"],
  "Next Step": ["Nächster Schritt"],
  "Last Activity": ["Last Activity Date", "Last Activity Time", "Last Contacted", "Letzte Aktivität"],
  "Loss Reason": ["Lost Reason", "Closed Lost Reason", "Reason For Loss", "Verlustgrund"]
};

/** As sheets write words: "Close Date", "close date", "Close date", "close_date", "CLOSE DATE". */
function written(words: string): string[] {
  const lower = words.toLowerCase();
  const sentence = lower[0]!.toUpperCase() + lower.slice(1);
  const title = lower.replaceAll(/(^|[ -])\p{L}/gu, (letter) => letter.toUpperCase());
  return [words, lower, sentence, title, lower.replaceAll(/[ -]/g, "_"), words.toUpperCase()];
}

export const deals: SourceObject = {
  id: "deals",
  tells: ["ID", "Stage"],
  spellings: (header) => [header, ...(WORDS[header] ?? [])].flatMap(written),
  isPlain: true,
  maps: (): ObjectMap[] => [
    {
      table: "deal",
      columns: {
        deal_id: must("ID"),
        name: may("Name"),
        account_id: may("Account"),
        owner_id: may("Owner"),
        pipeline_id: may("Pipeline"),
        stage_id: must("Stage"),
        amount: may("Amount", {round: true}),
        currency: may("Currency"),
        close_on: may("Close Date"),
        created_at: may("Created"),
        closed_at: may("Closed Date"),
        deal_type: may("Type"),
        lead_source: may("Lead Source"),
        next_step: may("Next Step"),
        last_activity_at: may("Last Activity"),
        loss_reason: may("Loss Reason")
      }
    }
  ],
  note: "The close date is a plan while the deal is open and the day it closed from then on, unless there is a closed date."
};

/** What only a quota in money is called. */
const MONEY_QUOTA = ["Quota Amount", "Sales Target", "Target Amount", "Umsatzziel", "Vertriebsziel"];

/** A quota's columns as sheets head them: one row a person and period. */
const QUOTA_WORDS: Readonly<Record<string, readonly string[]>> = {
  // Calls, new customers and visitors have targets too, and an offer is a quote.
  Quota: [...MONEY_QUOTA, "Target", "Quote", "Ziel"],
  "Money quota": ["Quota", ...MONEY_QUOTA],
  Campaign: ["Campaign Name", "Kampagne"],
  Owner: [...WORDS["Owner"]!, "Person", "Salesperson", "Rep", "Mitarbeiter", "Vertriebler"],
  Start: ["Start Date", "Starts On", "Period Start", "From", "Von", "Beginn", "Startdatum"],
  End: ["End Date", "Ends On", "Period End", "To", "Bis", "Ende", "Enddatum"],
  Currency: [...WORDS["Currency"]!]
};

export const quotas: SourceObject = {
  id: "quotas",
  tells: ["Owner", "Quota", "Start"],
  // A table of deals or campaigns may have an owner and a target too.
  tellsNot: ["ID", ...deals.spellings("Stage"), "campaign_id", "Campaign", "Budget"],
  isElse: (has) => !has("Money quota") && !has("Currency"),
  spellings: (header) => [header, ...(QUOTA_WORDS[header] ?? [])].flatMap(written),
  maps: (): ObjectMap[] => [
    {
      table: "quota",
      columns: {
        person_id: must("Owner"),
        starts_on: must("Start"),
        ends_on: must("End"),
        amount: must("Quota", {round: true}),
        currency: may("Currency")
      }
    }
  ],
  note: "People are named as the deals name their owners. A sheet with a column for each quarter is mapped by hand, a map a quarter."
};

/** The column of targets that may be of anything, in a table that would be one of quotas; undefined of every other. */
export function bareTarget(header: readonly string[]): string | undefined {
  const spelled = (name: string) => spellingsOf(quotas, name).find((each) => header.includes(each));
  const has = (name: string) => spelled(name) !== undefined;
  if (!quotas.tells.every(has) || quotas.tellsNot?.some(has) || !quotas.isElse?.(has)) return undefined;
  return spelled("Quota");
}

/** Deals of a CRM that is not known here or of a spreadsheet, told by what their columns are commonly called. */
export const spreadsheet: SourceSystem = {id: "spreadsheet", name: "Spreadsheet", objects: [deals, quotas]};
