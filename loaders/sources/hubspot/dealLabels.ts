/**
 * Columns of deals as HubSpot's CSV exports label them in the reader's language; associations keep their English names. What
 * no export seen so far confirms stands last.
 */
import {type Labels, labelsIn} from "../labelsIn.ts";

const ENGLISH: Labels = {
  hs_object_id: ["Record ID", "Deal ID", "deal_id", "id"],
  dealname: ["Deal Name"],
  dealstage: ["Deal Stage", "deal_pipeline_stage_id"],
  pipeline: ["Pipeline", "deal_pipeline_id"],
  amount: ["Amount"],
  deal_currency_code: ["Currency"],
  closedate: ["Close Date"],
  createdate: ["Create Date", "hs_createdate"],
  hs_lastmodifieddate: ["Last Modified Date"],
  hubspot_owner_id: ["Deal owner", "Deal Owner", "owner_id"],
  dealtype: ["Deal Type"],
  hs_manual_forecast_category: ["Forecast category", "Forecast Category"],
  hs_analytics_source: ["Original Source Type", "Original Traffic Source"],
  hs_next_step: ["Next step", "Next Step"],
  notes_last_contacted: ["Last Contacted", "Last Activity Date"],
  closed_lost_reason: ["Closed Lost Reason"],
  hs_arr: ["Annual recurring revenue"],
  hs_is_closed: ["Is Deal Closed?", "Is Closed"],
  hs_is_closed_won: ["Is Closed Won"],
  hs_merged_object_ids: ["Merged Deal IDs", "Merged object IDs"],
  hs_campaign: ["Campaign"],
  associated_company: [
    "hs_primary_associated_company",
    "Primary Associated Company ID",
    "Associated Company IDs (Primary)",
    "Primary Associated Company",
    "Associated Company (Primary)",
    "Associated Company"
  ]
};

const GERMAN: Labels = {
  hs_object_id: ["Datensatz-ID", "Deal-ID"],
  dealname: ["Deal-Name", "Dealname"],
  dealstage: ["Deal-Phase", "Dealphase"],
  amount: ["Betrag"],
  deal_currency_code: ["Währung"],
  closedate: ["Abschlussdatum"],
  createdate: ["Erstellungsdatum", "Erstelldatum", "Erstellt am"],
  hs_lastmodifieddate: ["Datum der letzten Änderung", "Letztes Änderungsdatum"],
  hubspot_owner_id: [
    "Für Deal zuständiger Mitarbeiter",
    "Zuständiger Mitarbeiter",
    "Deal-Inhaber",
    "Für den Deal zuständiger Mitarbeiter"
  ],
  dealtype: ["Deal-Typ", "Dealtyp"],
  hs_manual_forecast_category: ["Prognosekategorie", "Forecast-Kategorie"],
  hs_analytics_source: ["Ursprüngliche Traffic-Quelle", "Ursprüngliche Quelle"],
  hs_next_step: ["Nächster Schritt"],
  notes_last_contacted: ["Zuletzt kontaktiert", "Datum der letzten Aktivität", "Letzte Aktivität"],
  closed_lost_reason: [
    "Grund für verlorenen Deal",
    "Grund für den Verlust des Deals",
    "Grund für Verlust",
    "Verlustgrund"
  ],
  hs_arr: ["Jährlich wiederkehrender Umsatz (ARR)", "Jährlich wiederkehrender Umsatz"],
  associated_company: [
    "Verknüpftes Unternehmen (Primär)",
    "Verknüpftes Unternehmen",
    "Zugeordnetes Unternehmen (Primär)",
    "Zugeordnetes Unternehmen"
  ]
};

const FRENCH: Labels = {
  hs_object_id: ["ID de fiche d'informations"],
  dealname: ["Nom de la transaction"],
  dealstage: ["Phase de la transaction"],
  amount: ["Montant"],
  deal_currency_code: ["Devise"],
  closedate: ["Date de fermeture"],
  createdate: ["Date de création"],
  hs_lastmodifieddate: ["Date de dernière modification"],
  hubspot_owner_id: ["Propriétaire de la transaction"],
  dealtype: ["Type de transaction"],
  hs_manual_forecast_category: ["Catégorie de prévision"],
  hs_analytics_source: ["Source de trafic d'origine", "Source d'origine"],
  hs_next_step: ["Étape suivante", "Prochaine étape"],
  notes_last_contacted: ["Dernier contact", "Date de la dernière activité"],
  closed_lost_reason: ["Raison de la transaction perdue", "Motif de la transaction perdue"],
  hs_arr: ["Revenu récurrent annuel"]
};

export const DEAL_LABELS = labelsIn(ENGLISH, GERMAN, FRENCH);
