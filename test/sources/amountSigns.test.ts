/** What an amount says of its currency: taken where no column says it, refused where a column says another. */
import {describe, expect, test} from "vitest";
import {currencyOfSign, signIn} from "../../loaders/sources/amountSigns.ts";
import {explainCell} from "../../loaders/sources/explainCell.ts";
import {refusal, withLoaded} from "./loadFiles.ts";

const HEADER = "Id,Stage,Amount,Monthly,Currency\n";
const files = (sign: string) => `
  - path: deals.csv
    format: {currency_sign: ${sign}, thousands: ",", negative: parentheses}
    maps: [{table: deal, columns: {deal_id: Id, stage_id: Stage, currency: Currency, amount: Amount, recurring_amount: Monthly}}]
`;
const csv = (...rows: string[]) => ({
  "deals.csv": HEADER + rows.map((row, i) => `D-${i + 1},Prospecting,${row}\n`).join("")
});

async function currencies(sign: string, ...rows: string[]): Promise<unknown[]> {
  return withLoaded({files: files(sign), content: csv(...rows)}, async (loaded) =>
    (await loaded.rows("select currency from source.deal order by deal_id")).map(({currency}) => currency)
  );
}

describe("a row's currency", () => {
  test("is its column's, else the one that its amounts' signs or codes say, of one sign or of any", async () => {
    expect(await currencies("any", '"$1,000.00",,', "€5,,", "(5 £),,", "5,GBP 1,", "5,,", ",,chf")).toEqual([
      "USD",
      "EUR",
      "GBP",
      "GBP",
      null,
      "CHF"
    ]);
    expect(await currencies("€", "€5,,", "5,,", "€5,,EUR")).toEqual(["EUR", null, "EUR"]);
  });

  test("may be any dollar where the sign is $, and is one of them where it says which", async () => {
    expect(await currencies("any", "$5,,CAD", "CA$5,,CAD", "US$5,,")).toEqual(["CAD", "CAD", "USD"]);
    expect(await currencies("any", "CA$5,,", "$5,,")).toEqual(["CAD", "USD"]);
    expect(await currencies("any", "A$5,,", "NZ$5,,", "HK$5,,", "R$5,,", "₹5,,")).toEqual([
      "AUD",
      "NZD",
      "HKD",
      "BRL",
      "INR"
    ]);
  });

  test("is refused where the column, or another amount of the row, says another", async () => {
    for (const sign of ["any", "€"]) {
      const {problems} = await refusal({files: files(sign), content: csv("€5,,EUR", "€5,,USD")});
      expect(problems).toMatchObject([{field: "Currency, Amount, Monthly", value: "USD €5", line: 3}]);
    }
    const {problems} = await refusal({files: files("any"), content: csv("$5,€1,")});
    expect(problems).toMatchObject([{value: "$5 €1", expected: expect.stringMatching(/one currency/)}]);
  });
});

describe("a sign", () => {
  test("of a dollar is the base currency's, but beside signs of its own where the base has one", () => {
    expect(["USD", "CAD", "UYU", "EUR"].map((base) => currencyOfSign("$", base))).toEqual([
      "USD",
      "CAD",
      "UYU",
      "USD"
    ]);
    expect(["USD", "CAD", "UYU", "EUR"].map((base) => currencyOfSign("$", base, "any"))).toEqual([
      "USD",
      "USD",
      "UYU",
      "USD"
    ]);
    expect(["kr. 500", "500 kr", "5"].map(signIn)).toEqual(["kr.", "kr", undefined]);
  });

  test("of a custom attribute's money says nothing of the row, and a log's amounts may have any", async () => {
    const custom = `
  - path: deals.csv
    format: {currency_sign: any}
    maps: [{table: deal, columns: {deal_id: Id, stage_id: Stage, currency: Currency, amount: Amount, budget: Monthly}}]
`;
    const rows = await withLoaded(
      {
        files: custom,
        top: "custom_attributes: [{name: budget, type: money}]",
        content: csv("€900,$1000,EUR", "900,€5,")
      },
      async (loaded) => loaded.rows("select currency from source.deal order by deal_id")
    );
    expect(rows).toEqual([{currency: "EUR"}, {currency: null}]);
    const log = `
  - path: log.csv
    format: {currency_sign: any}
    maps: [{table: deal_event, columns: {deal_id: Id, at: At, field: {value: amount}, new_value: {column: Amount, read_as: money}}}]
`;
    const values = await withLoaded(
      {
        files: files("any") + log,
        content: {
          ...csv("€5,,"),
          "log.csv": "Id,At,Amount\nD-1,2026-01-05T10:00:00Z,€1000\nD-1,2026-01-06T10:00:00Z,USD 20\n"
        }
      },
      async (loaded) => loaded.rows('select new_value from source.deal_event order by "at"')
    );
    expect(values).toEqual([{new_value: "1000.00"}, {new_value: "20.00"}]);
  });

  test("that no one currency has is refused under any, whatever the column says", async () => {
    const {problems} = await refusal({files: files("any"), content: csv("$5,,", "¥5,,", "XYZ 5,,")});
    expect(problems.map(({value}) => value)).toEqual(["¥5", "XYZ 5"]);
    expect(problems[0]).toMatchObject({
      what: expect.stringMatching(/several currencies/),
      fix: expect.stringMatching(/signs: \{"¥": JPY\}\}, or CNY; or write the code of three letters/)
    });
    expect(problems[1]).toMatchObject({fix: expect.stringMatching(/code of three letters/)});
  });

  test("that several currencies have is the one that the file's format says", async () => {
    const said = "any, signs: {¥: JPY, kr: SEK}";
    expect(await currencies(said, "¥5,,", "5 kr,,", "5 kr.,,", "€5,,", "NOK 5,,")).toEqual([
      "JPY",
      "SEK",
      "SEK",
      "EUR",
      "NOK"
    ]);
    expect(await currencies("kr, signs: {kr: DKK}", "5 kr,,")).toEqual(["DKK"]);
  });

  test("of any currency is refused in a table that has none", async () => {
    const {problems} = await refusal({
      files: files("any").replace(
        "maps: [",
        "maps: [{table: account, columns: {account_id: Id, annual_revenue: Amount}}, "
      ),
      content: csv("$5,,", "€5,,")
    });
    expect(problems).toMatchObject([{what: expect.stringMatching(/account has no column/), field: "Amount"}]);
  });

  test("beside a declared one is told with the declaration that reads both", () => {
    expect(explainCell("money", "€5").fix).toMatch(/currency_sign: "€"/);
    expect(explainCell("money", "US$ 5").fix).toMatch(/currency_sign: "US\$"/);
    expect(explainCell("money", "€5", [], {currency_sign: "$"}).fix).toMatch(/currency_sign: any/);
  });
});
