/** Times without an offset: of the company, or of the file that says so; a day without a time is a day of the company. */
import {describe, expect, test} from "vitest";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {withLoaded} from "./loadFiles.ts";

const file = (format: string) => `  - path: deals.csv
    format: ${format}
    maps:
      - table: deal
        columns: {deal_id: id, stage_id: stage, created_at: made, close_on: {column: due, date: local}}\n`;

/** created_at and close_on of one deal, in a firm in New York (UTC-5 in January). */
async function loaded(made: string, due: string, format = "{}") {
  const content = {"deals.csv": `id,stage,made,due\n1,Prospecting,${made},${due}\n`};
  return withLoaded({files: file(format), content, top: "time_zone: America/New_York"}, async ({rows}) => {
    const [row] = await rows("select created_at::varchar as made, close_on::varchar as due from source.deal");
    return [row!["made"], row!["due"]];
  });
}

describe("a time without an offset", () => {
  test("is of the company where nothing is declared", async () => {
    expect(await loaded("2024-01-31 20:00:00", "2024-01-31 20:00:00")).toEqual([
      "2024-02-01 01:00:00",
      "2024-01-31"
    ]);
  });

  test("is of the zone the file declares; its day is still the company's", async () => {
    const utc = "{time_zone: UTC}";
    expect(await loaded("2024-02-01 01:00:00", "2024-02-01 01:00:00", utc)).toEqual([
      "2024-02-01 01:00:00",
      "2024-01-31"
    ]);
    const declared = '{time_zone: Asia/Tokyo, timestamp: "%d.%m.%Y %H:%M"}';
    expect(await loaded("01.02.2024 09:00", "2024-02-01T00:00:00Z", declared)).toEqual([
      "2024-02-01 00:00:00",
      "2024-01-31"
    ]);
  });

  test("an offset goes before any declaration", async () => {
    expect(await loaded("2024-02-01T01:00:00+01:00", "2024-01-31", "{time_zone: Asia/Tokyo}")).toEqual([
      "2024-02-01 00:00:00",
      "2024-01-31"
    ]);
  });

  test("a day alone is a day of the company, in ISO and in a declared form", async () => {
    expect(await loaded("2024-02-01", "2024-02-01", "{time_zone: UTC}")).toEqual([
      "2024-02-01 05:00:00",
      "2024-02-01"
    ]);
    expect(await loaded("01.02.2024", "2024-02-01", '{time_zone: UTC, timestamp: "%d.%m.%Y"}')).toEqual([
      "2024-02-01 05:00:00",
      "2024-02-01"
    ]);
  });

  test("a zone nobody knows is refused with its line", () => {
    const text = `company: A
base_currency: USD
pipelines: [{id: s, stages: [{id: O, kind: open}, {id: W, kind: won}]}]
files:
  - path: a.csv
    format:
      time_zone: Mars/Olympus
    maps: [{table: deal, columns: {deal_id: a, stage_id: b}}]\n`;
    expect(() => parseWorkspace(text)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({what: "unknown time zone", line: 7, value: "Mars/Olympus"})]
      })
    );
  });
});

describe("Salesforce ids of 15 and 18 characters", () => {
  const FILES = "  - {path: o.csv, source: salesforce, object: Opportunity}\n";
  const ids = (...given: string[]) => {
    const content = `Id,StageName,CloseDate,AccountId\n${given.map((id, i) => `006000000000${i}AB,Prospecting,2024-01-01,${id}\n`).join("")}`;
    return withLoaded({files: FILES, content: {"o.csv": content}}, async ({rows}) =>
      (await rows("select account_id from source.deal order by deal_id")).map(({account_id}) => account_id)
    );
  };

  test("are one id, also where the first 15 are all digits", async () => {
    expect(
      await ids("0015g00000AbCdEAAV", "0015g00000AbCdE", "001000000000123AAA", "001000000000123")
    ).toEqual(["0015g00000AbCdE", "0015g00000AbCdE", "001000000000123", "001000000000123"]);
  });

  test("names of accounts in reports and long numbers of other systems stay whole", async () => {
    const others = ["Siemens Energy INC", "Siemens Energy LTD", "100000000000012345", "0015g00000AbCdEaav"];
    expect(await ids(...others)).toEqual(others);
  });
});
