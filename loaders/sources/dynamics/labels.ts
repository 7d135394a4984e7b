/**
 * Columns and words of opportunities as Dynamics 365 shows them, and exports them to Excel, in the reader's language. What no
 * export seen so far confirms stands last.
 */
import {type Labels, labelsIn} from "../labelsIn.ts";

const ENGLISH: Labels = {
  opportunityid: ["(Do Not Modify) Opportunity", "Opportunity"],
  name: ["Topic"],
  parentaccountid: [
    "_parentaccountid_value",
    "customerid",
    "_customerid_value",
    "Account",
    "Potential Customer"
  ],
  ownerid: ["_ownerid_value", "Owner"],
  estimatedvalue: ["Est. Revenue", "Est. revenue"],
  actualvalue: ["Actual Revenue", "Actual revenue"],
  isocurrencycode: ["Currency"],
  estimatedclosedate: ["Est. Close Date", "Est. close date"],
  actualclosedate: ["Actual Close Date", "Actual close date"],
  createdon: ["Created On", "overriddencreatedon"],
  stepname: ["salesstage", "Pipeline Phase", "Sales Stage"],
  statecode: ["Status"],
  msdyn_forecastcategory: ["Forecast category", "Forecast Category"],
  campaignid: ["_campaignid_value", "Source Campaign"]
};

const GERMAN: Labels = {
  opportunityid: ["(Nicht ändern) Verkaufschance", "(Nicht bearbeiten) Verkaufschance", "Verkaufschance"],
  name: ["Thema"],
  parentaccountid: ["Firma", "Potenzieller Kunde", "Potentieller Kunde"],
  ownerid: ["Besitzer", "Besitzer(in)"],
  estimatedvalue: ["Gesch. Umsatz", "Geschätzter Umsatz"],
  actualvalue: ["Tats. Umsatz", "Tatsächlicher Umsatz", "Tatsächl. Umsatz"],
  isocurrencycode: ["Währung"],
  estimatedclosedate: ["Gesch. Abschlussdatum", "Geschätztes Abschlussdatum"],
  actualclosedate: ["Tatsächliches Abschlussdatum", "Tats. Abschlussdatum", "Tatsächl. Abschlussdatum"],
  createdon: ["Erstellt am"],
  stepname: ["Pipelinephase", "Vertriebsphase", "Verkaufsphase"],
  msdyn_forecastcategory: ["Planungskategorie", "Prognosekategorie"],
  campaignid: ["Quellkampagne"]
};

const FRENCH: Labels = {
  opportunityid: ["(Ne pas modifier) Opportunité", "Opportunité"],
  name: ["Sujet", "Rubrique", "Nom de la transaction"],
  parentaccountid: ["Client potentiel", "Compte"],
  ownerid: ["Propriétaire"],
  estimatedvalue: ["Revenu estimé", "Revenu est.", "Chiffre d'affaires estimé"],
  actualvalue: ["Revenu réel", "Chiffre d'affaires réel"],
  isocurrencycode: ["Devise"],
  estimatedclosedate: ["Date de fermeture estimée", "Date de clôture estimée"],
  actualclosedate: ["Date de fermeture réelle", "Date de clôture réelle"],
  createdon: ["Créé le", "Date de création"],
  stepname: ["Phase du pipeline", "Phase de vente", "Phase active"],
  statecode: ["Statut"],
  msdyn_forecastcategory: ["Catégorie de prévision"]
};

export const OPPORTUNITY_LABELS = labelsIn(ENGLISH, GERMAN, FRENCH);

/** statecode by its number and its words; what a feminine noun makes of them too. */
export const STATE = {
  open: ["0", "Open", "Offen", "Ouvert", "Ouverte"],
  won: ["1", "Won", "Gewonnen", "Gagné", "Gagnée", "Conclue"],
  lost: ["2", "Lost", "Verloren", "Perdu", "Perdue"]
};

/** The currency's name, as a view shows it. */
export const CURRENCY = {
  "US Dollar": "USD",
  "US-Dollar": "USD",
  "Dollar américain": "USD",
  Euro: "EUR",
  "Pound Sterling": "GBP",
  "British Pound": "GBP",
  "Britisches Pfund": "GBP",
  "Pfund Sterling": "GBP",
  "Livre sterling": "GBP",
  "Swiss Franc": "CHF",
  "Schweizer Franken": "CHF",
  "Franc suisse": "CHF",
  "Canadian Dollar": "CAD",
  "Kanadischer Dollar": "CAD",
  "Dollar canadien": "CAD",
  "Australian Dollar": "AUD",
  "Australischer Dollar": "AUD",
  "Japanese Yen": "JPY",
  "Japanischer Yen": "JPY",
  Yen: "JPY",
  "Danish Krone": "DKK",
  "Dänische Krone": "DKK",
  "Norwegian Krone": "NOK",
  "Norwegische Krone": "NOK",
  "Swedish Krona": "SEK",
  "Schwedische Krone": "SEK",
  "Polish Zloty": "PLN",
  "Polnischer Zloty": "PLN",
  "Indian Rupee": "INR"
};
