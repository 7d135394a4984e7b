/** Words of exports that mean more than one thing: taken where other columns settle it, else asked about or left out. */
import {expect, test} from "vitest";
import {folderFor, refusedBuild} from "./exportFolder.ts";

const withFolder = folderFor("stg_deal");

const DEALS =
  "ID,Stage,Amount,Close Date,Created\n1,Open,5,2024-03-01,2024-01-01\n2,Won,5,2024-02-01,2024-01-01\n";

/** What a file beside deals is taken for, its notes, and why it is left out. */
async function beside(
  name: string,
  text: string
): Promise<{is?: string; notes: string; why?: string; read?: string[]}> {
  return withFolder({content: {"deals.csv": DEALS, [name]: text}}, async ({found}) => {
    const file = found.files.find(({file: each}) => each === name);
    const out = found.leftOut.find(({file: each}) => each === name);
    return {
      notes: file?.notes.join(" ") ?? "",
      ...(file ? {is: file.is, read: file.evidence} : {}),
      ...(out ? {why: out.why} : {})
    };
  });
}

test("customers' orders by a number that purchases have too are not material on its way in", async () => {
  const {is} = await beside(
    "Bestellungen Kunden.csv",
    "Bestellnummer;Bestelldatum;Kunde;Artikelnummer;Materialnummer;Menge;Lieferdatum\nB1;02.01.2024;Acme;A;M;5;28.02.2024\n"
  );
  expect(is).not.toBe("ERP and billing purchase_orders");
});

test("orders that name neither supplier nor customer are purchases with a question, with a supplier without", async () => {
  const asked = await beside("b.csv", "Bestellnummer;Materialnummer;Menge;Liefertermin\nB1;M;5;28.02.2024\n");
  expect(asked.is).toBe("ERP and billing purchase_orders");
  expect(asked.notes).toMatch(/QUESTION: did the company place the orders of Bestellnummer/);
  const settled = await beside(
    "b.csv",
    "Bestellnummer;Lieferant;Materialnummer;Menge;Lieferdatum;Gelieferte Menge\nB1;Fir;M;5;28.02.2024;1\n"
  );
  expect(settled.notes).not.toContain("QUESTION");
});

test("what the firm promised goes before what the customer wished; a wish alone is asked about", async () => {
  const both = await beside(
    "a.csv",
    "Auftragsnummer;Auftragsdatum;Kunde;Wunschlieferdatum;Liefertermin;Nettowert\n1;02.01.2024;Acme;20.01.2024;28.02.2024;5,00\n"
  );
  expect(both.read).toContain("Liefertermin");
  expect(both.read).not.toContain("Wunschlieferdatum");
  expect(both.notes).not.toContain("QUESTION");
  const wish = await beside(
    "a.csv",
    "Auftragsnummer;Auftragsdatum;Kunde;Wunschlieferdatum;Nettowert\n1;02.01.2024;Acme;20.01.2024;5,00\n"
  );
  expect(wish.notes).toMatch(/QUESTION: Wunschlieferdatum is the day that customers wished/);
});

test("an amount that may be gross is asked about, beside its tax it is not", async () => {
  const bill = (header: string, row: string) =>
    beside("r.csv", `Rechnungsnummer;Rechnungsdatum;Auftragsnummer;${header}\nR1;02.01.2024;1;${row}\n`);
  expect((await bill("Rechnungsbetrag", "5,00")).notes).toMatch(/QUESTION: is Rechnungsbetrag without VAT/);
  expect((await bill("Betrag;MwSt", "5,00;0,95")).notes).not.toContain("VAT");
});

test.each([
  ["activity targets.csv", "Owner,Target,Start,End\nJörg,40,2026-01-01,2026-03-31\n"],
  ["Tasks.csv", "Mitarbeiter;Ziel;Beginn;Ende\nJörg;Neukunden;01.01.2026;31.03.2026\n"]
])("%s: targets of anything are no quotas, and that is told", async (name, text) => {
  const {is, why} = await beside(name, text);
  expect(is).toBeUndefined();
  expect(why).toMatch(
    /(Target|Ziel) may be a target of anything: name the column Quota or give it a column Currency/
  );
});

test("a campaign's targets and quotas in words are not quotas either", async () => {
  const campaign =
    "Campaign,Owner,Target,From,To,Budget,Currency\nFair,Jörg,400,2026-01-01,2026-03-31,900,EUR\n";
  expect((await beside("events.csv", campaign)).is).toBeUndefined();
  const words = "Owner,Quota,Start,End\nJörg,new customers,2026-01-01,2026-03-31\n";
  expect(await beside("q.csv", words)).toMatchObject({why: expect.stringContaining("no number")});
});

test("a status of a word that nobody knows is asked about, and the build names its deals until it is said", async () => {
  const rows = ["Offen", "Gewonnen", "Verloren", "Storniert"].map(
    (status, i) => `id${i};T${i};${status};5,00;1-Qualify\r\n`
  );
  const content = {
    "d.csv": `(Nicht ändern) Verkaufschance;Thema;Status;Gesch. Umsatz;Pipelinephase\r\n${rows.join("")}`
  };
  await withFolder({content}, async (initialised) => {
    const notes = initialised.found.files[0]!.notes.join(" ");
    expect(notes).toMatch(/QUESTION: what does the status "Storniert" \(1 records\) mean/);
    expect(notes).toContain('statuses: {"Storniert": lost}');
    expect(await refusedBuild(initialised)).toMatch(/"value":"Storniert"/);
  });
});
