import {expect, test} from "vitest";
import {toCsv} from "../../src/components/csv.js";
import fc from "../support/fc.ts";

const columns = [{key: "a", label: "A"}, {key: "b"}];

test("lines end in CRLF, quotes are doubled, nulls are empty", () => {
  expect(toCsv([{a: 'say "hi", now', b: null}], columns)).toBe('A,b\r\n"say ""hi"", now",\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "＠SUM(A1)"])(
  "text that a spreadsheet would run is defused: %j",
  (text) => {
    const cell = toCsv([{a: text, b: ""}], columns)
      .split("\r\n")
      .slice(1)
      .join("\r\n");
    expect(cell.replace(/^"/, "").startsWith("'")).toBe(true);
  }
);

test("numbers stay numbers, negative ones too", () => {
  expect(toCsv([{a: -12.5, b: 1e21}], columns)).toBe("A,b\r\n-12.5,1e+21\r\n");
});

test("any text comes back as it was", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const line = toCsv([{a: text}], [{key: "a"}]).slice(3, -2);
      const read = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
      const undone = /^'[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(read) ? read.slice(1) : read;
      expect(undone === text || read === text).toBe(true);
    })
  );
});

test.each([
  {label: "Days to a win", unit: "days"},
  {label: "Days", unit: "days"},
  {label: "Share", unit: "ratio"},
  {label: "Times", unit: "multiple"},
  {label: "Amount in USD", unit: "money", currency: "USD"}
])("$label says its unit itself", (column) => {
  expect(toCsv([], [{key: "a", ...column}])).toBe(`${column.label}\r\n`);
});

test("a word that is a currency's code too is no unit", () => {
  expect(toCsv([], [{key: "a", label: "All deals", unit: "money", currency: "ALL"}])).toBe(
    "All deals (ALL)\r\n"
  );
});

test("a heading names the unit of its bare numbers, once", () => {
  const head = toCsv(
    [],
    [
      {key: "deal", label: "Deal", unit: "text"},
      {key: "amount", label: "Amount", unit: "money", currency: "USD"},
      {key: "own", label: "Own amount", unit: "money", currency: () => "EUR"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "age", label: "Age", unit: "days"},
      {key: "limit", label: "Limit in days", unit: "days"},
      {key: "n", label: "Deals", unit: "count"}
    ]
  );
  expect(head).toBe("Deal,Amount (USD),Own amount,Win rate (share of 1),Age (days),Limit in days,Deals\r\n");
});
