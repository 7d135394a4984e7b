/** Crafted cells, ids and keys, one test each: what a person is told. */
import {describe} from "vitest";
import {badCell, deals, GOOD, HEADER, lines, refused} from "./refused.ts";

describe("cells", () => {
  badCell("a date with two readings names both", 4, "03/04/2024", {
    what: "two readings: 3 April 2024 (%d/%m/%Y) or 4 March 2024 (%m/%d/%Y)",
    expected: /YYYY-MM-DD/,
    fix: 'declare format: {date: "%d/%m/%Y"} or {date: "%m/%d/%Y"}'
  });
  badCell("a date with one reading names its format", 4, "31.03.2024", {
    fix: 'declare format: {date: "%d.%m.%Y"}'
  });
  badCell("a spreadsheet's day number", 4, "45123", {
    what: /day number, perhaps 2023-07-16/,
    fix: /spreadsheet/
  });
  badCell("a day that does not exist", 4, "2024-02-30", {what: /no such day/, fix: /mend it/});
  badCell("a date before there were CRMs", 4, "1900-01-00", {what: /no such day/, fix: /mend it/});
  badCell("a year with a slip of the keyboard", 4, "2204-03-31", {
    what: /implausible/,
    expected: /1970-01-02 to 2069-12-31/,
    fix: /latest/
  });
  badCell("a time where a date should be", 4, "2024-03-31 10:00:00", {
    what: /a time where a date/,
    fix: /%H:%M:%S/
  });
  badCell("an id that a spreadsheet rounded", 0, "1.23E+15", {what: /rounded number/, fix: /spreadsheet/});
  badCell("an id that became a decimal number", 0, "1234567.0", {what: /decimal number/, fix: /as text/});
  badCell("an id cut to 15 digits", 0, "123456789012345000", {what: /15 digits/, fix: /spreadsheet/});
  badCell("a lost reference", 0, "#REF!", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a lookup that failed, in a text", 1, "#N/A", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a column too narrow for its number", 3, "########", {what: /lost the value/, fix: /spreadsheet/});
  badCell("a currency sign", 3, "$250.50", {what: /currency sign/, fix: 'currency_sign: "$"'});
  badCell("a number in parentheses", 3, "(250.50)", {what: /parentheses/, fix: /negative: parentheses/});
  badCell("a minus behind the number", 3, "250.50-", {what: /minus after/, fix: /trailing_minus/});
  badCell("a decimal comma", 3, "250,50", {fix: 'declare format: {decimal: ","}'});
  badCell("a comma with two readings", 3, "1,234", {
    what: /two readings: 1234 .* or 1.234/,
    fix: /thousands: ","} or {decimal: ","}/
  });
  badCell("a tenth of a cent", 3, "250.505", {what: /more than two decimals/, fix: /round: true/});
  badCell("a word for no value", 3, "N/A", {what: /no value/, fix: 'empty: ["N/A"]'});
  badCell("a stage nobody declared, with the nearest one", 2, "Closed Wan", {
    what: /no such stage/,
    expected: /Closed Won/,
    fix: /"Closed Won"/
  });
  badCell("a deal without an id", 0, "", {
    what: /missing/,
    expected: /deal.deal_id cannot be empty/,
    fix: /rows_with/
  });
});

describe("ids and keys", () => {
  refused(
    "ids of which some lost their zeros",
    lines(HEADER, "00012,Acme,Prospecting,1,2024-01-01", "13,Acme,Prospecting,1,2024-01-01"),
    {
      what: "lost its leading zeros",
      line: 3,
      field: "Id",
      value: "13",
      expected: /5 digits/,
      fix: /length: \[...\]/
    }
  );
  refused(
    "an id of another length than declared",
    lines(HEADER, "12,Acme,Prospecting,1,2024-01-01"),
    {
      what: /dropped its zeros/,
      line: 2,
      value: "12",
      expected: /5 characters/,
      fix: /spreadsheet/
    },
    {
      files: deals().replace("deal_id: Id", "deal_id: {column: Id, length: 5}")
    }
  );
  refused("a deal that occurs twice", lines(...GOOD, GOOD[1]!.replace("Acme", "Acme again")), {
    what: "occurs twice; the first is at deals.csv:2",
    line: 4,
    value: "D-1",
    fix: /remove one/
  });
});
