/**
 * Columns of deals as Pipedrive's CSV exports label them in the reader's language: "Deal - Titel", "Affaire - Titre". Labels
 * that no export seen so far confirms stand last.
 */
import {type Labels, labelsIn} from "../labelsIn.ts";

const ENGLISH: Labels = {
  id: ["ID", "Deal - ID", "deal_id"],
  title: ["Deal - Title", "Title"],
  owner_id: ["user_id", "Deal - Owner", "Owner"],
  org_id: ["Deal - Organization ID", "Deal - Organization", "Organization"],
  pipeline_id: ["Deal - Pipeline", "pipeline", "Pipeline"],
  stage_id: ["Deal - Stage", "stage", "Stage"],
  value: ["Deal - Value", "Value"],
  currency: ["Deal - Currency of Value", "Currency"],
  status: ["Deal - Status", "Status"],
  add_time: ["Deal - Deal created", "Deal created"],
  won_time: ["Deal - Won time"],
  lost_time: ["Deal - Lost time"],
  close_time: ["Deal - Deal closed on"],
  expected_close_date: ["Deal - Expected close date", "Expected close date"],
  lost_reason: ["Deal - Lost reason", "Lost reason"],
  last_activity_date: ["Deal - Last activity date"],
  next_activity_date: ["Deal - Next activity date"],
  channel: ["Deal - Source channel"]
};

const GERMAN: Labels = {
  title: ["Deal - Titel", "Titel"],
  owner_id: ["Deal - Besitzer", "Besitzer", "Deal - Eigentümer"],
  org_id: ["Deal - Organisation", "Organisation"],
  stage_id: ["Deal - Phase", "Phase"],
  value: ["Deal - Wert", "Wert"],
  currency: ["Deal - Währung", "Währung", "Deal - Währung von Wert", "Deal - Währung des Werts"],
  add_time: ["Deal - Deal erstellt", "Deal erstellt"],
  won_time: ["Deal - Datum des gewonnenen Deals", "Deal - Gewonnen am"],
  lost_time: ["Deal - Datum des verlorenen Deals", "Deal - Verloren am"],
  close_time: ["Deal - Deal abgeschlossen am"],
  expected_close_date: [
    "Deal - Voraussichtliches Abschlussdatum",
    "Voraussichtliches Abschlussdatum",
    "Deal - Erwartetes Abschlussdatum",
    "Erwartetes Abschlussdatum"
  ],
  lost_reason: ["Deal - Verlustgrund", "Verlustgrund"],
  last_activity_date: ["Deal - Datum der letzten Aktivität"],
  next_activity_date: ["Deal - Datum nächste Aktivität", "Deal - Datum der nächsten Aktivität"],
  channel: ["Deal - Quellkanal"]
};

const FRENCH: Labels = {
  id: ["Affaire - ID"],
  title: ["Affaire - Titre", "Titre"],
  owner_id: ["Affaire - Propriétaire", "Propriétaire"],
  org_id: ["Affaire - Organisation"],
  pipeline_id: ["Affaire - Pipeline"],
  stage_id: ["Affaire - Étape", "Affaire - Etape", "Étape"],
  value: ["Affaire - Valeur", "Valeur"],
  currency: ["Affaire - Devise", "Devise", "Affaire - Devise de la valeur"],
  status: ["Affaire - Statut", "Statut"],
  add_time: ["Affaire - Affaire créée", "Affaire créée"],
  won_time: ["Affaire - Date de gain"],
  lost_time: ["Affaire - Date de perte", "Affaire - Heure de l'échec"],
  close_time: ["Affaire - Affaire clôturée le"],
  expected_close_date: ["Affaire - Date de clôture prévue", "Date de clôture prévue"],
  lost_reason: ["Affaire - Raison de la perte", "Affaire - Raison de perte"],
  last_activity_date: ["Affaire - Date de la dernière activité"],
  next_activity_date: ["Affaire - Date de la prochaine activité"]
};

export const DEAL_LABELS = labelsIn(ENGLISH, GERMAN, FRENCH);

/** The words of status in the three languages. */
export const STATUS = {
  open: ["open", "Open", "Offen", "offen", "Ouvert", "Ouverte", "En cours"],
  won: ["won", "Won", "Gewonnen", "gewonnen", "Gagné", "Gagnée"],
  lost: ["lost", "Lost", "Verloren", "verloren", "Perdu", "Perdue"],
  deleted: ["deleted", "Deleted", "Gelöscht", "gelöscht", "Supprimé", "Supprimée"]
};
