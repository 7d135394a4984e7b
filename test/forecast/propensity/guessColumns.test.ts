import {describe, expect, test} from "vitest";
import {guessColumns} from "../../../loaders/forecast/propensity/guessColumns.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

const rng = new Rng().seed(1, 1);
const N = 200;
const y = Array.from({length: N}, () => (rng.chance(0.4) ? 1 : 0));
const day = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
const rows = y.map((won, i) => ({
  "Prospect ID": `x${(i * 7919) % 10007}-${i}`,
  "Lead Number": String(660_000 - 3 * i),
  City: rng.chance(0.3) ? "Select" : ["Pune", "Delhi", "Goa"][rng.int(3)]!,
  "Deal Value": `$${(1000 + rng.int(90_000)).toLocaleString("en-US")}.00`,
  Discount: `${rng.int(40)}%`,
  created_date: day(rng.int(300)),
  "Closed Date": day(300 + rng.int(60)),
  "Loss Reason": won ? "" : ["price", "timing"][rng.int(2)]!,
  contract_no_of: won ? `C${i % 9}` : "",
  Country: "IN",
  Visits: String(rng.int(30))
}));

describe("columns guessed from an export", () => {
  const {columns, leftOut, rows: read} = guessColumns(rows, y);
  const kinds = Object.fromEntries(columns.map(({name, kind}) => [name, kind]));
  const why = Object.fromEntries(leftOut.map(({column, why: reason}) => [column, reason]));

  test("money, percents and counts are numbers; placeholders are missing", () => {
    expect(kinds).toMatchObject({
      City: "category",
      "Deal Value": "number",
      Discount: "number",
      Visits: "number"
    });
    expect(read.some(({City}) => City === "Select")).toBe(false);
    expect(read[0]!["Deal Value"]).toBe(Number(rows[0]!["Deal Value"].replace(/[$,]/g, "")));
  });

  test("dates become a trend, a month, a weekday and a day of the month", () => {
    expect(kinds).toMatchObject({
      created_date: "number",
      "created_date: month": "category",
      "created_date: weekday": "category",
      "created_date: day of month": "number"
    });
  });

  test("identifiers and what is known only after the outcome are left out by name", () => {
    expect(why["Prospect ID"]).toMatch(/identifier/);
    expect(why["Lead Number"]).toMatch(/identifier/);
    expect(why["Country"]).toMatch(/same in every row/);
    expect(why["Closed Date"]).toMatch(/after the outcome/);
    expect(why["Loss Reason"]).toMatch(/after the outcome/);
    expect(why["contract_no_of"]).toMatch(/after the outcome/);
    expect(Object.keys(why)).toHaveLength(6);
  });

  test("a column asked for is kept, and day-first dates are told from month-first ones", () => {
    const kept = guessColumns(rows, y, ["Closed Date"]);
    expect(kept.columns.map(({name}) => name)).toContain("days from created_date to Closed Date");
    const slashed = ["25/12/2020", "01/02/2021", "03/04/2021"].map((signed) => ({signed}));
    const days = guessColumns(slashed, [0, 1, 0]).rows.map(({signed}) => signed);
    expect(days).toEqual(
      [Date.UTC(2020, 11, 25), Date.UTC(2021, 1, 1), Date.UTC(2021, 3, 3)].map((ms) => ms / 864e5)
    );
  });
});
