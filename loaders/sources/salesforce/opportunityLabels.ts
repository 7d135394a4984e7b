/**
 * Columns of opportunities as Salesforce's reports label them in the reader's language. What no report seen so far confirms
 * stands last.
 */
import {type Labels, labelsIn} from "../labelsIn.ts";

const ENGLISH: Labels = {
  Id: ["Opportunity ID", "Opportunity Id"],
  Name: ["Opportunity Name"],
  AccountId: ["Account ID", "Account Id", "Account Name"],
  OwnerId: ["Owner ID", "Owner Id", "Opportunity Owner"],
  StageName: ["Stage"],
  // Not "Amount (converted)": it is in the reader's currency, while the currency beside it is the deal's.
  CurrencyIsoCode: ["Amount Currency", "Opportunity Currency"],
  CloseDate: ["Close Date"],
  CreatedDate: ["Created Date"],
  LastStageChangeDate: ["Last Stage Change Date"],
  LastModifiedDate: ["Last Modified Date"],
  Type: ["Opportunity Type"],
  ForecastCategoryName: ["Forecast Category", "ForecastCategory", "forecast_category"],
  LeadSource: ["Lead Source"],
  CampaignId: ["Campaign ID", "Primary Campaign Source"],
  NextStep: ["Next Step"],
  LastActivityDate: ["Last Activity"],
  IsDeleted: ["Deleted"]
};

const GERMAN: Labels = {
  Id: ["Opportunity-ID"],
  Name: ["Opportunity-Name"],
  AccountId: ["Account-ID", "Accountname", "Account-Name"],
  OwnerId: ["Opportunity-Inhaber"],
  StageName: ["Phase", "Opportunity-Phase"],
  Amount: ["Betrag"],
  CurrencyIsoCode: ["Betrag Währung", "Opportunity-Betrag Währung", "Opportunity-Währung", "Währung"],
  CloseDate: ["Schlusstermin"],
  CreatedDate: ["Erstelldatum"],
  LastStageChangeDate: ["Datum der letzten Phasenänderung"],
  LastModifiedDate: ["Zuletzt geändert am", "Letztes Änderungsdatum"],
  Type: ["Typ"],
  ForecastCategoryName: ["Prognosekategorie"],
  LeadSource: ["Lead-Quelle", "Leadquelle"],
  CampaignId: ["Primäre Kampagnenquelle"],
  NextStep: ["Nächster Schritt"],
  LastActivityDate: ["Letzte Aktivität"],
  IsDeleted: ["Gelöscht"]
};

const FRENCH: Labels = {
  Id: ["ID d'opportunité", "ID de l'opportunité", "ID opportunité"],
  Name: ["Nom de l'opportunité"],
  AccountId: ["ID du compte", "ID de compte", "Nom du compte"],
  OwnerId: ["Propriétaire de l'opportunité"],
  StageName: ["Étape", "Etape"],
  Amount: ["Montant"],
  CurrencyIsoCode: ["Montant Devise", "Devise de l'opportunité", "Devise"],
  CloseDate: ["Date de clôture"],
  CreatedDate: ["Date de création"],
  LastModifiedDate: ["Date de dernière modification"],
  ForecastCategoryName: ["Catégorie de prévision"],
  LeadSource: ["Origine de la piste", "Origine du prospect"],
  CampaignId: ["Source principale de la campagne"],
  NextStep: ["Étape suivante"],
  LastActivityDate: ["Dernière activité"]
};

export const OPPORTUNITY_LABELS = labelsIn(ENGLISH, GERMAN, FRENCH);
