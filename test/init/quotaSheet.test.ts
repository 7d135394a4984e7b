import {expect, test} from "vitest";
import {folderFor} from "./exportFolder.ts";

const withFolder = folderFor("chk_quotas_whole");

const DEALS =
  "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n" +
  "1,A,Proposal,100,2026-05-01,2026-02-01 10:00,Jörg Weiß\n2,B,Closed won,100,2026-03-01,2026-02-01 10:00,Anna Groß\n";
const ASKED =
  "select person_id, starts_on::varchar as starts, ends_on::varchar as ends, amount::varchar as amount from source.quota order by 1, 2";

test("a German sheet of quotas beside a CRM's deals is read, with its last days", async () => {
  const content = {
    "deals.csv": DEALS,
    "Vertriebsziele.csv":
      "Mitarbeiter;Beginn;Ende;Ziel;Währung\r\nJörg Weiß;01.01.2026;31.03.2026;75.000,00;USD\r\nAnna Groß;01.01.2026;31.03.2026;60.000,50;USD\r\n"
  };
  await withFolder({content}, async ({found, build, rows}) => {
    expect(found.files.map(({is}) => is)).toEqual(["Spreadsheet quotas", "HubSpot deals"]);
    await build();
    expect(await rows(ASKED)).toEqual([
      {person_id: "Anna Groß", starts: "2026-01-01", ends: "2026-03-31", amount: "60000.50"},
      {person_id: "Jörg Weiß", starts: "2026-01-01", ends: "2026-03-31", amount: "75000.00"}
    ]);
  });
});

test("without last days each quota lasts as far as the next one's first, and that is said", async () => {
  const content = {
    "deals.csv": DEALS,
    "quotas.csv":
      "Sales Rep,Start Date,Quota\nJörg Weiß,2026-01-01,10\nJörg Weiß,2026-02-01,20\nJörg Weiß,2026-03-01,30\n"
  };
  await withFolder({content}, async ({found, build, rows}) => {
    expect(found.files.find(({file}) => file === "quotas.csv")!.notes.join(" ")).toContain(
      "each quota is for a month"
    );
    await build();
    expect((await rows(ASKED)).map(({ends}) => ends)).toEqual(["2026-01-31", "2026-02-28", "2026-03-31"]);
  });
});
