import {expect, test} from "vitest";
import {recognise} from "../../loaders/sources/recognise.ts";
import {folderFor} from "./exportFolder.ts";

const withFolder = folderFor("stg_deal");

/** What a header is taken for, and what of it is read. */
function read(header: string): {is: string; found: string[]} {
  const [{system, object, found}] = recognise(header.split(";")) as [ReturnType<typeof recognise>[number]];
  return {is: `${system.name} ${object.id}`, found: [...new Set(found)].sort()};
}

// Headers of exports as users of the four systems have them in their own languages.
test.each([
  [
    "Pipedrive deals",
    "Deal - ID;Deal - Titel;Deal - Organisation;Deal - Wert;Deal - Status;Deal - Verlustgrund;Deal - Besitzer;Deal - Deal erstellt;Deal - Datum des verlorenen Deals;Deal - Phase;Deal - Datum der letzten Aktivität;Deal - Pipeline;Deal - Datum des gewonnenen Deals"
  ],
  [
    "Pipedrive deals",
    "Affaire - ID;Affaire - Titre;Affaire - Propriétaire;Affaire - Organisation;Affaire - Valeur;Affaire - Étape;Affaire - Statut;Affaire - Pipeline;Affaire - Affaire créée;Affaire - Date de gain;Affaire - Heure de l’échec;Affaire - Date de clôture prévue;Affaire - Raison de la perte"
  ],
  [
    "HubSpot deals",
    "Datensatz-ID;Deal-Name;Deal-Phase;Pipeline;Betrag;Abschlussdatum;Erstellungsdatum;Zuständiger Mitarbeiter;Deal-Typ"
  ],
  [
    "HubSpot deals",
    "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Pipeline;Montant;Date de fermeture;Date de création;Propriétaire de la transaction;Associated Company (Primary)"
  ],
  [
    "Salesforce Opportunity",
    "Opportunity-Inhaber;Accountname;Opportunity-Name;Phase;Betrag;Schlusstermin;Nächster Schritt;Lead-Quelle;Typ;Erstelldatum;Opportunity-ID"
  ],
  [
    "Salesforce Opportunity",
    "Propriétaire de l'opportunité;Nom du compte;Nom de l'opportunité;Étape;Montant;Date de clôture;Date de création;ID de l'opportunité"
  ],
  [
    "Dynamics 365 opportunity",
    "(Nicht ändern) Verkaufschance;Thema;Potenzieller Kunde;Gesch. Abschlussdatum;Gesch. Umsatz;Status;Besitzer;Erstellt am;Währung;Pipelinephase"
  ],
  [
    "Dynamics 365 opportunity",
    "(Ne pas modifier) Opportunité;Nom de la transaction;Client potentiel;Date de fermeture estimée;Revenu estimé;Statut;Phase active;Devise"
  ]
])("a %s export is read with all the labels of its reader's language", (is, header) => {
  expect(read(header)).toEqual({is, found: header.split(";").sort()});
});

test("a German Pipedrive export gives won and lost deals their outcome, day and reason", async () => {
  const content = {
    "deals.csv":
      "Deal - ID;Deal - Titel;Deal - Wert;Deal - Währung;Deal - Status;Deal - Phase;Deal - Pipeline;Deal - Besitzer;Deal - Deal erstellt;Deal - Datum des gewonnenen Deals;Deal - Datum des verlorenen Deals;Deal - Verlustgrund\r\n" +
      "1;Müller;1.234,50;EUR;Gewonnen;Angebot;Vertrieb;Jörg;02.01.2024 09:00;15.02.2024 10:00;;\r\n" +
      "2;Weiß;99,00;EUR;Verloren;Erstkontakt;Vertrieb;Jörg;03.01.2024 09:00;;16.02.2024 10:00;Preis\r\n" +
      "3;Groß;1.000,00;EUR;Offen;Angebot;Vertrieb;Jörg;04.01.2024 09:00;;;\r\n"
  };
  await withFolder({content}, async ({found, build, rows}) => {
    expect(found.files).toMatchObject([{is: "Pipedrive deals", unread: []}]);
    await build();
    expect(
      await rows(
        "select deal_id, stage_id, amount::varchar as amount, closed_at::date::varchar as closed, loss_reason from source.deal order by 1"
      )
    ).toEqual([
      {deal_id: "1", stage_id: "won", amount: "1234.50", closed: "2024-02-15", loss_reason: null},
      {deal_id: "2", stage_id: "lost", amount: "99.00", closed: "2024-02-16", loss_reason: "Preis"},
      {deal_id: "3", stage_id: "Angebot", amount: "1000.00", closed: null, loss_reason: null}
    ]);
  });
});

test("close dates that a German sheet has saved with a clock are the days they name", async () => {
  const content = {
    "deals.csv":
      "Datensatz-ID;Deal-Name;Deal-Phase;Betrag;Abschlussdatum;Erstellungsdatum\r\n" +
      "1;Müller;Angebot;1.234,50;31.03.2024 23:30;02.01.2024 09:00\r\n2;Weiß;Abgeschlossen und gewonnen;99,00;15.02.2024 08:00;03.01.2024 09:00\r\n"
  };
  await withFolder({content}, async ({found, build, rows}) => {
    expect(found.files[0]!.notes.join(" ")).not.toContain("left out");
    await build();
    expect(await rows("select close_on::varchar as due from source.deal order by deal_id")).toEqual([
      {due: "2024-03-31"},
      {due: "2024-02-15"}
    ]);
  });
});

test("columns of deals that nothing reads are told with what to write for them, where deals lack something", async () => {
  const content = {
    "deals.csv":
      "Datensatz-ID;Deal-Name;Deal-Phase;Betrag;Betreuer;Budgetfreigabe (intern)\r\n1;A;Angebot;1,50;Jörg;ja\r\n2;B;Gewonnen;2,50;Jörg;ja\r\n"
  };
  await withFolder({content}, async ({found}) => {
    const [first, second] = found.files[0]!.advice;
    expect(first).toMatch(
      /^no column was found for close date \(closedate\), .*owner \(hubspot_owner_id\).*: headers: \{closedate: \[name of the column\]\}$/
    );
    expect(second).toContain('columns: {betreuer: "Betreuer"}');
    expect(found.text).toContain("# no column was found for close date");
  });
});
